"""Readings of days and of intervals of days."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from itertools import pairwise

import regex

from pipeline.find.dates.reading import (
    Context,
    Groups,
    Reading,
    groups_of,
    month_of,
    year_beside,
)
from pipeline.find.dates.years import date_or_none, nearest_day, two_digit_year
from pipeline.lowercase import lower_case

__all__ = [
    "read_day",
    "read_day_alone",
    "read_day_interval",
    "read_day_this_month",
    "read_days_and",
    "read_days_apart",
    "read_days_listed",
    "read_weekday_day",
    "weekday_index",
]

_WEEKDAYS = ("ma", "ti", "on", "to", "fr", "l", "s")


def weekday_index(name: str) -> int:
    """0 for Monday to 6 for Sunday, from a Danish weekday name, also a damaged one ("Sgndag").

    >>> weekday_index("Torsdag"), weekday_index("lordag")
    (3, 5)
    """
    return next(i for i, head in enumerate(_WEEKDAYS) if lower_case(name).startswith(head))


def read_day(match: regex.Match[str], context: Context) -> Iterator[Reading]:
    """One day; its year as printed, of the list that it stands in, or nearest to the meeting."""
    groups = groups_of(match)
    month, day = month_of(groups), int(groups["d"]) if groups["d"].isdigit() else 1
    if month is None:
        return
    printed = groups.get("y", "")
    year = int(printed) if len(printed) == 4 else two_digit_year(printed, context.anchor)
    weekday = weekday_index(groups["w"]) if "w" in groups else None
    looked_up = year_beside(groups, context.anchor)
    if fixed := year or looked_up or context.year:
        date = date_or_none(fixed, month, day)
    else:
        date = nearest_day(context.anchor, month, day, context.side, weekday)
    if date:
        yield Reading(date.isoformat(), "day", relative=bool(looked_up) or not fixed)


def _last_day(groups: Groups, context: Context) -> datetime.date | None:
    """The second day of two; a year that is printed only with the first one counts for both."""
    month, day = month_of(groups, "2"), int(groups["d2"])
    if month is None:
        return None
    if year := int(groups.get("y2") or groups.get("y1") or year_beside(groups, context.anchor) or context.year or 0):
        over_new_year = "y2" not in groups and "y1" in groups and (month_of(groups, "1") or month) > month
        return date_or_none(year + over_new_year, month, day)
    return nearest_day(context.anchor, month, day, context.side)


def _ends(groups: Groups, context: Context) -> tuple[datetime.date, datetime.date] | None:
    """First and last day; what the first does not say of month and year is that of the last."""
    last = _last_day(groups, context)
    if last is None:
        return None
    month = month_of(groups, "1") or last.month
    year = int(groups["y1"]) if "y1" in groups else last.year - (month > last.month)
    first = date_or_none(year, month, int(groups["d1"]))
    return (first, last) if first and first < last else None


def _relative(groups: Groups) -> bool:
    return not groups.keys() & {"y1", "y2"}


def read_day_interval(match: regex.Match[str], context: Context) -> Iterator[Reading]:
    """From one day to another."""
    groups = groups_of(match)
    if ends := _ends(groups, context):
        yield Reading("/".join(map(str, ends)), "interval", _relative(groups))
    elif _counts_first(match, groups) and (last := _last_day(groups, context)):
        yield Reading(last.isoformat(), "day", _relative(groups), match.start("d2"))


def _counts_first(match: regex.Match[str], groups: Groups) -> bool:
    """Whether what stands first is a number and no day: "regel 17 til den 1. juli"."""
    return "m1" not in groups and int(groups["d1"]) > int(groups["d2"]) and match.string[match.end("d1")] == " "


def read_days_and(match: regex.Match[str], context: Context) -> Iterator[Reading]:
    """Two days that follow each other are one interval, others are two dates."""
    ends = _ends(groups_of(match), context)
    adjacent = ends is not None and (ends[1] - ends[0]).days == 1
    yield from (read_day_interval if adjacent else read_days_apart)(match, context)


def read_days_apart(match: regex.Match[str], context: Context) -> Iterator[Reading]:
    """Two days as two dates; what the first does not say of month and year is that of the last."""
    groups = groups_of(match)
    last = _last_day(groups, context)
    if last is None:
        return
    month = month_of(groups, "1") or last.month
    year = int(groups["y1"]) if "y1" in groups else last.year - (month > last.month)
    if first := date_or_none(year, month, int(groups["d1"])):
        end = max(match.end(name) for name in ("d1", "m1", "y1") if name in groups)
        end += match.string[end] == "."
        yield Reading(first.isoformat(), "day", _relative(groups), end=end)
    yield Reading(last.isoformat(), "day", _relative(groups), start=match.start("d2"))


def read_days_listed(match: regex.Match[str], context: Context) -> Iterator[Reading]:
    """Three days of a month and more: one interval where they follow on each other, else each of them."""
    groups = groups_of(match)
    month, last = month_of(groups), int(groups["d"])
    end = date_or_none(int(groups["y"]), month or 0, last) if "y" in groups else None
    end = end or nearest_day(context.anchor, month or 0, last, context.side)
    dates = [date_or_none(end.year, end.month, int(day)) for day in match.captures("d")] if end else []
    relative = "y" not in groups
    if dates and all(two and one and (two - one).days == 1 for one, two in pairwise(dates)):
        yield Reading(f"{dates[0]}/{end}", "interval", relative)
        return
    for date, (first, after) in zip(dates, match.spans("d"), strict=bool(dates)):
        if date:
            yield Reading(date.isoformat(), "day", relative, first, match.end() if date == end else after + 1)


def read_day_this_month(match: regex.Match[str], context: Context) -> Iterator[Reading]:
    """A day of the month in which the meeting is."""
    anchor = context.anchor
    if anchor and (date := date_or_none(anchor.year, anchor.month, int(match["d"]))):
        yield Reading(date.isoformat(), "day", relative=True)


def read_day_alone(match: regex.Match[str], context: Context) -> Iterator[Reading]:
    """The next such day after the meeting, or that of the month named before it."""
    if context.anchor is None:
        return
    groups = groups_of(match)
    day, month = int(groups["d"]), month_of(groups)
    if month is not None:
        date = nearest_day(context.anchor, month, day, "future")
    else:
        year, later = divmod(context.anchor.year * 12 + context.anchor.month - (day > context.anchor.day), 12)
        date = date_or_none(year, later + 1, day)
    if date:
        yield Reading(date.isoformat(), "day", relative=True)


def read_weekday_day(match: regex.Match[str], context: Context) -> Iterator[Reading]:
    """The day that fits weekday and day of month, from five weeks before to nine after the meeting, the next first."""
    if context.anchor is None:
        return
    weekday, day = weekday_index(match["w"]), int(match["d"])
    for distance in (*range(64), *range(-1, -36, -1)):
        date = context.anchor + datetime.timedelta(days=distance)
        if date.day == day and date.weekday() == weekday:
            yield Reading(date.isoformat(), "day", relative=True)
            return
