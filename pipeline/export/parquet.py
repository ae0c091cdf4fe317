"""Parquet, one file for each table, written by DuckDB."""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path

import duckdb

from pipeline.export.tables import TABLES, ColumnType, columns, table_rows
from pipeline.files import replacing, scratch
from pipeline.records import Minutes

__all__ = ["write"]

_SQL: dict[ColumnType, str] = {
    "text": "VARCHAR", "integer": "BIGINT", "real": "DOUBLE", "boolean": "BOOLEAN", "texts": "VARCHAR[]",
}  # fmt: skip
_LONGEST_ROW = 1 << 30  # bytes of one row: the text of a document stands in it


def write(records: Iterable[Minutes], target: Path) -> None:
    """Write TABLE.parquet for each table into the folder `target`."""
    # Extensions are never looked for: DuckDB would fetch them over the network.
    offline: dict[str, str | bool | int | float | list[str]] = {
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "threads": 1,  # the rows in their order, and the same bytes each time
    }
    with scratch(target) as folder, duckdb.connect(config=offline | {"temp_directory": str(folder)}) as database:
        with ExitStack() as stack:
            files = {table: stack.enter_context((folder / table).open("w", encoding="utf-8")) for table in TABLES}
            for record in records:
                for table, row in table_rows(record):
                    files[table].write(json.dumps(row, ensure_ascii=False) + "\n")
        for table in TABLES:
            types = ", ".join(f"'{column}': '{_SQL[kind]}'" for column, kind in columns(table).items())
            with replacing(target / f"{table}.parquet") as part:
                database.execute(
                    f"COPY (SELECT * FROM read_json({_quoted(folder / table)}, format='newline_delimited', "  # noqa: S608
                    f"columns={{{types}}}, maximum_object_size={_LONGEST_ROW})) "
                    f"TO {_quoted(part)} (FORMAT parquet, COMPRESSION zstd)"
                )


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
