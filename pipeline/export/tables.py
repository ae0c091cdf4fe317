"""The flat tables with the type of each column, the same however few values there are."""

from __future__ import annotations

import types
from collections.abc import Iterator
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from pipeline.records import STREAMS, Minutes, rows
from pipeline.records.agenda import Action, Decision, Item, Recommendation, Statement
from pipeline.records.minutes import Amount, Attendee, Date, Organisation, Person

__all__ = ["TABLES", "ColumnType", "columns", "table_rows"]

ColumnType = Literal["text", "integer", "real", "boolean", "texts"]
Row = dict[str, Any]

TABLES = ("minutes", *STREAMS)
_RECORDS: dict[str, type[BaseModel]] = {
    "items": Item,
    "statements": Statement,
    "recommendations": Recommendation,
    "decisions": Decision,
    "actions": Action,
    "persons": Person,
    "organisations": Organisation,
    "amounts": Amount,
    "dates": Date,
    "attendance": Attendee,
}
_MINUTES: dict[str, ColumnType] = {
    "minutes_id": "text", "source_path": "text", "sha256": "text", "characters": "integer", "title": "text",
    "body": "text", "meeting_date": "text", "start_time": "text", "end_time": "text", "place": "text", "chair": "text",
    "minute_taker": "text", "damaged": "boolean", "edits": "integer", "warnings": "integer", "text": "text",
}  # fmt: skip
_HEAD = ("minutes_id", "source_path", "meeting_date", "body")
_ITEM = ("item_id", "item_number", "item_title")


def columns(table: str) -> dict[str, ColumnType]:
    """The columns of one of `TABLES` in their order, each with its type.

    >>> columns("actions")["who"], columns("amounts")["approximate"], list(columns("items"))[:2]
    ('texts', 'boolean', ['minutes_id', 'source_path'])
    """
    if table == "minutes":
        return dict(_MINUTES)
    found: dict[str, ColumnType] = dict.fromkeys(_HEAD, "text")
    if table == "attendance":
        found["status"] = "text"
    if table in ("items", "statements", "recommendations", "decisions", "actions", "amounts", "dates"):
        found |= dict.fromkeys(_ITEM, "text")
    for name, field in _RECORDS[table].model_fields.items():
        column = _type(field.annotation)
        if column and not (name in ("id", "number", "title") and table == "items"):
            found[name] = column
    if table == "decisions":
        found |= dict.fromkeys(("votes_for", "votes_against", "votes_abstained"), "integer")
    if table == "items":
        found["heading"] = "text"
    if table in ("persons", "organisations"):
        found["mentions"] = "integer"
    return found


def _type(annotation: Any) -> ColumnType | None:
    """The type of a field's column; None for a list of objects, or an object, which have no column."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin in (Union, types.UnionType):
        return next((found for argument in arguments if (found := _type(argument))), None)
    if origin is Annotated:
        return _type(arguments[0])
    if origin is list:
        return "texts" if arguments[0] is str else None
    if origin is Literal:
        return "text"
    plain: dict[Any, ColumnType] = {str: "text", bool: "boolean", int: "integer", float: "real"}
    return plain.get(annotation)


def table_rows(record: Minutes) -> Iterator[tuple[str, Row]]:
    """Each row of a record with its table, in the order of `TABLES`; `minutes` has one."""
    data = record.model_dump(mode="json", by_alias=True)
    meeting, source = data["meeting"], data["source"]
    yield (
        "minutes",
        {
            "minutes_id": data["id"],
            "source_path": source["path"],
            "sha256": source["sha256"],
            "characters": source["characters"],
            "title": meeting["title"],
            "body": meeting["body"],
            "meeting_date": meeting["date"],
            **{key: meeting[key] for key in ("start_time", "end_time", "place", "chair", "minute_taker")},
            "damaged": data["damage"]["damaged"],
            "edits": len(data["edits"]),
            "warnings": len(data["warnings"]),
            "text": data["text"],
        },
    )
    for stream in STREAMS:
        for row in rows(data, stream):
            yield stream, row
