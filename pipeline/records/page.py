"""The contract as a page for people: every field of every record with its meaning and an example."""

from __future__ import annotations

from typing import Any

from pipeline.records.minutes import SCHEMA_VERSION, Minutes
from pipeline.records.tables import STREAMS

__all__ = ["contract_page"]

_INTRODUCTION = f"""# The output contract, version {SCHEMA_VERSION}

`minutes.jsonl` has one line for each source document: a `Minutes` record. Every key is always present, with one type;
null or an empty list where the document says nothing. Offsets are Unicode code points, half-open. Adding fields is
free; renaming or re-typing one is a new major version. `referat schema` prints the JSON Schema.

Beside it lie flat tables of the same values, one JSON object a line:
{", ".join(f"`{name}`" for name in STREAMS)}.
Each row repeats `minutes_id`, `source_path`, `meeting_date`, `body` and, where there is one, `item_id`, `item_number`
and `item_title`, so that a row can be read alone.

This page is made from the records (`referat schema --page`); the examples are invented.
"""


def contract_page() -> str:
    """The page in Markdown: one table for each record, `Minutes` first.

    >>> contract_page().splitlines()[0]
    '# The output contract, version 1.0'
    """
    schema = Minutes.model_json_schema(mode="serialization", by_alias=True)
    records = {"Minutes": schema, **dict(sorted(schema["$defs"].items()))}
    return _INTRODUCTION + "".join(_table(record.get("title", name), record) for name, record in records.items())


def _table(name: str, record: dict[str, Any]) -> str:
    rows = [f"| `{field}` | {_type(shape)} | {_cell(shape)} |" for field, shape in record["properties"].items()]
    return (
        f"\n## {name}\n\n{record['description']}\n\n| field | type | meaning and example |\n|---|---|---|\n"
        + "".join(f"{row}\n" for row in rows)
    )


def _cell(shape: dict[str, Any]) -> str:
    return " ".join(shape["description"].split()).replace("|", "\\|")


def _type(shape: dict[str, Any]) -> str:
    if "anyOf" in shape:
        return " or ".join(_type(one) for one in shape["anyOf"])
    if "$ref" in shape:
        name = shape["$ref"].rsplit("/", 1)[1].replace("WarningRecord", "Warning")
        return f"[{name}](#{name.lower()})"
    if shape.get("type") == "array":
        return f"list of {_type(shape['items'])}"
    if "enum" in shape:
        return ", ".join(f"`{one}`" for one in shape["enum"])
    return str(shape.get("type", "string"))
