"""The stage `segment`: lines, meeting header and agenda items."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace

from pipeline.document import Document
from pipeline.layout import read_lines, without_stray_blanks
from pipeline.lexicon import Lexicon
from pipeline.segment.agenda.items import agenda_items
from pipeline.segment.attendance.attendance import attendance
from pipeline.segment.attendance.counted import counted
from pipeline.segment.attendance.same import with_officers
from pipeline.segment.attendance.tables import tables
from pipeline.segment.gapped import without_gaps
from pipeline.segment.head.header import read_header
from pipeline.segment.head.officers import grounds, is_assembly, officers
from pipeline.segment.headings import Page
from pipeline.segment.runon import parted_lines
from pipeline.segment.stray import without_strays
from pipeline.values import AgendaItem, Meeting

__all__ = ["segment"]

TOP = 60
"""A table of who was there begins in one of so many lines."""


def segment(document: Document, lexicon: Lexicon) -> Document:
    r"""The document with its lines, its meeting's header and its agenda items.

    >>> lexicon = Lexicon.load()
    >>> done = segment(Document(id="a", source="1. Broen (B)\nDen males.\n\n2. Eventuelt\nIntet.\n"), lexicon)
    >>> [(item.number, item.title, item.kind) for item in done.items]
    [('1', 'Broen', 'decision'), ('2', 'Eventuelt', None)]
    """
    text = without_gaps(without_strays(document.text))
    page = Page(text, parted_lines(text, without_stray_blanks(text)), lexicon)
    rows = tables(page, TOP) | counted(page, TOP)
    items = agenda_items(page.without(rows) if rows else page)
    return replace(document, lines=read_lines(text), items=items, meeting=_meeting(page, items))


def _meeting(page: Page, items: tuple[AgendaItem, ...]) -> Meeting:
    headings = [bisect_right(page.lines, item.start, key=lambda line: line.start) - 1 for item in items]
    header = read_header(page, headings[0] if headings else None)
    second = headings[1] if len(headings) > 1 else len(page.lines)
    there = attendance(page, frozenset(headings), second)
    found = officers(page, there.present, items, header.body, there.absent)
    chair, minute_taker = found.get("chair"), found.get("minute_taker")
    present = there.present if is_assembly(page) else with_officers(there.present, there.absent, list(found.values()))
    return Meeting(
        title=header.title,
        body=header.body,
        date=header.date,
        start_time=header.start_time,
        end_time=header.end_time,
        place=header.place,
        chair=chair.name if chair else None,
        minute_taker=minute_taker.name if minute_taker else None,
        present=present,
        absent=there.absent,
        grounds=(*header.grounds, *grounds(found)),
    )
