"""CSV, one file for each table."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from pipeline.export.formulas import harmless
from pipeline.export.tables import TABLES, columns, table_rows
from pipeline.files import replacing
from pipeline.records import Minutes

__all__ = ["write"]


def write(records: Iterable[Minutes], target: Path) -> None:
    """Write TABLE.csv for each table into the folder `target`: comma, UTF-8 with the mark that Excel asks for.

    Lists are joined by "; ", true and false are 1 and 0, and cells that a spreadsheet would run as a formula begin
    with an apostrophe. The texts of the documents are left out: no spreadsheet holds them.
    """
    with ExitStack() as stack:
        writers = {}
        for table in TABLES:
            part = stack.enter_context(replacing(target / f"{table}.csv"))
            file = stack.enter_context(part.open("w", encoding="utf-8-sig", newline=""))
            writers[table] = csv.writer(file)
            writers[table].writerow(column for column in columns(table) if (table, column) != ("minutes", "text"))
        for record in records:
            for table, row in table_rows(record):
                if table == "minutes":
                    del row["text"]
                writers[table].writerow(map(_cell, row.values()))


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, list):
        value = "; ".join(map(str, value))
    return harmless(value) if isinstance(value, str) else value
