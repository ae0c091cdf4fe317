"""Sides and who came for them, where the people stand in a column of their own beside their side."""

from __future__ import annotations

from collections.abc import Container, Iterator

import regex

from pipeline.document import quote_name
from pipeline.segment.attendance.parties import party
from pipeline.segment.headings import Page, label_at
from pipeline.segment.people.beside import is_house
from pipeline.segment.people.people import Group, attendees
from pipeline.values import Attendee, Span

__all__ = ["aligned"]

FEWEST = 2
"""So many sides make a list."""
SLACK = 1
"""A column may begin so many characters off."""

_SIDE = regex.compile(r"(?P<label>\p{Lu}[^:\t\n]{1,50}?)(?:\s*:\s*?(?:[ ]{2,}|\t\s*)|[ ]{3,}|\t\s*)(?=\S)")
_COLLECTIVE = regex.compile(
    r"\p{Lu}-siden|\p{Lu}\p{L}{3,30}(?:erne|ene|siden|sekretariatet|forum)|\p{Lu}{2,6}|(?:Region|Amtet|Provstiet)\s\p{Lu}.*"
    r"|(?:VIP|TAP|[\p{Lu}\p{L}]+-?(?:medlemmer|repræsentanter|deltagere))"
)
"""A side by its form: several of a kind, an acronym, a region."""
_AWAY = regex.compile(
    r"(?i)(?:ingen[^.:;\n]{0,40}\s|der\s+var\s+)?(?:afbud|forfald|fraværende|ikke\s+(?:mødt|repræsenteret|til\s?stede))"
    r"(?:\s\(afbud)?(?:\s+fra|:)?\s+(?=.*\p{Lu})"
)
_VIA = regex.compile(r"(?:v/|v\.|ved\s|repr(?:\.|æsenteret)\s(?:ved|af)\s)\s*(?=\p{L})")
"""In front of those who came for a side: "v/ direktør Ib Holst"."""


def aligned(page: Page, before: int, taken: Container[int]) -> dict[int, list[tuple[str, list[Attendee]]]]:
    """By its line the people beside each side and on the lines below, each with "present" or "absent".

    The names of all sides begin in one column; lines that are `taken` belong to a table.
    """
    lines = page.head(before)
    found: dict[int, list[tuple[str, list[Attendee]]]] = {}
    n = 0
    while n < len(lines):
        block = _block(page, lines[n:], taken)
        sides = [i for i, label, _ in block if label is not None and _is_side(page, label)]
        if len(sides) >= FEWEST:
            found |= _people(page, block)
        n += max(1, len(block))
    return found


def _block(page: Page, lines: list[int], taken: Container[int]) -> list[tuple[int, str | None, int]]:
    """The lines from the first one on that keep one column, each with its label, if any, and where the column is."""
    found: list[tuple[int, str | None, int]] = []
    column = 0
    for i in lines:
        line = page.lines[i]
        side = _SIDE.match(page.text, line.body, line.end)
        place = side.end() if side else line.body
        at = place - line.start
        apart = found and page.space_before(i)
        if i in taken or apart or (not found and not side) or (found and abs(at - column) > SLACK):
            break
        column = at
        found.append((i, side["label"].rstrip() if side else None, place))
    return found


def _is_side(page: Page, label: str) -> bool:
    label = regex.sub(r"\s*\([^()]*\)$", "", label)
    named = is_house(label, page.lexicon) or _COLLECTIVE.fullmatch(label) is not None
    return named and not page.match("attendance", "no-party", label)


def _people(page: Page, block: list[tuple[int, str | None, int]]) -> dict[int, list[tuple[str, list[Attendee]]]]:
    """The people of the sides; lines below another label are left to whoever reads that."""
    found: dict[int, list[tuple[str, list[Attendee]]]] = {}
    group: Group | None = None
    wraps = {block[n][0] for n in range(1, len(block)) if block[n][1] is None and not _closed(page, block[n - 1][0])}
    for n, (i, label, place) in enumerate(block):
        if label is not None:
            known = label_at(page, i)
            side = None if known else party(page, label)
            group = side if side and (_is_side(page, label) or (side.organisation and _via(page, i, place))) else None
        if group is None:
            continue
        last = next((block[m - 1][0] for m in range(n + 1, len(block)) if block[m][0] not in wraps), block[-1][0])
        found[i] = [] if i in wraps else list(_read(page, Span(place, page.lines[last].end), group))
    return found if sum(bool(people) for people in found.values()) >= FEWEST else {}


def _closed(page: Page, i: int) -> bool:
    """Whether an entry may end with a line: it breaks off neither inside a name nor behind a comma or a title."""
    words = regex.split(r"[,;]\s", page.content(i))[-1]
    return words[-1] in ".)" or (" " in words and words[:1].isupper() and words.rpartition(" ")[2][:1].isupper())


def _via(page: Page, i: int, place: int) -> bool:
    """Whether a column opens with "v/" or the like: its side is one, whatever its name."""
    return _VIA.match(page.text, place, page.lines[i].end) is not None


def _read(page: Page, span: Span, group: Group) -> Iterator[tuple[str, list[Attendee]]]:
    away = _AWAY.match(page.text, *span)
    via = None if away else _VIA.match(page.text, *span)
    names = Span(away.end() if away else via.end() if via else span.start, span.end)
    people = attendees(page.text, names, page.lexicon, group, "attendance/aligned")
    if people and not regex.search(r"[.:]\s", quote_name(page.text, names.start, people[0].start) + " "):
        for one in people:
            said = page.match("attendance", "cell-away", one.role or "")
            yield "absent" if away or said else "present", [one]
