"""Decisions and tasks of each body over its meetings, with what later meetings say about them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from pipeline.register import Register
from pipeline.register.records import FollowedAction, FollowedDecision, Step
from pipeline.review.language import Text, date_text
from pipeline.review.meeting_index import Entry, Row

__all__ = ["FollowedBody", "FollowedRow", "Later", "followed"]

_ORDER = ("overdue", "open", "repeated", "done", "pending", "resumed", "settled")


class Later(NamedTuple):
    """What a later meeting says: what kind of news, when, in which words, and the page and place to read it."""

    kind: str
    date: Text
    quote: str
    link: str


class FollowedRow(NamedTuple):
    """A task or decision, the meeting that it is of, and what became of it."""

    meeting: Entry
    row: Row
    status: str
    later: Sequence[Later]


class FollowedBody(NamedTuple):
    """A body with its tasks, those that wait first, and its decisions by date."""

    name: str
    tasks: Sequence[FollowedRow]
    decisions: Sequence[FollowedRow]


def followed(register: Register, entries: Iterable[Entry]) -> list[FollowedBody]:
    """What each body decided and left to do, by the name of the body; minutes that name none come last."""
    meetings = {one.id: one for one in entries}
    names = {body.id: body.name for body in register.bodies}
    bodies: dict[str, tuple[list[FollowedRow], list[FollowedRow]]] = {}
    values: list[FollowedAction | FollowedDecision] = [*register.actions, *register.decisions]
    for value in values:
        meeting = meetings.get(value.minutes_id)
        row = _row(value, meeting) if meeting else None
        if meeting and row:
            tasks, decisions = bodies.setdefault(names.get(value.body_id or "", ""), ([], []))
            later = [_later(step, meetings) for step in value.steps]
            kind = tasks if isinstance(value, FollowedAction) else decisions
            kind.append(FollowedRow(meeting, row, value.status, later))
    return [
        FollowedBody(name, sorted(tasks, key=_urgency), decisions)
        for name, (tasks, decisions) in sorted(bodies.items(), key=lambda pair: (not pair[0], pair[0].casefold()))
    ]


def _row(value: FollowedAction | FollowedDecision, meeting: Entry) -> Row | None:
    rows = meeting.actions if isinstance(value, FollowedAction) else meeting.decisions
    return next((row for row in rows if (row.start, row.item_id) == (value.start, value.item_id)), None)


def _urgency(task: FollowedRow) -> tuple[int, str, str]:
    return _ORDER.index(task.status), task.row.figure or "9", task.meeting.date


def _later(step: Step, meetings: Mapping[str, Entry]) -> Later:
    meeting = meetings.get(step.minutes_id)
    anchor = next((row.anchor for row in meeting.items if row.item_id == step.item_id), "text") if meeting else ""
    link = f"{meeting.page}#{anchor}" if meeting else ""
    return Later(step.kind, date_text(step.meeting_date), step.text, link)
