"""The contract: records, flat tables and the JSON Schema.

Names are loaded when first asked for: who only asks for `STREAMS` waits for no pydantic.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.records.convert import to_minutes
    from pipeline.records.minutes import SCHEMA_VERSION, Minutes
    from pipeline.records.tables import STREAMS, rows

__all__ = ["SCHEMA_VERSION", "STREAMS", "Minutes", "rows", "to_minutes"]

_HOMES = {
    "to_minutes": "pipeline.records.convert",
    "SCHEMA_VERSION": "pipeline.records.minutes",
    "Minutes": "pipeline.records.minutes",
    "STREAMS": "pipeline.records.tables",
    "rows": "pipeline.records.tables",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'pipeline.records' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
