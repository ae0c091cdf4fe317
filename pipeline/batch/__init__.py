"""Runs over folders of minutes: incremental, one bad file never stops the rest."""

from pipeline.batch.gaps import Gaps
from pipeline.batch.runner import Progress, Summary, run
from pipeline.batch.status import Status, status
from pipeline.batch.worker import Limits

__all__ = ["Gaps", "Limits", "Progress", "Status", "Summary", "run", "status"]
