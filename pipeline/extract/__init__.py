"""The stage `extract`."""

from pipeline.extract.stage import extract

__all__ = ["extract"]
