"""What people, and programs that watch, see of a run on stderr: its progress, its end, and the state of a folder."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import Any, Literal

from rich.console import Console
from rich.text import Text

from pipeline.batch import Gaps, Progress, Status, Summary

__all__ = ["Log", "RunProgress", "show_status", "summarise"]

Log = Literal["auto", "plain", "json"]
_EVERY = 10.0  # seconds between two plain lines
_MOST_LINES = 20  # quarantine lines in the terminal; all are in quarantine.jsonl
_COUNTED = ("items", "statements", "decisions", "actions", "persons", "amounts", "dates")
_MISSED = {
    "lines": "lines in no item",
    "names": "names unknown",
    "figures": "numbers and years not read",
    "items": "items without text",
    "asking": "items that recommend something and decide nothing",
}


class RunProgress(AbstractContextManager["RunProgress"]):
    """Progress of a run on stderr: a bar where somebody looks on, else a line now and then, or JSON for programs."""

    def __init__(self, log: Log = "auto") -> None:
        self._json = log == "json"
        self._start = self._told = time.monotonic()
        self._bar: Any = None
        if log == "auto" and sys.stderr.isatty():
            from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
            from rich.progress import Progress as Bar

            columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
            self._bar = Bar(*columns, console=Console(stderr=True), transient=True)
            self._task = self._bar.add_task("starting", total=None)

    def __enter__(self) -> RunProgress:
        if self._bar:
            self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar:
            self._bar.stop()

    def __call__(self, at: Progress) -> None:
        if self._json:
            if at.outcome:
                self._tell_json(at)
        elif self._bar:
            self._bar.update(self._task, completed=at.done, total=at.total, description=self._rate(at))
        elif time.monotonic() - self._told >= _EVERY:
            self._told = time.monotonic()
            print(f"{at.done} of {at.total} documents: {self._rate(at)}", file=sys.stderr, flush=True)

    def _tell_json(self, at: Progress) -> None:
        outcome = at.outcome
        failed = json.loads(outcome.lines["quarantine"]) if outcome and outcome.lines.get("quarantine") else {}
        _print_json(
            event="document",
            path=at.path,
            state="quarantined" if failed else "processed",
            **{key: failed[key] for key in ("stage", "error", "advice") if failed},
            done=at.done,
            total=at.total,
            pages=at.pages,
            failed=at.failed,
            seconds=round(time.monotonic() - self._start, 3),
        )

    def _rate(self, at: Progress) -> str:
        """What was done, how fast, how long it still takes."""
        seconds = time.monotonic() - self._start
        if not at.processed:
            return f"{at.done} unchanged"
        speed = at.processed / seconds
        failures = f", {at.failed} failed" if at.failed else ""
        left = _duration((at.total - at.done) / speed)
        return f"{at.pages} pages, {speed:.1f} documents/s, {left} left{failures}"


def summarise(summary: Summary, inputs: Sequence[str | Path], out: Path, log: Log = "auto") -> None:
    """A few lines on stderr: what was read, what was not and why, and where the result lies."""
    read = summary.processed + summary.unchanged - summary.quarantined
    if log == "json":
        _print_json(
            event="end",
            read=read,
            processed=summary.processed,
            unchanged=summary.unchanged,
            quarantined=summary.quarantined,
            not_understood=summary.gaps.as_json(),
            out=str(out),
        )
        return
    console = Console(stderr=True, highlight=False, soft_wrap=True)
    for line in summary.lines[:_MOST_LINES]:
        entry = json.loads(line)
        where = Text(f"{printable(entry['path'])}: ", style="red")
        console.print(where + Text(printable(f"{entry['error']}; {entry['advice']}"), style=""))
    if summary.quarantined > _MOST_LINES:
        console.print(Text(f"and {summary.quarantined - _MOST_LINES} more: see {out / 'quarantine.jsonl'}"))
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
    console.print(Text(", ".join(f"{_lines_in(out / f'{stream}.jsonl')} {stream}" for stream in _COUNTED)))
    for line in _not_understood(summary.gaps, out):
        console.print(Text(line))
    console.print(Text(f"records: {out / 'minutes.jsonl'}, and a table for each kind of value beside it"))


def show_status(status: Status, out: Path, *, as_json: bool) -> None:
    """What a folder holds, on stdout."""
    if as_json:
        told = status._asdict()
        listed = [{"path": path} | gaps.as_json() for path, gaps in told.pop("most_missed")]
        told["not_understood"] = told.pop("gaps").as_json() | ({"documents": listed} if listed else {})
        print(json.dumps(told, ensure_ascii=False))
        return
    stale = f", {status.stale} by another version (the next run does them again)" if status.stale else ""
    print(f"{out}: {status.documents} documents, {status.pages} pages{stale}")
    print(f"quarantined: {status.quarantined}" + (f" (see {out / 'quarantine.jsonl'})" if status.quarantined else ""))
    if status.running:
        print("a run is writing here now")
    elif status.complete:
        print("the output files hold all of it")
    else:
        print("the last run did not end: the same command continues, the output files are those of the run before")
    for line in _not_understood(status.gaps, out):
        print(line)
    for path, gaps in status.most_missed:
        print(f"{gaps.share:6.1%}  {printable(path)}: {_counts(gaps)}")


def _not_understood(gaps: Gaps, out: Path) -> Iterator[str]:
    """How much it is in all documents, and how to see where."""
    if gaps.lines:
        yield f"not understood: {gaps.share:.1%} of lines, names and numbers ({_counts(gaps, every=True)})"
    if _counts(gaps):
        yield f"documents with the most of it: referat status {out} --gaps 10"


def _counts(gaps: Gaps, *, every: bool = False) -> str:
    """What was missed, by kind; with `every` also the kinds of which nothing was."""
    counts = gaps._asdict()
    kinds = [(words, counts[f"{kind}_missed"], counts[kind]) for kind, words in _MISSED.items()]
    return "; ".join(
        f"{words} {missed} of {there} ({missed / there:.1%})"
        for words, missed, there in kinds
        if there and (missed or every)
    )


def _lines_in(file: Path) -> int:
    with file.open("rb") as rows:
        return sum(block.count(b"\n") for block in iter(lambda: rows.read(1 << 20), b""))


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes:02} min" if hours else f"{minutes} min {rest:02} s" if minutes else f"{rest} s"


def _print_json(**event: object) -> None:
    print(json.dumps(event, ensure_ascii=False), file=sys.stderr, flush=True)


def printable(value: str) -> str:
    """Control characters made visible: text from a document must not steer the terminal."""
    return "".join(character if character.isprintable() else "�" for character in value.replace("\n", "↵"))
