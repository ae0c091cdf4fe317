"""What belongs to the page and not to the meeting: page numbers, running headers and footers."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from itertools import pairwise

from pipeline.lexicon import Lexicon, Rule
from pipeline.months import MONTHS

__all__ = ["furniture"]

REACH = 4
"""A running header or footer stands at most so many printed lines from the page's edge."""
PAGE = 15
"""A page has at least so many lines: bare numbers that stand closer are figures."""

NAMED = 12
"""Letters of a first line that names somebody."""
_MARKS, _MARKS_AND_FIGURES = re.compile(r"[\W_]+"), re.compile(r"[\W\d_]+")
_TWINS = str.maketrans("æøåäöé", "aoaaoe")


_KINDS = ("alone", "within", "bare")


@cache
def _rules(value: str) -> tuple[Rule, ...]:
    return tuple(rule for rule in Lexicon.load().rules("furniture") if rule.value == value)


def furniture(lines: Sequence[str], breaks: Iterable[int] = ()) -> set[int]:
    """Indices of the lines that are page numbers, running headers and footers.

    `breaks` are indices of lines that open a new page where the text marks pages itself (a form feed). What a
    header prints on the first page stays text: it is often the only place where the title stands. A line that
    occurs once is furniture only as a page number.

    >>> page = ["Referat, Vejlauget", "", *["Der blev talt om vejen."] * 20, "", "Side {} af 2"]
    >>> lines = [line.format(n) for n in (1, 2) for line in page]
    >>> sorted(furniture(lines))
    [23, 24, 47]
    """
    printed = [i for i, line in enumerate(lines) if line.strip()]
    numbers = _page_numbers(lines, printed)
    edges = sorted(numbers | set(breaks))
    return numbers | _running(lines, printed, edges) | _dated(lines, printed)


def _dated(lines: Sequence[str], printed: Sequence[int]) -> set[int]:
    """Lines further down that repeat the very first one with nothing but a date behind it."""
    first = _likeness(lines[printed[0]]) if printed else ""
    if len(first) < NAMED:
        return set()
    likes = {first + month for month in ("", *MONTHS)}
    return {i for i in printed if i >= PAGE and len(lines[i]) < 200 and _likeness(lines[i]) in likes}


def _page_numbers(lines: Sequence[str], printed: Sequence[int]) -> set[int]:
    found: set[int] = set()
    within: list[int] = []
    bare: list[int] = []
    for i in printed:
        kind = _kind(lines[i])
        if kind == "alone":
            found.add(i)
        elif kind == "within":
            within.append(i)
        elif kind == "bare":
            bare.append(i)
    likes = Counter(_likeness(lines[i]) for i in within)
    found.update(i for i in within if likes[_likeness(lines[i])] > 1)
    return found | _rising(lines, bare)


@lru_cache(maxsize=2048)
def _kind(line: str) -> str | None:
    """How a line may be the number of a page: "alone", "within" a running header, or "bare"."""
    if len(line) > 200 or not any(c.isdigit() or c in "Il|]" for c in line):
        return None
    return next((kind for kind in _KINDS if any(rule.regex.search(line) for rule in _rules(kind))), None)


def _rising(lines: Sequence[str], bare: Sequence[int]) -> set[int]:
    """Bare numbers that stand alone and rise by one, a page apart."""
    alone = [
        (i, int(lines[i]))
        for i in bare
        if (i == 0 or not lines[i - 1].strip()) and (i + 1 == len(lines) or not lines[i + 1].strip())
    ]
    found: set[int] = set()
    for (i, n), (j, m) in pairwise(alone):
        if m == n + 1 and j - i >= PAGE:
            found |= {i, j}
    return found


@lru_cache(maxsize=2048)
def _likeness(line: str, *, figures: bool = False) -> str:
    """What is left of a line when vowel marks, white space and (unless asked for) figures are set aside."""
    return (_MARKS if figures else _MARKS_AND_FIGURES).sub("", line.casefold().translate(_TWINS))


def _running(lines: Sequence[str], printed: Sequence[int], edges: Sequence[int]) -> set[int]:
    """Lines that stand as far from a page edge as the same line does on another page."""
    if not edges:
        return set()
    places: dict[tuple[int, str], set[int]] = defaultdict(set)
    for edge in edges:
        at = bisect_left(printed, edge)
        for n in range(max(0, at - REACH), min(at + REACH + 1, len(printed))):
            places[n - at, _likeness(lines[printed[n]], figures=True)].add(printed[n])
    everywhere = Counter(_likeness(lines[i], figures=True) for i in printed)
    first = set(printed[:REACH])
    top = {_likeness(lines[i], figures=True) for i in first}
    found: set[int] = set()
    for (_, like), here in places.items():
        if like and len(here | {-1} if like in top else here) > 1 and everywhere[like] <= len(here) + 1:
            found |= here - first
    return found
