"""Every value of a record as one list: what it says, where it stands, how it was found and how sure that is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.records import Minutes
from pipeline.records.agenda import Action, Decision, Item, Statement, Votes
from pipeline.records.base import Grounded, Mention, Record
from pipeline.review.language import Text, amount_text, date_text, phrase, plain
from pipeline.review.messages import in_danish

__all__ = ["Value", "values_of"]


@dataclass(frozen=True, slots=True)
class Value:
    """One value in its place. `start` is None where it concerns the whole document; `original` where repair left it."""

    kind: str
    start: int | None
    end: int | None
    says: Text
    quote: str
    record: Record
    rule: str | None = None
    confidence: float | None = None
    original: str | None = None
    item: Item | None = None


def values_of(record: Minutes) -> list[Value]:
    """All values of a record; a value's place in the list is its number in the page (`#v12`)."""
    items = {item.id: item for item in record.items}
    return [
        *_header(record),
        *(value for item in record.items for value in _in_item(record, item)),
        *(
            _grounded("amount", amount_text(amount), amount, record, items.get(amount.item_id or ""))
            for amount in record.amounts
        ),
        *(_grounded("date", date_text(date.iso), date, record, items.get(date.item_id or "")) for date in record.dates),
        *_named(record),
        *_edits(record),
        *_warnings(record),
    ]


def _header(record: Minutes) -> Iterator[Value]:
    meeting = record.meeting
    for ground in meeting.grounds:
        stated = str(getattr(meeting, ground.field, None) or ground.text)
        field = phrase(f"meeting.{ground.field}")
        said = date_text(stated) if ground.field == "date" else plain(stated)
        yield _grounded("meeting", Text(f"{field.da}: {said.da}", f"{field.en}: {said.en}"), ground, record, None)
    for status, attendees in (("present", meeting.present), ("absent", meeting.absent)):
        for attendee in attendees:
            who = " · ".join(filter(None, (attendee.name, attendee.organisation, attendee.role)))
            field = phrase(f"meeting.{status}")
            yield _grounded("attendance", Text(f"{field.da}: {who}", f"{field.en}: {who}"), attendee, record, None)


def _in_item(record: Minutes, item: Item) -> Iterator[Value]:
    name = " · ".join(filter(None, (item.number, item.title)))
    yield _value("item", plain(name), item.heading, record, item, item.rule, item.confidence, item)
    for statement in item.statements:
        yield _grounded("statement", _speech(statement), statement, record, item)
    for clause in item.recommendations:
        asked = " → ".join(filter(None, (clause.proposer, clause.addressee)))
        yield _grounded("recommendation", plain(asked), clause, record, item)
    for decision in item.decisions:
        yield _grounded("decision", _outcome(decision), decision, record, item)
    for action in item.actions:
        yield _grounded("action", _task(action), action, record, item)


def _speech(statement: Statement) -> Text:
    who = statement.speaker + (f" ({statement.organisation})" if statement.organisation else "")
    act = phrase(f"act.{statement.act}")
    return Text(f"{who} {act.da}", f"{who} {act.en}")


def _outcome(decision: Decision) -> Text:
    outcome = phrase(f"outcome.{decision.outcome}")
    votes = _votes(decision.votes) if decision.votes else plain("")
    return Text(*(say + (f", {tally}" if tally else "") for say, tally in zip(outcome, votes, strict=True)))


def _votes(votes: Votes) -> Text:
    sides = {"for": votes.for_, "against": votes.against, "abstained": votes.abstained}
    named = [(phrase(f"votes.{side}"), number) for side, number in sides.items() if number is not None]
    return Text(
        ", ".join(f"{number} {side.da}" for side, number in named),
        ", ".join(f"{number} {side.en}" for side, number in named),
    )


def _task(action: Action) -> Text:
    who, due = ", ".join(action.who), phrase("action.due")
    if not action.due:
        return plain(who)
    date = date_text(action.due)
    return Text(f"{who}, {due.da} {date.da}", f"{who}, {due.en} {date.en}")


def _named(record: Minutes) -> Iterator[Value]:
    for person in record.persons:
        says = plain(" · ".join((person.name, *person.organisations, *person.roles)))
        yield from (_value("person", says, mention, record, person) for mention in person.mentions)
    for organisation in record.organisations:
        kind = phrase(f"organisation.{organisation.kind}") if organisation.kind else None
        name = organisation.name
        says = Text(f"{name} · {kind.da}", f"{name} · {kind.en}") if kind else plain(name)
        yield from (_value("organisation", says, mention, record, organisation) for mention in organisation.mentions)


def _edits(record: Minutes) -> Iterator[Value]:
    shift = 0
    for edit in record.edits:
        start = edit.start + shift
        shift += len(edit.after) - len(edit.before)
        yield Value(
            kind="edit",
            start=start,
            end=start + len(edit.after),
            says=plain(f"{edit.before or '∅'} → {edit.after or '∅'}"),
            quote=_around(record.text, start, start + len(edit.after)),
            record=edit,
            rule=edit.rule,
            confidence=edit.confidence,
            original=_around(record.source_text, edit.start, edit.end),
        )


def _warnings(record: Minutes) -> Iterator[Value]:
    for warning in record.warnings:
        start, end = warning.start, warning.end
        placed = start is not None and end is not None
        quote = record.text[start:end].strip() if placed else ""
        code = phrase(f"warning.{warning.code}")
        says = Text(f"{code.da}: {in_danish(warning.message) or warning.message}", f"{code.en}: {warning.message}")
        yield Value("warning", start if placed else None, end if placed else None, says, quote, warning, warning.code)


def _grounded(kind: str, says: Text, value: Grounded, record: Minutes, item: Item | None) -> Value:
    return _value(kind, says, value, record, value, value.rule, value.confidence, item)


def _value(
    kind: str,
    says: Text,
    place: Mention,
    record: Minutes,
    value: Record,
    rule: str | None = None,
    confidence: float | None = None,
    item: Item | None = None,
) -> Value:
    read = record.source_text[place.source_start : place.source_end]
    changed = read != record.text[place.start : place.end]
    original = read if changed else None
    return Value(kind, place.start, place.end, says, place.text, value, rule, confidence, original, item)


def _around(text: str, start: int, end: int) -> str:
    """The whole words that a span stands in."""
    while start > 0 and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return text[start:end]
