"""The stage `segment`."""

from pipeline.segment.stage import segment

__all__ = ["segment"]
