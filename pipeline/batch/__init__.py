"""Runs over folders of minutes: incremental, one bad file never stops the rest."""

from pipeline.batch.runner import Progress, Summary, run
from pipeline.batch.status import Status, status
from pipeline.batch.worker import Limits

__all__ = ["Limits", "Progress", "Status", "Summary", "run", "status"]
