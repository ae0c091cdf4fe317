"""The JSON Schema of the contract."""

from __future__ import annotations

import json

from pipeline.records.minutes import SCHEMA_VERSION, Minutes

__all__ = ["json_schema"]


def json_schema() -> str:
    """The schema of one line of minutes.jsonl (JSON Schema 2020-12), as it is written.

    >>> json.loads(json_schema())["title"]
    'Minutes'
    """
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:referat:minutes:{SCHEMA_VERSION}",
        **Minutes.model_json_schema(mode="serialization", by_alias=True),
    }
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
