"""Readings of expressions that count from the meeting: i dag, næste uge, sidste år, på torsdag."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

import regex

from pipeline.find.dates.days import weekday_index
from pipeline.find.dates.reading import Context, Reading, groups_of, month_of, narrowed, year_beside
from pipeline.find.dates.years import nearest_month, nearest_of, nearest_week, years_around
from pipeline.lowercase import lower_case

__all__ = [
    "read_coming_weekday",
    "read_feast",
    "read_last_weekday",
    "read_relative_day",
    "read_relative_month",
    "read_relative_week",
    "read_relative_year",
    "read_weekday_of_month",
    "read_weekday_of_week",
]

_DAYS_AWAY = {"today": 0, "tomorrow": 1, "yesterday": -1, "overmorgen": 2, "forgaars": -2}
_STEPS = {"this": 0, "next": 1, "last": -1}
_COUNTED = {"første": 1, "anden": 2, "tredje": 3, "fjerde": 4, "sidste": 0}
_LETTERS = regex.compile(r"[^\p{L}\d]++")
# Feasts by what their names begin with, without blanks and points: days after Easter Sunday, or month and day.
_MOVED = {
    "fastelavn": -49,
    "palmesøndag": -7,
    "skærtorsdag": -3,
    "langfredag": -2,
    "2påskedag": 1,
    "andenpåskedag": 1,
    "storebededag": 26,
    "kristi": 39,
    "kr": 39,
    "2pinsedag": 50,
    "andenpinsedag": 50,
    "pinse": 49,
    "1pinse": 49,
    "førstepinse": 49,
}
_FIXED = {
    "sankt": (6, 23),
    "sct": (6, 23),
    "skt": (6, 23),
    "grundlov": (6, 5),
    "morten": (11, 10),
    "lillejul": (12, 23),
    "juleaften": (12, 24),
    "juledag": (12, 25),
    "1juledag": (12, 25),
    "førstejuledag": (12, 25),
    "2juledag": (12, 26),
    "andenjuledag": (12, 26),
    "nytårsaften": (12, 31),
    "nytår": (1, 1),
}


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


def read_last_weekday(match: regex.Match[str], context: Context) -> Iterator[Reading]:
    """The last such weekday before the meeting."""
    if context.anchor:
        ago = (context.anchor.weekday() - weekday_index(match["w"]) - 1) % 7 + 1
        yield Reading((context.anchor - datetime.timedelta(days=ago)).isoformat(), "day", relative=True)


def read_weekday_of_month(match: regex.Match[str], context: Context) -> Iterator[Reading]:
    """The day that is counted out in its month: "1. mandag i maj", "sidste fredag i august"."""
    groups = groups_of(match)
    month, weekday = month_of(groups), weekday_index(groups["w"])
    count = int(groups["n"]) if "n" in groups else _COUNTED[lower_case(groups["nw"])]
    printed = int(groups.get("y", 0)) or year_beside(groups, context.anchor)
    year = printed or nearest_month(context.anchor, month or 1, narrowed(groups, context).side)
    if year and month:
        first = datetime.date(year, month, 1)
        days = [first + datetime.timedelta(days=n) for n in range((weekday - first.weekday()) % 7, 31, 7)]
        date = [days[-1] if days[-1].month == month else days[-2], *days][count]
        yield Reading(date.isoformat(), "day", relative="y" not in groups)


def read_feast(match: regex.Match[str], context: Context) -> Iterator[Reading]:
    """The day of a feast: those that move with Easter, and those of a day of the year."""
    groups = groups_of(match)
    side = narrowed(groups, context).side
    name = _LETTERS.sub("", lower_case(groups["f"]))
    fixed = next((day for start, day in _FIXED.items() if name.startswith(start)), None)
    moved = next((days for start, days in _MOVED.items() if name.startswith(start)), 0)
    if name == "nytår" and side == "past" and "since" not in groups:
        side = "either"  # "det blev 400 kr. fra nytår": what is told lies behind, New Year ahead
    if printed := groups.get("y"):
        date: datetime.date | None = _feast(int(printed), fixed, moved)
    else:
        date = nearest_of((_feast(year, fixed, moved) for year in years_around(context.anchor)), context.anchor, side)
    if date:
        yield Reading(date.isoformat(), "day", relative=not printed)


def _feast(year: int, fixed: tuple[int, int] | None, moved: int) -> datetime.date:
    return datetime.date(year, *fixed) if fixed else easter(year) + datetime.timedelta(days=moved)


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
