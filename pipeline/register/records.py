"""What the register holds. Every step and every value names the document and the place that it was read from."""

from __future__ import annotations

from collections import Counter
from typing import Literal

from pydantic import Field

from pipeline.records.agenda import Outcome
from pipeline.records.base import Grounded, Mention, Record

__all__ = [
    "Body",
    "FollowedAction",
    "FollowedDecision",
    "Held",
    "MergedOrganisation",
    "MergedPerson",
    "Register",
    "Sighting",
    "Step",
]


class Held(Record):
    """A meeting of a body."""

    minutes_id: str
    """The record in minutes.jsonl. `moede-1f0c`"""
    source_path: str
    """The document. `2025/marts.txt`"""
    meeting_date: str | None
    """The day of the meeting. `2025-03-04`"""
    title: str | None
    """The heading of the minutes. `Referat af møde i Havneudvalget`"""


class Body(Record):
    """A committee, board or association with its meetings, those without a date last."""

    id: str
    """Made of the name; the same in any run over the same documents. `body/havneudvalg`"""
    name: str
    """The name as most of its minutes print it. `Havneudvalget`"""
    meetings: list[Held]
    """Its meetings by date."""


class Step(Mention):
    """What a later meeting of the same body says about an earlier task or decision, and where."""

    rule: str
    """What told it. `followup/verb`"""
    kind: Literal["done", "outstanding", "repeated", "resumed"]
    """What is said: done, not yet done, given again, taken up again. `done`"""
    minutes_id: str
    """The later record. `moede-77aa`"""
    source_path: str
    """Its document. `2025/april.txt`"""
    meeting_date: str
    """The day of the later meeting. `2025-04-01`"""
    item_id: str | None
    """The item in which it is said. `moede-77aa/2`"""


class _Followed(Grounded):
    """A value of one meeting, followed through the later ones."""

    id: str
    """The item's id and the value's place among its like. `moede-1f0c/3/action/1`"""
    body_id: str | None
    """The body, null where the document names none: then nothing is followed. `body/havneudvalg`"""
    minutes_id: str
    """The record. `moede-1f0c`"""
    source_path: str
    """The document. `2025/marts.txt`"""
    meeting_date: str | None
    """The day of the meeting. `2025-03-04`"""
    item_id: str
    """The item. `moede-1f0c/3`"""
    item_number: str | None
    """Its number. `3`"""
    item_title: str | None
    """Its title. `Ny kaj`"""
    steps: list[Step]
    """What later meetings say about it, by date."""


class FollowedAction(_Followed):
    """A task and what became of it."""

    who: list[str]
    """Who is to do it, as in the record. `["Jørn Ravn"]`"""
    person_ids: list[str | None]
    """The same people in the register, null for a role or an organisation. `["person/jorn-ravn-5be1c0d2"]`"""
    what: str
    """The task as printed. `udarbejder en plan inden 1. maj`"""
    due: str | None
    """Until when, in EDTF. `2025-05-01`"""
    status: Literal["open", "overdue", "done", "repeated"]
    """`done` only where a later meeting says so; `repeated` where one gives the task again; `overdue` where its time
    was up before the latest meeting of the body that is known; else `open`. `done`"""
    as_of: str | None
    """The latest meeting of the body that is known. `2025-06-10`"""


class FollowedDecision(_Followed):
    """A decision, and whether a matter that was put off came back."""

    outcome: Outcome
    """What became of the matter. `postponed`"""
    actor: str | None
    """Who decided, as printed. `Udvalget`"""
    status: Literal["settled", "pending", "resumed"]
    """`pending`: postponed, or referred to somebody; `resumed`: a later meeting has an item of the same title.
    `resumed`"""


class Sighting(Record):
    """An entry of one document that belongs to a merged one."""

    minutes_id: str
    """The record. `moede-1f0c`"""
    entry_id: str
    """The entry among its `persons` or `organisations`. `moede-1f0c/person/2`"""


class _Merged(Record):
    name: str
    """The fullest name, of equally full ones the most frequent. `Jørn Ravn`"""
    mentions: int = Field(ge=0)
    """How often it is named in all documents. `17`"""
    first_date: str | None
    """The first dated meeting that names it. `2025-03-04`"""
    last_date: str | None
    """The last. `2025-06-10`"""
    seen_in: list[Sighting]
    """Where it was read, one entry for each document."""


class MergedPerson(_Merged):
    """One person over all documents, merged on equal full names whose organisations do not contradict each other."""

    id: str
    """Made of the name; a person known by a part of a name only keeps the document's id. `person/jorn-ravn-5be1c0d2`"""
    forms: list[str]
    """Every form of the name. `["Jørn", "Jørn Ravn"]`"""
    organisations: list[str]
    """Whom the documents state they speak for or work for. `["KL"]`"""
    roles: list[str]
    """As printed. `["referent"]`"""
    body_ids: list[str]
    """The bodies in whose minutes they are named. `["body/havneudvalg"]`"""
    basis: Literal["one document", "same body", "same organisation", "name alone"]
    """The weakest ground that two documents were joined on. `same body`"""


class MergedOrganisation(_Merged):
    """One organisation over all documents."""

    id: str
    """Made of the name. `organisation/kl-0c1d2e3f`"""
    aliases: list[str]
    """Its other names. `["KL"]`"""
    kind: str | None
    """What it is, where all documents that say so agree. `association`"""
    cvr: str | None
    """Its CVR number, where a document prints it. `12345678`"""


class Register(Record):
    """Everything that runs through several documents."""

    bodies: list[Body]
    """By id."""
    actions: list[FollowedAction]
    """By body, date and place."""
    decisions: list[FollowedDecision]
    """By body, date and place."""
    persons: list[MergedPerson]
    """By id."""
    organisations: list[MergedOrganisation]
    """By id."""

    def summary(self) -> str:
        """What it holds, in one line."""
        tasks = Counter(action.status for action in self.actions)
        counts = ", ".join(f"{tasks[status]} {status}" for status in ("done", "repeated", "overdue", "open"))
        return (
            f"{len(self.bodies)} bodies, {len(self.actions)} actions ({counts}), {len(self.decisions)} decisions, "
            f"{len(self.persons)} persons, {len(self.organisations)} organisations"
        )
