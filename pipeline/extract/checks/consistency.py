"""What contradicts itself in a document: who spoke and who was there, votes and voters, dates that come too early."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from pipeline.document import Document
from pipeline.extract.passages import Cover
from pipeline.find.amounts.accounts import check_sums
from pipeline.lexicon import Lexicon
from pipeline.values import Attendee, Notice, Person

__all__ = ["check_consistency"]

_LEAST_LISTED = 3
"""Fewer names are no attendance list but the officers of the day."""
_MOST_LISTED = 500
"""More names are no attendance list of minutes."""
_AHEAD = 90
_WRITTEN = "has-written"
"""The rule of statements that need nobody in the room."""


def check_consistency(document: Document, lexicon: Lexicon) -> Iterator[Notice]:
    """A notice for each speaker who is listed absent, each speaker with a full name who is in no list where there is
    one, more votes than people present, a next meeting that is not after this one, and each total of an account that
    is not the sum of its parts.

    >>> from pipeline.stages import process
    >>> text = '''Bestyrelsesmøde den 4. marts 2025
    ... Til stede: Ida Holm, Bo Lind, Per Krog
    ... Afbud: Eva Dam
    ...
    ... 1. Skuret
    ... Eva Dam fortalte, at skuret er gult.
    ...
    ... 2. Eventuelt
    ... Næste møde er den 1. marts 2025.
    ... '''
    >>> [notice.code for notice in process(Document(id="a", source=text), Lexicon.load()).notices]
    ['absent-speaker', 'next-meeting-too-early']
    """
    rules = lexicon.by_name("consistency")
    complete = len(document.meeting.present) >= _LEAST_LISTED and not rules["open-meeting"].regex.search(
        f"{document.meeting.title} {document.meeting.body}"
    )
    yield from _speakers(document, rules["in-part"].regex, complete=complete)
    if complete:
        yield from _too_many_votes(document)
    yield from _next_meeting(document, rules["next-meeting"].regex)
    yield from check_sums(document.text)


def _speakers(document: Document, in_part: regex.Pattern[str], *, complete: bool) -> Iterator[Notice]:
    present, absent = document.meeting.present, document.meeting.absent
    if len(present) + len(absent) > _MOST_LISTED:
        return
    persons = {person.name: person for person in document.persons}
    told: set[str] = set()
    for statement in document.statements:
        person = persons.get(statement.speaker)
        if person is None or person.name in told or statement.rule == _WRITTEN:
            continue
        code = message = ""
        if away := _entry(person, absent):
            if not _entry(person, present) and not in_part.search(
                document.text, away.end, _end_of_line(document.text, away.end)
            ):
                code, message = "absent-speaker", f"{person.name} speaks and is listed as absent"
        elif complete and " " in person.name and not _entry(person, present):
            code, message = "unlisted-speaker", f"{person.name} speaks and is in no attendance list"
        if code:
            told.add(person.name)
            yield Notice(code, message, statement.start, statement.end)


def _entry(person: Person, attendees: tuple[Attendee, ...]) -> Attendee | None:
    """The person's place in a list."""
    named = Cover(person.mentions)
    return next(
        (one for one in attendees if one.name in person.forms or named.touches(one.start, max(one.end, one.start + 1))),
        None,
    )


def _end_of_line(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end


def _too_many_votes(document: Document) -> Iterator[Notice]:
    present = len(document.meeting.present)
    for decision in document.decisions:
        votes = sum(filter(None, decision.votes or ()))
        if votes > present:
            message = f"{votes} votes, and {present} people are listed as present"
            yield Notice("more-votes-than-present", message, decision.start, decision.end)


def _next_meeting(document: Document, heralds: regex.Pattern[str]) -> Iterator[Notice]:
    held = document.meeting.date
    for date in document.dates:
        if held and date.granularity == "day" and date.iso <= held:
            before = document.text[max(date.start - _AHEAD, 0) : date.start]
            if heralds.search(before.replace("\n", " ")):
                message = f"the next meeting, {date.iso}, is not after this one, {held}"
                yield Notice("next-meeting-too-early", message, date.start, date.end)
