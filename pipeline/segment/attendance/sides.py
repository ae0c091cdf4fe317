"""Attendance lists that stand side by side under labels of their own: "Til stede:     Afbud:"."""

from __future__ import annotations

from dataclasses import replace

import regex

from pipeline.segment.headings import Page, label_at
from pipeline.segment.people.people import Group, attendees
from pipeline.values import Attendee, Line, Span

__all__ = ["side_by_side"]

LONGEST = 30
"""Lines that two lists side by side may run over."""
LABEL = 3
"""Words that such a label may have."""
SLACK = 6
"""A cell may begin so many characters to the left of its label."""

_BEHIND = regex.compile(r",\s*\p{Ll}[^,]*$")
"""Where the gap is lost a title behind a comma is the left one's: "Ib Holst (IH), kasserer Ole Friis"."""
_GAP = regex.compile(r"[ \t]*\|[ \t]*|[ \t]{2,}")


def side_by_side(page: Page, index: int, start: int) -> tuple[list[tuple[str, list[Attendee]]], int] | None:
    """The people of two lists whose labels share a line, each with "present" or "absent", and the line below them.

    `start` is the offset behind the first label. None where no second label ends the line. Where OCR closed the gap
    between the columns, the first name of a line is of the left list and the second of the right one.
    """
    first, line = label_at(page, index), page.lines[index]
    second = _label_behind(page, start, line.end)
    if first is None or second is None:
        return None
    values, column = (first[0].value or "", second[0]), second[1] - line.start
    middles = ((line.body + start) // 2 - line.start, (second[1] + line.end) // 2 - line.start)
    found: list[tuple[str, list[Attendee]]] = []
    i = page.following[index]
    while i < len(page.lines) and i - index < LONGEST and not label_at(page, i):
        row, below = page.lines[i], _label_at_end(page, i)
        if below:
            row = replace(row, end=below[1])
        cells = _cells(page, row, column, middles)
        if not any(people for _, people in cells):
            break
        found += [(values[side], people) for side, people in cells]
        values = (values[0], below[0]) if below else values
        i = page.following[i]
    return (found, i) if found else None


def _label_behind(page: Page, start: int, end: int) -> tuple[str, int] | None:
    """The value and the offset of a label that fills the rest of a line."""
    rest = page.text[start : min(end, start + 200)].rstrip()
    label = rest.lstrip(" \t|")
    for rule in page.rules("attendance", "present", "absent"):
        if label and (match := rule.regex.match(label)) and match.end() >= len(label):
            return rule.value or "", start + len(rest) - len(label)
    return None


def _label_at_end(page: Page, i: int) -> tuple[str, int] | None:
    """The value and the offset of a label that ends a line, behind somebody of the left list: "Ib Holst   Gæst:"."""
    line = page.lines[i]
    if not page.content(i).endswith(":"):
        return None
    words = [match.start() for match in regex.finditer(r"\S+", page.text[: line.end], pos=line.body)][1:]
    return next((found for start in words[-LABEL:] if (found := _label_behind(page, start, line.end))), None)


def _cells(page: Page, line: Line, column: int, middles: tuple[int, int]) -> list[tuple[int, list[Attendee]]]:
    """The people of each cell of a line, with the number of its side; cells may be centred below their labels."""
    cuts = [match.span() for match in _GAP.finditer(page.text, line.body, line.end)]
    bounds = [line.body, *(offset for cut in cuts for offset in cut), line.end]
    spans = [Span(a, b) for a, b in zip(bounds[::2], bounds[1::2], strict=True) if a < b]
    if len(spans) == 1:
        people = _people(page, spans[0])
        if page.text[line.body : line.end].rstrip().endswith("."):
            return [(0, people[:1])]  # a sentence
        if len(people) == 2:
            left, right = people
            if right.role and _BEHIND.search(page.text, left.end, right.start):
                left, right = replace(left, role=right.role), replace(right, role=None)
            return [(0, [left]), (1, [right])]
    starts = [span.start - line.start >= column - SLACK for span in spans]
    if len(spans) == 2 and starts == [False, False]:
        starts[1] = _nearer(spans[1], line, middles)
    return [(int(right), _people(page, span)) for span, right in zip(spans, starts, strict=True)]


def _nearer(span: Span, line: Line, middles: tuple[int, int]) -> bool:
    """Whether the middle of a cell is nearer to that of the second label than to that of the first."""
    middle = (span.start + span.end) // 2 - line.start
    return abs(middle - middles[1]) < abs(middle - middles[0])


def _people(page: Page, span: Span) -> list[Attendee]:
    return attendees(page.text, span, page.lexicon, Group(), "attendance/side-by-side", columns=True)
