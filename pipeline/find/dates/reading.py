"""What a calendar expression says, and the pieces that every reading shares."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from typing import NamedTuple

import regex

from pipeline.find.dates.years import Side
from pipeline.lowercase import lower_case
from pipeline.months import MONTHS

__all__ = ["Context", "Groups", "Read", "Reading", "groups_of", "month_of", "narrowed", "year_beside"]

_MONTHS = {month[:3]: number for number, month in enumerate(MONTHS, 1)} | {"may": 5, "oct": 10}
_WHEN: dict[str, Side] = {"sidste": "past", "næste": "future", "kommende": "future", "til": "future"}
_WHEN |= dict.fromkeys(("inden", "indtil", "senest"), "future")
_YEARS_AWAY = {"sidste": -1, "forrige": -1, "i": 0, "næste": 1}  # "samme år" says nothing about the meeting


class Context(NamedTuple):
    """What the surroundings tell: the day of the meeting, and on which side of it the date lies.

    `year` is that of a list of dates in which this one stands.
    """

    anchor: datetime.date | None
    side: Side = "either"
    year: int | None = None


class Reading(NamedTuple):
    """One date in EDTF. `start` and `end` narrow the match where not all of it belongs to the date."""

    iso: str
    granularity: str
    relative: bool = False
    start: int | None = None
    end: int | None = None


Groups = dict[str, str]
Read = Callable[["regex.Match[str]", Context], Iterator[Reading]]


def groups_of(match: regex.Match[str]) -> Groups:
    """The named groups that took part in the match."""
    return {name: value for name, value in match.groupdict().items() if value is not None}


def month_of(groups: Groups, suffix: str = "") -> int | None:
    """The month printed as a name (group m) or a number (group mn)."""
    if name := groups.get(f"m{suffix}"):
        return _MONTHS[lower_case(name)[:3]]
    number = groups.get(f"mn{suffix}")
    return int(number) if number else None


def year_beside(groups: Groups, anchor: datetime.date | None) -> int | None:
    """The year of "sidste år" printed after a day or a month."""
    words = lower_case(groups.get("ry", "")).split()
    away = _YEARS_AWAY.get(words[0]) if words else None
    return anchor.year + away if anchor and away is not None else None


def narrowed(groups: Groups, context: Context) -> Context:
    """The context with the side that a word right before the date tells ("til november", "sidste sommer")."""
    return context._replace(side=_WHEN.get(lower_case(groups.get("when", "")), context.side))
