"""Tables of tasks, whose columns ("Aktion", "Ansvarlig", "Deadline") an export or OCR ran together."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from pipeline.document import Document, quote
from pipeline.extract.owners import action_rule
from pipeline.layout import read_lines
from pipeline.lexicon import Lexicon
from pipeline.values import Action, Line

__all__ = ["table_actions"]

SHORTEST = 8
"""A task has at least so many characters before the name of its owner."""


def table_actions(document: Document, lexicon: Lexicon) -> Iterator[Action]:
    """A task for each row of such a table: what stands before the first person's name, by whom, and by when.

    A table ends with the first line that names nobody; a row whose owner is no person that the document names gives
    none.
    """
    head = action_rule(lexicon, "table-head")
    people = sorted((span, person.name) for person in document.persons for span in person.mentions)
    starts = [span.start for span, _ in people]
    lines = [line for line in read_lines(document.text) if not line.blank and not line.furniture]
    first = [line.start for line in lines]
    for index, item in enumerate(document.items):
        inside = False
        for line in lines[bisect_left(first, item.heading.end) : bisect_left(first, item.end)]:
            if head.regex.match(document.text[line.body : line.end]):
                inside = True
                continue
            here = people[bisect_left(starts, line.body) : bisect_left(starts, line.end)]
            named = [(span.start, name) for span, name in here if span.start - line.body >= SHORTEST]
            inside = inside and bool(named)
            if inside:
                yield _row(document, index, line, named[0][0], tuple(dict.fromkeys(name for _, name in named)), lexicon)


def _row(document: Document, item: int, line: Line, name: int, who: tuple[str, ...], lexicon: Lexicon) -> Action:
    end = line.body + len(document.text[line.body : name].rstrip(" \t|"))
    rule = action_rule(lexicon, "table-head")
    return Action(
        start=line.body,
        end=end,
        rule=rule.name,
        confidence=rule.confidence,
        item=item,
        who=who,
        what=quote(document.text, line.body, end),
        due=next((date.iso for date in document.dates_in(name, line.end)), None),
    )
