"""Every list of who was there that the page lays out: in columns, with boxes, below or beside its sides."""

from __future__ import annotations

from pipeline.segment.aligned import aligned
from pipeline.segment.blocks import blocks
from pipeline.segment.closed import closed
from pipeline.segment.counted import counted
from pipeline.segment.flush import flush
from pipeline.segment.grid import grid
from pipeline.segment.headed import headed
from pipeline.segment.headings import Page
from pipeline.segment.indented import below_houses, indented
from pipeline.segment.labelled import labelled
from pipeline.segment.parties import parties
from pipeline.segment.tables import tables
from pipeline.segment.ticked import ticked
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
    return frozenset(rows.keys() | cells.keys()), [*rows.values(), *(each for line in cells.values() for each in line)]
