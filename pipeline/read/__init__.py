"""The stage `read`: one reader for each format, behind one function."""

from pipeline.read.stage import document_id, load, read

__all__ = ["document_id", "load", "read"]
