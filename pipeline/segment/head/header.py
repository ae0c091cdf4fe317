"""The head of minutes: title, body, date, times and place of the meeting."""

from __future__ import annotations

from dataclasses import dataclass, field

import regex

from pipeline.document import quote_name
from pipeline.lexicon import Rule
from pipeline.segment.head.body import read_body
from pipeline.segment.head.meetingday import TIMED, meeting_day, runs
from pipeline.segment.head.place import ENDS_IN_TIME, read_place
from pipeline.segment.headings import Page
from pipeline.values import Found, Span

__all__ = ["Header", "read_header"]

TOP = 14
"""Printed lines in which title and body are looked for."""
DEEP = 45
"""Printed lines of head in a document without items."""

_TIME_LABEL = regex.compile(r"(?i)\W*(?:dato|tid|møde)")
_PLACE_LABEL = regex.compile(r"(?i)\W*(?:møde)?sted\W")


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
    day = meeting_day(page, head, title)
    if day:
        header.put("date", *day)
    _times(page, head, header)
    when = [found.span for name, found in header.grounds if name in ("date", "start_time", "end_time")]
    if place := read_place(page, head, when):
        header.put("place", place.name, place.span, place.rule)
    return header


def _rules(page: Page, value: str) -> tuple[Rule, ...]:
    return page.rules("header", value)


def _title(page: Page, head: list[int], header: Header) -> None:
    best: tuple[float, int, Rule] | None = None
    for n, i in enumerate(head):
        content = page.content(i)
        if len(content) > 200 or page.lines[i].bullet or page.match("header", "generic", content):
            continue
        if _PLACE_LABEL.match(content) or page.match("header", "date-label", content) or runs(content):
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
    header.put("title", " ".join(quote_name(page.text, start, end).split()), Span(start, end), rule)


def _title_end(page: Page, i: int) -> int:
    """The end of a title that may go on in the line below."""
    content, after = page.content(i), page.following[i]
    end = page.lines[i].body + len(content)
    if after == i + 1 < len(page.lines):
        below = page.content(after)
        open_end = regex.search(r"(?:[,–-]|\b(?i:i|for|af|og|på|den))$", content)
        capitals = content.isupper() and below.isupper() and not any(c.isdigit() for c in below)
        known = page.match("header", "generic", below) or (
            ENDS_IN_TIME.search(content) and page.match("header", "below-time", below)
        )
        if (open_end or capitals or below[0].islower()) and not known and len(below) < 100:
            return page.lines[after].body + len(below)
    return end


def _clock(hours: str, minutes: str | None) -> str:
    return f"{int(hours):02}:{int(minutes or 0):02}"


def _times(page: Page, head: list[int], header: Header) -> None:
    for i in head:
        content, after = page.content(i), page.following[i]
        alone = page.match("header", "start-alone", content) and after < len(page.lines)
        told = page.text[page.lines[i].body : page.lines[after].end] if alone else content
        if match := page.search("header", "start", told):
            at = Span(page.lines[i].body + match.start(), page.lines[i].body + match.end())
            header.put("start_time", _clock(match["h1"], match["m1"]), at, "start-time", 0.95)
            break
        labelled = _TIME_LABEL.match(content)
        if page.match("header", "not-time", content):
            continue
        if len(content) > 160 or page.lines[i].bullet or (page.match("header", "not-date", content) and not labelled):
            continue
        timed = TIMED.search(content)
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
    last = {rule.name: (rule, match) for rule, match in page.everywhere("header", "end")}
    for rule, match in last.values():
        hour, minute = match["h1"] or match["h2"], match["m1"] or match["m2"]
        header.put("end_time", _clock(hour, minute), Span(match.start(), match.end()), rule)
