"""Sides and who came for them, where the people stand indented below their side."""

from __future__ import annotations

from collections.abc import Container

import regex

from pipeline.document import quote_name
from pipeline.segment.attendance.parties import party
from pipeline.segment.headings import Page, label_at
from pipeline.segment.people.beside import is_house
from pipeline.segment.people.named import is_person
from pipeline.segment.people.people import Group, attendees
from pipeline.values import Attendee, Span

__all__ = ["below_houses", "indented", "may_be_side", "people_below"]

FEWEST = 3
"""So many sides with their people make a list."""
DEEP = 2
"""People stand so many characters to the right of their side."""

_SIDE = regex.compile(r"(?:Det|De|Den|\d\p{Lu}|\p{Lu})[\p{L}\d .&/’'-]{1,50}:?")
_NOBODY = regex.compile(r"(?i)\W?(?:ingen|nul|ubesat|vakant|ikke\s+(?:mødt|repræsenteret|til\s?stede))\b\W*")
_AWAY = regex.compile(
    r"(?i)(?:afbud(?:\s+fra|:)?\s+(?=\p{L})|.*\s(?:havde|har)\s+(?:sendt|meldt)\s|.*[\s(](?:afbud|forhindret|syg|fraværende|forfald)\W*$)"
)


def indented(page: Page, before: int, taken: Container[int]) -> dict[int, list[tuple[str, list[Attendee]]]]:
    """By its line the people below each side above a line, each with "present" or "absent"; [] for a side itself.

    Sides begin in one column and their people in another one further right.
    """
    lines = page.head(before)
    found: dict[int, list[tuple[str, list[Attendee]]]] = {}
    run: dict[int, list[tuple[str, list[Attendee]]]] = {}
    sides = 0
    n = 0
    while n < len(lines):
        i = lines[n]
        below = _below(page, lines[n + 1 :], i) if i not in taken and may_be_side(page, i) else []
        rows = {j: people_below(page, j, party(page, page.content(i).rstrip(" :"))) for j in below}
        fits = bool(rows) and all(people is not None for people in rows.values())
        if not fits or (run and _indent(page, i) != _indent(page, min(run))):
            found |= run if sides >= FEWEST else {}
            run, sides = {}, 0
        if fits:
            run |= {i: []} | {j: people or [] for j, people in rows.items()}
            sides += 1
        n += 1 + (len(below) if fits else 0)
    return found | (run if sides >= FEWEST else {})


def _indent(page: Page, i: int) -> int:
    return page.lines[i].body - page.lines[i].start


def may_be_side(page: Page, i: int) -> bool:
    """Whether a line may be a side: a few words, neither a label nor a person."""
    content = page.content(i)
    if page.lines[i].bullet or label_at(page, i) or not _SIDE.fullmatch(content):
        return False
    if is_person(content, page.lexicon, listed=False) or page.match("attendance", "no-party", content):
        return False
    line = page.lines[i]
    people = attendees(page.text, Span(line.body, line.end), page.lexicon, Group(), "")
    return not (people and people[0].start == line.body and people[0].organisation)  # "Ib Holst Norddal Kommune"


def _below(page: Page, lines: list[int], side: int) -> list[int]:
    """The lines right below a side that stand further right than it."""
    found: list[int] = []
    for i in lines:
        if _indent(page, i) < _indent(page, side) + DEEP or i != (found[-1] if found else side) + 1:
            break
        found.append(i)
    return found


def people_below(page: Page, i: int, group: Group) -> list[tuple[str, list[Attendee]]] | None:
    """The people of a line; None where it opens with nobody."""
    line = page.lines[i]
    nobody = _NOBODY.match(page.text, line.body, line.end)
    start = nobody.end() if nobody else line.body
    people = attendees(page.text, Span(start, line.end), page.lexicon, group, "attendance/indented")
    if not people:
        return [] if nobody else None
    opens = len(quote_name(page.text, line.body, people[0].start).split()) <= 4
    value = "absent" if _AWAY.match(page.text, start, line.end) else "present"
    return [(value, people)] if opens or nobody else None


def below_houses(page: Page, before: int, taken: Container[int]) -> dict[int, list[tuple[str, list[Attendee]]]]:
    """The same where each side is an organisation and stands apart, with its people right below, not indented."""
    lines = page.head(before)
    found: dict[int, list[tuple[str, list[Attendee]]]] = {}
    sides = 0
    for n, i in enumerate(lines):
        content = page.content(i).rstrip(" :")
        heads = i not in taken and page.space_before(i) and len(content) < 60 and is_house(content, page.lexicon)
        if not heads or not may_be_side(page, i):
            continue
        below = [j for m, j in enumerate(lines[n + 1 :]) if j == i + 1 + m]
        rows = {j: people_below(page, j, party(page, content)) for j in below if not label_at(page, j)}
        if rows and len(rows) == len(below) and all(len(people or []) == 1 for people in rows.values()):
            found |= {i: []} | {j: people or [] for j, people in rows.items()}
            sides += 1
    return found if sides >= FEWEST - 1 else {}
