"""The year of dates in a list, where it is printed only once or not: "5. februar, 14. maj og 24. september 2025"."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

import regex

from pipeline.find.dates.reading import groups_of, month_of
from pipeline.find.dates.years import nearest_day
from pipeline.find.scan import Hit

__all__ = ["years_of_lists"]

_BETWEEN = regex.compile(
    r"(?i)(?:\s|[,;:&]|\+|-(?=\s)|(?:og|samt|eller|den|d\.|kl\.?|(?:man|tirs|ons|tors|fre|l[øo]r|s[øo]n)dag)(?!\p{L})"
    r"|\d{1,2}[.:]\d\d(?!\d))*+"
)
_LONGEST = 40  # characters between two dates of one list
_OVER_NEW_YEAR = 6  # months from December back to June: more is the year before
_PLAN = 3  # so many days without a year are a plan of meetings, and lie ahead


def years_of_lists(text: str, hits: Sequence[Hit], anchor: datetime.date | None = None) -> list[int | None]:
    """For each hit the year that the list it stands in gives it, or None.

    A year follows from the next dated day of the list, or from a heading "Møder i 2025:" before it; in a plan of three
    days and more it is that in which the first comes next after the meeting (`anchor`).

    >>> from pipeline.find.scan import scan
    >>> from pipeline.lexicon import Lexicon, Likely
    >>> text = "5. februar, 14. maj og 24. september 2025"
    >>> years_of_lists(text, scan(text, Likely(Lexicon.load().rules("dates"))))
    [2025, 2025, None]
    """
    years: list[int | None] = [None] * len(hits)
    for index in range(len(hits) - 2, -1, -1):
        following = years[index + 1] or _printed_year(hits[index + 1])
        if (
            following
            and _is_bare_day(hits[index])
            and hits[index + 1].rule.value == "day"
            and _joined(text, hits, index)
        ):
            years[index] = _year_before(hits[index], hits[index + 1], following)
    for index in range(1, len(hits)):
        before = hits[index - 1]
        if years[index] is None and _is_bare_day(hits[index]) and _joined(text, hits, index - 1):
            heads = before.rule.value == "year" and text[before.match.end() : before.match.end() + 1] == ":"
            years[index] = _printed_year(before) if heads else years[index - 1]
    if anchor:
        _add_plans(text, hits, anchor, years)
    return years


def _add_plans(text: str, hits: Sequence[Hit], anchor: datetime.date, years: list[int | None]) -> None:
    start = 0
    while start < len(hits):
        end = start + 1
        while end < len(hits) and _is_undated(hits, years, end - 1, end) and _joined(text, hits, end - 1):
            end += 1
        if end - start >= _PLAN:
            months = [month_of(groups_of(hit.match)) or 0 for hit in hits[start:end]]
            first = nearest_day(anchor, months[0], int(hits[start].match["d"]), "future")
            turns = [n for n in range(1, len(months)) if months[n] < months[n - 1]]
            if first and len(turns) <= 1:
                for n in range(len(months)):
                    years[start + n] = first.year + bool(turns and n >= turns[0])
        start = end


def _is_undated(hits: Sequence[Hit], years: list[int | None], *places: int) -> bool:
    return all(_is_bare_day(hits[n]) and years[n] is None and hits[n].match["d"].isdigit() for n in places)


def _is_bare_day(hit: Hit) -> bool:
    groups = groups_of(hit.match)
    return hit.rule.value == "day" and not groups.keys() & {"y", "ry", "w"}


def _printed_year(hit: Hit) -> int | None:
    year = hit.match.groupdict().get("y") if hit.rule.value in {"day", "year"} else None
    return int(year) if year and len(year) == 4 else None


def _joined(text: str, hits: Sequence[Hit], index: int) -> bool:
    start, end = hits[index].match.end(), hits[index + 1].match.start()
    return end - start <= _LONGEST and _BETWEEN.fullmatch(text, start, end) is not None


def _year_before(hit: Hit, following: Hit, year: int) -> int | None:
    """The year of a day whose successor in the list has this year; None where the list is not in order."""
    month, next_month = month_of(groups_of(hit.match)), month_of(groups_of(following.match))
    if month is None or next_month is None:
        return None
    if month <= next_month:
        return year
    return year - 1 if month - next_month >= _OVER_NEW_YEAR else None
