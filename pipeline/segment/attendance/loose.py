"""Who was there where no list of the head was understood: the run of its lines that hold people and nothing else."""

from __future__ import annotations

from collections.abc import Container

import regex

from pipeline.segment.attendance.listing import SUBLABEL, other_label
from pipeline.segment.attendance.parties import party
from pipeline.segment.attendance.posts_given import gives_posts
from pipeline.segment.headings import Page, label_at
from pipeline.segment.people.named import is_full, is_sure
from pipeline.segment.people.people import Group, attendees
from pipeline.values import Attendee, Span

__all__ = ["loose"]

FEWEST = 3
"""So many people with sure names make such a run, on so many lines less one."""
LONGEST = 200

_NO_LIST = regex.compile(
    r"(?i)\b(?:var|er|blev|bliver|har|havde|skal|vil|kan|deltog|bød|skrev|tog|orienterede|oplyste|godkendt|kopi|sendt|udsendt"
    r"|kontakt|næste|dato|kl|tlf|telefon|valgt\stil|genvalgt|på\svalg|valg\s(?:af|til)|årets)\b|konstituer|@|\d\d\s\d\d\s\d\d|\d{4}"
)
"""In a line that tells something, or says when, where, or how to reach somebody."""
_AWAY = regex.compile(r"(?i)\b(?:afbud|fravær\p{L}*|ikke\s(?:mødt|til\s?stede)|syg|forhindret|udeblev\p{L}*)\b")
_LISTED = regex.compile(
    r"\p{Lu}[\p{L}.'-]+(?:\s\p{Lu}[\p{L}.'-]*){1,4}"
    r"(?:(?:,\s|,?\s(?:og|samt|&)\s)(?:som\s\p{Ll}+\s)?\p{Lu}[\p{L}.'-]+(?:\s\p{Lu}[\p{L}.'-]*){1,4}){3,30}"
)
"""A line of nothing but full names, more than three of them."""
_CLEAR = regex.compile(r"[^,;:]{0,60}")
"""In front of the first name of a line stands no more than a title."""


def loose(page: Page, before: int, read: Container[int]) -> list[tuple[str, list[Attendee]]]:
    """The people of the longest such run above a line, each line with "present" or "absent"; lines `read` are left out.

    One line is enough where it is full names and nothing else.

    Blank lines count for nothing, and neither do labels that stand alone.
    """
    best: list[tuple[str, list[Attendee]]] = []
    run: list[tuple[str, list[Attendee]]] = []
    group, elects = Group(), False
    for i in page.head(before):
        if gives_posts(page.content(i)):
            run, elects = [], True
            continue
        elects = elects and _holds_people(page, i)
        if elects:
            continue
        if i in read or (page.content(i).endswith(":") and not _NO_LIST.search(page.content(i))):
            group = Group() if i in read else party(page, page.content(i).rstrip(" :"))
            continue
        found = _line(page, i, group)
        run = [*run, found] if found else []
        best = max(best, run, key=len)
    sure = sum(is_sure(page.text, Span(p.start, p.end), page.lexicon) for _, people in best for p in people)
    full = best and sure > FEWEST and sure == len(best[0][1]) and _LISTED.fullmatch(page.text, *_reach(best[0][1]))
    return best if sure >= FEWEST and (len(best) >= FEWEST - 1 or full) else []


def _reach(people: list[Attendee]) -> Span:
    return Span(people[0].start, people[-1].end)


def _holds_people(page: Page, i: int) -> bool:
    line = page.lines[i]
    return bool(attendees(page.text, Span(line.body, line.end), page.lexicon, Group(), "attendance/loose"))


def _line(page: Page, i: int, group: Group) -> tuple[str, list[Attendee]] | None:
    """The people of a line, none of whom is unsure; None where it holds anything else."""
    line, content, label = page.lines[i], page.content(i), label_at(page, i)
    if len(content) > LONGEST or _NO_LIST.search(content) or other_label(page, i):
        return None
    if label and label[0].value != "present":
        return None
    start = label[1] if label else line.body
    sub = SUBLABEL.match(page.text, start, line.end)
    if sub and not label:
        start, group = sub.end(), party(page, sub["label"])
    people = attendees(page.text, Span(start, line.end), page.lexicon, group, "attendance/loose")
    if not people or not _CLEAR.fullmatch(page.text, start, people[0].start):
        return None
    known = [one for one in people if is_full(page.text, Span(one.start, one.end), page.lexicon)]
    return ("absent" if _AWAY.search(content) else "present", people) if 2 * len(known) >= len(people) else None
