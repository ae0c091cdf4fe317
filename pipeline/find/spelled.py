"""Where the words of a name stand in a text, one after another."""

from __future__ import annotations

from collections.abc import Iterator

import regex

__all__ = ["spelled"]


def spelled(text: str, name: str, gap: regex.Pattern[str]) -> Iterator[tuple[int, int]]:
    """The start and end of each place where the words of a name stand, with what `gap` matches between them.

    Words are not looked at as words: "Ida" stands in "Idas". A pattern made of the name would have to be compiled
    for each name, which takes longer than the search.

    >>> list(spelled("Ida Dam og Ida  Damm", "Ida Dam", regex.compile(" +")))
    [(0, 7), (11, 19)]
    """
    first, *rest = name.split()
    start = text.find(first)
    while start >= 0:
        end = start + len(first)
        for word in rest:
            between = gap.match(text, end)
            if between is None or not text.startswith(word, between.end()):
                break
            end = between.end() + len(word)
        else:
            yield start, end
        start = text.find(first, start + 1)
