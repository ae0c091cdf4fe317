"""The stage `repair`."""

from pipeline.repair.stage import repair

__all__ = ["repair"]
