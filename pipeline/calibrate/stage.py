"""The stage `calibrate`: the last word on every confidence."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import lru_cache
from typing import TypeVar

from pipeline.calibrate.odds import Odds
from pipeline.document import Document
from pipeline.lexicon import Lexicon
from pipeline.values import Found, Organisation, Person

__all__ = ["Weigh", "calibrate", "weighed"]

Weigh = Callable[[str, str, float], float]
"""From kind, rule and the rule's constant to a probability."""
Value = TypeVar("Value", bound=Found)

_PERSONS = {"persons/attendee": 0.97, "persons/full-name": 0.93, "persons/lone-name": 0.8}
_ORGANISATIONS = {"organisations/known": 0.95, "organisations/repeated": 0.9, "organisations/once": 0.8}


def calibrate(document: Document, lexicon: Lexicon) -> Document:
    """The document with every confidence as a probability, persons and organisations with theirs.

    Until here a confidence is the constant of the rule that found the value; the table models/confidence/values.tsv
    says how often such values were right. Edits have been calibrated by repair.

    >>> from pipeline.values import DateValue
    >>> year = DateValue(start=0, end=4, rule="dates/year", confidence=0.5, iso="2025", granularity="year")
    >>> calibrate(Document(id="a", source="2025", dates=(year,)), Lexicon.load()).dates[0].confidence != 0.5
    True
    """
    return weighed(document, _odds(lexicon).of)


@lru_cache(maxsize=2)
def _odds(lexicon: Lexicon) -> Odds:
    return Odds.read(lexicon.directory / "confidence" / "values.tsv")


def weighed(document: Document, weigh: Weigh) -> Document:
    """The document with each confidence as `weigh` makes it of the value's kind, its rule and the rule's constant."""

    def of(kind: str, values: Iterable[Value]) -> tuple[Value, ...]:
        return tuple(replace(v, confidence=weigh(kind, v.rule, v.confidence)) for v in values)

    meeting = document.meeting
    return replace(
        document,
        meeting=replace(
            meeting,
            present=of("present", meeting.present),
            absent=of("absent", meeting.absent),
            grounds=tuple((name, found) for name, one in meeting.grounds for found in of("meeting", [one])),
        ),
        items=of("item", document.items),
        amounts=tuple(amount for one in document.amounts for amount in of(one.kind, [one])),
        dates=of("date", document.dates),
        statements=of("statement", document.statements),
        recommendations=of("recommendation", document.recommendations),
        decisions=of("decision", document.decisions),
        actions=of("action", document.actions),
        persons=tuple(_person(person, document, weigh) for person in document.persons),
        organisations=tuple(_organisation(entry, weigh) for entry in document.organisations),
    )


def _person(person: Person, document: Document, weigh: Weigh) -> Person:
    listed = any(
        attendee.start <= mention.start and mention.end <= attendee.end
        for attendee in (*document.meeting.present, *document.meeting.absent)
        for mention in person.mentions
    )
    rule = f"persons/{'attendee' if listed else 'full-name' if ' ' in person.name else 'lone-name'}"
    return replace(person, rule=rule, confidence=weigh("person", rule, _PERSONS[rule]))


def _organisation(entry: Organisation, weigh: Weigh) -> Organisation:
    rule = f"organisations/{'known' if entry.kind else 'repeated' if len(entry.mentions) > 1 else 'once'}"
    return replace(entry, rule=rule, confidence=weigh("organisation", rule, _ORGANISATIONS[rule]))
