"""Where the meeting was held: a house, a room, an address, a home, or the programme it was held through."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import regex

from pipeline.document import quote_name
from pipeline.lexicon import Rule
from pipeline.segment.headings import Page, label_at
from pipeline.values import Span

__all__ = ["ENDS_IN_TIME", "Place", "read_place"]

ENDS_IN_TIME = regex.compile(r"(?i)\bk[l1i|]\.?\s*[\d.: –-]+$|\b\d{4}$")
"""A line whose end tells when: the place may stand on the next."""
LONGEST = 90
"""Characters of a line below a label that may be a place."""
_ALONE = regex.compile(r"(?i)\W*(?:møde)?sted\W*")
_ADDRESS = regex.compile(
    r"[ \t]*\n[ \t]*\p{Lu}[\p{L} .-]{2,40} \d{1,3}[A-Z]?\b(?:,? \d{4} \p{Lu}[\p{L} .]{1,30})?(?=[ \t.]*\n)"
)
"""Below a house and a comma: a street and a number, a town."""


class Place(NamedTuple):
    """A place as it is printed, where it stands, and the rule that found it."""

    name: str
    span: Span
    rule: Rule


def read_place(page: Page, head: list[int], when: Sequence[Span]) -> Place | None:
    """The place that a label names, or what stands behind or below the meeting's day and hours; None where none does.

    `head` are the lines to look in, `when` where the day and the hours of the meeting stand.
    """
    label = next(rule for rule in page.rules("header", "place") if rule.name == "place-label")
    for i in head:
        after = page.following[i]
        if _ALONE.fullmatch(page.content(i)) and after in (i + 1, i + 2) and _short(page, after):
            return _place(page, Span(page.lines[after].body, page.lines[after].end), label)
    for i in head:
        for rule in page.rules("header", "place"):
            if match := rule.regex.search(page.content(i)):
                return _matched(page, match, rule, page.lines[i].body)
    return _behind_day(page, head, when) or _below_day(page, head, when) or _held(page, head)


def _short(page: Page, index: int) -> bool:
    return index < len(page.lines) and len(page.content(index)) <= LONGEST


def _behind_day(page: Page, head: list[int], when: Sequence[Span]) -> Place | None:
    """Right behind the last of what tells when, on its line."""
    for i in head:
        line = page.lines[i]
        told = [span.end for span in when if line.body <= span.start < line.end]
        if not told:
            continue
        for rule in page.rules("header", "behind-day"):
            for end in sorted(told, reverse=True):
                if match := rule.regex.search(page.text[end : line.end]):
                    return _matched(page, match, rule, end)
    return None


def _below_day(page: Page, head: list[int], when: Sequence[Span]) -> Place | None:
    """On the line below, or below a gap of one: with its preposition, or a house of its own that is no label."""
    for i in head:
        above = page.previous[i]
        if above < max(0, i - 2):
            continue
        line, timed = page.lines[above], ENDS_IN_TIME.search(page.content(above))
        if not timed and not any(line.body <= span.start < line.end for span in when):
            continue
        for rule in page.rules("header", "below-time", "below-day"):
            match = rule.regex.search(page.content(i))
            if match and not (rule.value == "below-day" and label_at(page, i)):
                return _matched(page, match, rule, page.lines[i].body)
    return None


def _held(page: Page, head: list[int]) -> Place | None:
    for i in head:
        for rule in page.rules("header", "held"):
            line = page.lines[i]
            if match := rule.regex.search(page.text, line.body, min(line.end + 150, len(page.text))):
                return _matched(page, match, rule, 0)
    return None


def _matched(page: Page, match: regex.Match[str], rule: Rule, at: int) -> Place:
    """The place that a match names by whichever of its groups, in what begins at an offset of the text."""
    name = next(name for name, value in match.groupdict().items() if value)
    return _place(page, Span(at + match.start(name), at + match.end(name)), rule)


def _place(page: Page, span: Span, rule: Rule) -> Place:
    """A place without the hours behind it."""
    start, end = span
    if (behind := page.search("header", "place-end", page.text[start:end])) and behind.start() > 0:
        end = start + behind.start()
    if page.text[start:end].rstrip().endswith(",") and (more := _ADDRESS.match(page.text, end)):
        end = more.end()
    name = quote_name(page.text, start, end)
    return Place(" ".join(name.split()).strip(" .,"), Span(start, end), rule)
