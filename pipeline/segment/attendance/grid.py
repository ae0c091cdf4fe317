"""Who was there in columns that no titles name: a name, where from, and whether they came."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, replace

import regex

from pipeline.document import quote_name
from pipeline.segment.attendance.parties import party
from pipeline.segment.headings import Page, label_at
from pipeline.segment.people.beside import Draft, describe, is_house
from pipeline.segment.people.people import Group, attendees
from pipeline.values import Attendee, Span

__all__ = ["grid"]

FEWEST = 3
"""So many rows make columns; below a label that stands alone one less does."""
SLACK = 3
"""Crosses that stand so many characters apart are of one column."""

_CELL = regex.compile(r"[^\s|]+(?:[ ][^\s|]+)*")
_GAP = regex.compile(r"\S(?:[ ]{2,}|[ ]?\t\s*|[ ]*\|[ ]*)(?=\S)")
_CODE = regex.compile(r"(?:\p{Lu}{2,4}|\d{1,2}[.)]?)")
"""In front of a name: initials, a country or a number."""
_OFFICE = regex.compile(r"(?P<role>[\d\p{L}][\p{L}. -]{2,40}?)\s*:\s*(?=\p{L})")
_BESIDE = regex.compile(r"\s*[,(]")
_CROSS = frozenset("xX+✓✔√")
_SAID = regex.compile(
    r"(?<=[\p{L}).,])(?<!\b(?i:ikke|ej))[ ](?P<said>(?:(?i:ikke|ej)\s)?(?i:til\s?stede|(?:frem)?mødt)(?:,\safbud)?"
    r"|(?i:afbud|fraværende|forfald))$"
)
"""Behind a name whether somebody came, where OCR closed the gap between the columns."""


@dataclass(frozen=True, slots=True)
class _Row:
    """The one person of a row. `beside` are the cells behind the name; `value` is what a cell says of their coming."""

    person: Attendee
    beside: tuple[Span, ...]
    value: str | None
    mark: int | None
    said: bool
    """Whether the cell that says so stands right behind the name, with no gap."""


def grid(page: Page, before: int, taken: Container[int]) -> dict[int, tuple[str, list[Attendee]]]:
    """By its line the one person of each row of such columns above a line, with "present" or "absent".

    Lines that are `taken` belong to a table with titles. Names that stand side by side are no columns of this kind.
    """
    found: dict[int, tuple[str, list[Attendee]]] = {}
    run: dict[int, _Row] = {}
    for i in page.head(before):
        row = None if i in taken else _row(page, i, alone=bool(run) and not page.space_before(i))
        apart = page.space_before(i) and not (row and row.said and run and run[max(run)].said)
        if run and (row is None or apart):
            found |= _read(page, run, FEWEST - bool(found))
            run = {}
        if row:
            run[i] = row
    return found | _read(page, run, FEWEST - bool(found))


def _row(page: Page, i: int, *, alone: bool) -> _Row | None:
    """The row of a line; one with nothing beside the name counts only where it may stand `alone`."""
    line = page.lines[i]
    said = _SAID.search(page.text, line.body, line.end)
    if line.end - line.body > 160 or (not _GAP.search(page.text, line.body, line.end) and not alone and not said):
        return None
    cells = [Span(*match.span()) for match in _CELL.finditer(page.text, line.body, said.start() if said else line.end)]
    cells += [Span(*said.span("said"))] if said else []
    status = [_status(page, quote_name(page.text, *cell)) for cell in cells]
    value = next((each for each in status[1:] if each), None)
    if label_at(page, i) and value is None:
        return None
    if len(cells) > 1 and _CODE.fullmatch(page.text, *cells[0]):
        cells, status = cells[1:], status[1:]
    office = _OFFICE.match(page.text, *cells[0])
    group, first = Group(), cells[0]
    if office:
        if value is None:
            return None
        group, first = party(page, office["role"]), Span(office.end(), first.end)
    people = attendees(page.text, first, page.lexicon, group, "attendance/grid", one=True)
    if not people and len(cells) > 2 and value and page.lexicon.roles.group(quote_name(page.text, *first)):
        group, cells, status = party(page, quote_name(page.text, *first)), cells[1:], status[1:]
        first = cells[0]
        people = attendees(page.text, first, page.lexicon, group, "attendance/grid", one=True)
    if len(people) != 1 or regex.search(r"[,;:(.]\s", page.text[first.start : people[0].start]):
        return None
    beside = tuple(cell for cell, said in zip(cells[1:], status[1:], strict=True) if said is None)
    mark = next((c.start - line.start for c in cells[1:] if quote_name(page.text, *c) in _CROSS), None)
    return _Row(people[0], beside, value, mark, said is not None)


def _status(page: Page, cell: str) -> str | None:
    """Whether a cell says that somebody came or was away; None where it says something else."""
    said = cell.strip("() .")
    if page.match("attendance", "cell-away", said):
        return "absent"
    return "present" if page.match("attendance", "cell-came", said) else None


def _read(page: Page, run: dict[int, _Row], fewest: int) -> dict[int, tuple[str, list[Attendee]]]:
    """The people of rows that stand together, `fewest` or more; none where they are no columns of this kind."""
    if not run:
        return {}
    label = label_at(page, page.previous[min(run)]) if page.previous[min(run)] >= 0 else None
    listed = label is not None and label[0].value in ("present", "absent")
    marks = [row.mark for row in run.values() if row.mark is not None]
    beside = [row for row in run.values() if row.beside or row.value]
    told = [row for row in run.values() if row.value]
    known = sum(page.lexicon.names.score(row.person.name) >= 0.5 for row in run.values())
    if (
        len(run) < fewest - listed
        or (label is not None and label[0].value == "stop")
        or 2 * len(beside) < len(run)
        or 2 * known < len(run)
        or (marks and max(marks) - min(marks) > SLACK)
        or (len(told) < 2 and not all(_is_one(page, row) for row in beside))
        or any(_is_somebody(page, cell) for row in beside for cell in row.beside)
    ):
        return {}
    default = label[0].value or "present" if listed and label else "present"
    return {i: (row.value or default, [_described(page, row)]) for i, row in run.items()}


def _is_one(page: Page, row: _Row) -> bool:
    """Whether a cell beside the name may be an organisation, an office, or a note."""
    cells = [quote_name(page.text, *cell) for cell in row.beside]
    return row.value is not None or any(is_house(c, page.lexicon) or c[:1].isupper() or c[:1].islower() for c in cells)


def _is_somebody(page: Page, cell: Span) -> bool:
    """Whether a cell beside a name opens with a first name, and is a second person."""
    words = _BESIDE.split(quote_name(page.text, *cell), maxsplit=1)[0]
    if is_house(words, page.lexicon):
        return False
    people = attendees(page.text, cell, page.lexicon, Group(), "", one=True)
    named = people and " " in people[0].name and people[0].end >= cell.start + len(words)
    return bool(named) and page.lexicon.names.is_first(people[0].name.split()[0])


def _described(page: Page, row: _Row) -> Attendee:
    """The person of a row with what the other cells say of them."""
    one = row.person
    draft = Draft(Span(one.start, one.end), one.organisation, one.role)
    for cell in row.beside:
        for part in regex.split(r"\s*[,;]\s*", quote_name(page.text, *cell).strip("()")):
            describe(part, draft, page.lexicon)
    return replace(one, organisation=draft.organisation, role=draft.role)
