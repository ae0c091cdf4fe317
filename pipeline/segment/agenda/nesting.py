"""Numbered lists inside one another on pages whose indents OCR has lost: the likeliest way to nest them.

A "5." can go on with any open list that is at 4. Which one is right shows later, when the other list goes on or a
number is left over: the cheapest reading of all numbers is looked for with a beam (Lowerre 1976).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.segment.headings import Candidate

__all__ = ["is_flat", "nest"]

WIDTH = 24
"""So many readings are kept after each number."""
DEPTH = 8
SKIP = 3
_OPENED, _OPENED_LATE, _SKIPPED, _LEFT_OVER, _UNLIKE, _DEEPER = 1.0, 5.0, 2.5, 3.0, 0.25, 0.05
RESTARTS = 3
"""So many lists that begin with 1 are nested ones."""


class _Open(NamedTuple):
    """A list that may go on: what its numbers look like, the last one, how its last member stood on the page."""

    list: int
    style: str
    word: str
    prefix: tuple[int, ...]
    number: int
    apart: bool


class _Reading(NamedTuple):
    """One way to nest the numbers so far: the lists still open, and to which list each number went (-1: to none)."""

    cost: float
    stack: tuple[_Open, ...]
    lists: int
    placed: tuple[object, ...]  # (placed before, list), nested from the last back


def is_flat(candidates: Sequence[Candidate]) -> bool:
    """Whether several lists begin with 1 and no indent tells them apart."""
    ones = sum(candidate.parts == (1,) for candidate in candidates)
    return ones >= RESTARTS and len({candidate.indent for candidate in candidates}) == 1


def nest(candidates: Sequence[Candidate]) -> list[list[Candidate]]:
    """The numbered lists of a text in the order of their first members; numbers that fit nowhere are left out."""
    beam = [_Reading(0.0, (), 0, ())]
    for candidate in candidates:
        best: dict[tuple[_Open, ...], _Reading] = {}
        for reading in beam:
            for following in _readings(reading, candidate):
                key = tuple(each._replace(list=0) for each in following.stack)
                if key not in best or following.cost < best[key].cost:
                    best[key] = following
        beam = sorted(best.values(), key=lambda reading: reading.cost)[:WIDTH]
    found: dict[int, list[Candidate]] = {}
    for candidate, place in zip(candidates, _places(beam[0]), strict=True):
        if place >= 0:
            found.setdefault(place, []).append(candidate)
    return [found[place] for place in sorted(found)]


def _readings(reading: _Reading, candidate: Candidate) -> Iterator[_Reading]:
    prefix, number = candidate.parts[:-1], candidate.parts[-1]
    kind = candidate.style, candidate.word, prefix
    for depth, each in enumerate(reading.stack):
        step = number - each.number
        if (each.style, each.word, each.prefix) == kind and 1 <= step <= SKIP:
            unlike = _UNLIKE * (each.apart != candidate.apart) + _DEEPER * depth
            cost = reading.cost + _SKIPPED * (step - 1) + unlike
            here = each._replace(number=number, apart=candidate.apart)
            yield _Reading(cost, (*reading.stack[:depth], here), reading.lists, (reading.placed, each.list))
    if len(reading.stack) < DEPTH:
        cost = reading.cost + (_OPENED if number <= 1 else _OPENED_LATE)
        opened = _Open(reading.lists, *kind, number, candidate.apart)
        yield _Reading(cost, (*reading.stack, opened), reading.lists + 1, (reading.placed, reading.lists))
    yield reading._replace(cost=reading.cost + _LEFT_OVER, placed=(reading.placed, -1))


def _places(reading: _Reading) -> list[int]:
    places: list[int] = []
    placed: object = reading.placed
    while isinstance(placed, tuple) and placed:
        placed, place = placed
        places.append(place)
    return places[::-1]
