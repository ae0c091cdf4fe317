"""The sections of an item: by their headings, and without one by position and verb."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import regex

from pipeline.find.organisations.own_initials import own_initials
from pipeline.layout import paragraphs
from pipeline.segment.agenda.titles import Heading
from pipeline.segment.headings import Page
from pipeline.values import Section

__all__ = ["section_heading", "sections"]

HEADINGS = ("summary", "background", "recommendation", "decision", "discussion", "economy", "attachments", "other")


_PROPOSED = regex.compile(
    r"\W*[\p{L}-]+(?:en|et)\s+(?:godkender|beslutter|vedtager|tiltræder|tager|drøfter|udsætter|vælger|udpeger|anbefaler|bemyndiger|bevilger)\b"
)
"""Right below "Indstilling", what the body is to do; the decision itself would stand below a heading of its own."""
_LISTED = regex.compile(r"[\p{Ll}\d]|.[).:]|At ")
"""How a line opens that goes on with a list of recommendations."""

_ALONE = regex.compile(r"(?i)\b(?:indstiller|anbefaler|indstilles)\W{0,2}(?:at\W?)?$")


class _Part(NamedTuple):
    start: int
    kind: str
    heading: str | None


class SectionHeading(NamedTuple):
    """The kind of section that a line opens, the words that say so, and whether they stand alone on it."""

    kind: str
    label: str
    alone: bool


def section_heading(page: Page, content: str) -> SectionHeading | None:
    """The heading of a section that a line opens with; behind the initials of the body that met ("FU:") stands what
    it decided.
    """
    if (len(content) > 2 and content[0].isalpha() and (content[0].isupper() or ":" in content)) or content[:1] in "*_#":
        for rule in page.needed("sections", *HEADINGS).worth(content):
            if match := rule.regex.match(content):
                label = match.group().strip(" \t:*_#–—-")
                return SectionHeading(rule.value or "other", label, match.end() >= len(content))
        label, colon, rest = content.partition(":")
        if colon and label in own_initials(page.text):
            return SectionHeading("decision", label, not rest.strip())
    return None


def sections(page: Page, start: int, end: int, first_line: int, heading: Heading) -> tuple[Section, ...]:
    """The sections that tile an item, the first with the item's heading in it.

    A paragraph without a heading is a recommendation where it says so; a decision where it says so, after the
    recommendation if there is one; background before a recommendation; else discussion.
    """
    parts = _parts(page, start, end, max(heading.next_line, first_line + 1))
    merged: list[_Part] = []
    for part in parts:
        if merged and part.heading is None and part.kind == merged[-1].kind:
            continue
        merged.append(part)
    stops = [part.start for part in merged[1:]] + [end]
    return tuple(Section(part.kind, part.heading, part.start, stop) for part, stop in zip(merged, stops, strict=True))


def _parts(page: Page, start: int, end: int, first: int) -> list[_Part]:
    openings = {span.start for span in paragraphs(page.text, start, end)}
    found = [_Part(start, "other", None)]
    headed: str | None = None  # the kind of the heading that is in force
    once = False  # a heading in front of its text reaches to the paragraph's end
    recommended = False
    for i in range(first, len(page.lines)):
        line = page.lines[i]
        if line.start >= end:
            break
        if not page.printed(i):
            continue
        content = page.content(i)
        if section := section_heading(page, content):
            kind, label, alone = section
            found.append(_Part(line.start, kind, label))
            headed, once = kind, not alone and kind in ("attachments", "other")
            recommended = recommended or kind == "recommendation"
        elif (
            line.body in openings or ((len(found) == 1 or _opens_list(page, i)) and _recommends(page, content))
        ) and not line.bullet:
            below = headed == "recommendation" and (
                _PROPOSED.match(content) is not None or not page.match("sections", "decides", content)
            )
            if below and not _written(page, found[-1], line.start):
                continue  # the first paragraph below "Indstilling" is the recommendation, in whatever words
            kind, recommended = _by_words(page, content, found[-1].kind, recommended, headed)
            inside = headed is not None and not once and headed != "recommendation"
            if inside and kind not in ("recommendation",) and headed in ("decision", "discussion"):
                continue
            if inside and kind == "discussion":
                continue
            found.append(_Part(line.start, kind, None))
            headed, once = None, False
    if recommended:
        first = next(part.start for part in found if part.kind == "recommendation")
        found = [_before(part, first) for part in found]
    return _with_first(list(_of_account(found)))


def _written(page: Page, part: _Part, end: int) -> bool:
    """Whether more than its heading stands between the start of a part and `end`."""
    return page.text[part.start : end].strip(" \t\n:*_#").casefold() != (part.heading or "").casefold()


def _opens_list(page: Page, index: int) -> bool:
    """Whether a line below a full stop says no more than who recommends: what they do stands in a list below."""
    above = page.previous[index]
    return above >= 0 and page.content(above)[-1] in ".!?:" and _ALONE.search(page.content(index)) is not None


def _recommends(page: Page, content: str) -> bool:
    return page.match_any("sections", ("recommends", "proposes"), content) is not None


def _by_words(page: Page, content: str, current: str, recommended: bool, headed: str | None) -> tuple[str, bool]:
    """The kind of a paragraph by its first words, and whether a recommendation has been seen.

    What an office proposes in the debate or behind the decision is no recommendation.
    """
    debated = headed in ("decision", "discussion") or current == "decision"
    if page.match("sections", "recommends", content):
        return "recommendation", True
    if not debated and page.match("sections", "proposes", content):
        return "recommendation", True
    if current == "recommendation" and _LISTED.match(content):
        return "recommendation", True
    if page.match("sections", "decides", content):
        return "decision", recommended
    return "discussion", recommended


def _before(part: _Part, first: int) -> _Part:
    """What no heading names is background before the first recommendation."""
    unnamed = part.heading is None and part.kind in ("discussion", "decision")
    return part._replace(kind="background") if unnamed and part.start < first else part


def _of_account(parts: list[_Part]) -> Iterator[_Part]:
    """The parts, with what reads like a decision below the heading of the account as part of that, where a headed
    decision follows."""
    last = max((n for n, part in enumerate(parts) if part.kind == "decision" and part.heading is not None), default=0)
    headed = ""
    for n, part in enumerate(parts):
        headed = part.kind if part.heading is not None else headed
        told = part.heading is None and n < last and headed in ("background", "summary", "economy")
        yield part._replace(kind="background") if told and part.kind == "decision" else part


def _with_first(parts: list[_Part]) -> list[_Part]:
    """The item's own heading belongs to the first section, unless that has a heading of its own."""
    if len(parts) > 1 and parts[1].heading is None:
        return [parts[1]._replace(start=parts[0].start), *parts[2:]]
    return parts
