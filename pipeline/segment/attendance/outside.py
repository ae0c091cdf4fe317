"""Whom no label of a list names: lists without one, and what sentences tell."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import replace

import regex

from pipeline.segment.attendance.loose import loose
from pipeline.segment.attendance.same import others
from pipeline.segment.attendance.told import besides, excused, guests, lists_inside, moved, replaced, stand_ins, told
from pipeline.segment.attendance.unlabelled import unlabelled
from pipeline.segment.headings import Page
from pipeline.values import Attendee

__all__ = ["STAYED", "outside_lists", "without_status"]

UNPARTED = 2_000
"""In so many characters of a text without items stands its head."""
STAYED = regex.compile(
    r"(?i)\b(?:afbud(?!\s+fra\s)|fraværende|nej|(?:ikke|ej) (?:til ?stede|mødt|her)|udeblev\p{L}*)\b"
    r"|(?i)(?:^|, )(?:syg(?:emeldt)?|forhindret|bortrejst|mangle(?:r|de)"
    r"|(?:på )?(?:\p{Ll}*ferie|barsel|orlov)|(?:har )?meldt fra)$"
)
"""Beside a name: this one was away."""
_REASON = regex.compile(r"(?i)(?:^|, )(?:sygdom|tjenesterejse|(?:anden|andre) årsag(?:er)?|hele mødet)$")


def outside_lists(
    page: Page, first: int, stops: Set[int], last: int, read: Set[int], found: dict[str, list[Attendee]]
) -> None:
    """Add whom no label names: lists without one, and what sentences tell, up to the line `last`."""
    flat = any(person.rule == "attendance/flattened" for person in found["present"])
    end = page.lines[first].start if first < len(page.lines) else min(UNPARTED, len(page.text)) * (not stops)
    for person in unlabelled(page, first, read):
        found["absent" if STAYED.search(person.role or "") else "present"].append(person)
    for value, people in () if flat else lists_inside(page, end):
        found[value] += people
    if len(found["present"]) < 2:  # no list was understood
        for value, people in loose(page, first, read):
            found[value] += people
    found["absent"] += replaced(page, sorted(read))
    for value, people in told(page, last):
        found[value] += people
    there = [*found["present"], *found["absent"]]
    for value, people in excused(page):
        found[value] += others(there, people) if there else people
    listed = {person.name for value in ("present", "absent") for person in found[value]}
    found["present"] += [one for one in moved(page) if listed and one.name.split()[0] not in listed]
    instead = stand_ins(page, end)
    found["absent"] = [p for p in found["absent"] if p.start not in {one.start for one in instead}]
    found["present"] += instead
    found["present"] += besides(page, end)
    found["present"] += others(found["present"], guests(page, min(stops)) if stops else [])


def without_status(person: Attendee) -> Attendee:
    """Somebody without the words that say that they were away, and why, in what was read as their role."""
    role = _REASON.sub("", STAYED.sub("", person.role or "")).strip(" ,")
    return replace(person, role=role or None) if role != (person.role or "") else person
