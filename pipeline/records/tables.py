"""The record streams: flat rows, each readable alone, made from a record's JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

__all__ = ["STREAMS", "rows"]

STREAMS = (
    "items",
    "statements",
    "recommendations",
    "decisions",
    "actions",
    "persons",
    "organisations",
    "amounts",
    "dates",
    "attendance",
)
_IN_ITEMS = ("statements", "recommendations", "decisions", "actions")
_NESTED = {"sections", "mentions", *_IN_ITEMS}  # lists of objects have no place in a flat row

Row = dict[str, Any]


def rows(record: Row, stream: str) -> Iterator[Row]:
    """The rows that one record (the JSON object of a line of minutes.jsonl) adds to a stream.

    Raises `ValueError` for a stream that is not in `STREAMS`.
    """
    head = {
        "minutes_id": record["id"],
        "source_path": record["source"]["path"],
        "meeting_date": record["meeting"]["date"],
        "body": record["meeting"]["body"],
    }
    items = {item["id"]: item for item in record["items"]}
    if stream in _IN_ITEMS:
        for item in record["items"]:
            for value in item[stream]:
                yield head | _item_columns(item) | _flat(value)
    elif stream == "items":
        for item in record["items"]:
            place = {"heading": item["heading"]["text"]}
            yield head | _item_columns(item) | _flat(item, leave={"id", "number", "title", "heading"}) | place
    elif stream == "attendance":
        for status in ("present", "absent"):
            for attendee in record["meeting"][status]:
                yield head | {"status": status} | _flat(attendee)
    elif stream in ("amounts", "dates"):
        for value in record[stream]:
            item = items.get(value["item_id"])
            yield head | _item_columns(item) | _flat(value, leave={"item_id"})
    elif stream in ("persons", "organisations"):
        for value in record[stream]:
            yield head | _flat(value) | {"mentions": len(value["mentions"])}
    else:
        raise ValueError(f"no stream {stream!r}: one of {', '.join(STREAMS)}")


def _item_columns(item: Row | None) -> Row:
    return {f"item_{key}": item[key] if item else None for key in ("id", "number", "title")}


def _flat(value: Row, leave: set[str] | None = None) -> Row:
    """The value's own columns; the tally of a vote becomes three columns."""
    row = {key: cell for key, cell in value.items() if key not in _NESTED | (leave or set())}
    if "votes" in row:
        votes = row.pop("votes") or {}
        row |= {f"votes_{side}": votes.get(side) for side in ("for", "against", "abstained")}
    return row
