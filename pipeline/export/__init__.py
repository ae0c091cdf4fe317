"""The records in the formats of other tools, and corrections back from one of them."""

from pipeline.export.corrections import import_corrections
from pipeline.export.export import FORMATS, export, exports_in

__all__ = ["FORMATS", "export", "exports_in", "import_corrections"]
