"""Tables of tasks ("Aktion", "Ansvarlig", "Deadline"): ruled, spaced, run together, or one cell a line."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

import regex

from pipeline.document import Document, quote
from pipeline.extract.owners import action_rule
from pipeline.layout import read_lines
from pipeline.lexicon import Lexicon
from pipeline.values import Action, Line, Span

__all__ = ["table_actions"]

SHORTEST = 8
"""A task has at least so many characters before the name of its owner."""
_CELL = regex.compile(r"[^\s|](?:[^\t|\n]*?[^\s|])??(?=\s*[|\t]| {2,}|\s*$)")
_NUMBER = regex.compile(r"[\s|]*(?:\d{1,3}[.)]?(?:[ \t]*[|\t]| {2,})[\s|]*)?")
_RULED = regex.compile(r"[\s|:+=-]+")
_AFTER = regex.compile(r"[\s|:;,–-]*")
"""Between an owner and a task in a row that has no cells."""

People = Sequence[tuple[Span, str]]


def table_actions(document: Document, lexicon: Lexicon) -> Iterator[Action]:
    """A task for each row of such a table, by whom, and by when; whichever of the first two comes first.

    A table ends with the first line that names nobody; a row whose owner is no person that the document names gives
    none.
    """
    head, turned = action_rule(lexicon, "table-head"), action_rule(lexicon, "table-head-owner")
    people = sorted((span, person.name) for person in document.persons for span in person.mentions)
    starts = [span.start for span, _ in people]
    lines = [line for line in read_lines(document.text) if not line.blank and not line.furniture]
    first = [line.start for line in lines]
    for index, item in enumerate(document.items):
        inside, owner_first = False, False
        below = lines[bisect_left(first, item.heading.end) : bisect_left(first, item.end)]
        for line in below:
            content = document.text[line.body : line.end]
            by_owner = turned.regex.match(content) is not None
            if by_owner or head.regex.match(content):
                inside, owner_first = True, by_owner
                continue
            if not inside or _RULED.fullmatch(content):
                continue
            here = people[bisect_left(starts, line.body) : bisect_left(starts, line.end)]
            named = [(span, name) for span, name in here if owner_first or span.start - line.body >= SHORTEST]
            row = _turned(document, index, line, named, lexicon) if owner_first else None
            if named and not owner_first:
                who = tuple(dict.fromkeys(name for _, name in named))
                row = _row(document, index, Span(line.body, named[0][0].start), who, line.end, lexicon)
            inside = row is not None
            if row:
                yield row
        yield from _upright(document, index, below, people, lexicon)


def _turned(document: Document, item: int, line: Line, named: People, lexicon: Lexicon) -> Action | None:
    """A row that opens with its owners; what stands behind them up to the next cell is to be done."""
    begin = line.body
    who: list[str] = []
    for span, name in named:
        if document.text[begin : span.start].strip(" |,/&\t") not in ("", "og", "+"):
            break
        who.append(name)
        begin = span.end
    begin = match.end() if (match := _AFTER.match(document.text, begin, line.end)) else begin
    cell = _CELL.match(document.text, begin, line.end)
    if not who or cell is None or cell.end() - cell.start() < SHORTEST:
        return None
    dates = document.dates_in(cell.start() + SHORTEST, cell.end())
    end = dates[-1].start if dates and dates[-1].end == cell.end() else cell.end()
    return _row(document, item, Span(cell.start(), end), tuple(dict.fromkeys(who)), line.end, lexicon)


def _upright(
    document: Document, item: int, lines: Sequence[Line], people: People, lexicon: Lexicon
) -> Iterator[Action]:
    """The rows of a table whose cells stand below one another, as a PDF gives them: the titles of two columns or more,
    each alone on a line, and then a cell for each in turn."""
    title = action_rule(lexicon, "column-title").regex
    n = 0
    while n < len(lines):
        kinds: list[str] = []
        while n + len(kinds) < len(lines):
            line = lines[n + len(kinds)]
            found = title.match(document.text[line.body : line.end]) if line.end - line.body < 20 else None
            if found is None or found.lastgroup is None or found.lastgroup in kinds:
                break
            kinds.append(found.lastgroup)
        if "task" not in kinds or "owner" not in kinds:
            n += 1
            continue
        n += len(kinds)
        while n + len(kinds) <= len(lines):
            cells = dict(zip(kinds, lines[n : n + len(kinds)], strict=True))
            owner, task = cells["owner"], cells["task"]
            first = bisect_left(people, owner.body, key=lambda person: person[0].start)
            here = people[first : bisect_left(people, owner.end, first, key=lambda person: person[0].start)]
            if not here or here[0][0].start != owner.body or task.end - task.body < SHORTEST:
                break
            who = tuple(dict.fromkeys(name for _, name in here))
            yield _row(document, item, Span(task.body, task.end), who, lines[n + len(kinds) - 1].end, lexicon)
            n += len(kinds)


def _row(document: Document, item: int, task: Span, who: tuple[str, ...], close: int, lexicon: Lexicon) -> Action:
    """The task of the first cell from where `task` starts, without the number of its row."""
    text = document.text
    start = match.end() if (match := _NUMBER.match(text, *task)) else task.start
    cell = _CELL.match(text, start, task.end)
    end = cell.end() if cell and cell.end() - start >= SHORTEST else start + len(text[start : task.end].rstrip(" \t|"))
    rule = action_rule(lexicon, "table-head")
    return Action(
        start=start,
        end=end,
        rule=rule.name,
        confidence=rule.confidence,
        item=item,
        who=who,
        what=quote(text, start, end),
        due=next((date.iso for date in document.dates_in(end, close)), None),
    )
