"""The values that the stages find, as plain data: what a document can hold.

Offsets are Unicode code points, half-open. Unless a field says *source*, they count in the repaired text.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

__all__ = [
    "Action",
    "AgendaItem",
    "Amount",
    "Attendee",
    "Damage",
    "DateValue",
    "Decision",
    "Edit",
    "Found",
    "Line",
    "Meeting",
    "Notice",
    "Organisation",
    "Origin",
    "Person",
    "Recommendation",
    "Section",
    "Span",
    "Statement",
    "Votes",
]


class Span(NamedTuple):
    """A half-open run of code points."""

    start: int
    end: int


class Edit(NamedTuple):
    """One repair: `source[start:end] == before` becomes `after`.

    `start` and `end` count in the source; edits of a document are sorted and never overlap.
    """

    start: int
    end: int
    before: str
    after: str
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a document came from: path relative to the input root with `/` separators, hash of its bytes.

    `read_by` says how its text was got: "text", "Word", "text layer", "tesseract 5.3.0, dan".
    """

    path: str = ""
    sha256: str = ""
    media_type: str = "text/plain"
    pages: int | None = None
    read_by: str = "text"


@dataclass(frozen=True, slots=True)
class Damage:
    """What the damage gate saw, and why repair did or did not run."""

    damaged: bool
    letters: int
    danish_letters: int
    reason: str


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that a careful clerk would want to check. `code` is stable, `message` is for people."""

    code: str
    message: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line without its line break; the lines of a document and their breaks tile its text.

    `body` is the offset of the first character after indent and bullet, `indent` the width of the white space
    before the bullet or text (a tab counts 4), `bullet` the bullet character or "". `furniture` marks a running
    header, a footer or a page number: it belongs to the page and not to the meeting's text.
    """

    start: int
    end: int
    indent: int = 0
    bullet: str = ""
    body: int = 0
    furniture: bool = False

    @property
    def blank(self) -> bool:
        return self.body >= self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What every value carries: its place in the text, the rule that found it, and a probability that it is right."""

    start: int
    end: int
    rule: str
    confidence: float

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendee(Found):
    """One name in an attendance list, with the organisation and role printed beside it."""

    name: str
    organisation: str | None = None
    role: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """The meeting's header; what the document does not state is None. `grounds` maps a field to its place."""

    title: str | None = None
    body: str | None = None
    date: str | None = None
    start_time: str | None = None
    end_time: str | None = None
    place: str | None = None
    chair: str | None = None
    minute_taker: str | None = None
    present: tuple[Attendee, ...] = ()
    absent: tuple[Attendee, ...] = ()
    grounds: tuple[tuple[str, Found], ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A part of an item. `kind` is one of the contract's eight; `heading` as printed, or None."""

    kind: str
    heading: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaItem(Found):
    """An agenda item as minuted, from its heading to the next; its sections tile it without a gap."""

    number: str | None
    title: str | None
    kind: str | None
    heading: Span
    sections: tuple[Section, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount(Found):
    """A figure with a unit. `value`, `low` and `high` are exact decimal strings; `kind` money, percent or quantity."""

    value: str | None
    low: str | None = None
    high: str | None = None
    unit: str
    kind: str
    approximate: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DateValue(Found):
    """A calendar expression as EDTF level 1; `relative` where the meeting's date was needed to resolve it."""

    iso: str
    granularity: str
    relative: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    """One person, however their name was damaged or shortened."""

    name: str
    forms: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    mentions: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Organisation:
    """One organisation with the other names it goes by in this document."""

    name: str
    aliases: tuple[str, ...] = ()
    kind: str | None = None
    cvr: str | None = None
    mentions: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement(Found):
    """Reported speech: `speaker` is the fullest name the document knows, `item` an index into `Document.items`."""

    item: int
    speaker: str
    organisation: str | None
    act: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommendation(Found):
    """One at-clause of an indstilling."""

    item: int
    addressee: str | None = None
    proposer: str | None = None


class Votes(NamedTuple):
    """A tally as printed; what is not printed is None."""

    for_: int | None
    against: int | None
    abstained: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision(Found):
    """What the meeting decided. `recommendation` is an index among the recommendations of the same item."""

    item: int
    outcome: str
    actor: str | None = None
    condition: str | None = None
    votes: Votes | None = None
    recommendation: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Action(Found):
    """A task that somebody is to do. `due` is EDTF, or None where the document states no date."""

    item: int
    who: tuple[str, ...]
    what: str
    due: str | None = None
