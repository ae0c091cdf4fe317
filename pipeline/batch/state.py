"""What a run has done, kept in OUT/state.sqlite: the next run continues from it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import NamedTuple

from pipeline.batch.outcome import TABLES, Outcome

__all__ = ["Known", "State"]

_FORMAT = 2  # of the tables below; a state of another format is begun anew, and everything done again
_SCHEMA = f"""
CREATE TABLE document (
    path TEXT PRIMARY KEY,       -- relative to the input root
    sha256 TEXT NOT NULL,        -- of the file's bytes; '' where they could not be read
    fingerprint TEXT NOT NULL,   -- of the code, rules and models that did it
    size INTEGER NOT NULL,       -- of the file, in bytes
    stamp TEXT NOT NULL,         -- the file's times and number when it was read: equal stamps, equal bytes; '' unsure
    pages INTEGER NOT NULL,
    {", ".join(f"{table} TEXT NOT NULL" for table in TABLES)}  -- its lines in each file of the output
);
CREATE INDEX content ON document (sha256);
CREATE TABLE output (name TEXT NOT NULL);  -- the set of files that says what `document` says, if there is one
PRAGMA user_version = {_FORMAT};
"""
_COLUMNS = ("path", "sha256", "fingerprint", "size", "stamp", "pages", *TABLES)


class Known(NamedTuple):
    """What the state says of a path."""

    sha256: str
    fingerprint: str
    size: int
    stamp: str
    quarantined: bool


class State(AbstractContextManager["State"]):
    """The outcomes of a folder, one for each path. What is added is on disk when the call returns."""

    def __init__(self, file: Path) -> None:
        file.touch(0o640)  # minutes name people: for owner and group only
        self._connection = sqlite3.connect(file)
        self._connection.execute("PRAGMA journal_mode=WAL")
        self._connection.execute("PRAGMA synchronous=FULL")
        if self._connection.execute("PRAGMA user_version").fetchone() != (_FORMAT,):
            tables = self._connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
            drops = "".join(f'DROP TABLE "{name}";' for (name,) in tables)
            self._connection.executescript(f"BEGIN; {drops} {_SCHEMA} COMMIT;")

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    def known(self) -> dict[str, Known]:
        """What is known of every path."""
        found = self._connection.execute(
            "SELECT path, sha256, fingerprint, size, stamp, quarantine != '' FROM document"
        )
        return {path: Known._make(rest) for path, *rest in found}

    def add(self, outcomes: Iterable[Outcome]) -> None:
        """Keep outcomes, in one transaction; each takes the place of what its path had."""
        marks = ", ".join("?" * len(_COLUMNS))
        rows = [(*o[:3], o.size, o.stamp, o.pages, *(o.lines.get(table, "") for table in TABLES)) for o in outcomes]
        with self._connection:
            self._connection.executemany(
                f"INSERT OR REPLACE INTO document ({', '.join(_COLUMNS)}) VALUES ({marks})",  # noqa: S608 -- our names
                rows,
            )
            self._connection.execute("DELETE FROM output")

    def stamp(self, seen: Iterable[tuple[str, int, str]]) -> None:
        """Note path, size and stamp of files whose bytes were found unchanged; the output stays what it is."""
        with self._connection:
            self._connection.executemany(
                "UPDATE document SET size = ?2, stamp = ?3 WHERE path = ?1", [tuple(one) for one in seen]
            )

    def with_content(self, sha256: str, fingerprint: str) -> list[Outcome]:
        """The outcomes of every document with these bytes."""
        found = self._connection.execute(
            f"SELECT {', '.join(_COLUMNS)} FROM document WHERE sha256 = ? AND fingerprint = ?",  # noqa: S608
            (sha256, fingerprint),
        )
        return [
            Outcome(path, digest, made_by, pages, dict(zip(TABLES, lines, strict=True)), size, stamp)
            for path, digest, made_by, size, stamp, pages, *lines in found
        ]

    def forget(self, paths: Iterable[str]) -> None:
        """Forget documents that are no longer there."""
        gone = [(path,) for path in paths]
        if gone:
            with self._connection:
                self._connection.executemany("DELETE FROM document WHERE path = ?", gone)
                self._connection.execute("DELETE FROM output")

    @property
    def output(self) -> str | None:
        """The name of the set of files that says what the state says, or None where it has to be written."""
        row = self._connection.execute("SELECT name FROM output").fetchone()
        return row[0] if row else None

    @output.setter
    def output(self, name: str) -> None:
        with self._connection:
            self._connection.execute("DELETE FROM output")
            self._connection.execute("INSERT INTO output VALUES (?)", (name,))

    def lines(self) -> Iterator[tuple[bytes, ...]]:
        """The lines of each document in the order of their paths, in UTF-8, a column for each of `TABLES`."""
        columns = ", ".join(f"CAST({table} AS BLOB)" for table in TABLES)  # bytes: a set is copied, not decoded
        yield from self._connection.execute(f"SELECT {columns} FROM document ORDER BY path")  # noqa: S608

    def quarantined(self) -> Iterator[str]:
        """The lines of quarantine.jsonl, in the order of their paths."""
        query = "SELECT quarantine FROM document WHERE quarantine != '' ORDER BY path"
        yield from (line.rstrip("\n") for (line,) in self._connection.execute(query))

    def totals(self, fingerprints: tuple[str, str]) -> dict[str, int]:
        """Documents, pages, documents quarantined, and documents made by others than these."""
        row = self._connection.execute(
            "SELECT count(*), total(pages), total(quarantine != ''), total(fingerprint NOT IN (?, ?)) FROM document",
            fingerprints,
        ).fetchone()
        return dict(zip(("documents", "pages", "quarantined", "stale"), map(int, row), strict=True))
