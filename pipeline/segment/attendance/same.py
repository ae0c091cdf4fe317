"""Attendees that are named in several places: each counts once."""

from __future__ import annotations

from dataclasses import replace
from operator import attrgetter

import regex

from pipeline.values import Attendee

__all__ = ["once", "others", "parted", "with_officers"]

_ELSEWHERE = ("attendance/election-heading", "attendance/signature-last", "attendance/chair-called")
"""The rules of who was elected below a heading, signed at the end or is called the chair somewhere in the text."""
FEWEST = 1
"""So many people make a list of who was there."""
_PARTLY = regex.compile(
    r"(?i)[ ]?(?:\(\p{L}{1,3}\))?[ ]?[,(]?[ ]?(?:(?:til|ved|under|i|fra|efter|indtil|før|på)\s+)?"
    r"(?:behandlingen\s+af\s+)?(?:pkt|punkt(?:et|erne)?|sag(?:en|erne)?|kl)\b"
)
"""Behind a name among those who were away, of whom a list says that they were there: away for a part."""


def once(people: list[Attendee]) -> list[Attendee]:
    """Each person once, with what any place says of them.

    "Ordstyrer Ib" is the one Ib who is there with a family name; a mere "Ib" is somebody else beside him.
    """
    seen: dict[str, Attendee] = {}
    for person in people:
        known = seen.setdefault(person.name, person)
        if person.organisation and not known.organisation:
            seen[person.name] = replace(known, organisation=person.organisation)
    for name in [name for name, person in seen.items() if " " not in name and person.role]:
        fuller = [other for other in seen if other.startswith(f"{name} ")]
        if len(fuller) == 1:
            known = seen[fuller[0]]
            seen[fuller[0]] = replace(known, role=known.role or seen.pop(name).role)
            seen.pop(name, None)
    return list(seen.values())


def parted(
    text: str, present: list[Attendee], absent: list[Attendee]
) -> tuple[tuple[Attendee, ...], tuple[Attendee, ...]]:
    """Those who were there and those who were away, each once in the order of the text.

    Who is in both lists was away, unless for some items only.
    """
    listed = {person.name for person in present}
    gone = once([p for p in absent if not (p.name in listed and _PARTLY.match(text, p.end))])
    away = {person.name for person in gone}
    there = [person for person in once(present) if person.name not in away]
    return tuple(sorted(there, key=attrgetter("start"))), tuple(sorted(gone, key=attrgetter("start")))


def others(there: list[Attendee], more: list[Attendee]) -> list[Attendee]:
    """Those of `more` whom no list names by their first or last name, or both; nobody where there is no list."""
    known = {part for person in there for part in (person.name.split()[0], person.name.split()[-1], _ends(person))}
    return [person for person in more if there and not {person.name, _ends(person)} & known]


def _ends(person: Attendee) -> str:
    """The first and the last part of somebody's name: "Ida Bang Holm" is the "Ida Holm" of a list."""
    return f"{person.name.split()[0]} {person.name.split()[-1]}"


def with_officers(
    present: tuple[Attendee, ...], absent: tuple[Attendee, ...], officers: list[Attendee]
) -> tuple[Attendee, ...]:
    """Those who were there, and whoever led or wrote though no list names them; nobody where there is no list.

    Who was elected to lead below a heading may be from outside and is left to the lists, as is who signed the text.
    """
    if len(present) < FEWEST:
        return present
    listed = tuple(f"{person.name} " for person in (*present, *absent))
    officers = [p for p in officers if p.rule not in _ELSEWHERE and not f"{p.name} ".startswith(listed)]
    family = {name.split()[-1] for name in listed}
    firsts = not any(" " in person.name for person in present)
    more = [p for p in others([*present, *absent], officers) if p.name.split()[-1] not in family]
    more = [p for p in more if firsts or " " in p.name]
    return tuple(sorted((*present, *once(more)), key=lambda person: person.start)) if more else present
