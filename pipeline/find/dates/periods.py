"""Readings of months, quarters, half-years, weeks, seasons and years."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from pipeline.find.dates.reading import Context, Groups, Reading, groups_of, month_of, narrowed, year_beside
from pipeline.find.dates.years import Side, nearest_month, nearest_week, two_digit_year
from pipeline.lowercase import lower_case

__all__ = [
    "read_half_year",
    "read_month",
    "read_month_interval",
    "read_quarter",
    "read_quarters",
    "read_season",
    "read_short_years",
    "read_week",
    "read_weeks",
    "read_year",
    "read_year_before",
    "read_year_interval",
]

_ORDINALS = {"første": 1, "andet": 2, "tredje": 3, "fjerde": 4, "sidste": 4}
_TERMS = {"e": "efterår", "f": "forår"}
_SEASONS = {"forår": (21, 4), "sommer": (22, 7), "efterår": (23, 10), "vinter": (24, 1)}  # EDTF code, middle month


def _part_year(
    groups: Groups, context: Context, middle: int, *, reported: bool = False
) -> tuple[str | int | None, bool]:
    """The printed year, or that in which the part with this middle month is nearest; and whether it was looked up.

    Of quarters minutes rather report: `reported` reaches further back where nothing tells past from future.
    """
    if year := groups.get("y"):
        return year, False
    side: Side = "reported" if reported and context.side == "either" else context.side
    return nearest_month(context.anchor, middle, side), True


def read_month(match: regex.Match[str], context: Context) -> Iterator[Reading]:
    """A month, with its year as printed or nearest to the meeting."""
    groups = groups_of(match)
    month = month_of(groups)
    if month is None:
        return
    if year := groups.get("y"):
        yield Reading(f"{year}-{month:02}", "month")
    elif near := year_beside(groups, context.anchor) or nearest_month(
        context.anchor, month, narrowed(groups, context).side
    ):
        yield Reading(f"{near}-{month:02}", "month", relative=True)


def read_month_interval(match: regex.Match[str], context: Context) -> Iterator[Reading]:
    """From one month to another."""
    groups = groups_of(match)
    first, last = month_of(groups, "1"), month_of(groups, "2")
    if first is None or last is None:
        return
    year = int(groups["y"]) if "y" in groups else nearest_month(context.anchor, last, context.side)
    if year is not None:
        opening = int(groups.get("y1", year - (first > last)))
        if (opening, first) >= (year, last):
            return
        iso = f"{opening}-{first:02}/{year}-{last:02}"
        yield Reading(iso, "interval", relative="y" not in groups)


def read_year(match: regex.Match[str], context: Context) -> Iterator[Reading]:
    """A year."""
    yield Reading(match["y"], "year")


def read_year_before(match: regex.Match[str], context: Context) -> Iterator[Reading]:
    """The year before the one printed before it."""
    yield Reading(str(int(match["y"]) - 1), "year")


def read_year_interval(match: regex.Match[str], context: Context) -> Iterator[Reading]:
    """From one year to another; "2024/25" is two years."""
    first, last = match["y1"], match["y2"]
    last = first[:2] + last if len(last) == 2 else last
    if int(first) < int(last):
        yield Reading(f"{first}/{last}", "interval")


def read_short_years(match: regex.Match[str], context: Context) -> Iterator[Reading]:
    """Two years of two figures that follow on each other, "26/27"."""
    first, last = (two_digit_year(match[group], context.anchor) for group in ("y1", "y2"))
    if first and last == first + 1:
        yield Reading(f"{first}/{last}", "interval")


def read_quarter(match: regex.Match[str], context: Context) -> Iterator[Reading]:
    """A quarter."""
    groups = groups_of(match)
    quarter = int(groups["q"]) if "q" in groups else _ORDINALS[lower_case(groups["qw"])]
    year, relative = _part_year(groups, context, 3 * quarter - 1, reported=True)
    if looked_up := year_beside(groups, context.anchor):
        year, relative = looked_up, True
    if year is not None:
        yield Reading(f"{year}-Q{quarter}", "quarter", relative)


def read_quarters(match: regex.Match[str], context: Context) -> Iterator[Reading]:
    """Several quarters in a row, as an interval: "3. og 4. kvartal", "de første tre kvartaler"."""
    groups = groups_of(match)
    first = int(groups.get("q1", 1))
    last = int(groups["q2"]) if "q2" in groups else {"to": 2, "tre": 3}[lower_case(groups["n"])]
    year, relative = _part_year(groups, context, 3 * last - 1, reported=True)
    if "ry" in groups and context.anchor:
        year, relative = context.anchor.year, True
    if year is not None and first < last:
        yield Reading(f"{year}-Q{first}/{year}-Q{last}", "interval", relative)


def read_half_year(match: regex.Match[str], context: Context) -> Iterator[Reading]:
    """A half-year, as the interval of its months."""
    groups = groups_of(match)
    half = int(groups["h"]) if "h" in groups else _ORDINALS[lower_case(groups["hw"])]
    year, relative = _part_year(groups, context, 6 * half - 2)
    if year is not None:
        yield Reading(f"{year}-01/{year}-06" if half == 1 else f"{year}-07/{year}-12", "interval", relative)


def read_week(match: regex.Match[str], context: Context) -> Iterator[Reading]:
    """An ISO week, or the interval from one to another."""
    groups = groups_of(match)
    first, last = int(groups["v"]), int(groups.get("v2", groups["v"]))
    looked_up = year_beside(groups, context.anchor) or nearest_week(context.anchor, first, context.side)
    year = int(groups["y"]) if "y" in groups else looked_up
    if year is None or last < first:
        return
    relative = "y" not in groups
    if first == last:
        yield Reading(f"{year}-W{first:02}", "week", relative)
    else:
        yield Reading(f"{year}-W{first:02}/{year}-W{last:02}", "interval", relative)


def read_weeks(match: regex.Match[str], context: Context) -> Iterator[Reading]:
    """Weeks that are counted out: an interval where they follow on each other, else each of them."""
    groups, weeks = groups_of(match), [int(week) for week in match.captures("v")]
    year = int(groups["y"]) if "y" in groups else nearest_week(context.anchor, weeks[0], context.side)
    if year is None:
        return
    relative = "y" not in groups
    if weeks == list(range(weeks[0], weeks[-1] + 1)) and "eller" not in lower_case(match.group()):
        yield Reading(f"{year}-W{weeks[0]:02}/{year}-W{weeks[-1]:02}", "interval", relative)
        return
    start = match.start()
    for week, (_, end) in zip(weeks, match.spans("v"), strict=True):
        yield Reading(f"{year}-W{week:02}", "week", relative, start, end)
        start = _next_figure(match, end)


def _next_figure(match: regex.Match[str], place: int) -> int:
    return next((start for start in match.starts("v") if start >= place), place)


def read_season(match: regex.Match[str], context: Context) -> Iterator[Reading]:
    """A season, with its EDTF code (21 to 24) for the month."""
    groups = groups_of(match)
    printed = lower_case(groups["s"])
    code, middle = _SEASONS[_TERMS.get(printed, printed)]
    if term := groups.get("sy"):
        groups["y"] = str(two_digit_year(term, context.anchor))
    year, relative = _part_year(groups, narrowed(groups, context), middle)
    if relative and context.anchor and lower_case(groups.get("when", "")) == "sidste":
        year = context.anchor.year - (context.anchor.month <= middle + 1)  # the last that is over
    if year is not None:
        began = int(year) - (relative and middle == 1)  # winter belongs to the year in which it begins
        yield Reading(f"{began}-{code}", "season", relative)
