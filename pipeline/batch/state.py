"""What a run has done, kept in OUT/state.sqlite: the next run continues from it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import NamedTuple

__all__ = ["Outcome", "State"]

_TABLE = """
CREATE TABLE IF NOT EXISTS outcome (
    path TEXT PRIMARY KEY,       -- relative to the input root
    sha256 TEXT NOT NULL,        -- of the file's bytes; '' where they could not be read
    fingerprint TEXT NOT NULL,   -- of the code, rules and models that did it
    record TEXT,                 -- the line for minutes.jsonl, or NULL
    quarantine TEXT              -- the line for quarantine.jsonl, or NULL
)
"""


class Outcome(NamedTuple):
    """What became of one document: a line for minutes.jsonl, or one for quarantine.jsonl."""

    path: str
    sha256: str
    fingerprint: str
    record: str | None
    quarantine: str | None


class State(AbstractContextManager["State"]):
    """The outcomes of a folder, one for each path; each is on disk before `add` returns."""

    def __init__(self, file: Path) -> None:
        file.touch(0o640)  # minutes name people: for owner and group only
        self._connection = sqlite3.connect(file)
        self._connection.execute("PRAGMA journal_mode=WAL")
        self._connection.execute(_TABLE)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    def done(self) -> dict[str, tuple[str, str]]:
        """Path → (sha256, fingerprint) of every outcome."""
        found = self._connection.execute("SELECT path, sha256, fingerprint FROM outcome")
        return {path: (sha256, fingerprint) for path, sha256, fingerprint in found}

    def add(self, outcome: Outcome) -> None:
        with self._connection:
            self._connection.execute("INSERT OR REPLACE INTO outcome VALUES (?, ?, ?, ?, ?)", outcome)

    def keep_only(self, paths: Sequence[str]) -> None:
        """Forget the outcomes of every path that is not among these."""
        gone = self.done().keys() - set(paths)
        with self._connection:
            self._connection.executemany("DELETE FROM outcome WHERE path = ?", [(path,) for path in gone])

    def records(self) -> Iterator[str]:
        """The lines of minutes.jsonl, in the order of their paths."""
        yield from self._column("record")

    def quarantined(self) -> Iterator[str]:
        """The lines of quarantine.jsonl, in the order of their paths."""
        yield from self._column("quarantine")

    def _column(self, name: str) -> Iterator[str]:
        query = f"SELECT {name} FROM outcome WHERE {name} IS NOT NULL ORDER BY path"  # noqa: S608 -- our own names
        for (line,) in self._connection.execute(query):
            yield line
