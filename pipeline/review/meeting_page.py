"""What the page of one document shows: the queue, tables, the agenda, and the text in pieces."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.document import quote
from pipeline.layout import paragraphs
from pipeline.records import Minutes
from pipeline.records.agenda import Item, Statement
from pipeline.records.minutes import Edit, Organisation, Person
from pipeline.review.doubts import Doubt
from pipeline.review.language import Text, date_text
from pipeline.review.marks import Mark, Piece, pieces_between
from pipeline.review.values import Value

__all__ = ["Block", "MeetingPage", "SpeakerRow", "heading_of", "meeting_page", "panel_data"]

_LINE_BREAK = re.compile(r"(?P<stem>\w+)-(?P<gap>[ \t]*\n\s*)\w*|(?P<bare>[ \t]*\n\s*)")
_WHITE = re.compile(r"[ \t]*\n\s*")
_HEAD = 200  # where the heading of a section is looked for, in characters from its start


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the text: an agenda item with its heading and place among the items, or what stands between."""

    item: Item | None
    number: int
    heading: Sequence[Piece]
    text: Sequence[Piece]


@dataclass(frozen=True, slots=True)
class SpeakerRow:
    """A speaker, and for each item that was spoken on the numbers of the statements."""

    speaker: str
    cells: Sequence[Sequence[int]]


@dataclass(frozen=True, slots=True)
class MeetingPage:
    """Everything that the template of a document shows. Values are told by their number."""

    record: Minutes
    heading: str
    date: Text | None
    facts: Sequence[tuple[str, str]]
    values: Sequence[Value]
    doubts: Sequence[Doubt]
    blocks: Sequence[Block]
    spoken_on: Sequence[Item]
    speakers: Sequence[SpeakerRow]

    def of_kind(self, kind: str) -> list[tuple[int, Value]]:
        """The values of a kind with their numbers."""
        return [(number, value) for number, value in enumerate(self.values) if value.kind == kind]

    def named(self, kind: str) -> list[tuple[Person | Organisation, list[int]]]:
        """Persons or organisations with the numbers of the places where they are named, the most named first."""
        found: dict[str, tuple[Person | Organisation, list[int]]] = {}
        for number, value in self.of_kind(kind):
            if isinstance(value.record, Person | Organisation):
                found.setdefault(value.record.id, (value.record, []))[1].append(number)
        return sorted(found.values(), key=lambda row: (-len(row[1]), row[0].name))


def heading_of(record: Minutes) -> str:
    """The title of a meeting, or the next best that tells it."""
    return record.meeting.title or record.meeting.body or record.source.path


def meeting_page(record: Minutes, values: Sequence[Value], doubts: Sequence[Doubt]) -> MeetingPage:
    """The page of a record whose values and doubts are known."""
    meeting = record.meeting
    fields = ("body", "start_time", "end_time", "place", "chair", "minute_taker")
    facts = [(field, stated) for field in fields if (stated := getattr(meeting, field))]
    spoken_on = [item for item in record.items if item.statements]
    return MeetingPage(
        record=record,
        heading=heading_of(record),
        date=date_text(meeting.date) if meeting.date else None,
        facts=facts,
        values=values,
        doubts=doubts,
        blocks=list(_blocks(record, _marks(record, values))),
        spoken_on=spoken_on,
        speakers=_speakers(values, spoken_on),
    )


def panel_data(values: Sequence[Value]) -> list[list[str | float | None]]:
    """What the panel beside the text tells of each value, in the order of their numbers."""
    return [[value.kind, *value.says, value.original, value.rule, value.confidence] for value in values]


def _speakers(values: Sequence[Value], spoken_on: Sequence[Item]) -> list[SpeakerRow]:
    column = {item.id: number for number, item in enumerate(spoken_on)}
    rows: dict[str, list[list[int]]] = {}
    for number, value in enumerate(values):
        if isinstance(value.record, Statement) and value.item:
            cells = rows.setdefault(value.record.speaker, [[] for _ in spoken_on])
            cells[column[value.item.id]].append(number)
    return sorted(
        (SpeakerRow(speaker, cells) for speaker, cells in rows.items()),
        key=lambda row: (-sum(map(len, row.cells)), row.speaker),
    )


def _blocks(record: Minutes, marks: Sequence[Mark]) -> Iterator[Block]:
    bounds = [0]
    for item in record.items:
        start = max(item.start, bounds[-1])
        end = max(item.end, start)
        bounds += [start, min(max(item.heading.end, start), end), end]
    between, *parts = pieces_between(record.text, marks, [*bounds, len(record.text)])
    if between or not record.items:
        yield Block(None, 0, (), between)
    for number, item in enumerate(record.items, 1):
        heading, text, between = parts[3 * number - 3 : 3 * number]
        yield Block(item, number, heading, text)
        if between:
            yield Block(None, 0, (), between)


def _marks(record: Minutes, values: Sequence[Value]) -> list[Mark]:
    marks = [
        Mark(
            value.start, value.end, value.kind, number, value.record.before if isinstance(value.record, Edit) else None
        )
        for number, value in enumerate(values)
        if value.start is not None and value.end is not None
    ]
    breaks = list(_line_breaks(record.text))
    return marks + breaks + list(_gaps(record, breaks)) + list(_section_headings(record))


def _line_breaks(text: str) -> Iterator[Mark]:
    """Line breaks that the paper made and the text does not mean, with the hyphens that only split a word there."""
    for paragraph in paragraphs(text, 0, len(text)):
        for match in _LINE_BREAK.finditer(text, paragraph.start, paragraph.end):
            if match["bare"] is not None:
                yield Mark(*match.span(), "wrap")
            elif quote(text, *match.span()).startswith(match["stem"] + "-"):  # a hyphen of the word's own stays
                yield Mark(*match.span("gap"), "wrap")
            else:
                yield Mark(match.end("stem"), match.end("gap"), "hyphen")


def _gaps(record: Minutes, breaks: Sequence[Mark]) -> Iterator[Mark]:
    """Blank lines between paragraphs, and the line break below a heading."""
    meant = {at for mark in breaks for at in range(mark.start, mark.end)}
    below = {item.heading.end for item in record.items}
    for match in _WHITE.finditer(record.text):
        blank = match.group().count("\n") > 1 or match.start() in below
        if blank and match.start() not in meant:
            yield Mark(*match.span(), "gap")


def _section_headings(record: Minutes) -> Iterator[Mark]:
    for item in record.items:
        for section in item.sections:
            if section.heading:
                at = record.text.find(section.heading, section.start, min(section.end, section.start + _HEAD))
                if at >= item.heading.end:
                    yield Mark(at, at + len(section.heading), "section")
