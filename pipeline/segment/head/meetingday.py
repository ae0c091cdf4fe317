"""The day of the meeting, from the lines of the head."""

from __future__ import annotations

import datetime
from collections import Counter
from dataclasses import replace

import regex

from pipeline.find.dates.dates import find_dates
from pipeline.find.dates.days import weekday_index
from pipeline.find.dates.years import date_or_none
from pipeline.lowercase import lower_case
from pipeline.months import MONTHS
from pipeline.segment.head.unusual import (
    day_decided,
    day_in_english,
    day_in_figures,
    day_run_in,
    day_spaced_out,
    day_told,
)
from pipeline.segment.headings import Page
from pipeline.values import DateValue, Span

__all__ = ["TIMED", "meeting_day", "runs"]

FIRST = 4
"""A day without signs ("091110") is looked for in so many lines."""
FOOT = 25
"""Where no head states it, a labelled day is looked for in so many of the last lines."""
READ = 100_000
"""Characters in which years and weekdays are looked for that settle the year."""
MOST = 40
"""So many years are tried."""

TIMED = regex.compile(r"(?i)\bk[l1i|][.,:\s]|\bkl|\btid|\bklokken|\d\d[.:]\d\d\s*[–-]\s*\d\d[.:]\d\d")
_CLOCK = regex.compile(r"\W{1,3}(?:(?i:k[l1i|])\b|\d\d[.:]\d\d\s*$)")
"""Behind a day the time of the meeting."""
_SENTENCE = regex.compile(r"\.\s+\p{Lu}\p{Ll}+\s\p{Ll}")
_DATE_LABEL = regex.compile(
    r"(?i)\W*(?:(?:møde)?(?:dato|tid(?:spunkt)?|dag)|(?:(?:mødet?|mødets?)\s+)?(?:(?:er\s+|blev\s+)?(?:af)?holdt|(?:af)?holdes|afholdelse)|hvornår|når(?=\s?[:?]))\b(?!\.)"
    r"|.{2,80}?\s{3,}(?:(?:møde)?dato|(?:møde)?tid(?:spunkt)?|når|hvornår)\s?[:?]"
)
_WITHIN = regex.compile(r"(?i).{2,80}?\s(?:(?:møde)?dato|(?:møde)?tid(?:spunkt)?|når|hvornår|(?:af)?holdt)\s?[:?]")
"""A label that OCR put behind what stood in the column before it."""
_DATE_ABOVE = regex.compile(
    r"(?i)\W*(?:møde)?(?:dato|tid(?:spunkt)?|sted\s*(?:og|/|&)\s*tid|hvornår)(?:\s*(?:,|og|/|&)\s*-?\p{L}+){0,2}\W*"
)
"""A label on a line of its own: "Tid og sted"."""
_OF_MEETING = regex.compile(r"(?i)\W*(?:mødedato\b|mødet?\s(?:den|d\.|dato)\s?:)\W*")
"""A label that counts before a mere "Dato"."""
_PARTED = regex.compile(r"\s*(?://+|[|·•]|\s[–—]\s|\s{3,})\s*")
"""What parts a head that is printed on one line: "Lauget // bestyrelsen // 3. maj 2025"."""
_HERE = regex.compile(r"(?i)\b(?:her|hermed)\b.{0,25}\breferat")
_WEEKDAY = regex.compile(r"(?i)\b(?:man|tirs|ons|tors|fre|lør|søn)dag\b")
"""A letter's date has none, the day of a meeting often has one."""
_STAMP = regex.compile(r"\s{3,}(?:[Mm]øde|[Bb]eslutnings)?(?:[Rr]ef|REF)(?:\.|erat|ERAT)\s[^\n:]{0,30}\d[\d./-]{5,9}$")
"""At the end of the line above a page: "Lokalrådet            Ref. 27.01.21"."""
_MEETING = regex.compile(r"(?i)m(?:ø|oe)de(?:t|r)?(?!\p{L})[^.]{0,80}\d|\d[^.]{0,20}møde")
_DAY_MONTH = regex.compile(
    r"(?i)\b(?:(?P<weekday>man|tir|ons|tor|fre|lør|søn)(?:s?dag)?\b\.?,?\s+)?(?:den\s+|d\.\s*)?\b(?P<day>\d{1,2})(?:\.\s*(?P<name>jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)\p{L}*\b|(?:/|(?<=dag,?\s(?:den\s|d\.\s?)?\d{1,2})\.)(?P<month>\d{1,2})(?![\d/.-]*\d))"
)
_MONTHS = [month[:3] for month in MONTHS]
_YEAR = regex.compile(
    r"\b(?P<long>(?:19|20)\d\d)\b|(?:\b[EF]|['’])(?P<short>\d\d)\b|\b(?P<first>\d\d)/(?P<second>\d\d)\b"
)
"""A year printed in four figures, or in two: "E23", "'23", "23/24"."""
_RUNNING = regex.compile(
    r"(?i)(?:#|(?<!\b(?:sag|sags|journal|bilag)\s|[\w.])nr\.?)\s?\d{1,3}\s?[-/–]\s?(?P<year>20\d\d|\d\d)(?![\d/.–-]*\d)"
)
"""The number of a meeting within its year: "#5-24", "Møde nr. 5/2024"."""
_YEAR_BEHIND = regex.compile(r"\s*\d{4}")
_DAY_LAST = regex.compile(r"(?<!\d)\d{1,2}\.?$")
_MONTH_FIRST = regex.compile(rf"(?i)(?:{'|'.join(MONTHS)})\b")
_YEAR_FIRST = regex.compile(
    r"(?<![\d.])(?P<year>(?:19|20)\d\d)\.(?P<month>[01]?\d)\.(?P<day>[0-3]?\d)(?![\d.]\d)"
    rf"|\b(?i:år|aar|anno)\s(?P<year>(?:19|20)\d\d),?\s(?:\p{{Ll}}+dag\s)?(?:den\s)?(?P<day>\d{{1,2}})\.?\s(?P<name>(?i:{'|'.join(MONTHS)}))\b"
)
"""Years in front: "2025.03.12", "År 2025, den 12. marts"."""
_COMPACT = regex.compile(r"(?<![\d.,-])(?:(?P<long>(?:19|20)\d{6})|(?P<short>\d{6}))(?![\d.,-])")

Day = tuple[str, Span, str, float]
"""The day, where it stands, the rule and how sure it is."""


def runs(content: str) -> bool:
    """Whether a line is running text rather than a title."""
    return len(content) > 60 and (content[0].islower() or bool(_SENTENCE.search(content)))


def meeting_day(page: Page, head: list[int], title: Span) -> Day | None:
    """The first day in a labelled line, else in the title, else in the head; None where the text does not settle it."""
    ranked: list[tuple[float, int]] = []
    for i in head:
        content = page.content(i)
        of_title = title.start <= page.lines[i].body < title.end
        if page.match("header", "not-date", content) and not of_title and not _HERE.search(content):
            continue
        above = page.content(page.previous[i]) if page.previous[i] >= 0 else ""
        if _DATE_LABEL.match(content) or _DATE_ABOVE.fullmatch(above):
            of_meeting = _OF_MEETING.match(content) or _OF_MEETING.fullmatch(above)
            rank: float = (
                -1 if of_meeting else 0 if _WEEKDAY.search(content) or TIMED.search(content) else 1
            )  # a letter has a "Dato:" of its own
        elif (
            of_title
            or _STAMP.search(content)
            or (len(content) < 100 and page.match("header", "title", content) and not runs(content))
        ):
            rank = 2
        elif _WITHIN.match(content):
            rank = 2.5
        else:
            rank = 3 if _WEEKDAY.search(content) or _MEETING.search(content) else 4
        if rank == 2 and TIMED.search(content):
            rank = 1.9  # the title that tells the hour is the meeting's, another one the page's
        ranked.append((rank, i))
    ranked.sort()
    unsettled = True
    for rank, i in ranked:
        line = page.lines[i]
        if unsettled and rank >= 3:
            unsettled = False
            if day := _by_weekday(page, [i for rank, i in ranked if rank < 3]):
                return day
        days = [d for d in _find(page, line.body, _wrapped(page, i), None) if d.granularity == "day" and not d.relative]
        if days and (rank < 3 or _headlike(page, i, days[0])):
            return days[0].iso, days[0].span, "date", 0.95 if rank < 3 else 0.85
    likely = [i for rank, i in ranked if rank < 4 or _DAY_MONTH.search(page.content(i))]
    return _by_weekday(page, likely) or _compact(page, head[:FIRST]) or _unusual(page, [i for _, i in ranked])


def _unusual(page: Page, lines: list[int]) -> Day | None:
    if day := day_run_in(page):
        return *day, "day-run-in", 0.85
    if day := day_in_english(page, lines):
        return *day, "day-in-english", 0.8
    if day := day_in_figures(page, lines):
        return *day, "day-in-figures", 0.75
    if day := day_spaced_out(page, lines):
        return *day, "day-spaced-out", 0.75
    if day := day_told(page) or day_decided(page):
        return *day, "day-told", 0.8
    printed = [i for i in range(len(page.lines)) if page.printed(i)]
    for i in (*printed[:FIRST], *printed[-FOOT:]):  # what was taken for an item, or a head at the foot
        content = page.content(i)
        if not (_WEEKDAY.search(content) or TIMED.search(content)) or page.match("header", "not-date", content):
            continue
        if i in printed[:FIRST] or _DATE_LABEL.match(content):
            days = [d for d in _find(page, page.lines[i].body, page.lines[i].end, None) if d.granularity == "day"]
            if days and not days[0].relative and _headlike(page, i, days[0]):
                return days[0].iso, days[0].span, "day-outside-head", 0.75
    return None


def _headlike(page: Page, i: int, day: DateValue) -> bool:
    """Whether an unlabelled line states the meeting's day: it begins with it, ends with it, or says "afholdtes"."""
    line, content = page.lines[i], page.content(i)
    short = " ".join(content.split())
    lower = content[0].islower() and not (regex.match(r"(?:den|d\.:?|\p{L}{2,4}dag,?)\s", content) and _heads(page, i))
    begins = day.start - line.body <= 24 and not lower
    ends = (
        (content[0].isupper() or content[0].isdigit()) and len(short) <= 80 and line.body + len(content) - day.end <= 2
    )
    held = page.match("header", "held", _around(page, i)) is not None
    titled = page.match("header", "title", content) is not None and day.start - line.body <= 80
    if titled or (begins and len(content) <= 90) or ends or held or _HERE.search(content):
        return True
    if _WEEKDAY.search(content) and len(short) <= 100 and not lower and not runs(short):
        return True
    if not lower and not runs(short) and _CLOCK.match(page.text, day.end, line.end):
        return True
    starts = [0, *(match.end() for match in _PARTED.finditer(content))]
    piece = max(start for start in starts if start <= max(0, day.start - line.body))
    return len(starts) > 1 and day.start - line.body - piece <= 24 and not runs(short)


def _heads(page: Page, i: int) -> bool:
    """Whether a line stands below a short one that is no sentence: the lines of a title."""
    above = page.content(page.previous[i]) if page.previous[i] >= 0 else ""
    return 0 < len(above) <= 70 and not page.full(page.previous[i]) and above[-1] not in ".!?"


def _around(page: Page, i: int) -> str:
    return page.text[page.lines[i].body : page.lines[i].end + 200]


def _wrapped(page: Page, i: int) -> int:
    """Where a line ends, or the line below it, where the date breaks off behind the day: "torsdag d. 28." """
    below = page.following[i]
    if below != i + 1 or below == len(page.lines) or not _DAY_LAST.search(page.content(i)):
        return page.lines[i].end
    return page.lines[below if _MONTH_FIRST.match(page.content(below)) else i].end


def _find(page: Page, start: int, end: int, anchor: datetime.date | None) -> list[DateValue]:
    found = find_dates(page.text[start:end].replace("\n", " "), page.lexicon, anchor)
    return [replace(d, start=d.start + start, end=d.end + start) for d in found]


def _by_weekday(page: Page, head: list[int]) -> Day | None:
    """A day without a year gets the one year printed in the text with which its weekday agrees.

    Where it has no weekday, the other days of the text that have one settle the year: "mødet d. 14/5", "tir 11/6".
    """
    for i in head:
        line = page.lines[i]
        days = list(_DAY_MONTH.finditer(page.text, line.body, line.end))
        match = next((day for day in days if day["weekday"]), days[0] if days else None)
        if not match:
            continue
        told = [match] if match["weekday"] else _days(page)
        if not told or not (match["weekday"] or page.match("header", "title", page.content(i)) or _in_title(page, i)):
            continue
        fits = {day for year in _years(page, head) if (day := _in(match, year)) and _agrees(told, day)}
        if any(abs(year - day.year) > 1 for day in fits for year in _usual(page, head)):
            continue
        if len(fits) == 1:
            return fits.pop().isoformat(), Span(*match.span()), "day-and-weekday", 0.7
    return None


def _in_title(page: Page, i: int) -> bool:
    return regex.search(r"(?i)\bmøde", page.content(i)) is not None and not runs(page.content(i))


def _days(page: Page) -> list[regex.Match[str]]:
    """The days of a text that have a weekday and no year."""
    found = _DAY_MONTH.finditer(page.text, 0, READ)
    return [match for match in found if match["weekday"] and not _YEAR_BEHIND.match(page.text, match.end())]


def _years(page: Page, head: list[int]) -> list[int]:
    """The years in which the meeting may have been: that of its running number, else all that are printed."""
    return sorted(_running(page, head) or _printed_years(page))[:MOST]


def _usual(page: Page, head: list[int]) -> list[int]:
    """The years that the text prints most; the meeting is not two years off from any of them."""
    counted = Counter() if _running(page, head) else _printed_years(page)
    return [year for year, count in counted.items() if count == max(counted.values())]


def _running(page: Page, head: list[int]) -> set[int]:
    found = (_RUNNING.search(page.text, page.lines[i].body, page.lines[i].end) for i in head)
    return {int(match["year"]) % 100 + 2000 for match in found if match}


def _printed_years(page: Page) -> Counter[int]:
    found: Counter[int] = Counter()
    for match in _YEAR.finditer(page.text, 0, READ):
        if match["long"]:
            found[int(match["long"])] += 1
        elif match["short"]:
            found[2000 + int(match["short"])] += 1
        elif int(match["second"]) == int(match["first"]) + 1:
            found.update((2000 + int(match["first"]), 2000 + int(match["second"])))
    return found


def _in(match: regex.Match[str], year: int) -> datetime.date | None:
    """The day of a match in a year, if it exists."""
    month = match["month"] or _MONTHS.index(lower_case(match["name"])) + 1
    return date_or_none(year, int(month), int(match["day"]))


def _agrees(told: list[regex.Match[str]], day: datetime.date) -> bool:
    """Whether the weekdays of a text fall so if the meeting was on a day: in its year, or early in the next one."""
    for match in told:
        weekday = weekday_index(match["weekday"])
        same, after = _in(match, day.year), _in(match, day.year + 1)
        early = same is not None and same < day
        if not (same and same.weekday() == weekday) and not (early and after and after.weekday() == weekday):
            return False
    return True


def _compact(page: Page, head: list[int]) -> Day | None:
    """A day behind its year, or one without signs.

    "20091110" is one, and so is "091110" where a weekday elsewhere agrees with the one way to read it.
    """
    for i in head:
        if first := _YEAR_FIRST.search(page.text, page.lines[i].body, page.lines[i].end):
            month = first["month"] or MONTHS.index(lower_case(first["name"])) + 1
            if when := date_or_none(int(first["year"]), int(month), int(first["day"])):
                return when.isoformat(), Span(*first.span()), "year-first", 0.8
        for match in _COMPACT.finditer(page.text, page.lines[i].body, page.lines[i].end):
            text = match.group()
            parts = [(text[:4], text[4:6], text[6:])] if match["long"] else []
            if match["short"]:
                parts = [("20" + text[:2], text[2:4], text[4:]), ("20" + text[4:], text[2:4], text[:2])]
            days = [day for part in parts if (day := date_or_none(*map(int, part)))]
            told = _days(page)
            fits = days if match["long"] else [day for day in days if told and _agrees(told, day)]
            if len(fits) == 1:
                return fits[0].isoformat(), Span(*match.span()), "day-without-signs", 0.7
    return None
