"""Numbered headings inside a line, where an export lost the line break in front of them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

import regex

from pipeline.months import MONTHS
from pipeline.values import Line

__all__ = ["parted_lines"]

FEWEST = 4
"""So many numbers that count on from one another are headings."""
TEXT = 80
"""So many characters stand between two of them on the average: less is a list."""
OPEN = 6
"""So many counts are open at the same time."""

_NUMBER = regex.compile(
    r"(?:(?P<start>^)[ \t]{0,20}|(?<=[^\n]{20}[.!?)] {1,4})|(?<=\p{Ll}{3}|\p{L}[.!?)])|(?<=[.\s](?:19|20)\d\d))"
    rf"(?P<number>\d{{1,3}})(?P<sign>\s?[.:)])\s*(?=\p{{Lu}}\p{{L}})(?!(?i:{'|'.join(MONTHS)})\b)",
    regex.M,
)
_NAMED = regex.compile(
    r"(?i)(?:punkt(?:er)?|pkt|nr|side|s|kl|d|den|kapitel|afsnit|§|stk|ad|uge|bilag|og|til|klasse|fra)\W{1,3}$"
)
"""In front of a number that is no heading's."""


class _Number(NamedTuple):
    number: int
    sign: str
    offset: int
    inside: bool


def parted_lines(text: str, lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines of a text, parted with a space in front of each number inside one that counts on between others.

    The text stays as it is. As they are where fewer than four numbers count on, or stand close together.

    >>> from pipeline.layout import read_lines
    >>> said = "Det blev drøftet længe, og flere tog ordet, men ingen ville beslutte noget endnu. "
    >>> text = f"1. Skuret\\n{said}2. Broen {said}\\n3. Havnen\\n{said}\\n4. Eventuelt"
    >>> [text[line.start : line.start + 8] for line in parted_lines(text, read_lines(text)) if not line.blank]
    ['1. Skure', 'Det blev', '2. Broen', '3. Havne', 'Det blev', '4. Event']
    """
    places = sorted(place for chain in _chains(_numbers(text)) for place in chain)
    if not places:
        return tuple(lines)
    return tuple(
        part
        for line in lines
        for part in _parts(line, places[bisect_right(places, line.body) : bisect_left(places, line.end)])
    )


def _numbers(text: str) -> Iterator[_Number]:
    for match in _NUMBER.finditer(text):
        inside = match["start"] is None
        if not inside or not _NAMED.search(text, max(0, match.start() - 12), match.start()):
            yield _Number(int(match["number"]), match["sign"].strip(), match.start("number"), inside)


def _chains(numbers: Iterator[_Number]) -> Iterator[list[int]]:
    """The offsets of the numbers inside lines that belong to each count that is an agenda's."""
    chains: list[list[_Number]] = []
    firsts: set[int] = set()
    for each in numbers:
        on = next((chain for chain in reversed(chains[-OPEN:]) if _counts_on(chain[-1], each)), None)
        if on is not None:
            on.append(each)
        elif not each.inside or each.number == 1 or each.number in firsts:
            chains.append([each])
            firsts.add(each.number)
    for chain in chains:
        if sum(each.inside for each in chain) == 1 and chain[-1].inside:
            continue  # nothing behind it says that it counts
        inside = [each.offset for each in chain if each.inside]
        length = sum(after.offset - before.offset for before, after in pairwise(chain))
        if inside and len(chain) >= FEWEST and length >= TEXT * (len(chain) - 1):
            yield inside


def _counts_on(last: _Number, each: _Number) -> bool:
    return each.number == last.number + 1 and each.sign == last.sign


def _parts(line: Line, places: Sequence[int]) -> Iterator[Line]:
    start = line
    for place in places:
        yield replace(start, end=place)
        yield Line(place, place, body=place)
        start = Line(place, line.end, line.indent, body=place)
    yield start
