"""Readings of expressions that count from the meeting: i dag, næste uge, sidste år, på torsdag."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

import regex

from pipeline.find.dates.days import weekday_index
from pipeline.find.dates.reading import Context, Reading, groups_of, narrowed
from pipeline.find.dates.years import nearest_day, nearest_month, nearest_week

__all__ = [
    "read_coming_weekday",
    "read_feast",
    "read_relative_day",
    "read_relative_month",
    "read_relative_week",
    "read_relative_year",
    "read_weekday_of_week",
]

_DAYS_AWAY = {"today": 0, "tomorrow": 1, "yesterday": -1, "overmorgen": 2, "forgaars": -2}
_STEPS = {"this": 0, "next": 1, "last": -1}


def _step(match: regex.Match[str], steps: dict[str, int]) -> int:
    return next(step for name, step in steps.items() if match.groupdict().get(name))


def read_relative_day(match: regex.Match[str], context: Context) -> Iterator[Reading]:
    """Today, tomorrow, yesterday."""
    if context.anchor:
        date = context.anchor + datetime.timedelta(days=_step(match, _DAYS_AWAY))
        yield Reading(date.isoformat(), "day", relative=True)


def read_relative_year(match: regex.Match[str], context: Context) -> Iterator[Reading]:
    """This year, the next, the last."""
    if context.anchor:
        yield Reading(str(context.anchor.year + _step(match, _STEPS)), "year", relative=True)


def read_relative_month(match: regex.Match[str], context: Context) -> Iterator[Reading]:
    """This month, the next, the last."""
    if context.anchor:
        year, month = divmod(context.anchor.year * 12 + context.anchor.month - 1 + _step(match, _STEPS), 12)
        yield Reading(f"{year}-{month + 1:02}", "month", relative=True)


def read_relative_week(match: regex.Match[str], context: Context) -> Iterator[Reading]:
    """This week, the next, the last."""
    if context.anchor:
        week = (context.anchor + datetime.timedelta(weeks=_step(match, _STEPS))).isocalendar()
        yield Reading(f"{week.year}-W{week.week:02}", "week", relative=True)


def read_coming_weekday(match: regex.Match[str], context: Context) -> Iterator[Reading]:
    """The first such weekday after the meeting."""
    if context.anchor:
        ahead = (weekday_index(match["w"]) - context.anchor.weekday() - 1) % 7 + 1
        yield Reading((context.anchor + datetime.timedelta(days=ahead)).isoformat(), "day", relative=True)


def read_weekday_of_week(match: regex.Match[str], context: Context) -> Iterator[Reading]:
    """The day of a week that is printed with its number: "fredag i uge 39"."""
    week = int(match["v"])
    if year := nearest_week(context.anchor, week, context.side):
        date = datetime.date.fromisocalendar(year, week, weekday_index(match["w"]) + 1)
        yield Reading(date.isoformat(), "day", relative=True)


def read_feast(match: regex.Match[str], context: Context) -> Iterator[Reading]:
    """The day of a feast: Easter and Whit Sunday, Midsummer's Eve, Constitution Day, New Year's Day."""
    groups = match.groupdict()
    printed, side = groups["y"], narrowed(groups_of(match), context).side
    if groups["easter"] or groups["whitsun"]:
        year = int(printed) if printed else nearest_month(context.anchor, 4, side)
        date = easter(year) + datetime.timedelta(days=49 if groups["whitsun"] else 0) if year else None
    else:
        if groups["newyear"] and side == "past" and not match.group("since"):
            side = "either"  # "det blev 400 kr. fra nytår": what is told lies behind, New Year ahead
        month, day = (1, 1) if groups["newyear"] else (6, 23 if groups["midsummer"] else 5)
        date = datetime.date(int(printed), month, day) if printed else nearest_day(context.anchor, month, day, side)
    if date:
        yield Reading(date.isoformat(), "day", relative=not printed)


def easter(year: int) -> datetime.date:
    """Easter Sunday (Meeus, Jones and Butcher: Astronomical Algorithms, 1991, chapter 8).

    >>> easter(2025).isoformat()
    '2025-04-20'
    """
    golden, century, rest = year % 19, year // 100, year % 100
    epact = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    sunday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (golden + 11 * epact + 22 * sunday) // 451
    month, day = divmod(epact + sunday - 7 * late + 114, 31)
    return datetime.date(year, month, day + 1)
