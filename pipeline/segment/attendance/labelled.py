"""People behind labels that no list of labels knows, where several such lines stand together."""

from __future__ import annotations

from collections.abc import Container

import regex

from pipeline.document import quote_name
from pipeline.segment.attendance.parties import lists_people, party
from pipeline.segment.headings import Page, label_at
from pipeline.segment.people.named import is_person, is_sure
from pipeline.segment.people.people import attendees
from pipeline.values import Attendee, Span

__all__ = ["labelled"]

FEWEST = 3
"""So many lines make a list, one for who was away among them."""

_LABELLED = regex.compile(
    r"(?P<label>(?:\d{1,2}\.\s?)?\p{Lu}(?:[^:;,.()\n]|\.(?=\s?:)){2,45}(?:\([^()\n]{1,20}\))?)\s*:\s+(?=(?:\p{Ll}{4,}\s)?\p{Lu}\p{Ll})"
)
_LEADS = regex.compile(r"\p{L}{3,20}(?:leder|fører|mester)e?")
"""An office that a label for whoever sees to something may look like: "Juniorleder"."""
_HALF = regex.compile(r"\p{Lu}[\p{L} -]{3,40}")
"""A line that may be the first half of a label: "Udpeget af Norddal" above "Kommune:"."""
_SENT = regex.compile(r"(?i:valgt|udpeget|indstillet)\s(?:af|blandt|fra|for)\s")


def labelled(page: Page, before: int, taken: Container[int]) -> dict[int, list[Attendee]]:
    """By line the people of such lines above a line, where no label says who came.

    Lines that are `taken` belong to a table.
    """
    lines = page.head(before)
    found: dict[int, list[Attendee]] = {}
    run: dict[int, list[Attendee]] = {}
    length = 0
    half = -1
    for i in [*lines, before]:
        label = label_at(page, i) if i in lines else None
        if label and label[0].value == "present":
            return {}
        close = i in lines and i not in taken and not (run and page.space_before(i))
        people = _people(page, i, half) if close and not label else None
        half = -1
        if people:
            run[i] = people
            length += 1
        elif close and label and label[0].value == "absent":
            length += 1
        elif close and run and _HALF.fullmatch(page.content(i)):
            half = i
        else:
            found |= run if length >= FEWEST and _sure(page, run) else {}
            run, length = {}, 0
    return found


def _people(page: Page, i: int, half: int) -> list[Attendee] | None:
    """The people of a line behind its label, whose first half may stand on the line above."""
    line = page.lines[i]
    match = _LABELLED.match(page.text, line.body, line.end)
    if match is None or page.content(i)[-1] in "?!:;" or is_person(match["label"], page.lexicon, listed=False):
        return None
    label = " ".join(match["label"].split())
    if page.match("attendance", "no-party", label) and not (_LEADS.fullmatch(label) or _SENT.match(label)):
        return None
    if not lists_people(page, match.end(), line.end):
        return None
    if half >= 0:
        label = f"{page.content(half)} {label}"
    people = attendees(page.text, Span(match.end(), line.end), page.lexicon, party(page, label), "attendance/labelled")
    opens = people and not regex.search(r"[,;(:.]", quote_name(page.text, match.end(), people[0].start))
    return people if opens else None


def _sure(page: Page, run: dict[int, list[Attendee]]) -> bool:
    """Whether half the people of some lines have names that are sure, and three of them."""
    people = [one for each in run.values() for one in each]
    sure = sum(is_sure(page.text, Span(one.start, one.end), page.lexicon) for one in people)
    return sure >= FEWEST and 2 * sure >= len(people)
