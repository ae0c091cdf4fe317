"""The day of a meeting where it is printed in an unusual way, or told in a sentence outside of the head."""

from __future__ import annotations

import regex

from pipeline.find.dates.dates import find_dates
from pipeline.find.dates.years import date_or_none
from pipeline.segment.headings import Page
from pipeline.values import Span

__all__ = ["day_decided", "day_in_english", "day_in_figures", "day_run_in", "day_spaced_out", "day_told"]

READ = 60
"""Characters behind "mødet blev holdt" in which its day begins and ends."""

_FIGURES = regex.compile(
    r"(?<![\d.,/-])(?P<day>[0-3]?\d)(?:\.\s?(?P<month>[01]?\d)\.\s?['’]?(?P<year>\d\d)"
    r"|/(?P<month>[01]?\d)[ ]['’]?(?P<year>\d\d)|[.](?P<month>[01]?\d)[-/](?P<year>(?:19|20)\d\d)"
    r"|[-/](?P<month>[01]?\d)[.](?P<year>(?:19|20)\d\d)"
    r"|\.?\s(?:i|in)\s(?P<month>[01]?\d)\.?,?\s(?P<year>(?:19|20)\d\d)|[ ](?P<month>[01]\d)[ ](?P<year>(?:19|20)\d\d))"
    r"(?![\d.:,/-]\d|\d|\s?(?:kr|pct|%))"
)
"""Days whose year has two figures and no more signs, "3.9.09", and days such as "3. i 9. 2009"."""
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_ENGLISH = regex.compile(
    r"(?i)(?<!\d)(?P<day>[0-3]?\d)(?:\.|st|nd|rd|th)?\s(?P<month>January|February|March|April|May|June|July|August|September"
    r"|October|November|December),?\s(?P<year>(?:19|20)\d\d)\b"
    r"|\b(?P<month>January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr"
    r"|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\s(?P<day>[0-3]?\d)(?:st|nd|rd|th)?,?\s(?P<year>(?:19|20)\d\d)\b"
)
_RUN_IN = regex.compile(r"(?i)\bmødedato\b\s?:?\s(?=(?:\p{L}+dag,?\s)?(?:den\s|d\.\s?)?\d)")
_SPACED = regex.compile(r"(?:\S{1,2}[ ]{1,3}){12,150}\S{1,2}")
_GAP = regex.compile(r"(?<=\S)[ ](?=\S)")
_AGO = regex.compile(r"(?i)(?:næste|forrige|sidste|seneste|kommende|tidligere|første)\s$")


def day_in_english(page: Page, lines: list[int]) -> tuple[str, Span] | None:
    """The first day of these lines that names its month in English, as some systems print it: "19. March 2019"."""
    for i in lines:
        for match in _ENGLISH.finditer(page.text, page.lines[i].body, page.lines[i].end):
            if when := date_or_none(
                int(match["year"]), _MONTHS.index(match["month"][:3].title()) + 1, int(match["day"])
            ):
                return when.isoformat(), Span(*match.span())
    return None


def day_in_figures(page: Page, lines: list[int]) -> tuple[str, Span] | None:
    """The first day of these lines that is written in figures as no running text writes it."""
    for i in lines:
        for match in _FIGURES.finditer(page.text, page.lines[i].body, page.lines[i].end):
            year = int(match["year"]) + (2000 if len(match["year"]) == 2 else 0)
            if when := date_or_none(year, int(match["month"]), int(match["day"])):
                return when.isoformat(), Span(*match.span())
    return None


def day_spaced_out(page: Page, lines: list[int]) -> tuple[str, Span] | None:
    """The day of a line of which each letter stands apart: "M ø d e   d e n   7 .   m a j   2 0 0 9"."""
    for i in lines:
        content = page.content(i)
        if content[1:2] == " " and _SPACED.fullmatch(content):
            closed = " ".join(_GAP.sub("", content).split())
            days = [day for day in find_dates(closed, page.lexicon, None) if day.granularity == "day"]
            if days and not days[0].relative:
                return days[0].iso, Span(page.lines[i].body, page.lines[i].body + len(content))
    return None


def day_run_in(page: Page) -> tuple[str, Span] | None:
    """The day behind a label, where the lines of a head were run into one: "Mødested Torvet 1 Mødedato 3. maj 2025"."""
    label = _RUN_IN.search(page.text, 0, 1000)
    return _day_behind(page, label.end()) if label else None


def day_told(page: Page) -> tuple[str, Span] | None:
    """The day of which a sentence says that the meeting was held on it, wherever it stands."""
    for _, match in page.everywhere("header", "day-told"):
        if _AGO.search(page.text, max(0, match.start() - 12), match.start()):
            continue
        if day := _day_behind(page, match.end()):
            return day
    return None


def day_decided(page: Page) -> tuple[str, Span] | None:
    """The one day above all decisions: "Beslutning i Kulturudvalget den 3. maj 2025"; None where two differ."""
    days = [_day_behind(page, match.end()) for _, match in page.everywhere("header", "day-decided")]
    return days[0] if days and len({day and day[0] for day in days}) == 1 else None


def _day_behind(page: Page, start: int) -> tuple[str, Span] | None:
    text = page.text[start : start + READ].replace("\n", " ")
    days = [day for day in find_dates(text, page.lexicon, None) if day.granularity == "day" and not day.relative]
    return (days[0].iso, Span(start + days[0].start, start + days[0].end)) if days and days[0].start < 20 else None
