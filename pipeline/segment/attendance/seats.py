"""Every list of who was there that the page lays out: in columns, with boxes, below or beside its sides."""

from __future__ import annotations

from pipeline.segment.attendance.aligned import aligned
from pipeline.segment.attendance.blocks import blocks
from pipeline.segment.attendance.closed import closed
from pipeline.segment.attendance.counted import counted
from pipeline.segment.attendance.flattened import flattened
from pipeline.segment.attendance.flush import flush
from pipeline.segment.attendance.grid import grid
from pipeline.segment.attendance.headed import headed
from pipeline.segment.attendance.indented import below_houses, indented
from pipeline.segment.attendance.labelled import labelled
from pipeline.segment.attendance.parties import parties
from pipeline.segment.attendance.tables import tables
from pipeline.segment.attendance.ticked import ticked
from pipeline.segment.headings import Page
from pipeline.values import Attendee

__all__ = ["seats"]


def seats(page: Page, before: int) -> tuple[frozenset[int], list[tuple[str, list[Attendee]]]]:
    """The lines above a line that hold such lists, and their people with "present" or "absent"."""
    rows = tables(page, before)
    rows |= counted(page, before)
    rows |= ticked(page, before, rows)
    rows |= grid(page, before, rows)
    cells = closed(page, before, rows)
    cells |= headed(page, before, rows.keys() | cells.keys())
    cells |= indented(page, before, rows.keys() | cells.keys())
    cells |= below_houses(page, before, rows.keys() | cells.keys())
    cells |= flush(page, before, rows.keys() | cells.keys())
    cells |= aligned(page, before, rows.keys() | cells.keys())
    for lines_in in (parties, blocks, labelled):
        there = lines_in(page, before, rows.keys() | cells.keys())
        rows |= {i: ("present", people) for i, people in there.items()}
    for i, lists in flattened(page).items():
        cells[i] = lists
        rows.pop(i, None)
    return frozenset(rows.keys() | cells.keys()), [*rows.values(), *(each for line in cells.values() for each in line)]
