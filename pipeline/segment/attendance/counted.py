"""Numbered lists of people right below a label of who was there or was not: they open no agenda items."""

from __future__ import annotations

import regex

from pipeline.segment.headings import Page, label_at
from pipeline.segment.people.people import Group, attendees
from pipeline.values import Attendee, Span

__all__ = ["counted"]

FEWEST = 2
"""So many numbered people below the labels make such a list."""
LONGEST = 60
"""Lines that one list may run over."""

_NUMBER = regex.compile(r"[ \t]*(?P<number>\d{1,2})\s?[.):]\s+(?=\p{L})")


def counted(page: Page, before: int) -> dict[int, tuple[str, list[Attendee]]]:
    """By its line the one person behind each number, with "present" or "absent", in labels above a line.

    The numbers go on from one list to the next or begin with 1 again; whatever else stands there ends a list.
    """
    found: dict[int, tuple[str, list[Attendee]]] = {}
    last = 0
    for i in range(min(before, len(page.lines))):
        label = label_at(page, i) if page.printed(i) else None
        if label is None or label[0].value not in ("present", "absent"):
            continue
        if page.text[label[1] : page.lines[i].end].strip():
            continue
        row = page.following[i]
        while row < len(page.lines) and row - i < LONGEST:
            line = page.lines[row]
            number = _NUMBER.match(page.text, line.start, line.end)
            if number is None or int(number["number"]) not in (last + 1, 1):
                break
            if page.space_before(row) and page.previous[row] != i and int(number["number"]) == 1:
                break  # another list, or the agenda
            span = Span(number.end(), line.end)
            people = attendees(page.text, span, page.lexicon, Group(), "attendance/counted", one=True)
            if (
                len(people) != 1
                or people[0].end - people[0].start < 4
                or page.match("items", "usual", page.text[number.end() : line.end])
            ):
                break
            last = int(number["number"])
            found[row] = (label[0].value, people)
            row = page.following[row]
    return found if len(found) >= FEWEST else {}
