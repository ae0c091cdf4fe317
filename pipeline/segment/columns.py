"""Unnumbered headings that are the first column of a table of minutes: below "Emne", beside "Referat"."""

from __future__ import annotations

import regex

from pipeline.segment.headings import Page
from pipeline.segment.runin import FEWEST, Plain

__all__ = ["first_column"]

LONGEST = 60
SHIFT = 2
"""Columns waver by so many characters."""
_HEAD = regex.compile(
    r"(?i)(?:dagsorden(?:s?punkt)?|(?:dags)?punkt(?:er)?|pkt\.?|emner?|sag(?:er)?|titel|tema|hvad|overskrift)"
    r"(?:\s{2,}|\s?[|\t]\s?)(?=\p{L})"
)
_CELL = regex.compile(r"(?P<title>\p{L}\S*(?:\s\S+){0,9}?)(?:\s{2,}|\s?[|\t]\s?)(?=\S)")


def first_column(page: Page, start: int) -> list[Plain]:
    """The cells of the first column below its head, where three rows at least have one; else nothing."""
    found: list[Plain] = []
    head: tuple[int, int] | None = None
    for i in range(start, len(page.lines)):
        line = page.lines[i]
        if line.blank or line.furniture or line.bullet:
            continue
        if head is None:
            match = _HEAD.match(page.text, line.body, line.end) if page.text[line.body] in "DdPpEeSsTtHhOo" else None
            if match:
                head = line.indent, match.end() - line.start
            continue
        if abs(line.indent - head[0]) > SHIFT:
            continue
        cell = _CELL.match(page.text, line.body, line.end)
        if cell is None or len(cell["title"]) > LONGEST:
            continue
        near = abs(cell.end() - line.start - head[1]) <= SHIFT
        if near or "|" in cell.group() or "\t" in cell.group():
            found.append(Plain(i, i, "column", 0.8, stop=cell.end("title")))
    return found if len(found) >= FEWEST else []
