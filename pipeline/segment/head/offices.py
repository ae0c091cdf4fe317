"""Offices printed inside a line, beside a name or above it: "Ordstyrer: Ib      Noter: Karen", "Ole Friis (ref.)"."""

from __future__ import annotations

import regex

from pipeline.segment.attendance.posts_given import are_posts_given
from pipeline.segment.head.posts import Officers, fields_of, named, people_in, put
from pipeline.segment.headings import Page
from pipeline.values import Attendee

__all__ = ["by_beside", "by_columns", "by_inside", "by_office"]

TAIL = 1500
"""Characters at the end of a document in which people are listed where its head does not name them."""
ASIDE = 3
"""A name stands below its office where it begins so many columns from it, or fewer."""

_STOP = regex.compile(r"(?<!\b\p{Lu}|\b\p{Lu}\p{Ll})[.,;](?=\s)|\s{3}|\n|\s(?=\p{Lu}\p{L}{2,20}:\s)")
_PIECE = regex.compile(r"[;:·|\n]\s*|(?<=\p{Ll}{2})\.\s+|\(?\[[ xX]?\]\s*")
"""What parts the people of a list, in front of one of them."""
_COLUMN = regex.compile(r"\S+(?: \S+)*")
_AWAY = regex.compile(r"(?i)\W*\b(?:ikke|afbud|fravær|forfald|syg|meldt|mangler|vakant)")


def by_inside(page: Page, present: tuple[Attendee, ...], first: int, found: Officers) -> None:
    """Labels behind something else on their line: "Slut kl. 21. Ref.: KD"; some of them only before `first`."""
    for rule, match in page.everywhere("attendance", "officer-inside", "officer-head"):
        if rule.value == "officer-head" and match.start() > first:
            continue
        stop = _STOP.search(page.text, match.end())
        end = stop.start() if stop else len(page.text)
        for name in fields_of(match["roles"]) or ["minute_taker"]:
            put(found, name, named(page, present, match.end(), end, rule.name))


def by_columns(page: Page, first: int, found: Officers) -> None:
    """Offices that stand side by side, each above its name."""
    for rule, match in page.everywhere("attendance", "officer-column"):
        for name in fields_of(match["roles"]) if match.start() < first else ():
            put(found, name, _below(page, match.start(), rule.name))


def _below(page: Page, start: int, rule: str) -> list[Attendee]:
    """The person in the line below a word, in its column."""
    line, after = page.text.rfind("\n", 0, start) + 1, page.text.find("\n", start) + 1
    end = page.text.find("\n", after)
    cells = list(_COLUMN.finditer(page.text, after, end if end >= 0 else len(page.text))) if after else []
    near = [cell for cell in cells if abs((cell.start() - after) - (start - line)) <= ASIDE]
    return people_in(page, *near[0].span(), rule) if near and len(cells) > 1 else []


def by_beside(page: Page, first: int, found: Officers, value: str = "officer-beside") -> None:
    """Offices behind a name that no list of people has: in brackets, or where people are listed."""
    for rule, match in page.everywhere("attendance", value):
        start = match.start()
        listed = start < first or start > len(page.text) - TAIL
        if not listed and page.text[start - 1] != "(":
            continue
        line = page.text.rfind("\n", 0, start) + 1
        before = page.text[line:start].rstrip(" (,–-")
        parted = list(_PIECE.finditer(before))
        people = people_in(page, line + (parted[-1].end() if parted else 0), line + len(before), rule.name)
        sure = [one for one in people if one.confidence > 0.9]
        for name in fields_of(match["roles"]) or ["minute_taker"]:
            put(found, name, (sure or people)[-1:])


def by_office(page: Page, first: int, absent: set[str], found: Officers) -> None:
    """The chair of the body, behind or below the office on a line of its own in the head, who was not away."""
    for rule, match in page.everywhere("attendance", "chair-office"):
        start = match.end()
        if start > first or are_posts_given(page, match.start()):
            continue
        stop = _STOP.search(page.text, start)
        end = stop.start() if stop else len(page.text)
        people = people_in(page, start, end, rule.name) or _below(page, match.start(), rule.name)
        if people and people[0].name not in absent and not _AWAY.match(page.text, end):
            put(found, "chair", people)
