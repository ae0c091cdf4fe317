"""The offices of one meeting: the words that tell who leads it and who writes, and the people found for them."""

from __future__ import annotations

import regex

from pipeline.lexicon import Rule
from pipeline.segment.attendance.initials import by_initials, owner_of
from pipeline.segment.head.signed import with_initials
from pipeline.segment.headings import Page
from pipeline.segment.people.people import Group, attendees
from pipeline.values import Attendee, Span

__all__ = ["FIELDS", "Officers", "fields_of", "named", "people_in", "put", "rule_of"]

_LETTERS = regex.compile(r"[\s(/]*(?P<letters>\p{Lu}{2,4})[\s).]*")
FIELDS = {
    "dirigent": "chair",
    "ordstyrer": "chair",
    "mødeleder": "chair",
    "referent": "minute_taker",
    "referant": "minute_taker",
    "ref.": "minute_taker",
    "pennen": "minute_taker",
    "pennefør": "minute_taker",
    "protokolfør": "minute_taker",
    "skriver": "minute_taker",
    "ledede": "chair",
    "ledet": "chair",
    "ledes": "chair",
    "ledtes": "chair",
    "lededes": "chair",
    "styres": "chair",
    "lede mødet": "chair",
    "føre ordet": "chair",
    "referer": "minute_taker",
    "styret": "chair",
    "ledte": "chair",
    "leder mødet": "chair",
    "styrer mødet": "chair",
    "styrer ordet": "chair",
    "fører ordet": "chair",
    "styrede": "chair",
    "førte ordet": "chair",
    "forsædet": "chair",
    "bordenden": "chair",
    "referat": "minute_taker",
    "protokol": "minute_taker",
    "skrev": "minute_taker",
    "noterede": "minute_taker",
    "noter": "minute_taker",
    "notater": "minute_taker",
    "førte pen": "minute_taker",
    "skribent": "minute_taker",
    "skrive": "minute_taker",
    "tastede": "minute_taker",
    "taster": "minute_taker",
    "tastatur": "minute_taker",
    "blyanten": "minute_taker",
    "nedfælde": "minute_taker",
    "refererede": "minute_taker",
    "mødeboss": "chair",
    "mødestyr": "chair",
    "mødeledelse": "chair",
    "ordstyring": "chair",
    "tovholder": "chair",
    "styre mødet": "chair",
    "styre ordet": "chair",
    "holdt styr": "chair",
    "holdt ord": "chair",
    "ordet førtes": "chair",
    "ordet ført": "chair",
    "ordet blev ført": "chair",
}


Officers = dict[str, Attendee]


def put(found: Officers, name: str, people: list[Attendee]) -> None:
    if people and name not in found:
        found[name] = people[0]


def people_in(page: Page, start: int, end: int, rule: str) -> list[Attendee]:
    return attendees(page.text, Span(start, min(end, start + 400)), page.lexicon, Group(), f"attendance/{rule}")


def fields_of(roles: str) -> list[str]:
    """The offices that words name, in their order.

    >>> fields_of("Valg af referent og ordstyrer")
    ['minute_taker', 'chair']
    """
    at = [(roles.casefold().find(word), name) for word, name in FIELDS.items()]
    return list(dict.fromkeys(name for place, name in sorted(at, key=lambda each: each[0]) if place >= 0))


def rule_of(page: Page, value: str) -> Rule:
    return next(rule for rule in page.lexicon.rules("attendance") if rule.value == value)


def named(page: Page, present: tuple[Attendee, ...], start: int, end: int, rule: str) -> list[Attendee]:
    return (
        _by_initials(page, present, start, end)
        or by_initials(page, Span(start, end), rule)
        or with_initials(page, Span(start, end), present, rule)
        or _explained(page, start, end, rule)
        or people_in(page, start, end, rule)
        or _by_ends(page, present, start, end)
    )


def _by_initials(page: Page, present: tuple[Attendee, ...], start: int, end: int) -> list[Attendee]:
    """The attendee behind whose name these initials stand in brackets."""
    initials = page.text[start:end].strip(" .()")
    if not regex.fullmatch(r"\p{Lu}\p{L}{1,3}", initials):
        return []
    return [
        p for p in present if p.name == initials or regex.match(rf"\s*\({initials}\)", page.text[p.end : p.end + 12])
    ]


def _explained(page: Page, start: int, end: int, rule: str) -> list[Attendee]:
    """The person whose name and initials stand side by side somewhere in the text."""
    match = _LETTERS.fullmatch(page.text, start, end)
    name = owner_of(page, match["letters"]) if match else None
    if match is None or name is None:
        return []
    at = Span(*match.span("letters"))
    return [
        Attendee(
            start=at.start,
            end=at.end,
            rule=f"attendance/{rule}",
            confidence=0.75,
            name=name,
            organisation=None,
            role=None,
        )
    ]


def _by_ends(page: Page, present: tuple[Attendee, ...], start: int, end: int) -> list[Attendee]:
    """The attendee whose first and last name stand here around a damaged middle."""
    words = regex.split(r"[,(\n]", page.text[start:end].strip())[0].split()
    alike = [p for p in present if len(words) > 2 and (p.name.split()[0], p.name.split()[-1]) == (words[0], words[-1])]
    return alike if len(alike) == 1 else []
