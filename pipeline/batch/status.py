"""What a folder of records holds: for people, and for programs that watch over runs."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from pipeline.batch.gaps import Gaps
from pipeline.batch.outcome import made_by
from pipeline.batch.output import is_current, is_locked
from pipeline.batch.runner import clear_errors
from pipeline.batch.state import State

__all__ = ["Status", "status"]


class Status(NamedTuple):
    """Documents and pages done, those in quarantine and those of another version of referat; whether a run is
    writing now, and whether the output files hold everything that is done; what was not understood, in all and in the
    documents (path and counts) with the most of it.
    """

    documents: int
    pages: int
    quarantined: int
    stale: int
    running: bool
    complete: bool
    gaps: Gaps
    most_missed: tuple[tuple[str, Gaps], ...]


def status(out: Path, *, most: int = 0) -> Status:
    """What `out` holds, and its `most` documents of which most was not understood. May be asked while a run writes.

    Raises `ConfigurationError` where no run has ever written, or one of another version of referat, and where the
    state is damaged.
    """
    with clear_errors(out), State(out / "state.sqlite", existing=True) as state:
        return Status(
            **state.totals((made_by(), made_by(reread=True))),
            running=is_locked(out),
            complete=is_current(out, state),
            gaps=state.gaps(),
            most_missed=tuple(state.most_missed(most)),
        )
