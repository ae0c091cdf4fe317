"""Where an item tells what another meeting did with the case before."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cache, lru_cache

from pipeline.document import Document
from pipeline.extract.passages import Cover
from pipeline.extract.verdicts import decision_rule
from pipeline.layout import read_lines
from pipeline.lexicon import Lexicon, Needed
from pipeline.values import AgendaItem, Line

__all__ = ["of_other_meetings", "of_this_meeting"]


def of_this_meeting(document: Document, lexicon: Lexicon) -> Cover:
    """The text below lines that name the body and the very day of the meeting: what was decided stands there."""
    return _below_labels(document, lexicon, earlier=False)


def of_other_meetings(document: Document, lexicon: Lexicon) -> Cover:
    """The text below lines such as "Økonomiudvalget, 16. januar 2024, pkt. 4:" that name a day before the meeting,
    each up to the next heading of a section or the next such line.

    Empty where the document does not say when the meeting was.
    """
    return _below_labels(document, lexicon, earlier=True)


def _below_labels(document: Document, lexicon: Lexicon, *, earlier: bool) -> Cover:
    if not document.meeting.date:
        return Cover(())
    lines = read_lines(document.text)
    found: list[tuple[int, int]] = []
    for item in document.items:
        first = bisect_right(lines, item.heading.end, key=lambda line: line.start)
        last = bisect_left(lines, item.end, key=lambda line: line.start)
        found += _stretches(document, item, lines[first:last], lexicon, earlier=earlier)
    return Cover(found)


def _stretches(
    document: Document, item: AgendaItem, lines: tuple[Line, ...] | list[Line], lexicon: Lexicon, *, earlier: bool
) -> Iterator[tuple[int, int]]:
    headed = {section.start for section in item.sections if section.heading}
    labels = _labels(document.text, lexicon)
    start: int | None = None
    for line in lines:
        label = line.start in labels
        if start is not None and (label or line.start in headed):
            yield start, line.start
            start = None
        if label and _names_day(document, line, earlier=earlier):
            told = document.text.find(": ", line.body, line.end)
            start = line.end if told < 0 else told + 1
    if start is not None:
        yield start, item.end


@lru_cache(maxsize=4)
def _labels(text: str, lexicon: Lexicon) -> frozenset[int]:
    """Where the lines start that say from which meeting the text below them is; every kind of value asks for them."""
    label = _label(lexicon)
    short = [
        (line.start, text[line.body : line.end].strip()) for line in read_lines(text) if line.end - line.body <= 120
    ]
    return frozenset(start for start, line in short if any(rule.regex.match(line) for rule in label.worth(line)))


@cache
def _label(lexicon: Lexicon) -> Needed:
    return Needed([decision_rule(lexicon, "other-meeting")])


def _names_day(document: Document, line: Line, *, earlier: bool) -> bool:
    """Whether the days that a line names are before the meeting, or else its own."""
    days = [date.iso for date in document.dates_in(line.start, line.end) if len(date.iso) == 10]
    today = document.meeting.date or ""
    return bool(days) and all(day < today if earlier else day == today for day in days)
