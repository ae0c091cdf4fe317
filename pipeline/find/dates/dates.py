"""Calendar expressions in a text, as EDTF."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from functools import cache

import regex

from pipeline.find.dates.days import weekday_index
from pipeline.find.dates.lists import years_of_lists
from pipeline.find.dates.reading import Context
from pipeline.find.dates.readings import READINGS
from pipeline.find.dates.years import Side
from pipeline.find.scan import Hit, scan
from pipeline.lexicon import Lexicon, Likely, Rule
from pipeline.values import DateValue, Notice

__all__ = ["check_weekdays", "find_dates"]

_REACH = 70, 30  # characters before and after a date in which a cue may tell past from future
_WEEKDAY_REACH = 20  # characters before a date in which its weekday stands
_CLAUSE_END = regex.compile(
    r"(?i)(?<!(?<!\p{L})(?:pr|ca|d|kl|nr|kr|mio|evt|jf|inkl|ekskl))\.\s(?-i:(?!\p{Ll}))"  # "pr. 1. maj" goes on
    r"|,?\s+at\s|,\s+(?:og|men)\s+(?:der|vi|de|så)\s|\n\s*\n(?-i:(?!\p{Ll}|$))|\n[ \t]*[-•]|[•?!]"
    r"|(?<=(?<!.{60})[^,])\n[ \t]*(?-i:(?=\p{Lu}))"  # a short line was not wrapped: the next says something else
)
_DUE = regex.compile(  # "har opsagt til 1/12": whatever was done, the day lies ahead
    r"(?i)(?<!\p{L})(?:til|inden|senest)\s++(?:(?:den|d\.|(?:man|tirs|ons|tors|fre|lør|søn)dag)\s++){0,2}$"
)
_LOOKED_UP = 0.95  # factor on the confidence of a date whose year or day was looked up
_FIRST_YEAR, _LAST_YEAR = 1900, 2099  # the years that the rules read
_BESIDE = {"opens", "closes", "onward", "future", "past"}


def find_dates(text: str, lexicon: Lexicon, anchor: datetime.date | None) -> list[DateValue]:
    """Every calendar expression, in order and without overlaps. `anchor` is the day of the meeting (1900 to 2099).

    Declines what it cannot resolve: a day and month without a year when there is no anchor, a day that does not
    exist. A part that is not printed is never added: "marts 2026" has no day.

    >>> lexicon = Lexicon.load()
    >>> [date.iso for date in find_dates("fra marts 2026 til den 2. og 3. maj", lexicon, datetime.date(2026, 1, 8))]
    ['2026-03', '2026-05-02/2026-05-03']
    >>> find_dates("den 2. maj", lexicon, None)
    []
    """
    if anchor and not _FIRST_YEAR <= anchor.year <= _LAST_YEAR:
        anchor = None
    rules = lexicon.rules("dates")
    beside: dict[str | None, Rule] = {rule.value: rule for rule in rules if rule.value in _BESIDE}
    opened = {match.end(): match.start() for match in beside["opens"].regex.finditer(text)}
    closed = {match.end(): match.start() for match in beside["closes"].regex.finditer(text)}
    found = []
    hits = scan(text, _calendar(lexicon))
    for hit, year in zip(hits, years_of_lists(text, hits, anchor), strict=True):
        printed = hit.match.groupdict().get("y") or hit.rule.value == "none"  # nothing hangs on what stands around it
        context = Context(anchor, "either" if printed else _side(text, hit, beside), year)
        for date in _read(hit, context):
            if "/" in date.iso:  # it has both its ends: "fra og med 1.-13. januar"
                found.append(date)
            elif date.start in opened:
                found.append(_open(date, opened[date.start], date.end, f"{date.iso}/.."))
            elif date.start in closed:
                found.append(_open(date, closed[date.start], date.end, f"../{date.iso}"))
            elif onward := beside["onward"].regex.match(text, date.end, date.end + _REACH[1]):
                found.append(_open(date, date.start, onward.end(), f"{date.iso}/.."))
            else:
                found.append(date)
    return found


@cache
def _calendar(lexicon: Lexicon) -> Likely:
    return Likely(rule for rule in lexicon.rules("dates") if rule.value not in _BESIDE)


def check_weekdays(text: str, dates: Iterable[DateValue], lexicon: Lexicon) -> list[Notice]:
    """A notice for each weekday that contradicts the day it stands before; a day whose year was looked up is not asked.

    >>> lexicon = Lexicon.load()
    >>> text = "torsdag den 25. februar 2025"
    >>> [notice.code for notice in check_weekdays(text, find_dates(text, lexicon, None), lexicon)]
    ['weekday-contradicts-date']
    """
    weekday = lexicon.by_name("consistency")["weekday"].regex
    notices = []
    for date in dates:
        if date.granularity != "day" or date.relative:
            continue
        printed = weekday.search(text, max(date.start - _WEEKDAY_REACH, 0), date.start)
        day = datetime.date.fromisoformat(date.iso)
        if printed and day.weekday() != weekday_index(printed["w"]):
            message = f"{printed['w']} {text[date.start : date.end]}: {date.iso} is a {day:%A}"
            notices.append(Notice("weekday-contradicts-date", message, printed.start("w"), date.end))
    return notices


def _read(hit: Hit, context: Context) -> Iterator[DateValue]:
    read = READINGS.get(hit.rule.value or "")
    if read is None:
        return
    start, end = hit.match.span()
    for reading in read(hit.match, context):
        yield DateValue(
            start=start if reading.start is None else reading.start,
            end=end if reading.end is None else reading.end,
            rule=f"dates/{hit.rule.name}",
            confidence=hit.rule.confidence * (_LOOKED_UP if reading.relative else 1.0),
            iso=reading.iso,
            granularity=reading.granularity,
            relative=reading.relative,
        )


def _side(text: str, hit: Hit, beside: dict[str | None, Rule]) -> Side:
    """On which side of the meeting a date lies, by the words around it in its clause."""
    start, end = hit.match.span()
    before = _CLAUSE_END.split(text[max(0, start - _REACH[0]) : start])[-1]
    stop = _CLAUSE_END.search(text, end, end + _REACH[1])
    after = text[end : stop.start() if stop else end + _REACH[1]]
    if hit.rule.value == "day" and _DUE.search(before):
        return "future"
    near = f"{before}| {after}"
    future, past = (beside[name].regex.search(near) is not None for name in ("future", "past"))
    if future == past:
        return "either"
    return "future" if future else "past"


def _open(date: DateValue, start: int, end: int, iso: str) -> DateValue:
    return DateValue(
        start=start,
        end=end,
        rule=date.rule,
        confidence=date.confidence,
        iso=iso,
        granularity="open",
        relative=date.relative,
    )
