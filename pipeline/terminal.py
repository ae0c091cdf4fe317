"""What people see in the terminal: progress, summaries, edits in colour, and where every value comes from."""

from __future__ import annotations

import json
import sys
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from pipeline.batch import Summary
from pipeline.document import Document
from pipeline.values import Coverage, Edit, Found

__all__ = ["RunProgress", "edits_as_json", "show_diff", "show_explanation", "summarise"]

_PIPED_WIDTH = 160  # columns where nobody's window says how many there are


class RunProgress(AbstractContextManager["RunProgress"]):
    """Progress of a run on stderr: a bar where somebody looks on, else nothing."""

    def __init__(self) -> None:
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            transient=True,
        )
        self._task = self._progress.add_task("starting", total=None)

    def __enter__(self) -> RunProgress:
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.stop()

    def __call__(self, done: int, total: int, path: str) -> None:
        self._progress.update(self._task, completed=done, total=total, description=path[-40:])


def summarise(summary: Summary, inputs: Sequence[Path], out: Path) -> None:
    """A few lines on stderr: what was read, what was not and why, and where the result lies."""
    console = Console(stderr=True, highlight=False, soft_wrap=True)
    for line in summary.lines:
        entry = json.loads(line)
        where = Text(f"{_printable(entry['path'])}: ", style="red")
        console.print(where + Text(f"{entry['error']}; {entry['advice']}", style=""))
    read = summary.processed + summary.unchanged - summary.quarantined
    if not read and not summary.quarantined:
        console.print(Text(f"no documents in {', '.join(map(str, inputs))}: name a folder that holds minutes"))
        return
    console.print(
        Text.assemble(
            (f"{read} read", "bold green" if read else ""),
            f" ({summary.processed} processed now, {summary.unchanged} unchanged), ",
            (f"{summary.quarantined} quarantined", "red" if summary.quarantined else ""),
        )
    )
    if counts := _counts(out / "minutes.jsonl"):
        console.print(Text(counts))
    console.print(Text(f"records: {out / 'minutes.jsonl'}, and a table for each kind of value beside it"))


def _counts(minutes: Path) -> str:
    tally: Counter[str] = Counter()
    for stream in ("items", "statements", "decisions", "actions", "persons", "amounts", "dates"):
        with (minutes.parent / f"{stream}.jsonl").open(encoding="utf-8") as rows:
            tally[stream] = sum(1 for _ in rows)
    return ", ".join(f"{number} {stream}" for stream, number in tally.items())


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
    return Text(_printable(value))


def _printable(value: str) -> str:
    """Control characters made visible: text from a document must not steer the terminal."""
    return "".join(character if character.isprintable() else "�" for character in value.replace("\n", "↵"))
