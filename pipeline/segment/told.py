"""Who was there and who was not, as running text tells it: labels inside a line, and sentences."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from pipeline.layout import sentences
from pipeline.segment.beside import names_institution
from pipeline.segment.headings import Page
from pipeline.segment.people import Group, attendees, is_person
from pipeline.values import Attendee, Span

__all__ = ["guests", "lists_inside", "told"]

_INSIDE = regex.compile(
    r"(?<=[^\n\s][ \t]+)(?:(?:(?P<away>Afbud(?: fra)?|Fraværende|Ikke til stede)"
    r"|(?P<other>Referent|Ordstyrer|Dirigent|Sted|Tid)|Til ?stede|Deltagere|Mødt|Fremmødte?)\s*:"
    r"|(?P<from>Afbud)\s+fra\s+(?=\p{Lu}))(?=[ \t]*\S)"
)
_INSTEAD = regex.compile(r"(?i:i\s+stedet\s+for)\s+(?P<who>[^,()]{3,60})")


def lists_inside(page: Page, end: int) -> Iterator[tuple[str, list[Attendee]]]:
    """The lists whose label stands inside a line of the head: "… i skuret. Til stede: Ib og Karen. Afbud: Ole."."""
    labels = list(_INSIDE.finditer(page.text, 0, min(end, 20_000)))
    for n, match in enumerate(labels):
        stop = labels[n + 1].start() if n + 1 < len(labels) else end
        blank = regex.search(r"\n\s*\n|\.\s+(?=\p{Lu}\p{L}+\s+\p{Ll})", page.text, pos=match.end(), endpos=stop)
        span = Span(match.end(), blank.start() if blank else stop)
        value = "absent" if match["away"] or match["from"] else "present"
        if not match["other"]:
            yield value, attendees(page.text, span, page.lexicon, Group(), f"attendance/{value}-inside")


def guests(page: Page, before: int) -> list[Attendee]:
    """Those of whom the head says that they took part in some of the meeting: "Ib fra Kystklubben deltog i pkt. 3"."""
    rule = page.rules("attendance", "came-behind")[0]
    end = page.lines[before].start
    if not rule.regex.search(page.text, 0, end):
        return []
    found: list[Attendee] = []
    for span in sentences(page.text, 0, end):
        if match := rule.regex.search(page.text, span.start, span.end):
            names = Span(span.start, match.start())
            found += attendees(page.text, names, page.lexicon, Group(), f"attendance/{rule.name}")
    return found


def _names_one(page: Page, who: str) -> bool:
    """Whether words name one organisation, and no side of the table ("Foreningerne", "De ansatte")."""
    several = " " not in who and who.endswith(("erne", "ene"))
    return page.lexicon.organisations.lookup(who) is not None or (names_institution(who) and not several)


def told(page: Page, last: int) -> Iterator[tuple[str, list[Attendee]]]:
    """People of whom a sentence says that they came or were away."""
    rules = page.rules("attendance", "came") + page.rules("attendance", "away")
    end = page.lines[last].start if last < len(page.lines) else len(page.text)
    for span in sentences(page.text, 0, end):
        content = page.text[span.start : span.end]
        for rule in rules:
            match = rule.regex.search(content)
            if match is None:
                continue
            name = f"attendance/{rule.name}"
            if rule.value == "came":
                people = Span(span.start + match.end(), span.end)
                who = " ".join((match.groupdict().get("who") or "").split())
                if is_person(who, page.lexicon, listed=False):
                    continue
                group = Group(organisation=who if rule.name == "came-from" or _names_one(page, who) else None)
                yield "present", attendees(page.text, people, page.lexicon, group, name)
                for instead in _INSTEAD.finditer(page.text, *span):
                    yield "absent", attendees(page.text, Span(*instead.span("who")), page.lexicon, Group(), name)
            else:
                start = max((m.end() for m in regex.finditer(r"\bat\s|:\s", content[: match.start()])), default=0)
                names = Span(span.start + start, span.start + match.start())
                yield "absent", attendees(page.text, names, page.lexicon, Group(), name)
            break
