"""Precision, recall and F1 of every field of one document: values are compared, places are not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import regex

from pipeline.evaluate.compare import match_texts
from pipeline.evaluate.gold import Gold, GoldAttendee, GoldItem
from pipeline.evaluate.names import Resolve, organisation_resolver, organisations_tally, person_resolver
from pipeline.evaluate.tally import Tally, tally
from pipeline.evaluate.values import amounts_tally, dates_tally

__all__ = ["FIELDS", "MEASURED", "score_fields"]

FIELDS = (
    "items",
    "item_numbers",
    "item_kinds",
    "statements",
    "speaker_organisations",
    "recommendations",
    "decisions",
    "decision_outcomes",
    "actions",
    "present",
    "absent",
    "persons",
    "person_organisations",
    "organisations",
    "money",
    "percent",
    "quantities",
    "dates",
    "meeting_date",
    "meeting_roles",
)
"""The fields that the mean is taken of."""
MEASURED = (*FIELDS, "meeting_body", "meeting_place", "meeting_times")
"""With what else the head of minutes says, measured beside the mean."""

_SHORT_NAME = regex.compile(r"\s\([^()]{1,25}\)$")
_TITLE_LIKENESS, _PASSAGE_LIKENESS = 85, 75

Record = Mapping[str, Any]


def score_fields(gold: Gold, record: Record) -> dict[str, Tally]:
    """The tally of each field, of the mean and beside it. An empty record is a total miss.

    Item numbers and kinds are compared where the titles match, outcomes where the decisions match. A person that was
    split in two counts once as right and once as spurious. The tallies of values that stand in the record one by one
    hold a verdict on each (see `Tally`); on a decision it asks for the outcome too. A body and a place are right when
    they are the same but for case, spaces and a short name in brackets at the end.
    """
    person, organisation = person_resolver(gold.persons), organisation_resolver(gold.organisations)
    amounts = record.get("amounts") or []
    fields = (
        _items(gold.items, record.get("items") or [])
        | _statements(gold.items, record, person, organisation)
        | _passages(gold.items, record)
        | _meeting(gold, record.get("meeting") or {}, person)
        | _persons(gold, record, person, organisation)
        | {
            "organisations": organisations_tally(gold.organisations, record.get("organisations") or []),
            "money": amounts_tally(gold.amounts, amounts, "money"),
            "percent": amounts_tally(gold.amounts, amounts, "percent"),
            "quantities": amounts_tally(gold.amounts, amounts, "quantity"),
            "dates": dates_tally(gold.dates, record.get("dates") or []),
        }
    )
    return {field: fields[field] for field in MEASURED}


def _items(gold: Sequence[GoldItem], found: Sequence[Record]) -> dict[str, Tally]:
    titles, found_titles = [item.title for item in gold], [item.get("title") for item in found]
    pairs = match_texts(titles, found_titles, _TITLE_LIKENESS)
    return {
        "items": _matched(titles, found_titles, pairs),
        "item_numbers": tally(
            ((i, gold[i].number) for i, _ in pairs if gold[i].number),
            ((i, str(found[j]["number"])) for i, j in pairs if found[j].get("number")),
        ),
        "item_kinds": tally(
            ((i, gold[i].kind) for i, _ in pairs if gold[i].kind),
            ((i, found[j]["kind"]) for i, j in pairs if found[j].get("kind")),
        ),
    }


def _matched(gold: Sequence[str | None], found: Sequence[str | None], pairs: Sequence[tuple[int, int]]) -> Tally:
    left, right = {i for i, _ in pairs}, {j for _, j in pairs}
    return Tally(
        len(pairs),
        tuple(str(text) for i, text in enumerate(gold) if i not in left),
        tuple(str(text) for j, text in enumerate(found) if j not in right),
        tuple(j in right for j in range(len(found))),
    )


def _flat(record: Record, field: str) -> list[Record]:
    return [value for item in record.get("items") or [] for value in item.get(field) or []]


def _statements(gold: Sequence[GoldItem], record: Record, person: Resolve, organisation: Resolve) -> dict[str, Tally]:
    stated = [statement for item in gold for statement in item.statements]
    found = _flat(record, "statements")
    return {
        "statements": tally(
            (person(s.speaker) for s in stated if not s.optional),
            (person(s.get("speaker")) for s in found),
            (person(s.speaker) for s in stated if s.optional),
        ),
        "speaker_organisations": tally(
            {(person(s.speaker), organisation(s.organisation)) for s in stated if s.organisation},
            {(person(s.get("speaker")), organisation(s["organisation"])) for s in found if s.get("organisation")},
        ),
    }


def _passages(gold: Sequence[GoldItem], record: Record) -> dict[str, Tally]:
    recommendations = [clause for item in gold for clause in item.recommendations]
    decisions = [decision for item in gold for decision in item.decisions]
    actions = [action for item in gold for action in item.actions]
    decided = _flat(record, "decisions")
    pairs = match_texts([d.text for d in decisions], [_text(d) for d in decided], _PASSAGE_LIKENESS)
    agreed = {j for i, j in pairs if decided[j].get("outcome") == decisions[i].outcome}
    return {
        "recommendations": _passages_tally(
            [(r.text, r.optional) for r in recommendations], _flat(record, "recommendations")
        ),
        "decisions": _passages_tally([(d.text, d.optional) for d in decisions], decided)._replace(
            verdicts=tuple(j in agreed for j in range(len(decided)))
        ),
        "decision_outcomes": tally(
            ((i, decisions[i].outcome) for i, _ in pairs), ((i, decided[j].get("outcome")) for i, j in pairs)
        ),
        "actions": _passages_tally([(a.what, a.optional) for a in actions], _flat(record, "actions")),
    }


def _passages_tally(gold: Sequence[tuple[str, bool]], found: Sequence[Record]) -> Tally:
    texts, found_texts = [text for text, _ in gold], [_text(passage) for passage in found]
    pairs = match_texts(texts, found_texts, _PASSAGE_LIKENESS)
    left, right = {i for i, _ in pairs}, {j for _, j in pairs}
    return Tally(
        len(pairs),
        tuple(text for i, (text, optional) in enumerate(gold) if i not in left and not optional),
        tuple(text for j, text in enumerate(found_texts) if j not in right),
        tuple(j in right for j in range(len(found))),
    )


def _text(passage: Record) -> str:
    return str(passage.get("text") or passage.get("what") or "")


def _meeting(gold: Gold, meeting: Record, person: Resolve) -> dict[str, Tally]:
    roles = ("chair", "minute_taker")
    return {
        "present": _attendance(gold.meeting.present, meeting.get("present") or [], person),
        "absent": _attendance(gold.meeting.absent, meeting.get("absent") or [], person),
        "meeting_date": tally(filter(None, [gold.meeting.date]), filter(None, [meeting.get("date")])),
        "meeting_roles": tally(
            ((role, person(name)) for role in roles if (name := getattr(gold.meeting, role))),
            ((role, person(meeting[role])) for role in roles if meeting.get(role)),
        ),
        "meeting_body": tally(_named(gold.meeting.body), _named(meeting.get("body"))),
        "meeting_place": tally(_named(gold.meeting.place), _named(meeting.get("place"))),
        "meeting_times": tally(
            _hours(start=gold.meeting.start, end=gold.meeting.end),
            _hours(start=meeting.get("start_time"), end=meeting.get("end_time")),
        ),
    }


def _named(name: str | None) -> list[str]:
    return [_SHORT_NAME.sub("", " ".join(name.split())).strip(" .,").casefold()] if name else []


def _hours(**clock: str | None) -> list[tuple[str, str]]:
    parts = ((which, *f"{time}.00".replace(":", ".").split(".")[:2]) for which, time in clock.items() if time)
    return [(which, f"{int(hours):02}:{int(minutes):02}") for which, hours, minutes in parts]


def _people(names: Iterable[str | None], person: Resolve) -> set[str | None]:
    return {person(name) for name in names}


def _attendance(gold: Sequence[GoldAttendee], found: Sequence[Record], person: Resolve) -> Tally:
    """A name that stands twice in a list counts once."""
    wanted, named = _people((a.name for a in gold), person), [person(a.get("name")) for a in found]
    return tally(wanted, dict.fromkeys(named))._replace(verdicts=tuple(name in wanted for name in named))


def _persons(gold: Gold, record: Record, person: Resolve, organisation: Resolve) -> dict[str, Tally]:
    found = record.get("persons") or []
    return {
        "persons": tally(_people((p.name for p in gold.persons), person), [person(p.get("name")) for p in found]),
        "person_organisations": tally(
            {(person(p.name), organisation(o)) for p in gold.persons for o in p.organisations},
            {(person(p.get("name")), organisation(o)) for p in found for o in p.get("organisations") or []},
        ),
    }
