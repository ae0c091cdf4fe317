"""Unnumbered headings that are told by what stands below each of them: one and the same label ("Indhold:")."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

import regex

from pipeline.segment.agenda.runin import Plain
from pipeline.segment.headings import Page

__all__ = ["templated"]

FEWEST = 3
"""So many headings with the same label below them fill in a template."""
MOST = 0.8
"""So many of a label's lines must stand below a heading."""
LABEL = 30
"""A label is no longer than this."""
_FILLED_IN = regex.compile(r"(?P<label>\p{Lu}[\p{L} -]{2,25})(?:(?:nr)?\.?:\s+(?=\S.{0,60}$)|nr\.?:?\s(?=\d))")
WRAPPED = 3
"""Lines that such a heading may run over."""


def templated(page: Page, start: int, headlike: Callable[[int, int], bool]) -> list[Plain]:
    """The headings above a label that comes back under each of them, where minutes fill in a template; else nothing.

    `headlike` tells whether the lines from one to another read as a heading. Of several labels the one counts that most
    headings have below them: the first of the template, for only above it stands a space.
    """
    lines: dict[str, list[int]] = defaultdict(list)
    for i in range(start, len(page.lines)):
        if page.printed(i) and not page.lines[i].bullet and (label := _label(page.content(i))):
            lines[label.casefold().rstrip(" :")].append(i)
    labels = {i for same in lines.values() if len(same) >= FEWEST for i in same}
    best: list[Plain] = []
    for same in lines.values():
        found = [plain for i in same if (plain := _above(page, i, labels, headlike))]
        titles = {page.content(plain.first).casefold() for plain in found}
        if len(titles) >= max(FEWEST, MOST * len(same), len(best) + 1):
            best = found
    return best


def _label(content: str) -> str | None:
    """A short line, or what stands before the colon or the number of one: "Sagstype: Beslutning", "Sagsnr. 26/1187"."""
    if match := _FILLED_IN.match(content):
        return match["label"]
    is_label = len(content) <= LABEL and content[-1] not in ".,;!?" and not any(c.isdigit() for c in content)
    return content if is_label else None


def _above(page: Page, label: int, labels: set[int], headlike: Callable[[int, int], bool]) -> Plain | None:
    """The heading that stands right above a label and apart from the text before it."""
    last = first = page.previous[label]
    if last < 0:
        return None
    while not page.space_before(first) and last - first + 1 < WRAPPED and not _ended(page, page.previous[first]):
        first = page.previous[first]
    if not page.space_before(first) and not _ended(page, page.previous[first]):
        return None
    if labels & set(range(first, last + 1)) or page.content(last)[-1] in ".,;:!" or not headlike(first, last):
        return None
    return Plain(first, last, "section", 0.85)


def _ended(page: Page, index: int) -> bool:
    return (
        index < 0 or page.content(index)[-1] in ".!?" or page.match("items", "minutes", page.content(index)) is not None
    )
