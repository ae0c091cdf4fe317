"""In which year a date lies that was printed without one."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Literal

__all__ = [
    "Side",
    "date_or_none",
    "nearest_day",
    "nearest_month",
    "nearest_of",
    "nearest_week",
    "two_digit_year",
    "years_around",
]

Side = Literal["past", "future", "either", "reported"]

# How far from the meeting such a date may lie, in days. Minutes speak more of what comes than of what was: without
# a cue the window reaches further ahead.
_WINDOWS: dict[Side, tuple[int, int]] = {
    "past": (-305, 60),
    "future": (-60, 305),
    "either": (-135, 230),
    "reported": (-215, 150),
}


def date_or_none(year: int, month: int, day: int) -> datetime.date | None:
    """The date, or None where the calendar has no such day."""
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def nearest_day(
    anchor: datetime.date | None, month: int, day: int, side: Side = "either", weekday: int | None = None
) -> datetime.date | None:
    """The day of that month nearest to the anchor; None without an anchor or where no such day exists.

    A printed weekday decides the year when it fits just one of the years around the meeting.

    >>> nearest_day(datetime.date(2025, 12, 16), 1, 15)
    datetime.date(2026, 1, 15)
    """
    days = [date for year in years_around(anchor) if (date := date_or_none(year, month, day))]
    fitting = [date for date in days if date.weekday() == weekday]
    if len(fitting) == 1 and (side != "future" or nearest_of(fitting, anchor, side)):
        return fitting[0]
    return nearest_of(days, anchor, side)


def years_around(anchor: datetime.date | None) -> list[int]:
    """The year of the meeting between its neighbours; none without an anchor.

    >>> years_around(datetime.date(2025, 12, 16)), years_around(None)
    ([2024, 2025, 2026], [])
    """
    return [anchor.year - 1, anchor.year, anchor.year + 1] if anchor else []


def nearest_of(
    days: Iterable[datetime.date], anchor: datetime.date | None, side: Side = "either"
) -> datetime.date | None:
    """Which of the same day in several years lies within reach of the anchor; None without an anchor.

    >>> nearest_of([datetime.date(2025, 4, 20), datetime.date(2026, 4, 5)], datetime.date(2025, 12, 16))
    datetime.date(2026, 4, 5)
    """
    low, high = _WINDOWS[side]
    return next((day for day in days if anchor and low <= (day - anchor).days <= high), None)


def nearest_month(anchor: datetime.date | None, month: int, side: Side = "either") -> int | None:
    """The year in which that month is nearest to the anchor."""
    if anchor is None:
        return None
    middle = nearest_day(anchor, month, 15, side)
    return middle.year if middle else None


def nearest_week(anchor: datetime.date | None, week: int, side: Side = "either") -> int | None:
    """The ISO year in which that week is nearest to the anchor."""
    if anchor is None:
        return None
    low, high = _WINDOWS[side]
    for year in (anchor.year - 1, anchor.year, anchor.year + 1):
        try:
            thursday = datetime.date.fromisocalendar(year, week, 4)
        except ValueError:
            continue
        if low <= (thursday - anchor).days <= high:
            return year
    return None


def two_digit_year(printed: str, anchor: datetime.date | None) -> int | None:
    """The year of "25": the one within 50 years of the meeting, or of this century where there is no anchor.

    >>> two_digit_year("25", datetime.date(2025, 10, 8)), two_digit_year("", None)
    (2025, None)
    """
    if not printed:
        return None
    year = 2000 + int(printed)
    return year - 100 if year > (anchor.year if anchor else 2030) + 50 else year
