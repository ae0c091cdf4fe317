"""Numbers without titles: what was said of point 1 stands behind "Ad 1" at once."""

from __future__ import annotations

from collections.abc import Sequence

import regex
from rapidfuzz import fuzz

from pipeline.segment.agenda.titles import Heading
from pipeline.segment.headings import Page
from pipeline.values import Span

__all__ = ["untitled"]

UNTITLED = 3
"""Where at most one in so many numbers has a title, none has."""
ALIKE = 70
"""Per cent that a title is like the one of the same number in the list above."""
_LISTED = regex.compile(r"(?P<number>\d{1,2})\s?[.):]\s+(?P<title>\p{L}.{2,80})")


def untitled(
    page: Page, numbers: Sequence[str], starts: Sequence[tuple[int, int]], read: Sequence[Heading]
) -> list[Heading]:
    """The headings read, without titles where hardly a number has one: "Ad 1", and what was said of point 1 behind it.

    So too where the agenda listed above has other titles for the same numbers, and for each that begins in a small
    letter where these and the bare numbers are many. `starts` are their lines and title offsets.
    """
    small = [heading.title is not None and heading.title[0].islower() for heading in read]
    without = sum(heading.title is None for heading in read)
    if any(small) and (sum(small) + without) * UNTITLED >= len(read) and not page.in_lower_case:
        read = [heading._replace(title=None) if s else heading for heading, s in zip(read, small, strict=True)]
    titled = [heading.title is not None for heading in read]
    other = sum(titled) and _other_titles(page, starts[0][0], numbers, read)
    if len(read) < UNTITLED or not (0 < sum(titled) <= len(read) / UNTITLED or other):
        return list(read)
    found = []
    for (index, start), heading in zip(starts, read, strict=True):
        usual = page.match("items", "usual", heading.title or "") and (heading.title or "")[-1] not in ".!?"
        span = Span(heading.span.start, max(start, heading.span.start + 1))
        found.append(heading if usual else Heading(span, None, heading.kind, index + 1))
    return found


def _other_titles(page: Page, first: int, numbers: Sequence[str], read: Sequence[Heading]) -> bool:
    """Whether the agenda listed above the line `first` has other titles for most of the numbers."""
    listed = [m for i in range(first) if page.printed(i) and (m := _LISTED.match(page.content(i)))]
    titles = {match["number"]: match["title"] for match in listed}
    pairs = [(titles[n], one.title) for n, one in zip(numbers, read, strict=True) if one.title and n in titles]
    unlike = sum(fuzz.partial_ratio(one.casefold(), other.casefold()) < ALIKE for one, other in pairs)
    return len(titles) >= UNTITLED and unlike > len(pairs) / 2
