"""The numbered lines that head the items of an agenda as minuted: which of a page's lists is the agenda."""

from __future__ import annotations

from functools import partial

import regex
from rapidfuzz import fuzz

from pipeline.segment.agenda.astray import above_numbers, counted_anew, lists_people, restarted, with_astray
from pipeline.segment.agenda.numbering import Numbering, Outline, numberings
from pipeline.segment.agenda.series import counted_on, filled
from pipeline.segment.headings import Candidate, Page, numbered_candidates, with_own_text

__all__ = ["numbered_headings"]

TALKATIVE = 0.3
"""An agenda of which fewer items than this have any text under them is a list, not minutes."""
REPEATED = 0.6
"""So many of its titles stand in the minutes again."""
ALIKE = 80
"""Per cent that they are alike: OCR reads them differently."""
TRIED = 3
"""So many lists may be the minutes: where the likeliest is an agenda that is only listed, the next one."""
_LEADER = regex.compile(r"(?:\.\s?|…\s?|·\s?|_){4,}\s*\d{0,3}$")
"""Dots and a page behind the entry of a table of contents."""


def numbered_headings(page: Page, begin: int | None) -> list[Candidate]:
    """The numbered headings of a page in order; none where an agenda is only listed.

    `begin` is the line where the minutes begin, where the agenda stands above them.
    """
    read = numbered_candidates(page)
    counted = counted_on(page, {candidate.line for candidate in read})
    candidates = with_own_text(page, sorted([*read, *counted], key=lambda candidate: candidate.line))
    candidates = [c for c in candidates if not _LEADER.search(page.content(c.line))]
    outline = Outline(numberings(candidates))
    listed = 0
    ranked = outline.ranked(begin, partial(_is_listed, page))
    of_people = [each for each in ranked if lists_people(page, each)]
    people = {member.line for each in of_people for member in each.members}
    likely = [each for each in ranked if each not in of_people][:TRIED]
    for main in likely:
        if again := counted_anew(main, candidates):
            return again
    for main in likely:
        if len(main.members) + 1 < listed:  # an agenda is minuted whole
            continue
        if again := restarted(page, main, candidates):
            return again
        ones = [
            c
            for c in candidates
            if c.number == "1"
            and (c.usual or (c.apart and c.capital))
            and c.style == main.style
            and c.line not in people
        ]
        if len(ones) >= 3 and len(main.members) <= 2:
            nexts = {c.line for c in ones}  # "1." alone above the next "1." is none
            return [c for c in ones if c.title_start < page.lines[c.line].end or page.following[c.line] not in nexts]
        if not _credible(page, main):
            return []
        members = _members(page, outline, main, candidates)
        if not _only_listed(page, members, begin):
            return members
        listed = max(listed, len(members))
    return []


def _is_listed(page: Page, agenda: Numbering, minutes: Numbering) -> bool:
    """Whether a list has most of the titles of one above it, and more text."""
    first = page.lines[minutes.members[0].line].start
    if page.lines[minutes.last.line].end - first <= first - page.lines[agenda.members[0].line].start:
        return False
    again = {member.parts: _title(page, member) for member in minutes.members}
    alike = sum(
        member.parts in again and fuzz.partial_ratio(_title(page, member), again[member.parts]) >= ALIKE
        for member in agenda.members
    )
    return alike >= REPEATED * len(agenda.members)


def _title(page: Page, member: Candidate) -> str:
    return page.text[member.title_start : page.lines[member.line].end].strip().casefold()


def _members(page: Page, outline: Outline, main: Numbering, candidates: list[Candidate]) -> list[Candidate]:
    """The headings of a list with its levels, and those of the same word that were taken in another order."""
    main.members = filled(page, main.members)
    main.members = with_astray(page, main, outline.lists, candidates)
    members = outline.with_levels(main)
    if main.style != "word":
        return members
    used = {member.number for member in members}
    own = [c for c in candidates if c.style == "word" or (c.style == "levels" and c.word == main.word)]
    alike = [c for c in own if c.word.endswith(" a") == main.word.endswith(" a")]
    moved = [c for c in alike if c.apart and c.number not in used and c.line > members[0].line]
    return above_numbers(page, sorted([*members, *moved], key=lambda c: c.line))


def _credible(page: Page, main: Numbering) -> bool:
    """Whether a list is an agenda; one item alone is, where its title or the line below it says so."""
    if main.style in ("bare", "alone", "dash", "colon", "series", "year", "letter") or all(
        member.confidence < 0.7 for member in main.members
    ):
        return len(main.members) >= 3
    if len(main.members) >= 2 or main.style == "word":
        return True
    below = page.following[main.last.line]
    decided = below < len(page.lines) and page.match("sections", "decides", page.content(below)) is not None
    return main.last.apart and (main.last.usual or decided)


def _only_listed(page: Page, members: list[Candidate], begin: int | None) -> bool:
    """Whether the items stand under the heading "Dagsorden" and next to none of them says anything."""
    first = page.previous[members[0].line]
    before = begin is not None and members[-1].line < begin
    if not before and (first < 0 or not page.match("items", "agenda", page.content(first))):
        return False
    ends = [*(c.line for c in members[1:]), len(page.lines)]
    talking = sum(_talks(page, c, end) for c, end in zip(members, ends, strict=True))
    return talking < TALKATIVE * len(members)


def _talks(page: Page, member: Candidate, end: int) -> bool:
    """Whether anything but the heading and links stands under a number: text, or a list of two lines or more."""
    line = page.lines[member.line]
    told = page.match("items", "finite", page.content(member.line)) and page.content(member.line)[-1] != "?"
    if member.own > (line.end - line.body) * 2 + 20 or told:
        return True
    below = [i for i in range(member.line + 1, min(end, member.line + 20)) if page.printed(i)]
    if any(
        page.section(page.content(i)) == "decides" or page.match("items", "nothing", page.content(i)) for i in below
    ):
        return True
    return sum(not page.match("items", "link", page.content(i)) for i in below) >= 2
