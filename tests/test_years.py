"""In which year a date lies that was printed without one: the bounds of the windows around the meeting."""

from datetime import date

import pytest

from pipeline.find.dates.years import Side, nearest_day, nearest_month, nearest_week, two_digit_year

# Only 29 February can be beyond the far bound and have no neighbour within the near one.
DAYS: list[tuple[str, int, int, Side, str | None]] = [
    ("2026-04-11", 6, 10, "past", "2025-06-10"),  # 305 days back, 60 ahead
    ("2026-04-12", 6, 10, "past", "2026-06-10"),  # 306 back
    ("2023-12-31", 2, 29, "past", "2024-02-29"),  # 60 ahead
    ("2023-12-30", 2, 29, "past", None),
    ("2025-08-09", 6, 10, "future", "2025-06-10"),  # 60 back, 305 ahead
    ("2025-08-10", 6, 10, "future", "2026-06-10"),  # 61 back
    ("2023-04-30", 2, 29, "future", "2024-02-29"),  # 305 ahead
    ("2023-04-29", 2, 29, "future", None),
    ("2025-10-23", 6, 10, "either", "2025-06-10"),  # 135 back, 230 ahead
    ("2025-10-24", 6, 10, "either", "2026-06-10"),  # 136 back
    ("2023-07-14", 2, 29, "either", "2024-02-29"),  # 230 ahead
    ("2023-07-13", 2, 29, "either", None),
    ("2023-10-02", 2, 29, "reported", "2024-02-29"),  # 150 ahead
    ("2023-10-01", 2, 29, "reported", None),
    ("2025-10-08", 2, 30, "either", None),
]


@pytest.mark.parametrize(("anchor", "month", "day", "side", "found"), DAYS)
def test_day(anchor: str, month: int, day: int, side: Side, found: str | None) -> None:
    assert nearest_day(date.fromisoformat(anchor), month, day, side) == (found and date.fromisoformat(found))


@pytest.mark.parametrize(
    ("weekday", "found"),
    [
        (3, "2024-02-01"),
        (5, "2025-02-01"),  # beyond the window
        (6, "2026-02-01"),
        (2, "2026-02-01"),  # fits no year: the window decides
        (None, "2026-02-01"),
    ],
)
def test_a_weekday_that_fits_one_year_decides(weekday: int | None, found: str) -> None:
    assert nearest_day(date(2025, 10, 8), 2, 1, "either", weekday) == date.fromisoformat(found)


@pytest.mark.parametrize(
    ("anchor", "month", "side", "year"),
    [
        ("2025-05-30", 1, "either", 2025),  # 135 days after 15 January
        ("2025-05-31", 1, "either", 2026),
        ("2025-12-31", 12, "either", 2025),  # the meeting's month, on whichever side
        ("2025-12-31", 12, "future", 2025),
        ("2025-12-01", 12, "past", 2025),
    ],
)
def test_month(anchor: str, month: int, side: Side, year: int) -> None:
    assert nearest_month(date.fromisoformat(anchor), month, side) == year


@pytest.mark.parametrize(
    ("anchor", "week", "side", "year"),
    [
        ("2022-01-10", 10, "past", 2021),  # 305 days after the Thursday of the week
        ("2022-01-11", 10, "past", 2022),
        ("2021-01-10", 10, "past", 2021),  # 60 days before it; the week of 2020, of 53 weeks, was 371 days earlier
        ("2021-01-09", 10, "past", None),
        ("2025-12-01", 3, "future", 2026),
        ("2026-12-20", 53, "either", 2026),
        ("2025-12-20", 53, "either", None),  # 2024 and 2025 have 52 weeks, that of 2026 is too far away
    ],
)
def test_week(anchor: str, week: int, side: Side, year: int | None) -> None:
    assert nearest_week(date.fromisoformat(anchor), week, side) == year


def test_without_a_meeting_there_is_no_nearest() -> None:
    assert nearest_day(None, 5, 3) is None
    assert nearest_month(None, 5) is None
    assert nearest_week(None, 5) is None


@pytest.mark.parametrize(
    ("printed", "meeting", "year"),
    [("75", 2025, 2075), ("76", 2025, 1976), ("80", None, 2080), ("81", None, 1981), ("00", 2025, 2000)],
)
def test_two_digits(printed: str, meeting: int | None, year: int) -> None:
    assert two_digit_year(printed, date(meeting, 6, 1) if meeting else None) == year
