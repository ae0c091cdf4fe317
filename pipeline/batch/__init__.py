"""Runs over folders of minutes: incremental, one bad file never stops the rest."""

from pipeline.batch.runner import Summary, run

__all__ = ["Summary", "run"]
