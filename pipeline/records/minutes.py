"""The contract: one `Minutes` record for each source document, version 1.0.

Every key is always present; a value that the document does not state is null. Offsets are Unicode code points,
half-open: `start` and `end` into `text`, `source_start` and `source_end` into `source_text`. Amounts are decimal
strings, dates EDTF level 1.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from pipeline.records.agenda import Item
from pipeline.records.base import Grounded, Mention, Offset, Probability, Record

__all__ = ["SCHEMA_VERSION", "Minutes", "ProducedBy"]

SCHEMA_VERSION = "1.0"

DecimalString = Annotated[str, Field(pattern=r"^-?\d+(\.\d+)?$")]


class Source(Record):
    """Where the document came from."""

    path: str
    """Relative to the input root, with `/` separators. `2025/havneudvalget.txt`"""
    sha256: str
    """Of the file's bytes. `9f86d081884c7d65…`"""
    media_type: str
    """What kind of file it is. `text/plain`"""
    characters: int
    """Length of `source_text`. `8423`"""
    pages: int | None
    """Pages, null where the file does not say. `3`"""
    read_by: str
    """How its text was got: text, Markdown, HTML, Word, ODT, text layer, or the OCR model. `tesseract 5.3.0, dan`"""


class ProducedBy(Record):
    """What made the record."""

    version: str
    """Of referat. `0.1.0`"""
    fingerprint: str
    """Of code, rules and models: equal fingerprints mean equal output. `2ccf13af52cb0f37`"""


class Damage(Record):
    """Why repair did or did not run."""

    damaged: bool
    """Whether Danish letters were lost anywhere. `true`"""
    letters: int
    """Letters in the source. `6120`"""
    danish_letters: int
    """How many of them are æ, ø or å. `0`"""
    reason: str
    """The reason in words. `Danish letters lost throughout: 0 æøå among 6120 letters, 87 words broken`"""


class Edit(Record):
    """One repair, in offsets into `source_text`; replaying all of them gives exactly `text`."""

    start: Offset
    """Where it begins in `source_text`. `11`"""
    end: Offset
    """Where it ends in `source_text`, exclusive. `12`"""
    before: str
    """What was read. `g`"""
    after: str
    """What it was repaired to. `ø`"""
    rule: str
    """What decided it. `word`"""
    confidence: Probability
    """Probability that the repair is right. `0.99`"""


class Attendee(Grounded):
    """One name in an attendance list."""

    name: str
    """As printed. `Åse Brink`"""
    organisation: str | None
    """The organisation printed beside the name. `Havnestyrelsen`"""
    role: str | None
    """The role printed beside the name. `formand`"""
    person_id: str | None
    """The same person among `persons`. `moede-1f0c/person/1`"""


class Ground(Grounded):
    """Where a field of the meeting is stated."""

    field: str
    """The field. `date`"""


class Meeting(Record):
    """The meeting's header; what the document does not state is null."""

    title: str | None
    """The heading of the minutes. `Referat af møde i Havneudvalget`"""
    body: str | None
    """The committee, board or association that met. `Havneudvalget`"""
    date: str | None
    """The day of the meeting. `2025-03-04`"""
    start_time: str | None
    """When it began. `16:00`"""
    end_time: str | None
    """When it ended. `18:10`"""
    place: str | None
    """Where. `mødesal 3`"""
    chair: str | None
    """Who chaired it. `Åse Brink`"""
    minute_taker: str | None
    """Who took the minutes. `Jørn Ravn`"""
    present: list[Attendee]
    """Who was there."""
    absent: list[Attendee]
    """Who was not, or sent apologies."""
    grounds: list[Ground]
    """The place of each field that is stated."""


class Person(Record):
    """One person, however their name was damaged or shortened."""

    id: str
    """Unique in the file. `moede-1f0c/person/1`"""
    name: str
    """The fullest form. `Jørn Ravn`"""
    forms: list[str]
    """Every form of the name in the text. `["Jørn Ravn", "Jørn", "JR"]`"""
    organisations: list[str]
    """Whom the document states they speak for or work for. `["KL"]`"""
    roles: list[str]
    """As printed. `["referent"]`"""
    mentions: list[Mention]
    """Every place where they are named."""


class Organisation(Record):
    """One organisation; generic words such as "styregruppen" are none."""

    id: str
    """Unique in the file. `moede-1f0c/organisation/2`"""
    name: str
    """The known or the fullest name. `Kommunernes Landsforening`"""
    aliases: list[str]
    """Its other names in the text. `["KL"]`"""
    kind: str | None
    """What it is, where known. `association`"""
    cvr: str | None
    """Its CVR number, only where the document prints it. `12345678`"""
    mentions: list[Mention]
    """Every place where it is named."""


class Amount(Grounded):
    """Money, percent or a counted quantity."""

    value: DecimalString | None
    """An exact decimal; null for a range. `1200000`"""
    low: DecimalString | None
    """Lower end of a range. `60000`"""
    high: DecimalString | None
    """Upper end of a range. `65000`"""
    unit: str
    """DKK, EUR, %, or the counted noun as printed. `DKK`"""
    kind: Literal["money", "percent", "quantity"]
    """What kind of figure it is. `money`"""
    approximate: bool
    """Whether the text says ca., omkring, op til. `false`"""
    item_id: str | None
    """The item in which it stands. `moede-1f0c/3`"""


class Date(Grounded):
    """A calendar expression."""

    iso: str
    """EDTF level 1, never more exact than what is printed. `2026-W33`"""
    granularity: Literal["day", "week", "month", "quarter", "season", "year", "interval", "open"]
    """How exact it is. `week`"""
    relative: bool
    """Whether the meeting's date was needed to resolve it. `true`"""
    item_id: str | None
    """The item in which it stands. `moede-1f0c/3`"""


class WarningRecord(Record):
    """Something that a careful clerk would want to check."""

    model_config = ConfigDict(title="Warning")

    code: str
    """What kind of thing; stable. `doubtful-word`"""
    message: str
    """For people. `»far« was left as read; it may be »før« (43%)`"""
    start: Offset | None
    """Where, in `text`; null where it concerns the whole document. `512`"""
    end: Offset | None
    """Where it ends, exclusive. `515`"""


class Minutes(Record):
    """One source document as data."""

    schema_version: Literal["1.0"]
    """Version of this contract. `1.0`"""
    id: str
    """The same for the same path and bytes on any machine and in any run. `havneudvalget-1f0c2b9e4d7a`"""
    source: Source
    """The file that it was made from."""
    produced_by: ProducedBy
    """Version and fingerprint of referat."""
    source_text: str
    """The text as it came in, after decoding."""
    text: str
    """The repaired text: `source_text` with `edits` applied."""
    damage: Damage
    """What the damage gate saw."""
    edits: list[Edit]
    """Every repair, in order."""
    meeting: Meeting
    """The meeting's header."""
    items: list[Item]
    """The agenda items as minuted, in order."""
    persons: list[Person]
    """Everybody named."""
    organisations: list[Organisation]
    """Every organisation named."""
    amounts: list[Amount]
    """Every amount, in order."""
    dates: list[Date]
    """Every calendar expression, in order."""
    warnings: list[WarningRecord]
    """What a careful clerk would want to check."""
