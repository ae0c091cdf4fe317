"""From the finished `Document` to its `Minutes` record."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import asdict, fields
from typing import Any

from pipeline.document import Document
from pipeline.installed import fingerprint, version
from pipeline.records.minutes import SCHEMA_VERSION, Minutes
from pipeline.values import Attendee, Damage, Decision, Found, Span

__all__ = ["to_minutes"]

Json = dict[str, Any]


def to_minutes(document: Document) -> Minutes:
    """The record of a processed document, validated against the contract.

    Raises `pydantic.ValidationError` when a stage broke the contract: a bug, never the document's fault.

    >>> to_minutes(Document(id="a", source="Godkendt.")).text
    'Godkendt.'
    """
    return Minutes.model_validate(
        {
            "schema_version": SCHEMA_VERSION,
            "id": document.id,
            "source": asdict(document.origin) | {"characters": len(document.source)},
            "produced_by": {"version": version(), "fingerprint": fingerprint()},
            "source_text": document.source,
            "text": document.text,
            "damage": asdict(document.damage or Damage(False, 0, 0, "repair did not run")),
            "edits": [edit._asdict() for edit in document.edits],
            "meeting": _meeting(document),
            "items": _items(document),
            "persons": [
                _entry(document, person.mentions)
                | {
                    "id": _person_id(document, index),
                    "name": person.name,
                    "forms": person.forms,
                    "organisations": person.organisations,
                    "roles": person.roles,
                    "rule": person.rule,
                    "confidence": round(person.confidence, 4),
                }
                for index, person in enumerate(document.persons)
            ],
            "organisations": [
                _entry(document, organisation.mentions)
                | {
                    "id": f"{document.id}/organisation/{index + 1}",
                    "name": organisation.name,
                    "aliases": organisation.aliases,
                    "kind": organisation.kind,
                    "cvr": organisation.cvr,
                    "rule": organisation.rule,
                    "confidence": round(organisation.confidence, 4),
                }
                for index, organisation in enumerate(document.organisations)
            ],
            "amounts": [_value(document, amount) | _item_reference(document, amount) for amount in document.amounts],
            "dates": [_value(document, date) | _item_reference(document, date) for date in document.dates],
            "coverage": document.coverage._asdict() | {"share": round(document.coverage.share, 4)},
            "warnings": [asdict(notice) for notice in document.notices],
        }
    )


def _place(document: Document, start: int, end: int) -> Json:
    source = document.source_span(start, end)
    return {
        "text": document.quote(start, end),
        "start": start,
        "end": end,
        "source_start": source.start,
        "source_end": source.end,
    }


def _value(document: Document, found: Found, *leave: str) -> Json:
    """A grounded value: its own fields, its place and what stands there."""
    own = {field.name: getattr(found, field.name) for field in fields(found) if field.name not in leave}
    return own | _place(document, found.start, found.end) | {"confidence": round(found.confidence, 4)}


def _entry(document: Document, mentions: tuple[Span, ...]) -> Json:
    return {"mentions": [_place(document, *span) for span in mentions]}


def _item_reference(document: Document, found: Found) -> Json:
    index = document.item_at(found.start)
    return {"item_id": None if index is None else _item_id(document, index)}


def _item_id(document: Document, index: int) -> str:
    return f"{document.id}/{index + 1}"


def _person_id(document: Document, index: int) -> str:
    return f"{document.id}/person/{index + 1}"


def _attendee(document: Document, attendee: Attendee, mentions: Sequence[tuple[Span, int]]) -> Json:
    """The attendee, as the person who is mentioned in their place."""
    first = bisect_left(mentions, attendee.start, key=lambda mention: mention[0].start)
    last = bisect_left(mentions, attendee.end, first, key=lambda mention: mention[0].start)
    person = min((index for span, index in mentions[first:last] if span.end <= attendee.end), default=None)
    return _value(document, attendee) | {"person_id": None if person is None else _person_id(document, person)}


def _meeting(document: Document) -> Json:
    meeting = document.meeting
    mentions = sorted((span, index) for index, person in enumerate(document.persons) for span in person.mentions)
    return {field.name: getattr(meeting, field.name) for field in fields(meeting)} | {
        "present": [_attendee(document, attendee, mentions) for attendee in meeting.present],
        "absent": [_attendee(document, attendee, mentions) for attendee in meeting.absent],
        "grounds": [_value(document, found) | {"field": name} for name, found in meeting.grounds],
    }


def _items(document: Document) -> list[Json]:
    """The items, each with its own statements, recommendations, decisions and actions."""
    items = [_item(document, index) for index in range(len(document.items))]
    persons = {person.name: _person_id(document, index) for index, person in reversed([*enumerate(document.persons)])}
    for statement in document.statements:
        speaker = {"person_id": persons.get(statement.speaker)}
        items[statement.item]["statements"].append(_value(document, statement, "item") | speaker)
    for clause in document.recommendations:
        items[clause.item]["recommendations"].append(_value(document, clause, "item"))
    for decision in document.decisions:
        votes = {"votes": _votes(decision)}
        items[decision.item]["decisions"].append(_value(document, decision, "item") | votes)
    for action in document.actions:
        items[action.item]["actions"].append(_value(document, action, "item"))
    return items


def _item(document: Document, index: int) -> Json:
    item = document.items[index]
    return {
        "id": _item_id(document, index),
        "number": item.number,
        "title": item.title,
        "kind": item.kind,
        "start": item.start,
        "end": item.end,
        "heading": _place(document, *item.heading),
        "rule": item.rule,
        "confidence": round(item.confidence, 4),
        "sections": [asdict(section) for section in item.sections],
        "statements": [],
        "recommendations": [],
        "decisions": [],
        "actions": [],
    }


def _votes(decision: Decision) -> Json | None:
    votes = decision.votes
    return None if votes is None else {"for": votes.for_, "against": votes.against, "abstained": votes.abstained}
