"""The workbook that a clerk works in: meetings, decisions, tasks, amounts and attendance, in Danish."""

from __future__ import annotations

import datetime
import os
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.worksheet import Worksheet

from pipeline.errors import ConfigurationError
from pipeline.export.formulas import is_formula
from pipeline.export.tables import table_rows
from pipeline.files import replacing, scratch
from pipeline.lexicon import Lexicon
from pipeline.records import Minutes
from pipeline.register import make_register
from pipeline.register.records import FollowedAction

__all__ = ["write"]

_CREATED = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC).replace(tzinfo=None)  # the same bytes on any day
_MOST_ROWS, _LONGEST_CELL, _MOST_LINKS = 1_048_576, 32_767, 65_530  # what a worksheet holds
_TRANSLATED = ("outcome", "status", "kind")

Row = dict[str, Any]


@cache
def _plan() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))


def write(records: Iterable[Minutes], target: Path) -> None:
    """Write the workbook, one sheet for each kind of value.

    Each row leads to its meeting and, where a report was made beside the records, to its page there; a meeting leads
    to its first row on every sheet. Tasks carry the status that the register gives them.

    Raises `ConfigurationError` where a sheet would hold more rows than a workbook can, `OSError` where there is no
    room.
    """
    try:
        with replacing(target) as part, scratch(target.parent) as folder:
            _fill(part, folder, records, target)
    except FileCreateError as error:
        raise OSError(str(error)) from error


def _fill(file: Path, folder: Path, records: Iterable[Minutes], target: Path) -> None:
    tasks = {action.id: action for action in make_register(records, Lexicon.load()).actions}
    options = {
        "constant_memory": True,
        "tmpdir": str(folder),
        "strings_to_formulas": False,
        "strings_to_urls": False,
    }
    with xlsxwriter.Workbook(str(file), options) as book:
        book.set_properties({"title": "referat", "created": _CREATED})
        sheets = {key: _Sheet(book, plan) for key, plan in _plan()["sheets"].items()}
        for record in records:
            page = _page(record, target)
            here = sheets["meetings"].next_row
            counts: dict[str, tuple[int, int]] = {}
            for key, row in _rows(record, tasks):
                first, count = counts.get(key, (sheets[key].next_row, 0))
                counts[key] = (first, count + 1)
                number = row.pop("item_index", None)
                links = {"meeting": f"internal:'{sheets['meetings'].name}'!A{here + 1}"}
                if page:
                    links["page"] = f"external:{page}" + (f"#item-{number}" if number else "")
                sheets[key].add(row, links)
            links = {key: f"internal:'{sheets[key].name}'!A{first + 1}" for key, (first, _) in counts.items()}
            sheets["meetings"].add(
                _meeting(record) | {key: count for key, (_, count) in counts.items()},
                links | ({"page": f"external:{page}"} if page else {}),
            )
        for sheet in sheets.values():
            sheet.finish()


def _meeting(record: Minutes) -> Row:
    row = record.meeting.model_dump(include={"date", "body", "title", "chair", "minute_taker", "place"})
    return row | {"warnings": len(record.warnings), "source_path": record.source.path}


def _rows(record: Minutes, tasks: dict[str, FollowedAction]) -> Iterator[tuple[str, Row]]:
    numbers = {item.id: number for number, item in enumerate(record.items, 1)}
    seen: dict[str, int] = {}
    for table, row in table_rows(record):
        if table not in ("decisions", "actions", "amounts", "attendance"):
            continue
        row |= {"date": row["meeting_date"], "item_index": numbers.get(row.get("item_id") or "")}
        if table == "actions":
            seen[row["item_id"]] = seen.get(row["item_id"], 0) + 1
            task = tasks[f"{row['item_id']}/action/{seen[row['item_id']]}"]
            row |= {"status": task.status, "seen": ", ".join(step.meeting_date for step in task.steps)}
        yield table, row


def _page(record: Minutes, target: Path) -> str | None:
    """The record's page of a report beside the workbook's folder or above it, as a path from the workbook."""
    for folder in (target.parent, *target.parent.parents[:1]):
        page = folder / "report" / "meetings" / f"{record.id}.html"
        if page.is_file():
            return quote(os.path.relpath(page, target.parent))
    return None


class _Sheet:
    """A worksheet that is filled row by row."""

    def __init__(self, book: xlsxwriter.Workbook, plan: dict[str, Any]) -> None:
        self.name: str = plan["name"]
        self._columns: list[tuple[str, str, int]] = plan["columns"]
        self._sheet: Worksheet = book.add_worksheet(self.name)
        self._wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        self._quoted = book.add_format({"text_wrap": True, "valign": "top", "quote_prefix": True})
        self._link = book.add_format({"font_color": "blue", "underline": True, "valign": "top"})
        self._links = 0
        self.next_row = 1
        self._sheet.freeze_panes(1, 0)
        for number, (heading, _, width) in enumerate(self._columns):
            self._sheet.set_column(number, number, width)
            self._sheet.write_string(0, number, heading, book.add_format({"bold": True}))

    def add(self, row: Row, links: dict[str, str]) -> None:
        if self.next_row == _MOST_ROWS:
            raise ConfigurationError(
                f"the sheet {self.name} would hold more than {_MOST_ROWS - 1} rows; use --format parquet or sqlite"
            )
        for number, (_, field, _) in enumerate(self._columns):
            if field in links and self._links < _MOST_LINKS:
                value = row.get(field, _plan()["words"]["link"])
                self._sheet.write_url(self.next_row, number, links[field], self._link, str(value))
                self._links += 1
            else:
                self._write(number, _shown(field, row.get(field)))
        self.next_row += 1

    def _write(self, column: int, value: Any) -> None:
        if value is None or value == "":
            return
        if isinstance(value, int | float):
            self._sheet.write_number(self.next_row, column, value, self._wrapped)
        else:
            style = self._quoted if is_formula(value) else self._wrapped
            self._sheet.write_string(self.next_row, column, value[:_LONGEST_CELL], style)

    def finish(self) -> None:
        self._sheet.autofilter(0, 0, max(self.next_row - 1, 1), len(self._columns) - 1)


def _shown(field: str, value: Any) -> Any:
    if isinstance(value, bool):
        return _plan()["words"]["yes"] if value else None
    if isinstance(value, list):
        return ", ".join(value)
    if field in _TRANSLATED and isinstance(value, str):
        return _plan()["values"].get(value, value)
    if field in ("value", "low", "high") and isinstance(value, str):
        return float(value) if len(value) <= 15 else value  # a workbook's numbers have 15 digits
    return value
