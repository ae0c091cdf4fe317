"""Columns of people whose heads are the labels of lists and the names of offices: "FORMAND   KASSERER   AFBUD"."""

from __future__ import annotations

from collections.abc import Container, Iterator

import regex

from pipeline.document import quote_name
from pipeline.segment.headings import Page, label_at
from pipeline.segment.people.people import Group, attendees
from pipeline.values import Attendee, Span

__all__ = ["column_head", "headed"]

LONGEST = 30
"""Lines that columns may run over."""
SLACK = 2
"""A cell may begin so many characters to the left of its head."""

_CELL = regex.compile(r"[^\s|]+(?:[ ][^\s|]+)*")
_KIND = regex.compile(
    r"(?i)(?:eksterne|interne|faste|øvrige|andre|gæste?r?|suppleanter|observatører|tilforordnede|bisiddere?|indbudte|ansatte|personale"
    r"|\p{L}*(?:medlem(?:mer)?|repræsentant(?:er)?|deltagere?|gæster))"
)


def headed(page: Page, before: int, taken: Container[int]) -> dict[int, list[tuple[str, list[Attendee]]]]:
    """By its line the people below such heads, each with "present" or "absent"; [] for the line of the heads."""
    found: dict[int, list[tuple[str, list[Attendee]]]] = {}
    for i in page.head(before):
        if i in taken or i in found or page.lines[i].end - page.lines[i].body > 120:
            continue
        heads = _heads(page, i)
        if not heads:
            continue
        rows: dict[int, list[tuple[str, list[Attendee]]]] = {}
        row = page.following[i]
        while row < min(before, len(page.lines)) and row - i < LONGEST and not (rows and page.space_before(row)):
            people = _row(page, row, heads)
            if people is None:
                break
            rows[row] = people
            heads = _heads_below(page, row, heads)
            row = page.following[row]
        if rows:
            found |= {i: []} | rows
    return found


def _heads(page: Page, i: int) -> list[tuple[int, str, Group]]:
    """Where each column begins, what it says of who stands in it, and their role; [] where a cell is no head."""
    line = page.lines[i]
    cells = [Span(*match.span()) for match in _CELL.finditer(page.text, line.body, line.end)]
    if not 2 <= len(cells) <= 6:
        return []
    heads: list[tuple[int, str, Group]] = []
    for cell in cells:
        words = quote_name(page.text, *cell).rstrip(" :")
        value = column_head(page, words)
        if value is None:
            return []
        role = words.casefold() if value == "office" else None
        heads.append((cell.start - line.start, "absent" if value == "absent" else "present", Group(role=role)))
    return heads if any(not group.role for _, _, group in heads) else []


def _heads_below(page: Page, i: int, heads: list[tuple[int, str, Group]]) -> list[tuple[int, str, Group]]:
    """The heads, with another one where a cell of a line is the label of what stands below it: "Gæster:"."""
    line = page.lines[i]
    new = {cell.start() - line.start: _head_in(page, cell.group()) for cell in _cells(page, i)}
    below = [(column, value, Group()) for column, value in new.items() if value]
    return sorted([*(h for h in heads if all(abs(h[0] - b[0]) > SLACK for b in below)), *below], key=lambda h: h[0])


def _head_in(page: Page, cell: str) -> str | None:
    """What a cell that ends in a colon says of those below it, or None."""
    value = column_head(page, cell.rstrip(" :")) if cell.endswith(":") else None
    return "absent" if value == "absent" else "present" if value == "present" else None


def _cells(page: Page, i: int) -> Iterator[regex.Match[str]]:
    return _CELL.finditer(page.text, page.lines[i].body, page.lines[i].end)


def column_head(page: Page, words: str) -> str | None:
    """What the head of a column is: "present", "absent", "office", or None."""
    for rule in page.needed("attendance", "present", "absent").worth(words):
        if (match := rule.regex.match(words)) and match.end() == len(words):
            return rule.value
    if _KIND.fullmatch(words):
        return "present"
    return "office" if "," not in words and page.lexicon.roles.group(words) else None


def _row(page: Page, i: int, heads: list[tuple[int, str, Group]]) -> list[tuple[str, list[Attendee]]] | None:
    """The people of a line, each under the head that begins above them; None where a cell holds nobody."""
    line = page.lines[i]
    found: list[tuple[str, list[Attendee]]] = []
    if label_at(page, i):
        return None
    for match in _cells(page, i):
        if _head_in(page, match.group()):
            continue
        fits = [head for head in heads if match.start() - line.start >= head[0] - SLACK]
        people = attendees(
            page.text, Span(*match.span()), page.lexicon, fits[-1][2] if fits else Group(), "attendance/headed"
        )
        if not people or not fits:
            return None
        found.append((fits[-1][1], people))
    return found
