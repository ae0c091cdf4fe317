"""What a run has done, kept in OUT/state.sqlite: the next run continues from it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from types import TracebackType
from typing import NamedTuple

from pipeline.batch.gaps import Gaps
from pipeline.batch.outcome import TABLES, Outcome
from pipeline.errors import ConfigurationError

__all__ = ["Known", "State"]

_FORMAT = 3  # of the tables below; a state of another format is begun anew, and everything done again
_COUNTS = tuple(f"count_{name}" for name in Gaps._fields)
_SCHEMA = f"""
CREATE TABLE document (
    path TEXT PRIMARY KEY,       -- relative to the input root
    sha256 TEXT NOT NULL,        -- of the file's bytes; '' where they could not be read
    fingerprint TEXT NOT NULL,   -- of the code, rules and models that did it
    size INTEGER NOT NULL,       -- of the file, in bytes
    stamp TEXT NOT NULL,         -- the file's times and number when it was read: equal stamps, equal bytes; '' unsure
    pages INTEGER NOT NULL,
    {", ".join(f"{count} INTEGER NOT NULL" for count in _COUNTS)},  -- what there was, and what was missed
    {", ".join(f"{table} TEXT NOT NULL" for table in TABLES)}  -- its lines in each file of the output
);
CREATE INDEX content ON document (sha256);
CREATE TABLE output (name TEXT NOT NULL);  -- the set of files that says what `document` says, if there is one
PRAGMA user_version = {_FORMAT};
"""
_COLUMNS = ("path", "sha256", "fingerprint", "size", "stamp", "pages", *_COUNTS, *TABLES)


class Known(NamedTuple):
    """What the state says of a path."""

    sha256: str
    fingerprint: str
    size: int
    stamp: str
    quarantined: bool


class State(AbstractContextManager["State"]):
    """The outcomes of a folder, one for each path. What is added is on disk when the call returns."""

    def __init__(self, file: Path, *, existing: bool = False) -> None:
        """The state in `file`, begun where it is missing or another version's.

        Raises `ConfigurationError` where it is so and must be there (`existing`).
        """
        if existing and not file.is_file():
            raise ConfigurationError(f"{file.parent}: no run has written here; name the --out of a run")
        file.touch(0o640)  # minutes name people: for owner and group only
        self._connection = sqlite3.connect(file)
        self._connection.execute("PRAGMA journal_mode=WAL")
        self._connection.execute("PRAGMA synchronous=FULL")
        self._connection.execute("PRAGMA secure_delete=ON")  # what is forgotten must not stay in free pages
        (version,) = self._connection.execute("PRAGMA user_version").fetchone()
        if version != _FORMAT:
            if existing and version:  # 0: a run was killed before it did anything
                self._connection.close()
                raise ConfigurationError(f"{file.parent}: another version of referat wrote it; run it again first")
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
        rows = [
            (*o[:3], o.size, o.stamp, o.pages, *o.gaps, *(o.lines.get(table, "") for table in TABLES)) for o in outcomes
        ]
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

    def with_content(self, sha256: str, fingerprint: str) -> Iterator[Outcome]:
        """The outcomes of every document with these bytes, read one at a time: there may be many copies."""
        found = self._connection.execute(
            f"SELECT {', '.join(_COLUMNS)} FROM document WHERE sha256 = ? AND fingerprint = ?",  # noqa: S608
            (sha256, fingerprint),
        )
        many = len(_COUNTS)
        for path, digest, made, size, stamp, pages, *rest in found:
            counted = dict(zip(TABLES, rest[many:], strict=True))
            yield Outcome(path, digest, made, pages, counted, size, stamp, rest[:many])

    @contextmanager
    def forgetting(self, paths: Iterable[str]) -> Iterator[None]:
        """Without these documents in the block; for good when it ends or `output` is set in it, else they are back."""
        gone = [(path,) for path in paths]
        with self._connection:
            if gone:
                self._connection.executemany("DELETE FROM document WHERE path = ?", gone)
                self._connection.execute("DELETE FROM output")
            yield

    def wipe(self) -> bool:
        """Take what was forgotten out of the files on disk; False where another program has them open."""
        busy, *_ = self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return not busy

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

    def gaps(self) -> Gaps:
        """What there was in all documents, and what was missed."""
        sums = ", ".join(f"total({count})" for count in _COUNTS)
        return Gaps(*map(int, self._connection.execute(f"SELECT {sums} FROM document").fetchone()))  # noqa: S608

    def most_missed(self, most: int) -> list[tuple[str, Gaps]]:
        """The paths of at most so many documents of which something was missed, those with the most of it first."""
        missed = " + ".join(count for count in _COUNTS if count.endswith("_missed"))
        found = self._connection.execute(
            f"SELECT path, {', '.join(_COUNTS)} FROM document "  # noqa: S608 -- our names
            f"WHERE {missed} ORDER BY {missed} DESC, path LIMIT ?",
            (most,),
        )
        return [(path, Gaps(*counts)) for path, *counts in found]

    def digests(self) -> dict[str, str]:
        """The SHA-256 of each path."""
        return dict(self._connection.execute("SELECT path, sha256 FROM document ORDER BY path"))
