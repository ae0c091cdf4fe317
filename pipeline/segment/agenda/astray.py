"""Headings that stand outside their agenda's count: numbers that come twice, out of order, from 1 on again."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

import regex

from pipeline.months import MONTHS
from pipeline.segment.agenda.headlike import NAME_LIST, reads_as_title
from pipeline.segment.agenda.numbering import Numbering
from pipeline.segment.headings import Candidate, Page
from pipeline.segment.numerals import to_roman

__all__ = ["above_numbers", "counted_anew", "lists_people", "restarted", "with_astray"]

SIGNS = frozenset(("dot", "paren", "colon", "dash", "bare"))
"""Styles of which writers put one for another."""
FEWEST = 3
"""So many runs of numbers that begin with 1 are an agenda that a program counted anew, or one of a second meeting."""
USUAL = 2
"""So many of them begin with a title that agendas usually have."""
NEAR = 3
"""A number out of order is so near the one above it."""
SHIFT = 1
_MEETING = regex.compile(r"(?i)møde|forsamling|konstitu|\bdel\b")
_MONTHS = tuple(month[:3] for month in MONTHS)


def with_astray(
    page: Page, main: Numbering, lists: Sequence[Numbering], candidates: Sequence[Candidate]
) -> list[Candidate]:
    """The members of a list and the lines between them that are as they are but for the number or its sign.

    A number that belongs to a list of its own, or that stands close to the line above where the others stand apart, is
    none; lists that go on behind another sign ("5." and "6)") are one.
    """
    members = _joined(main, lists)
    apart = sum(member.apart for member in members)
    if main.prefix or (apart * 2 < len(members) and not (page.dense and len(members) >= FEWEST)):
        return members
    taken = {member.line for member in members}
    listed = {each.line for numbering in lists if len(numbering.members) > 1 for each in numbering.members}
    lines = [member.line for member in members]
    used = {member.parts for member in members}
    found = list(members)
    for each in candidates:
        if each.line in taken or each.line in listed or not _stands_alike(page, each, main, apart=apart > 0):
            continue
        place = bisect_right(lines, each.line)
        if place == 0:
            continue
        number, before = each.parts[0], members[place - 1].parts[0]
        after = members[place].parts[0] if place < len(members) else None
        same = each.style == main.style
        fits = after is not None and before <= number <= after
        again = same and number == before
        near = same and each.parts not in used and abs(number - before) <= NEAR and after is not None
        above = page.previous[each.line]
        moved = near and page.section(page.content(above)) is None  # below "Beslutning" it counts decisions
        if again and each.style == "roman" and (after is None or after > number + 1):  # OCR lost a stroke
            found.append(replace(each, number=to_roman(number + 1), parts=(number + 1,)))
        elif fits or again or moved:
            found.append(each if same else replace(each, style=main.style))
    return sorted(found, key=lambda each: each.line)


def _joined(main: Numbering, lists: Sequence[Numbering]) -> list[Candidate]:
    """The members of a list and of those before and behind it that count up to it and on from it with another sign."""
    members = list(main.members)
    if main.style not in SIGNS or main.prefix:
        return members
    for each in lists:
        if each.prefix or each.style not in SIGNS or each.style == main.style:
            continue
        alike = abs(each.members[0].indent - members[0].indent) <= SHIFT
        first, last = members[0], members[-1]
        if (
            alike
            and each.last.line < first.line
            and 1 < first.parts[0] <= each.last.parts[0] + 1
            and each.last.parts[0] <= first.parts[0]
        ):
            members = [*each.members, *members]
        elif alike and each.members[0].line > last.line and each.members[0].parts[0] == last.parts[0] + 1:
            members = [*members, *each.members]
    return members


def _stands_alike(page: Page, each: Candidate, main: Numbering, *, apart: bool) -> bool:
    if len(each.parts) > 1 or (apart and not each.apart) or not each.capital or each.word != main.word:
        return False
    if each.style != main.style and not {each.style, main.style} <= SIGNS:
        return False
    title = page.text[each.title_start : page.lines[each.line].end]
    return abs(each.indent - main.members[0].indent) <= SHIFT and title[:3].casefold() not in _MONTHS


def above_numbers(page: Page, members: Sequence[Candidate]) -> list[Candidate]:
    """The headings of numbers that stand alone, with a word, right below their titles: "Skuret⏎Sag nr. 88".

    The members as they are where a title stands below one of them or behind it, or none above it.
    """
    found = []
    for each in members:
        i, above = each.line, page.previous[each.line]
        alone = not page.text[each.title_start : page.lines[i].end].strip()
        right_above = i > 0 and above == i - 1 and page.space_before(above)
        if not (alone and right_above and reads_as_title(page, above, above)):
            return list(members)
        found.append(replace(each, line=above, title_start=page.lines[above].body, apart=True))
    return found


def lists_people(page: Page, numbering: Numbering) -> bool:
    """Whether a list counts people: "1. Ib Holst", "2. Karen Dam", one right below the other."""
    lines = [each.line for each in numbering.members]
    if len(lines) < 2 or lines[-1] - lines[0] >= 2 * len(lines):
        return False
    names = [page.text[each.title_start : page.lines[each.line].end].strip() for each in numbering.members]
    known = sum(page.lexicon.names.is_first(name.split()[0]) for name in names if name)
    return all(map(NAME_LIST.match, names)) and known * 2 >= len(names)


def restarted(page: Page, main: Numbering, candidates: Sequence[Candidate]) -> list[Candidate]:
    """All headings of an agenda whose numbers begin with 1 again and again, or once more for a second meeting.

    Nothing where a list inside an item may be meant: some of the runs must begin with titles that agendas usually
    have, and none may repeat a title.
    """
    indent = main.members[0].indent
    same = [
        each
        for each in candidates
        if each.style == main.style
        and each.word == main.word
        and abs(each.indent - indent) <= SHIFT
        and (each.capital or (each.apart and each.usual))
    ]
    if main.style not in SIGNS or any(len(each.parts) > 1 for each in same):
        return []
    runs: list[list[Candidate]] = []
    for each in same:
        if each.parts == (1,):
            runs.append([each])
        elif runs and each.parts[0] == runs[-1][-1].parts[0] + 1:
            runs[-1].append(each)
        else:
            return []
    titles = {page.text[each.title_start : page.lines[each.line].end].casefold() for each in same}
    if len(titles) < len(same):
        return []
    usual = sum(run[0].usual for run in runs[1:])
    if len(runs) >= FEWEST and usual >= USUAL:
        return same
    if len(runs) == 2 and len(runs[1]) >= FEWEST and runs[0][-1].usual and _of_meeting(page, runs[1][0].line):
        return same
    return []


def counted_anew(listed: Numbering, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The headings below an agenda of as many items, whose numbers a program counted anew: 1, 1, 1, 2, 3."""
    first, last = listed.members[0], listed.last
    below = [
        each
        for each in candidates
        if each.line > last.line
        and each.style == first.style
        and each.word == first.word
        and len(each.parts) == 1
        and abs(each.indent - first.indent) <= SHIFT
    ]
    ones = sum(each.parts == (1,) for each in below)
    whole = [each.parts for each in listed.members] == [(n,) for n in range(1, len(below) + 1)]
    return below if whole and len(below) > FEWEST and ones >= FEWEST and below[1].parts == (1,) else []


def _of_meeting(page: Page, index: int) -> bool:
    """Whether the line above names a meeting: "Konstituerende møde"."""
    above = page.previous[index]
    return above >= 0 and len(page.content(above)) <= 60 and _MEETING.search(page.content(above)) is not None
