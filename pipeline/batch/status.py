"""What a folder of records holds: for people, and for programs that watch over runs."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from pipeline.batch.outcome import made_by
from pipeline.batch.output import is_current, is_locked
from pipeline.batch.state import State
from pipeline.errors import ConfigurationError

__all__ = ["Status", "status"]


class Status(NamedTuple):
    """Documents and pages done, those in quarantine and those of another version of referat; whether a run is
    writing now, and whether the output files hold everything that is done.
    """

    documents: int
    pages: int
    quarantined: int
    stale: int
    running: bool
    complete: bool


def status(out: Path) -> Status:
    """What `out` holds. May be asked while a run is writing there.

    Raises `ConfigurationError` where no run has ever written.
    """
    if not (out / "state.sqlite").is_file():
        raise ConfigurationError(f"{out}: no run has written here; name the --out of a run")
    with State(out / "state.sqlite") as state:
        return Status(
            **state.totals((made_by(), made_by(reread=True))), running=is_locked(out), complete=is_current(out, state)
        )
