"""The stage `calibrate`: how sure each value is, as the share of such values that were right."""

from pipeline.calibrate.stage import calibrate

__all__ = ["calibrate"]
