"""The head of minutes: title, body, date, times and place of the meeting."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

import regex

from pipeline.document import quote
from pipeline.find.dates import find_dates
from pipeline.lexicon import Rule
from pipeline.segment.body import read_body
from pipeline.segment.headings import Page
from pipeline.values import DateValue, Found, Span

__all__ = ["Header", "read_header"]

TOP = 14
"""Printed lines in which title and body are looked for."""
DEEP = 45
"""Printed lines of head in a document without items."""

_SENTENCE = regex.compile(r"\.\s+\p{Lu}\p{Ll}+\s\p{Ll}")
_TIMED = regex.compile(r"(?i)\bk[l1i|][.,:\s]|\bkl|\btid|\bklokken|\d\d[.:]\d\d\s*[–-]\s*\d\d[.:]\d\d")
_TIME_LABEL = regex.compile(r"(?i)\W*(?:dato|tid|møde)")
_DATE_LABEL = regex.compile(r"(?i)\W*(?:mødedato|dato|tid|mødetid)\b")
_DATE_ABOVE = regex.compile(
    r"(?i)\W*(?:møde)?(?:dato|tid(?:spunkt)?|sted\s*(?:og|/|&)\s*tid|hvornår)(?:\s*(?:,|og|/|&)\s*-?\p{L}+){0,2}\W*"
)
"""A label on a line of its own: "Tid og sted"."""
_WEEKDAY = regex.compile(r"(?i)\b(?:man|tirs|ons|tors|fre|lør|søn)dag\b")
"""A letter's date has none, the day of a meeting often has one."""
_PLACE_LABEL = regex.compile(r"(?i)\W*(?:møde)?sted\W")
_PLACE_ALONE = regex.compile(r"(?i)\W*(?:møde)?sted\W*")
_ENDS_IN_TIME = regex.compile(r"(?i)\bk[l1i|]\.?\s*[\d.: –-]+$|\b\d{4}$")
_WEEKDAYS = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag")
_DAY_MONTH = regex.compile(
    r"(?i)\b(?P<weekday>(?:man|tirs|ons|tors|fre|lør|søn)dag)\s+(?:den\s+|d\.\s*)?\d{1,2}(?:\.\s*\p{L}{3,9}|/\d{1,2}(?![\d/.-]*\d))"
)


@dataclass
class Header:
    """What the head says; `grounds` tells where."""

    title: str | None = None
    body: str | None = None
    date: str | None = None
    start_time: str | None = None
    end_time: str | None = None
    place: str | None = None
    grounds: list[tuple[str, Found]] = field(default_factory=list)

    def put(self, name: str, value: str, span: Span, rule: Rule | str, confidence: float = 0.9) -> None:
        """Set a field that is not set yet, with its place."""
        if getattr(self, name) is None and value:
            setattr(self, name, value)
            label, sure = (rule, confidence) if isinstance(rule, str) else (rule.name, rule.confidence)
            self.grounds.append((name, Found(start=span.start, end=span.end, rule=f"header/{label}", confidence=sure)))


def read_header(page: Page, first_item: int | None) -> Header:
    """The fields of a meeting's head. `first_item` is the line of the first item's heading, or None.

    A text that begins in the middle, without title or label, has no head: its fields stay None.
    """
    header = Header()
    head = [i for i in range(first_item if first_item is not None else len(page.lines)) if page.printed(i)][:DEEP]
    _title(page, head[:TOP], header)
    title = next((found.span for name, found in header.grounds if name == "title"), Span(0, 0))
    if body := read_body(page, head[:TOP], title):
        header.put("body", body.name, body.span, body.rule)
    _date(page, head, header)
    _times(page, head, header)
    _place(page, head, header)
    return header


def _rules(page: Page, value: str) -> tuple[Rule, ...]:
    return page.rules("header", value)


def _title(page: Page, head: list[int], header: Header) -> None:
    best: tuple[float, int, Rule] | None = None
    for n, i in enumerate(head):
        content = page.content(i)
        if len(content) > 200 or page.lines[i].bullet or page.match("header", "generic", content):
            continue
        if _PLACE_LABEL.match(content) or page.match("header", "date-label", content) or _runs(content):
            continue
        for rule in _rules(page, "label"):
            if match := rule.regex.match(content):
                start = page.lines[i].body + match.end()
                header.put("title", content[match.end() :], Span(start, page.lines[i].body + len(content)), rule)
                return
        for rule in _rules(page, "title"):
            if rule.regex.search(content):
                worth = rule.confidence - 0.01 * n
                best = max(best, (worth, i, rule), key=lambda b: b[0]) if best else (worth, i, rule)
                break
    if best is None:
        return
    _, i, rule = best
    start, end = page.lines[i].body, _title_end(page, i)
    for column in regex.finditer(r"\S+(?:\s{1,2}\S+)*", page.content(i)):
        if rule.regex.search(column.group()) and column.end() == len(page.content(i)):
            start += column.start()
            break
    header.put("title", " ".join(quote(page.text, start, end).split()), Span(start, end), rule)


def _runs(content: str) -> bool:
    """Whether a line is running text rather than a title."""
    return len(content) > 60 and (content[0].islower() or bool(_SENTENCE.search(content)))


def _title_end(page: Page, i: int) -> int:
    """The end of a title that may go on in the line below."""
    content, after = page.content(i), page.following[i]
    end = page.lines[i].body + len(content)
    if after == i + 1 < len(page.lines):
        below = page.content(after)
        open_end = regex.search(r"(?:[,–-]|\b(?i:i|for|af|og|på|den))$", content)
        capitals = content.isupper() and below.isupper() and not any(c.isdigit() for c in below)
        known = page.match("header", "generic", below) or (
            _ENDS_IN_TIME.search(content) and page.match("header", "below-time", below)
        )
        if (open_end or capitals or below[0].islower()) and not known and len(below) < 100:
            return page.lines[after].body + len(below)
    return end


def _date(page: Page, head: list[int], header: Header) -> None:
    """The first day in a labelled line, else in the title, else in the head."""
    title = next((found.span for name, found in header.grounds if name == "title"), None)
    ranked: list[tuple[int, int]] = []
    for i in head:
        content = page.content(i)
        of_title = bool(title and title.start <= page.lines[i].body < title.end)
        if page.match("header", "not-date", content) and not of_title:
            continue
        above = page.content(page.previous[i]) if page.previous[i] >= 0 else ""
        if _DATE_LABEL.match(content) or _DATE_ABOVE.fullmatch(above):
            rank = 0
        elif of_title or (len(content) < 100 and page.match("header", "title", content) and not _runs(content)):
            rank = 1
        else:
            rank = 2 if _WEEKDAY.search(content) else 3
        ranked.append((rank, i))
    for rank, i in sorted(ranked):
        line = page.lines[i]
        days = [d for d in _find(page, line.body, line.end, None) if d.granularity == "day" and not d.relative]
        if days and (rank < 2 or _headlike(page, i, days[0])):
            header.put("date", days[0].iso, days[0].span, "date", 0.95 if rank < 2 else 0.85)
            return
    _date_by_weekday(page, [i for _, i in sorted(ranked)], header)


def _headlike(page: Page, i: int, day: DateValue) -> bool:
    """Whether an unlabelled line states the meeting's day: it begins with it, ends with it, or says "afholdtes"."""
    line, content = page.lines[i], page.content(i)
    begins = day.start - line.body <= 24 and not content[0].islower()
    ends = content[0].isupper() and len(content) <= 80 and line.body + len(content) - day.end <= 2
    held = page.match("header", "held", _around(page, i)) is not None
    titled = page.match("header", "title", content) is not None and day.start - line.body <= 80
    return titled or (begins and len(content) <= 90) or ends or held


def _around(page: Page, i: int) -> str:
    return page.text[page.lines[i].body : page.lines[i].end + 200]


def _find(page: Page, start: int, end: int, anchor: datetime.date | None) -> list[DateValue]:
    from dataclasses import replace

    found = find_dates(page.text[start:end], page.lexicon, anchor)
    return [replace(d, start=d.start + start, end=d.end + start) for d in found]


def _date_by_weekday(page: Page, head: list[int], header: Header) -> None:
    """A day without a year gets the one year printed in the text on which its weekday falls so."""
    years = sorted({int(y) for y in regex.findall(r"\b(?:19|20)\d\d\b", page.text[:100_000])})
    for i in head:
        line = page.lines[i]
        match = _DAY_MONTH.search(page.text, line.body, line.end)
        if not match:
            continue
        fits = set()
        for year in years[:40]:
            for day in _find(page, match.start(), match.end(), datetime.date(year, 7, 1)):
                exact = regex.fullmatch(r"\d{4}-\d\d-\d\d", day.iso)
                if exact and day.iso.startswith(str(year)):
                    weekday = datetime.date.fromisoformat(day.iso).weekday()
                    if _WEEKDAYS[weekday] == match["weekday"].casefold():
                        fits.add(day.iso)
        if len(fits) == 1:
            header.put("date", fits.pop(), Span(*match.span()), "day-and-weekday", 0.7)
            return


def _clock(hours: str, minutes: str | None) -> str:
    return f"{int(hours):02}:{int(minutes or 0):02}"


def _first(rules: tuple[Rule, ...], content: str) -> regex.Match[str] | None:
    return next((match for rule in rules if (match := rule.regex.search(content))), None)


def _times(page: Page, head: list[int], header: Header) -> None:
    for i in head:
        content = page.content(i)
        if match := _first(_rules(page, "start"), content):
            at = Span(page.lines[i].body + match.start(), page.lines[i].body + match.end())
            header.put("start_time", _clock(match["h1"], match["m1"]), at, "start-time", 0.95)
            break
        labelled = _TIME_LABEL.match(content)
        if page.match("header", "not-time", content):
            continue
        if len(content) > 160 or page.lines[i].bullet or (page.match("header", "not-date", content) and not labelled):
            continue
        timed = _TIMED.search(content)
        if not timed:
            continue
        clock = regex.search(r"(?i)\bk[l1i|](?:okken)?\b", content)
        start = clock.start() if clock else 0
        for rule in (*_rules(page, "range"), *_rules(page, "time")):
            match = rule.regex.search(content, start)
            if not match:
                continue
            at = Span(page.lines[i].body + match.start(), page.lines[i].body + match.end())
            groups = match.groupdict()
            header.put(
                "start_time",
                _clock(groups["h1"], groups.get("m1") or groups.get("m2") if rule.value == "time" else groups["m1"]),
                at,
                rule,
            )
            if rule.value == "range":
                header.put("end_time", _clock(groups["h2"], groups["m2"]), at, rule)
            break
        if header.start_time:
            break
    for rule in _rules(page, "end"):
        ends = list(rule.regex.finditer(page.text))
        if ends:
            last = ends[-1]
            header.put(
                "end_time",
                _clock(last["h1"] or last["h2"], last["m1"] or last["m2"]),
                Span(last.start(), last.end()),
                rule,
            )


def _short(page: Page, index: int) -> bool:
    return index < len(page.lines) and len(page.content(index)) <= 90


def _place(page: Page, head: list[int], header: Header) -> None:
    for i in head:
        after = page.following[i]
        if _PLACE_ALONE.fullmatch(page.content(i)) and after in (i + 1, i + 2) and _short(page, after):
            line = page.lines[after]
            header.put(
                "place", page.content(after), Span(line.body, line.body + len(page.content(after))), "place-label"
            )
            return
    for i in head:
        for rule in _rules(page, "place"):
            if match := rule.regex.search(page.content(i)):
                start = page.lines[i].body + match.start("place")
                header.put("place", match["place"].strip(" ."), Span(start, start + len(match["place"])), rule)
                return
    for i in head:
        above = page.content(page.previous[i]) if page.previous[i] >= 0 else ""
        match = _first(_rules(page, "below-time"), page.content(i)) if page.previous[i] == i - 1 else None
        if match and _ENDS_IN_TIME.search(above):
            name = "place" if match["place"] else "home"
            at = Span(page.lines[i].body + match.start(name), page.lines[i].body + match.end(name))
            header.put("place", match[name].strip(" ."), at, "place-below-time", 0.8)
            return
    for i in head:
        for rule in _rules(page, "held"):
            line = page.lines[i]
            if match := rule.regex.search(page.text, line.body, min(line.end + 150, len(page.text))):
                place = quote(page.text, *match.span("place"))
                header.put("place", place, Span(*match.span("place")), rule)
                return
