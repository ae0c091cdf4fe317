"""A run: what is new or changed among the inputs is processed, and the output made anew."""

from __future__ import annotations

import multiprocessing
import signal
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from pathlib import Path
from typing import NamedTuple

from pipeline.batch.inputs import InputFile, find_inputs
from pipeline.batch.output import write_output
from pipeline.batch.state import Outcome, State
from pipeline.batch.work import process_file
from pipeline.errors import ConfigurationError
from pipeline.records.fingerprint import produced_by

__all__ = ["Summary", "run"]

Job = tuple[InputFile, str | None]
_AHEAD = 4  # jobs waiting for each worker: enough to keep it busy, few enough to keep memory flat


class Summary(NamedTuple):
    """What a run did, in documents; `lines` are the quarantine lines, one JSON object each."""

    processed: int
    unchanged: int
    quarantined: int
    lines: tuple[str, ...]


def run(
    inputs: Sequence[Path],
    out: Path,
    *,
    jobs: int = 1,
    force: bool = False,
    progress: Callable[[int, int, str], None] = lambda done, total, path: None,
) -> Summary:
    """Process what is new or changed in `inputs` into the folder `out`, and write the output files.

    A document is processed again when its bytes changed, or the code, rules or models that read it; `force`
    processes all. A document that is no longer among the inputs leaves the output. What was done before an
    interruption stays done. `progress(done, total, path)` is called after each document.

    Raises `ConfigurationError` when an input does not exist or `out` cannot be written.
    """
    files = find_inputs(inputs)
    try:
        out.mkdir(parents=True, exist_ok=True)
        with State(out / "state.sqlite") as state:
            return _run(files, state, out, jobs=jobs, force=force, progress=progress)
    except (OSError, sqlite3.Error) as error:
        reason = getattr(error, "strerror", None) or error
        raise ConfigurationError(
            f"{out}: cannot be written ({reason}); make room there or name another --out. What was done is kept."
        ) from error


def _run(
    files: Sequence[InputFile],
    state: State,
    out: Path,
    *,
    jobs: int,
    force: bool,
    progress: Callable[[int, int, str], None],
) -> Summary:
    fingerprint = produced_by().fingerprint
    known = {path: sha256 for path, (sha256, made_by) in state.done().items() if made_by == fingerprint and sha256}
    work = [(file, None if force else known.get(file.path)) for file in files]
    processed = 0
    for done, (path, outcome) in enumerate(_outcomes(work, jobs), 1):
        if outcome:
            state.add(outcome)
            processed += 1
        progress(done, len(files), path)
    state.keep_only([file.path for file in files])
    write_output(out, state)
    lines = tuple(state.quarantined())
    return Summary(processed, len(files) - processed, len(lines), lines)


def _outcomes(work: Sequence[Job], jobs: int) -> Iterator[tuple[str, Outcome | None]]:
    """Path and outcome of each job, as they are finished."""
    if jobs == 1 or len(work) < 2:
        yield from ((file.path, process_file(file, sha256)) for file, sha256 in work)
        return
    # "spawn" gives each worker a clean process, the same on every system.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(min(jobs, len(work)), context, initializer=_leave_interrupts_to_parent) as executor:
        waiting, queue = {}, iter(work)
        try:
            while True:
                for file, sha256 in queue:
                    waiting[executor.submit(process_file, file, sha256)] = file.path
                    if len(waiting) >= jobs * _AHEAD:
                        break
                if not waiting:
                    return
                for future in wait(waiting, return_when=FIRST_COMPLETED).done:
                    yield waiting.pop(future), future.result()
        finally:
            executor.shutdown(wait=False, cancel_futures=True)


def _leave_interrupts_to_parent() -> None:
    """Ctrl-C reaches every process of the terminal; only the parent acts on it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
