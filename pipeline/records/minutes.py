"""The contract: one `Minutes` record for each source document, version 1.0.

Every key is always present; a value that the document does not state is null. Offsets are Unicode code points,
half-open: `start` and `end` into `text`, `source_start` and `source_end` into `source_text`. Amounts are decimal
strings, dates EDTF level 1.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

__all__ = [
    "SCHEMA_VERSION",
    "Action",
    "Amount",
    "Attendee",
    "Damage",
    "Date",
    "Decision",
    "Edit",
    "Ground",
    "Item",
    "Meeting",
    "Mention",
    "Minutes",
    "Organisation",
    "Person",
    "ProducedBy",
    "Recommendation",
    "Section",
    "Source",
    "Statement",
    "Votes",
    "WarningRecord",
]

SCHEMA_VERSION = "1.0"

Offset = Annotated[int, Field(ge=0, description="Unicode code points")]
Probability = Annotated[float, Field(ge=0, le=1)]
DecimalString = Annotated[str, Field(pattern=r"^-?\d+(\.\d+)?$", examples=["28483.71"])]

SectionKind = Literal[
    "summary", "background", "discussion", "recommendation", "decision", "economy", "attachments", "other"
]
Outcome = Literal[
    "approved",
    "approved_with_conditions",
    "noted",
    "discussed",
    "postponed",
    "rejected",
    "referred",
    "elected",
    "resolved",
]


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Mention(_Record):
    """A place in the text, and what stands there on one line."""

    text: str
    start: Offset
    end: Offset
    source_start: Offset
    source_end: Offset


class Grounded(Mention):
    """A value in its place, with the rule that found it and a probability that it is right."""

    rule: str
    confidence: Probability


class Source(_Record):
    """Where the document came from; `path` is relative to the input root."""

    path: str
    sha256: str
    media_type: str
    characters: int
    pages: int | None


class ProducedBy(_Record):
    """What made the record. Equal fingerprints (of code, rules and models) mean equal output."""

    version: str
    fingerprint: str


class Damage(_Record):
    """Why repair did or did not run: letters seen, æøå among them, and the reason in words."""

    damaged: bool
    letters: int
    danish_letters: int
    reason: str


class Edit(_Record):
    """One repair, in offsets into `source_text`; replaying all of them gives `text`."""

    start: Offset
    end: Offset
    before: str
    after: str
    rule: str
    confidence: Probability


class Attendee(Grounded):
    """One name in an attendance list."""

    name: str
    organisation: str | None
    role: str | None
    person_id: str | None


class Ground(Grounded):
    """Where a field of the meeting is stated."""

    field: str


class Meeting(_Record):
    """The meeting's header. `grounds` holds the place of each stated field."""

    title: str | None
    body: str | None
    date: str | None
    start_time: str | None
    end_time: str | None
    place: str | None
    chair: str | None
    minute_taker: str | None
    present: list[Attendee]
    absent: list[Attendee]
    grounds: list[Ground]


class Section(_Record):
    """A part of an item; the sections of an item tile it."""

    kind: SectionKind
    heading: str | None
    start: Offset
    end: Offset


class Statement(Grounded):
    """Reported speech; `speaker` is the fullest name that the document knows."""

    speaker: str
    person_id: str | None
    organisation: str | None
    act: str


class Recommendation(Grounded):
    """One at-clause of a recommendation (indstilling)."""

    addressee: str | None
    proposer: str | None


class Votes(BaseModel):
    """A tally as printed."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    for_: int | None = Field(alias="for")
    against: int | None
    abstained: int | None


class Decision(Grounded):
    """What the meeting decided; `recommendation` is an index in the item's own list."""

    outcome: Outcome
    actor: str | None
    condition: str | None
    votes: Votes | None
    recommendation: int | None


class Action(Grounded):
    """A task that somebody is to do."""

    who: list[str]
    what: str
    due: str | None


class Item(_Record):
    """An agenda item as minuted."""

    id: str
    number: str | None
    title: str | None
    kind: Literal["decision", "discussion", "information"] | None
    start: Offset
    end: Offset
    heading: Mention
    rule: str
    confidence: Probability
    sections: list[Section]
    statements: list[Statement]
    recommendations: list[Recommendation]
    decisions: list[Decision]
    actions: list[Action]


class Person(_Record):
    """One person, however their name was damaged or shortened."""

    id: str
    name: str
    forms: list[str]
    organisations: list[str]
    roles: list[str]
    mentions: list[Mention]


class Organisation(_Record):
    """One organisation; `cvr` only where the document prints it."""

    id: str
    name: str
    aliases: list[str]
    kind: str | None
    cvr: str | None
    mentions: list[Mention]


class Amount(Grounded):
    """Money, percent or a counted quantity as an exact decimal; `low` and `high` for a range."""

    value: DecimalString | None
    low: DecimalString | None
    high: DecimalString | None
    unit: str
    kind: Literal["money", "percent", "quantity"]
    approximate: bool
    item_id: str | None


class Date(Grounded):
    """A calendar expression; `relative` where the meeting's date was needed to resolve it."""

    iso: str
    granularity: Literal["day", "week", "month", "quarter", "season", "year", "interval", "open"]
    relative: bool
    item_id: str | None


class WarningRecord(_Record):
    """Something that a careful clerk would want to check."""

    model_config = ConfigDict(title="Warning")

    code: str
    message: str
    start: Offset | None
    end: Offset | None


class Minutes(_Record):
    """One source document as data."""

    schema_version: Literal["1.0"]
    id: str
    source: Source
    produced_by: ProducedBy
    source_text: str
    text: str
    damage: Damage
    edits: list[Edit]
    meeting: Meeting
    items: list[Item]
    persons: list[Person]
    organisations: list[Organisation]
    amounts: list[Amount]
    dates: list[Date]
    warnings: list[WarningRecord]
