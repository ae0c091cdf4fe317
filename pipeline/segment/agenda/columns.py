"""Headings that are the first column of a table of minutes: below "Emne", beside "Referat"."""

from __future__ import annotations

import regex

from pipeline.segment.agenda.runin import FEWEST, Plain
from pipeline.segment.agenda.signs import FLAT
from pipeline.segment.headings import Page, label_at

__all__ = ["first_column", "flat_head"]

LONGEST = 60
SHIFT = 2
"""Columns waver by so many characters."""
MOST = 0.5
"""So many of the paragraphs below a flat head begin with a title."""
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
    return found if len(found) >= FEWEST else _flat_rows(page, start)


def flat_head(page: Page, before: int) -> int | None:
    """The line right above a line that names columns whose gaps OCR lost: "Emne Beslutning Hvem"; else None."""
    i = next((i for i in range(before - 1, -1, -1) if not page.lines[i].blank), -1)  # a table above may have it
    return i if i >= 0 and _names_columns(page, i) else None


def _names_columns(page: Page, index: int) -> bool:
    return len(page.content(index)) <= LONGEST and page.match("items", "columns", page.content(index)) is not None


def _flat_rows(page: Page, start: int) -> list[Plain]:
    """The rows below a head whose gaps OCR lost, of which most paragraphs begin one: "Skuret Ib river det ned"."""
    head = next((i for i in range(start, len(page.lines)) if page.printed(i) and _names_columns(page, i)), None)
    if head is None:
        return []
    found: list[Plain] = []
    paragraphs = 0
    for i in range(head + 1, len(page.lines)):
        if not page.printed(i):
            continue
        paragraphs += page.space_before(i)
        line = page.lines[i]
        below = i - 1 == (found[-1].last if found else head)
        begins = below or page.space_before(i) or page.content(i - 1)[-1] in ".!?-–—" or not page.full(i - 1)
        match = FLAT.match(page.text, line.body, line.end) if begins and not line.bullet else None
        if match and _is_title(page, i, match["title"]):
            found.append(Plain(i, i, "column", 0.7, stop=match.end("title")))
    return found if len(found) >= max(FEWEST, MOST * paragraphs) else []


def _is_title(page: Page, index: int, title: str) -> bool:
    usual = page.match("items", "usual", title) is not None
    return usual or (
        len(title) <= LONGEST
        and not label_at(page, index)
        and not page.match("items", "finite", title)
        and not page.match("items", "turn", title)
        and not page.lexicon.names.is_first(title.split(maxsplit=1)[0])
    )
