"""People in blocks that no label opens: a side or an office on a line of its own, and below it who came for it."""

from __future__ import annotations

from collections.abc import Container

import regex

from pipeline.segment.attendance.parties import party
from pipeline.segment.headings import Page, label_at
from pipeline.segment.page import HEAD
from pipeline.segment.people.beside import is_house
from pipeline.segment.people.named import is_sure
from pipeline.segment.people.people import Group, attendees
from pipeline.values import Attendee, Span

__all__ = ["blocks"]

FEWEST = 2
"""So many blocks make a list, and so many people in them whose names are sure."""
LONGEST = 60
"""Characters of the line above a block."""

_NO_SIDE = regex.compile(r"[;|?!]|\.$|:.|\d{3}|\d[.:]\d|\s{3}|\bkl\b|^(?i:referat|dagsorden|punkt|pkt|møde|bilag)")
"""In a line that is no side: a date, a sentence, a title."""
_BODY = regex.compile(
    r"(?i)[\p{L}-]*(?:bestyrelse|styrelse|udvalg|medlem|formandskab|repræsentantskab)(?:s?medlemmer|[entr]{0,3})"
)
"""A body of the house itself."""
_NOBODY = regex.compile(r"(?i)^\W*(?:ingen|ikke|ubesat|vakant|afbud)\b[^.]{0,40}$")


def blocks(page: Page, before: int, taken: Container[int]) -> dict[int, list[Attendee]]:
    """By line the people of such blocks above a line, where two or more stand together.

    The people stand deeper than what they came for, or behind bullets, or the whole block stands apart. Lines that
    are `taken` belong to a table.
    """
    found: dict[int, list[Attendee]] = {}
    count = 0
    for i in page.head(before):
        below = _below(page, i, before) if i not in found and i not in taken and _is_head(page, i) else []
        block = _block(page, i, below) if below and not any(j in taken for j in below) else {}
        count += bool(block)
        if not label_at(page, i):
            found |= block
    people = [one for each in found.values() for one in each]
    sure = sum(is_sure(page.text, Span(one.start, one.end), page.lexicon) for one in people)
    return found if count >= FEWEST and sure >= FEWEST and 3 * sure >= len(people) else {}


def _is_head(page: Page, i: int) -> bool:
    content = page.content(i)
    if len(content) > LONGEST or not (content[0].isupper() or content[0].isdigit()) or page.lines[i].bullet:
        return False
    above = page.previous[i]
    label = label_at(page, above) if above >= 0 else None
    return not (label and label[0].value in ("present", "absent")) and not _NO_SIDE.search(content)


def _below(page: Page, i: int, before: int) -> list[int]:
    """The lines right below a line that stand deeper or behind bullets, or down to a blank line where apart."""
    lines: list[int] = []
    deeper = i + 1 < before and (page.lines[i + 1].indent > page.lines[i].indent + 1 or bool(page.lines[i + 1].bullet))
    for j in range(i + 1, min(before, i + HEAD)):
        if not page.printed(j) or page.space_before(j) or label_at(page, j):
            break
        if deeper and not (page.lines[j].indent > page.lines[i].indent + 1 or page.lines[j].bullet):
            break
        lines.append(j)
    return lines if deeper or page.space_before(i) else []


def _block(page: Page, i: int, below: list[int]) -> dict[int, list[Attendee]]:
    """The people of the lines below a side; nothing where one of them holds no single person."""
    head = page.lines[i]
    side = page.content(i).rstrip(" :")
    group = Group() if _BODY.fullmatch(side) else party(page, side)
    known = is_house(page.content(i), page.lexicon) or group.role
    people = attendees(page.text, Span(head.body, head.end), page.lexicon, group, "")
    if people and (not known or people[0].start == head.body):
        return {}
    found: dict[int, list[Attendee]] = {}
    for j in below:
        line = page.lines[j]
        if _NOBODY.match(page.content(j)) or page.content(j)[0] == "(":
            continue
        people = attendees(page.text, Span(line.body, line.end), page.lexicon, group, "attendance/block", one=True)
        opens = len(people) == 1 and not regex.search(r"[,;:(.]", page.text[line.body : people[0].start])
        if not opens or page.content(j)[-1] in ":;!?" or len(page.content(j)) > 2 * LONGEST:
            return {}
        found[j] = people
    return found
