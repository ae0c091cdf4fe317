"""The stage `read`: one reader for each format, behind one function."""

from pipeline.read.pdf import TEXT_LAYER
from pipeline.read.stage import document_id, load, read

__all__ = ["TEXT_LAYER", "document_id", "load", "read"]
