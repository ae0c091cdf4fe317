"""Numbers without titles: what was said of point 1 stands behind "Ad 1", or "1.", at once."""

from __future__ import annotations

from collections.abc import Sequence

import regex
from rapidfuzz import fuzz

from pipeline.segment.agenda.behind import DONE
from pipeline.segment.agenda.titles import Heading
from pipeline.segment.headings import Page
from pipeline.values import Span

__all__ = ["unlike_listed", "untitled"]

UNTITLED = 3
"""Where at most one in so many numbers has a title, none has."""
ALIKE = 70
"""Per cent that a title is like the one of the same number in the list above."""
MOST_LISTED = 60
"""An agenda has so many titles at most."""
SHARES = 10
"""So many characters behind a title are text."""
AGREED = 0.8
"""So many of the numbers stand in the list."""
_TEXT = regex.compile(r"[.!]$|[.:;]\s|\s[–-]\s")
"""What is said has such signs."""
_LISTED = regex.compile(r"(?P<number>\d{1,2})\s?[.,):]?\s+(?P<title>\p{L}.{2,80})")


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
    titled = [_is_sure(page, start[0], heading) for start, heading in zip(starts, read, strict=True)]
    other = sum(titled) and _other_titles(page, starts[0][0], numbers, read)
    if len(read) < UNTITLED or not (sum(titled) <= len(read) / UNTITLED or other):
        return list(read)
    found = []
    for (index, start), heading in zip(starts, read, strict=True):
        usual = page.match("items", "usual", heading.title or "") and (heading.title or "")[-1] not in ".!?"
        span = Span(heading.span.start, max(start, heading.span.start + 1))
        found.append(heading if usual else Heading(span, None, heading.kind, index + 1))
    return found


def _is_sure(page: Page, index: int, heading: Heading) -> bool:
    """Whether a title is a usual one, or all that its line holds; a verdict or a sentence is none."""
    if heading.title is None or DONE.match(heading.title) or page.match("items", "finite", heading.title):
        return False
    return page.match("items", "usual", heading.title) is not None or page.lines[index].end - heading.span.end < SHARES


def unlike_listed(
    page: Page, numbers: Sequence[str], starts: Sequence[tuple[int, int]], read: Sequence[Heading]
) -> list[Heading]:
    """The headings read, without titles that the agenda listed above has not, where most lines tell what was said.

    "2. OK, dog rettes datoen" below a list with "2. Godkendelse af referat". As they are where the list lacks a fifth
    of the numbers, or half of its titles stand below it again.
    """
    listed = _listed(page, starts[0][0])
    shared = [n for n, number in enumerate(numbers) if number in listed]
    if len(listed) < UNTITLED or len(shared) < max(UNTITLED, AGREED * len(numbers)):
        return list(read)
    titles = [title.casefold() for title in listed.values()]
    unlike = {
        n
        for n, heading in enumerate(read)
        if heading.title and not any(_alike(heading.title.casefold(), title) for title in titles)
    }
    untold = {n for n, heading in enumerate(read) if heading.title is None}
    told = {
        n for n in unlike if _TEXT.search(page.content(starts[n][0])[starts[n][1] - page.lines[starts[n][0]].body :])
    }
    if 2 * len(unlike | untold) <= len(read) or 2 * len(told) < len(unlike) or 3 * len(told | untold) < len(read):
        return list(read)
    return [
        Heading(Span(heading.span.start, max(start, heading.span.start + 1)), None, heading.kind, index + 1)
        if n in unlike
        else heading
        for n, ((index, start), heading) in enumerate(zip(starts, read, strict=True))
    ]


def _alike(title: str, listed: str) -> bool:
    return fuzz.partial_ratio(title, listed) >= ALIKE


def _listed(page: Page, first: int) -> dict[str, str]:
    """The titles that count on from 1 above a line; what is counted inside one of them is passed over."""
    titles: dict[str, str] = {}
    for i in range(first):
        match = _LISTED.match(page.content(i)) if page.printed(i) else None
        if match and int(match["number"]) == len(titles) + 1 <= MOST_LISTED:
            titles[match["number"]] = match["title"]
    return titles


def _other_titles(page: Page, first: int, numbers: Sequence[str], read: Sequence[Heading]) -> bool:
    """Whether the agenda listed above the line `first` has other titles for most of the numbers."""
    titles = _listed(page, first)
    pairs = [(titles[n], one.title) for n, one in zip(numbers, read, strict=True) if one.title and n in titles]
    unlike = sum(not _alike(one.casefold(), other.casefold()) for one, other in pairs)
    return len(titles) >= UNTITLED and unlike > len(pairs) / 2
