"""Calendar expressions: the case table, properties, and the weekday check."""

import datetime
import tomllib
from itertools import pairwise
from pathlib import Path
from typing import Any

import edtf.parser.parser_classes as level
import pytest
import regex
from dateutil.easter import easter as known_easter
from edtf import EDTFParseException, parse_edtf
from hypothesis import given, settings
from hypothesis import strategies as st
from linear_time import cpu_seconds

from pipeline.find.dates.dates import check_weekdays, find_dates
from pipeline.find.dates.relative import easter
from pipeline.lexicon import Lexicon
from pipeline.values import Notice

LEXICON = Lexicon.load()
ROWS: list[dict[str, Any]] = tomllib.loads((Path(__file__).parent / "cases" / "dates.toml").read_text("utf-8"))["case"]
CASES = [
    pytest.param(row, id=row["text"][:50], marks=[pytest.mark.xfail(reason=row["fails"])] if "fails" in row else [])
    for row in ROWS
]
LEVEL_0_AND_1 = (level.Date, level.Interval, level.Season, level.Level1Interval)
# Level 1 has neither weeks nor quarters (level 2 has numbers for quarters): there the contract writes ISO 8601's week,
# and "Q1". The package refuses both.
WEEK_OR_QUARTER = regex.compile(r"^(\d{4})-(?:W(\d\d)|Q([1-9]))$")
GRANULARITIES = {"day", "week", "month", "quarter", "season", "year", "interval", "open"}
ANCHOR = datetime.date(2025, 10, 8)
PIECES = st.sampled_from(
    [
        "den ",
        "3.",
        "31/12",
        " og ",
        "maj",
        " 2025",
        "uge 7",
        "-",
        "fra og med ",
        "\n",
        "i år",
        " til ",
        "1. kvartal",
        "2026",
        "torsdag d. 2",
    ]
)
TEXTS = st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=8).map("".join))


def is_edtf(iso: str) -> bool:
    """Whether the package `edtf` reads a date as level 1; weeks and quarters go to it as their first days."""
    try:
        plain = "/".join(WEEK_OR_QUARTER.sub(_first_day, end) for end in iso.split("/"))
        return type(parse_edtf(plain)) in LEVEL_0_AND_1
    except (EDTFParseException, ValueError):
        return False


def _first_day(match: regex.Match[str]) -> str:
    year, week, quarter = (int(number or 0) for number in match.groups())
    if week:
        return datetime.date.fromisocalendar(year, week, 1).isoformat()
    return datetime.date(year, 3 * quarter - 2, 1).isoformat()


@pytest.mark.parametrize("iso", ["2025-13", "2025-02-30", "25-02-01", "2025-W54", "2025-Q5", "2025-33", "3. maj"])
def test_what_is_no_edtf(iso: str) -> None:
    assert not is_edtf(iso)


@pytest.mark.parametrize("iso", sorted({iso for row in ROWS for _, iso in row["finds"]}))
def test_dates_of_the_cases_are_edtf(iso: str) -> None:
    assert is_edtf(iso)


@pytest.mark.parametrize("row", CASES)
def test_case(row: dict[str, Any]) -> None:
    text = row["text"]
    anchor = datetime.date.fromisoformat(row["anchor"]) if "anchor" in row else None
    dates = find_dates(text, LEXICON, anchor)
    assert [[text[d.start : d.end], d.iso] for d in dates] == row["finds"]
    assert [d.relative for d in dates] == row.get("relative", [d.relative for d in dates])


@settings(deadline=None, max_examples=150)
@given(TEXTS)
def test_any_text(text: str) -> None:
    dates = find_dates(text, LEXICON, ANCHOR)
    assert all(0 <= d.start < d.end <= len(text) for d in dates)
    assert all(a.end <= b.start for a, b in pairwise(dates))
    assert {d.granularity for d in dates} <= GRANULARITIES
    assert all(is_edtf(d.iso) for d in dates)
    assert all(0 < d.confidence <= 1 for d in dates)


@settings(deadline=None, max_examples=100)
@given(TEXTS)
def test_nothing_is_relative_without_an_anchor(text: str) -> None:
    assert not [d for d in find_dates(text, LEXICON, None) if d.relative]


def test_a_meeting_at_the_end_of_the_calendar() -> None:
    for anchor in (datetime.date.min, datetime.date.max):
        find_dates(
            "i morgen, næste uge, næste måned, den 3. maj, uge 7, på onsdag, i går, torsdag d. 2", LEXICON, anchor
        )


@pytest.mark.parametrize(("year", "found"), [(1899, []), (1900, ["1900"]), (2099, ["2099"]), (2100, [])])
def test_a_meeting_in_a_year_that_no_rule_reads_is_none(year: int, found: list[str]) -> None:
    assert [d.iso for d in find_dates("som i år", LEXICON, datetime.date(year, 6, 1))] == found


def test_easter() -> None:
    assert all(easter(year) == known_easter(year) for year in range(1583, 4099))


def test_granularity_rule_and_confidence() -> None:
    text = "den 3. maj 2025, 4. maj, 2. og 3. juni, marts 2026, uge 7, 2. kvartal, til foråret, 2027, fra og med 2028"
    dates = find_dates(text, LEXICON, ANCHOR)
    assert [(d.granularity, d.rule, round(d.confidence, 4)) for d in dates] == [
        ("day", "dates/day-month-year", 0.99),
        ("day", "dates/day-month", 0.9025),  # 0.95 of 0.95: its year is looked up
        ("interval", "dates/days-and", 0.9025),
        ("month", "dates/month-year", 0.97),
        ("week", "dates/week", 0.9025),
        ("quarter", "dates/quarter", 0.9215),
        ("season", "dates/season-near", 0.7125),
        ("year", "dates/year", 0.93),
        ("open", "dates/year", 0.93),
    ]


@pytest.mark.parametrize("piece", ["1. ", " ", "2025-", "i \n", "den 3. og ", "12.", "d. ", "1/1-", "i 2025: 3. maj, "])
def test_hostile_repetition(piece: str) -> None:
    assert cpu_seconds(lambda: find_dates(piece * (50_000 // len(piece)), LEXICON, ANCHOR)) < 5


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("torsdag den 25. februar 2025", ["weekday-contradicts-date"]),
        ("tirsdag den 25. februar 2025", []),
        ("Onsdag 3/12 2025", []),
        ("mandag den 3. maj", []),
        ("den 25. februar 2025", []),
        ("torsdag den 31. februar 2025", []),
        ("Torsdag d. 25.02.25", ["weekday-contradicts-date"]),
        ("tors. d. 25/2 2025", ["weekday-contradicts-date"]),
        ("torsdag 2025-02-25", ["weekday-contradicts-date"]),
        ("tirsdag 2025-02-25", []),
        ("Det besluttede man den 25. februar 2025", []),
        ("Torsdag var der møde, og den 25. februar 2025", []),
    ],
)
def test_weekday(text: str, codes: list[str]) -> None:
    dates = find_dates(text, LEXICON, None)
    assert [notice.code for notice in check_weekdays(text, dates, LEXICON)] == codes


def test_no_weekday_is_asked_of_a_day_whose_year_was_looked_up() -> None:
    dates = find_dates("mandag den 12. november, og torsdag i marts 2026", LEXICON, ANCHOR)
    assert [date.iso for date in dates] == ["2025-11-12", "2026-03"]  # a Wednesday
    assert not check_weekdays("mandag den 12. november, og torsdag i marts 2026", dates, LEXICON)


def test_the_notice_says_what_and_where() -> None:
    text = "Mødet er torsdag den 25. februar 2025 i hallen"
    (notice,) = check_weekdays(text, find_dates(text, LEXICON, None), LEXICON)
    message = "torsdag 25. februar 2025: 2025-02-25 is a Tuesday"
    assert notice == Notice("weekday-contradicts-date", message, 9, 37)
