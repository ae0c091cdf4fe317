"""The records in the formats of other tools, and corrections back from one of them."""

from pipeline.export.corrections import import_corrections
from pipeline.export.export import FORMATS, export

__all__ = ["FORMATS", "export", "import_corrections"]
