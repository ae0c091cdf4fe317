"""The files of a finished run, each replaced in one step."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO

from pipeline.batch.state import State
from pipeline.records import STREAMS, rows

__all__ = ["write_output"]


def write_output(out: Path, state: State) -> None:
    """Write minutes.jsonl, quarantine.jsonl and the record streams of everything that `state` holds.

    Each file is the old one or the complete new one at every moment. They are readable by their owner and group
    only: minutes name people.
    """
    with _replacing(out / "minutes.jsonl") as minutes:
        minutes.writelines(f"{record}\n" for record in state.records())
    with _replacing(out / "quarantine.jsonl") as quarantine:
        quarantine.writelines(f"{line}\n" for line in state.quarantined())
    with ExitStack() as open_files:
        tables = {stream: open_files.enter_context(_replacing(out / f"{stream}.jsonl")) for stream in STREAMS}
        for record in map(json.loads, state.records()):
            for stream, file in tables.items():
                file.writelines(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows(record, stream))


@contextmanager
def _replacing(target: Path) -> Iterator[IO[str]]:
    """A file to write that takes the place of `target` when it is complete and on disk."""
    temporary = target.with_name(f".{target.name}.part")
    temporary.touch(0o640)
    with temporary.open("w", encoding="utf-8") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(target)
