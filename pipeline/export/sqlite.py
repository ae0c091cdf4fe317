"""One SQLite database with all tables, for sqlite3, Datasette and DB Browser."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from pipeline.export.tables import TABLES, ColumnType, columns, table_rows
from pipeline.files import replacing
from pipeline.records import Minutes

__all__ = ["write"]

_SQL: dict[ColumnType, str] = {
    "text": "TEXT", "integer": "INTEGER", "real": "REAL", "boolean": "INTEGER", "texts": "TEXT",
}  # fmt: skip


def write(records: Iterable[Minutes], target: Path) -> None:
    """Write the database; lists are JSON in a text column, true and false are 1 and 0.

    Written with Python's own sqlite3: DuckDB's extension for SQLite would be fetched over the network.

    Raises `OSError` where there is no room.
    """
    try:
        with replacing(target) as part, closing(sqlite3.connect(part)) as database, database:
            _fill(database, records)
    except sqlite3.OperationalError as error:
        raise OSError(str(error)) from error


def _fill(database: sqlite3.Connection, records: Iterable[Minutes]) -> None:
    database.execute("PRAGMA journal_mode=OFF")
    insert = {}
    for table in TABLES:
        names = columns(table)
        definition = ", ".join(f'"{column}" {_SQL[kind]}' for column, kind in names.items())
        database.execute(f'CREATE TABLE "{table}" ({definition})')
        insert[table] = f'INSERT INTO "{table}" VALUES ({", ".join("?" * len(names))})'  # noqa: S608 -- our names
    for record in records:
        for table, rows in groupby(table_rows(record), key=itemgetter(0)):
            database.executemany(insert[table], ([_cell(v) for v in row.values()] for _, row in rows))
    for table in TABLES:
        for column in ("minutes_id", "item_id"):
            if column in columns(table):
                database.execute(f'CREATE INDEX "{table}_{column}" ON "{table}" ("{column}")')


def _cell(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list) else value
