"""What people see of one document in the terminal: edits in colour, and where every value comes from."""

from __future__ import annotations

import json
import sys
from bisect import bisect_right
from collections.abc import Iterator

from rich.console import Console
from rich.table import Table
from rich.text import Text

from pipeline.document import Document
from pipeline.progress import printable
from pipeline.values import Coverage, Edit, Found

__all__ = ["edits_as_json", "show_diff", "show_explanation"]

_PIPED_WIDTH = 160  # columns where nobody's window says how many there are


def edits_as_json(document: Document) -> str:
    """The edits of a document as a JSON array, with offsets into the source."""
    return json.dumps([edit._asdict() for edit in document.edits], ensure_ascii=False, indent=1) + "\n"


def show_diff(document: Document) -> None:
    """The lines that repair changed, before and after, on stdout."""
    console = Console(highlight=False, soft_wrap=True)
    starts = _line_starts(document.source)
    by_line: dict[int, list[int]] = {}
    for index, edit in enumerate(document.edits):
        by_line.setdefault(_line_of(starts, edit.start), []).append(index)
    for line, indices in by_line.items():
        start = starts[line]
        end = max(_line_end(document.source, start), document.edits[indices[-1]].end)
        before, after, position = Text(f"{line + 1:5} - "), Text("      + "), start
        for edit in (document.edits[index] for index in indices):
            kept = document.source[position : edit.start]
            before.append(kept).append(edit.before, style="red strike")
            after.append(kept).append(edit.after, style="bold green")
            position = edit.end
        rest = document.source[position:end]
        console.print(before.append(rest))
        console.print(after.append(rest))
    damage = document.damage
    console.print(
        Text(f"{len(document.edits)} edits: {damage.reason if damage else 'repair did not run'}", style="dim")
    )


def show_explanation(document: Document) -> None:
    """Every edit and every value of a processed document with its rule, confidence and line, on stdout."""
    console = Console(highlight=False, width=None if sys.stdout.isatty() else _PIPED_WIDTH)
    damage = document.damage
    if damage:
        console.print(Text(f"damage: {damage.reason}"))
    source_lines, text_lines = _line_starts(document.source), _line_starts(document.text)
    edits = Table("line", "before", "after", "rule", "confidence", title="edits", title_justify="left")
    for edit in document.edits:
        line = _line_of(source_lines, edit.start) + 1
        before, after = _words_around(document, edit)
        edits.add_row(str(line), _cell(before), _cell(after), _cell(edit.rule), f"{edit.confidence:.2f}")
    console.print(edits)
    values = Table("line", "kind", "value", "text", "rule", "confidence", title="values", title_justify="left")
    for kind, value, found in sorted(_values(document), key=lambda row: (row[2].start, row[2].end)):
        line = _line_of(text_lines, found.start) + 1
        quoted = document.quote(found.start, found.end)
        values.add_row(str(line), kind, _cell(value), _cell(quoted[:100]), _cell(found.rule), f"{found.confidence:.2f}")
    console.print(values)
    for person in document.persons:
        console.print(
            Text(
                f"person: {person.name} ({', '.join(person.organisations) or '-'}): {', '.join(person.forms)} "
                f"[{person.rule} {person.confidence:.2f}]"
            )
        )
    for organisation in document.organisations:
        console.print(
            Text(
                f"organisation: {organisation.name}: {', '.join(organisation.aliases) or '-'} "
                f"[{organisation.rule} {organisation.confidence:.2f}]"
            )
        )
    console.print(Text(f"coverage: {_coverage(document.coverage)}"))
    for notice in document.notices:
        where = f"line {_line_of(text_lines, notice.start) + 1}: " if notice.start is not None else ""
        console.print(Text(f"warning {notice.code}: {where}{notice.message}", style="yellow"))


def _coverage(coverage: Coverage) -> str:
    return (
        f"{coverage.share:.1%} of the document found its place: {coverage.lines_placed} of {coverage.lines} lines, "
        f"{coverage.names_resolved} of {coverage.names} names, {coverage.figures_read} of {coverage.figures} figures"
    )


def _words_around(document: Document, edit: Edit) -> tuple[str, str]:
    """The whole words that an edit stands in, as read and with this edit alone."""
    source = document.source
    start = max(source.rfind(" ", 0, edit.start), source.rfind("\n", 0, edit.start)) + 1
    ends = [end for end in (source.find(" ", edit.end), source.find("\n", edit.end)) if end >= 0]
    end = min(ends, default=len(source))
    return source[start:end], source[start : edit.start] + edit.after + source[edit.end : end]


def _values(document: Document) -> Iterator[tuple[str, str, Found]]:
    for field, found in document.meeting.grounds:
        yield f"meeting.{field}", str(getattr(document.meeting, field, "")), found
    for status in ("present", "absent"):
        for attendee in getattr(document.meeting, status):
            yield status, " · ".join(filter(None, (attendee.name, attendee.organisation, attendee.role))), attendee
    for item in document.items:
        heading = Found(start=item.heading.start, end=item.heading.end, rule=item.rule, confidence=item.confidence)
        yield "item", f"{item.number or '-'} | {item.title} | {item.kind or '-'}", heading
    for amount in document.amounts:
        yield amount.kind, f"{amount.value or f'{amount.low}–{amount.high}'} {amount.unit}", amount
    for date in document.dates:
        yield "date", date.iso, date
    for statement in document.statements:
        yield "statement", f"{statement.speaker} ({statement.organisation or '-'}) {statement.act}", statement
    for clause in document.recommendations:
        yield "recommendation", clause.addressee or "-", clause
    for decision in document.decisions:
        yield "decision", decision.outcome, decision
    for action in document.actions:
        yield "action", f"{', '.join(action.who)}: due {action.due or '-'}", action


def _line_starts(text: str) -> list[int]:
    return [0, *(index + 1 for index, character in enumerate(text) if character == "\n")]


def _line_of(starts: list[int], offset: int) -> int:
    return bisect_right(starts, offset) - 1


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end


def _cell(value: str) -> Text:
    return Text(printable(value))
