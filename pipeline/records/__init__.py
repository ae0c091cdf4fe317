"""The contract: records, flat tables and the JSON Schema."""

from pipeline.records.convert import to_minutes
from pipeline.records.minutes import SCHEMA_VERSION, Minutes
from pipeline.records.tables import STREAMS, rows

__all__ = ["SCHEMA_VERSION", "STREAMS", "Minutes", "rows", "to_minutes"]
