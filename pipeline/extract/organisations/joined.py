"""Names of organisations that a lost gap of a table, "og" or a comma joined with what is none of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import regex

from pipeline.values import Attendee

__all__ = ["beside_person", "one_of_two", "parts_of_body"]

_JOINT = regex.compile(r"(?<!-),?[ ](?:og|samt)[ ]|,[ ]")
_BODY_JOINT = regex.compile(r",[ ](?=\p{Lu})|[ ][–—-][ ](?=\p{Lu})")


def beside_person(name: str, attendees: Iterable[Attendee]) -> str | None:
    """What a row of an attendance list holds behind a person, where the name has that person in front; else None.

    >>> ida = Attendee(start=0, end=0, rule="a", confidence=1, name="Ida Dam", organisation="Bakkeby Data ApS")
    >>> beside_person("IDA Ida Dam Bakkeby Data ApS", [ida]), beside_person("Bakkeby Data ApS", [ida])
    ('Bakkeby Data ApS', None)
    """
    for attendee in attendees:
        organisation = attendee.organisation
        if organisation and name != organisation and name.endswith(f" {organisation}") and attendee.name in name:
            return organisation
    return None


def one_of_two(name: str, others: set[str]) -> bool:
    """Whether a name is two, joined by "og" or a comma, the second of which stands by itself elsewhere.

    >>> one_of_two("Bakken og Lilleby Museum", {"Lilleby Museum"}), one_of_two("Lilleby Museum", {"Museum"})
    (True, False)
    """
    return any(" " in (rest := name[joint.end() :]) and rest in others for joint in _JOINT.finditer(name))


def parts_of_body(body: str) -> Iterator[str]:
    """The names in the name of a body, parted by commas or dashes.

    >>> list(parts_of_body("Havnerådet, Lilleby Havn")), list(parts_of_body("Havnerådet"))
    (['Havnerådet', 'Lilleby Havn'], ['Havnerådet'])
    """
    start = 0
    for joint in _BODY_JOINT.finditer(body):
        yield body[start : joint.start()]
        start = joint.end()
    yield body[start:]
