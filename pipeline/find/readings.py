"""What a calendar expression says: the named groups of a rule's match read as EDTF."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from typing import NamedTuple

import regex

from pipeline.find.years import Side, nearest_day, nearest_month, nearest_week, two_digit_year

__all__ = ["READINGS", "Context", "Reading", "weekday_index"]

_MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_WEEKDAYS = ("ma", "ti", "on", "to", "fr", "l", "s")
_ORDINALS = {"første": 1, "andet": 2, "tredje": 3, "fjerde": 4, "sidste": 4}
_WHEN: dict[str, Side] = {"sidste": "past", "næste": "future", "kommende": "future", "til": "future"}
_YEARS_AWAY = {"sidste": -1, "forrige": -1, "i": 0, "næste": 1}  # "samme år" says nothing about the meeting
_SEASONS = {"forår": (21, 4), "sommer": (22, 7), "efterår": (23, 10), "vinter": (24, 1)}  # EDTF code, middle month


class Context(NamedTuple):
    """What the surroundings tell: the day of the meeting, and on which side of it the date lies."""

    anchor: datetime.date | None
    side: Side = "either"


class Reading(NamedTuple):
    """One date in EDTF. `end` shortens the match where its tail does not belong to the date."""

    iso: str
    granularity: str
    relative: bool = False
    start: int | None = None
    end: int | None = None


Groups = dict[str, str]
Read = Callable[["regex.Match[str]", Context], Iterator[Reading]]


def weekday_index(name: str) -> int:
    """0 for Monday to 6 for Sunday, from a Danish weekday name, also a damaged one ("Sgndag").

    >>> weekday_index("Torsdag"), weekday_index("lordag")
    (3, 5)
    """
    return next(i for i, head in enumerate(_WEEKDAYS) if name.lower().startswith(head))


def _month(groups: Groups, suffix: str = "") -> int | None:
    if name := groups.get(f"m{suffix}"):
        return _MONTHS.index(name.lower()[:3]) + 1
    number = groups.get(f"mn{suffix}")
    return int(number) if number else None


def _groups(match: regex.Match[str]) -> Groups:
    return {name: value for name, value in match.groupdict().items() if value is not None}


def _date(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def _year_beside(groups: Groups, anchor: datetime.date | None) -> int | None:
    """The year of "sidste år" printed after a day or a month."""
    away = _YEARS_AWAY.get(groups.get("ry", "").lower().partition(" ")[0])
    return anchor.year + away if anchor and away is not None else None


def _day(match: regex.Match[str], context: Context) -> Iterator[Reading]:
    groups, end = _groups(match), None
    month, day = _month(groups), int(groups["d"]) if groups["d"].isdigit() else 1
    printed = groups.get("y", "")
    year = int(printed) if len(printed) == 4 else two_digit_year(printed, context.anchor)
    if printed and year is None:
        end = match.end("m") if groups.get("m") else match.end("mn")
    if month is None:
        return
    if year is not None:
        if date := _date(year, month, day):
            yield Reading(date.isoformat(), "day", end=end)
        return
    weekday = weekday_index(groups["w"]) if "w" in groups else None
    if beside := _year_beside(groups, context.anchor):
        if date := _date(beside, month, day):
            yield Reading(date.isoformat(), "day", relative=True)
    elif date := nearest_day(context.anchor, month, day, context.side, weekday):
        yield Reading(date.isoformat(), "day", relative=True, end=end)


def _interval_ends(groups: Groups, context: Context) -> tuple[datetime.date, datetime.date] | None:
    """First and last day; a missing month or year is that of the other end."""
    month2 = _month(groups, "2")
    month1 = _month(groups, "1") or month2
    if month1 is None or month2 is None:
        return None
    if printed := groups.get("y2") or groups.get("y1"):
        last = _date(int(printed), month2, int(groups["d2"]))
    else:
        last = nearest_day(context.anchor, month2, int(groups["d2"]), context.side)
    if last is None:
        return None
    year1 = int(groups["y1"]) if "y1" in groups else last.year - (month1 > month2)
    first = _date(year1, month1, int(groups["d1"]))
    return (first, last) if first and first < last else None


def _narrowed(groups: Groups, context: Context) -> Context:
    """The context with the side that a word right before the date tells ("til november", "sidste sommer")."""
    return context._replace(side=_WHEN.get(groups.get("when", "").lower(), context.side))


def _day_interval(match: regex.Match[str], context: Context) -> Iterator[Reading]:
    groups = _groups(match)
    if ends := _interval_ends(groups, context):
        yield Reading("/".join(map(str, ends)), "interval", relative=not groups.keys() & {"y1", "y2"})


def _days_and(match: regex.Match[str], context: Context) -> Iterator[Reading]:
    """Two days that follow each other are one interval, others are two dates."""
    groups = _groups(match)
    if not (ends := _interval_ends(groups, context)):
        return
    first, last = ends
    relative = "y2" not in groups
    if (last - first).days == 1:
        yield Reading(f"{first}/{last}", "interval", relative)
    else:
        yield Reading(first.isoformat(), "day", relative, end=match.end("d1") + (match.string[match.end("d1")] == "."))
        yield Reading(last.isoformat(), "day", relative, start=match.start("d2"))


def _day_this_month(match: regex.Match[str], context: Context) -> Iterator[Reading]:
    anchor = context.anchor
    if anchor and (date := _date(anchor.year, anchor.month, int(match["d"]))):
        yield Reading(date.isoformat(), "day", relative=True)


def _weekday_day(match: regex.Match[str], context: Context) -> Iterator[Reading]:
    """The day within five weeks before and nine after the meeting that fits weekday and day of month, next first."""
    if context.anchor is None:
        return
    weekday, day = weekday_index(match["w"]), int(match["d"])
    for distance in (*range(64), *range(-1, -36, -1)):
        date = context.anchor + datetime.timedelta(days=distance)
        if date.day == day and date.weekday() == weekday:
            yield Reading(date.isoformat(), "day", relative=True)
            return


def _month_alone(match: regex.Match[str], context: Context) -> Iterator[Reading]:
    groups = _groups(match)
    month = _month(groups)
    if month is None:
        return
    if year := groups.get("y"):
        yield Reading(f"{year}-{month:02}", "month")
    elif near := _year_beside(groups, context.anchor) or nearest_month(
        context.anchor, month, _narrowed(groups, context).side
    ):
        yield Reading(f"{near}-{month:02}", "month", relative=True)


def _month_interval(match: regex.Match[str], context: Context) -> Iterator[Reading]:
    groups = _groups(match)
    first, last = _month(groups, "1"), _month(groups, "2")
    if first is None or last is None or first == last:
        return
    year = int(groups["y"]) if "y" in groups else nearest_month(context.anchor, last, context.side)
    if year is not None:
        iso = f"{year - (first > last)}-{first:02}/{year}-{last:02}"
        yield Reading(iso, "interval", relative="y" not in groups)


def _year(match: regex.Match[str], context: Context) -> Iterator[Reading]:
    yield Reading(match["y"], "year")


def _year_interval(match: regex.Match[str], context: Context) -> Iterator[Reading]:
    first, last = match["y1"], match["y2"]
    last = first[:2] + last if len(last) == 2 else last
    if int(first) < int(last):
        yield Reading(f"{first}/{last}", "interval")


def _part_year(groups: Groups, context: Context, middle: int) -> tuple[str | int | None, bool]:
    """The printed year, or that in which the part with this middle month is nearest; and whether it was looked up."""
    if year := groups.get("y"):
        return year, False
    return nearest_month(context.anchor, middle, context.side), True


def _quarter(match: regex.Match[str], context: Context) -> Iterator[Reading]:
    groups = _groups(match)
    quarter = int(groups["q"]) if "q" in groups else _ORDINALS[groups["qw"].lower()]
    year, relative = _part_year(groups, context, 3 * quarter - 1)
    if year is not None:
        yield Reading(f"{year}-Q{quarter}", "quarter", relative)


def _half_year(match: regex.Match[str], context: Context) -> Iterator[Reading]:
    groups = _groups(match)
    half = int(groups["h"]) if "h" in groups else _ORDINALS[groups["hw"].lower()]
    year, relative = _part_year(groups, context, 6 * half - 2)
    if year is not None:
        yield Reading(f"{year}-01/{year}-06" if half == 1 else f"{year}-07/{year}-12", "interval", relative)


def _week(match: regex.Match[str], context: Context) -> Iterator[Reading]:
    groups = _groups(match)
    first, last = int(groups["v"]), int(groups.get("v2", groups["v"]))
    year = int(groups["y"]) if "y" in groups else nearest_week(context.anchor, first, context.side)
    if year is None or last < first:
        return
    relative = "y" not in groups
    if first == last:
        yield Reading(f"{year}-W{first:02}", "week", relative)
    else:
        yield Reading(f"{year}-W{first:02}/{year}-W{last:02}", "interval", relative)


def _season(match: regex.Match[str], context: Context) -> Iterator[Reading]:
    groups = _groups(match)
    code, middle = _SEASONS[groups["s"].lower()]
    year, relative = _part_year(groups, _narrowed(groups, context), middle)
    if year is not None:
        yield Reading(f"{year}-{code}", "season", relative)


_DAYS_AWAY = {"today": 0, "tomorrow": 1, "yesterday": -1, "overmorgen": 2, "forgaars": -2}
_STEPS = {"this": 0, "next": 1, "last": -1}


def _step(match: regex.Match[str], steps: dict[str, int]) -> int:
    return next(step for name, step in steps.items() if match.groupdict().get(name))


def _relative_day(match: regex.Match[str], context: Context) -> Iterator[Reading]:
    if context.anchor:
        date = context.anchor + datetime.timedelta(days=_step(match, _DAYS_AWAY))
        yield Reading(date.isoformat(), "day", relative=True)


def _relative_year(match: regex.Match[str], context: Context) -> Iterator[Reading]:
    if context.anchor:
        yield Reading(str(context.anchor.year + _step(match, _STEPS)), "year", relative=True)


def _relative_month(match: regex.Match[str], context: Context) -> Iterator[Reading]:
    if context.anchor:
        year, month = divmod(context.anchor.year * 12 + context.anchor.month - 1 + _step(match, _STEPS), 12)
        yield Reading(f"{year}-{month + 1:02}", "month", relative=True)


def _relative_week(match: regex.Match[str], context: Context) -> Iterator[Reading]:
    if context.anchor:
        week = (context.anchor + datetime.timedelta(weeks=_step(match, _STEPS))).isocalendar()
        yield Reading(f"{week.year}-W{week.week:02}", "week", relative=True)


def _coming_weekday(match: regex.Match[str], context: Context) -> Iterator[Reading]:
    if context.anchor:
        ahead = (weekday_index(match["w"]) - context.anchor.weekday() - 1) % 7 + 1
        yield Reading((context.anchor + datetime.timedelta(days=ahead)).isoformat(), "day", relative=True)


READINGS: dict[str, Read] = {
    "day": _day,
    "day-interval": _day_interval,
    "days-and": _days_and,
    "day-this-month": _day_this_month,
    "weekday-day": _weekday_day,
    "month": _month_alone,
    "month-interval": _month_interval,
    "year": _year,
    "year-interval": _year_interval,
    "quarter": _quarter,
    "half-year": _half_year,
    "week": _week,
    "season": _season,
    "relative-day": _relative_day,
    "relative-year": _relative_year,
    "relative-month": _relative_month,
    "relative-week": _relative_week,
    "coming-weekday": _coming_weekday,
}
