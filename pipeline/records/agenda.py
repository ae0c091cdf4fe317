"""Agenda items, and what was said, recommended, decided and left to do on them."""

from __future__ import annotations

from typing import Literal

from pydantic import ConfigDict, Field

from pipeline.records.base import Grounded, Mention, Offset, Probability, Record

__all__ = ["Action", "Decision", "Item", "Recommendation", "Section", "Statement", "Votes"]

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


class Section(Record):
    """A part of an item; the sections of an item tile it, nothing is left out."""

    kind: SectionKind
    """What the part is for. `recommendation`"""
    heading: str | None
    """Its heading as printed, null where it has none. `Indstilling`"""
    start: Offset
    """Where it begins in `text`. `1204`"""
    end: Offset
    """Where it ends, exclusive. `1377`"""


class Statement(Grounded):
    """Reported speech of a person, a role or an organisation."""

    speaker: str
    """The fullest name that the document knows. `Åse Brink`"""
    person_id: str | None
    """The speaker among `persons`; null for an organisation. `moede-1f0c/person/1`"""
    organisation: str | None
    """Whom the speaker is stated to speak for. `Havnestyrelsen`"""
    act: str
    """What kind of speech it is. `informed`"""


class Recommendation(Grounded):
    """One at-clause of a recommendation (indstilling)."""

    addressee: str | None
    """Who is asked to decide, as printed. `udvalget`"""
    proposer: str | None
    """Who recommends, as printed. `Direktionen`"""


class Votes(Record):
    """A tally as printed; null where a side is not printed."""

    model_config = ConfigDict(populate_by_name=True)

    for_: int | None = Field(alias="for")
    """Votes for. `4`"""
    against: int | None
    """Votes against. `1`"""
    abstained: int | None
    """Abstentions and blank votes. `0`"""


class Decision(Grounded):
    """What this meeting decided; decisions of other meetings and bodies are none."""

    outcome: Outcome
    """What became of the matter; "taget til efterretning" is `noted`. `approved_with_conditions`"""
    actor: str | None
    """Who decided, as printed. `Udvalget`"""
    condition: str | None
    """The condition of an approval, as printed. `dog således at prisen ikke overstiger 1 mio. kr.`"""
    votes: Votes | None
    """The tally, null where none is printed. `{"for": 4, "against": 1, "abstained": null}`"""
    recommendation: int | None
    """Index of the recommendation of the same item that it answers. `0`"""


class Action(Grounded):
    """A task that somebody is to do."""

    who: list[str]
    """Who is to do it: canonical names, or the role as printed. `["Jørn Ravn"]`"""
    what: str
    """The task as printed. `udarbejder en plan inden 1. maj`"""
    due: str | None
    """Until when, in EDTF; null where no date is stated. `2025-05-01`"""


class Item(Record):
    """An agenda item as minuted; an agenda merely listed at the top of the document is none."""

    id: str
    """Unique in the file: the document's id and the item's place. `moede-1f0c/3`"""
    number: str | None
    """As printed, without punctuation and "Punkt", "Pkt." or "Ad". `3.1`"""
    title: str | None
    """The heading without number and marker, wrapped lines joined. `Ny kaj`"""
    kind: Literal["decision", "discussion", "information"] | None
    """Only from an explicit marker such as (B), (D), (O). `decision`"""
    start: Offset
    """Where the item begins in `text`. `1180`"""
    end: Offset
    """Where it ends, exclusive. `1840`"""
    heading: Mention
    """The heading in its place. `{"text": "3. Ny kaj (B)", "start": 1180, …}`"""
    rule: str
    """The rule that found the heading. `items/numbered-dot`"""
    confidence: Probability
    """Probability that this is an item's heading. `0.95`"""
    sections: list[Section]
    """The parts of the item, in order."""
    statements: list[Statement]
    """Who said what."""
    recommendations: list[Recommendation]
    """What the meeting was asked to do."""
    decisions: list[Decision]
    """What it decided."""
    actions: list[Action]
    """What is left to do."""
