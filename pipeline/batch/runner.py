"""A run: what is new or changed among the inputs is processed, and the output made anew."""

from __future__ import annotations

import queue
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError, Future
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from pipeline.batch.executors import Submit, cluster, local
from pipeline.batch.gaps import Gaps
from pipeline.batch.inputs import InputFile, digest, find_inputs
from pipeline.batch.outcome import Outcome, made_by, quarantined
from pipeline.batch.output import locked, write_output
from pipeline.batch.state import State
from pipeline.batch.survey import Finding, survey
from pipeline.batch.worker import Limits
from pipeline.errors import ConfigurationError, ReferatError
from pipeline.files import make_folder

__all__ = ["Progress", "Summary", "clear_errors", "run"]

_AHEAD = 4  # documents waiting for each worker: enough to keep it busy, few enough to keep memory flat
_AHEAD_ON_CLUSTER = 2_000  # its workers come and go; outcomes of short minutes are 20 kB
_TOGETHER = 100  # renamed documents that are kept in one transaction


class Progress(NamedTuple):
    """How far a run is. `path` was just done, now (`outcome`) or in an earlier run (None)."""

    done: int
    total: int
    processed: int
    pages: int
    failed: int
    path: str
    outcome: Outcome | None


class Summary(NamedTuple):
    """What a run did, in documents; `lines` are the quarantine lines, one JSON object each.

    `written` tells whether the output files had to be made anew, `gaps` what of all documents was not understood.
    """

    processed: int
    unchanged: int
    quarantined: int
    lines: tuple[str, ...]
    written: bool
    gaps: Gaps


def run(
    inputs: Sequence[str | Path],
    out: Path,
    *,
    jobs: int = 1,
    cluster_address: str | None = None,
    limits: Limits = Limits(),  # noqa: B008 -- immutable
    force: bool = False,
    retry: bool = False,
    reread: bool = False,
    progress: Callable[[Progress], None] = lambda progress: None,
) -> Summary:
    """Process what is new or changed in `inputs` into the folder `out`, and write the output files.

    A document is processed again when its bytes changed, or the code, rules or models that read it; `force`
    processes all, `retry` also what is in quarantine; with `reread` scanned PDFs whose text layer is damaged are read
    again by OCR. A document that is no longer among the inputs leaves the output. What was done before an interruption
    stays done. The work is done by `jobs` processes of this machine, or by the workers of the Dask cluster at
    `cluster_address`. `progress` is called after each document.

    Raises `ConfigurationError` when an input does not exist, `out` cannot be written, or another run writes there.
    """
    with clear_errors(out):
        make_folder(out)
        with locked(out), State(out / "state.sqlite") as state:
            files = [file._replace(reread=reread) for file in find_inputs(inputs, leave=out)]
            known = {} if force else state.known()
            if retry:
                known = {path: entry for path, entry in known.items() if not entry.quarantined}
            findings = survey(files, known, made_by(reread=reread), state.with_content)
            chosen = cluster(cluster_address, limits) if cluster_address else local(jobs, limits)
            ahead = _AHEAD_ON_CLUSTER if cluster_address else jobs * _AHEAD
            with chosen as submit:
                processed = _process(findings, len(files), state, submit, ahead, progress)
            with state.forgetting(state.known().keys() - {file.path for file in files}):
                pass
            written = write_output(out, state)
            lines = tuple(state.quarantined())
            return Summary(processed, len(files) - processed, len(lines), lines, written, state.gaps())


def _process(
    findings: Iterator[Finding],
    total: int,
    state: State,
    submit: Submit,
    ahead: int,
    progress: Callable[[Progress], None],
) -> int:
    """Bring every finding into the state; how many were processed for it."""
    waiting: dict[Future[Outcome], Finding] = {}
    finished: queue.SimpleQueue[Future[Outcome]] = queue.SimpleQueue()
    stamps: list[tuple[str, int, str]] = []
    moved: list[Outcome] = []
    at = Progress(0, total, 0, 0, 0, "", None)
    while True:
        for finding in findings:
            if finding.known or finding.outcome:
                at = at._replace(done=at.done + 1, path=finding.given.path, outcome=None)
                if finding.outcome:
                    moved.append(finding.outcome)
                    if len(moved) >= _TOGETHER:
                        state.add(moved)
                        moved.clear()
                elif finding.known and finding.stamp != finding.known.stamp:
                    stamps.append((finding.given.path, finding.size, finding.stamp))
                progress(at)
                continue
            future = submit(finding.given)
            waiting[future] = finding
            future.add_done_callback(finished.put)
            if len(waiting) >= ahead:
                break
        if not waiting:
            break
        ready = [finished.get(), *_at_once(finished)]
        outcomes = []
        for future in ready:
            finding = waiting.pop(future)
            outcomes.append(_result(future, finding.given)._replace(size=finding.size, stamp=finding.stamp))
        state.add(outcomes)
        for outcome in outcomes:
            failed = bool(outcome.lines.get("quarantine"))
            at = Progress(
                at.done + 1,
                total,
                at.processed + 1,
                at.pages + outcome.pages,
                at.failed + failed,
                outcome.path,
                outcome,
            )
            progress(at)
    if moved:
        state.add(moved)
    state.stamp(stamps)
    return at.processed


def _at_once(finished: queue.SimpleQueue[Future[Outcome]]) -> Iterator[Future[Outcome]]:
    """What is finished by now: it is kept in one transaction."""
    for _ in range(finished.qsize()):
        yield finished.get()


def _result(future: Future[Outcome], given: InputFile) -> Outcome:
    try:
        outcome = future.result()
    except CancelledError:
        raise ConfigurationError("the cluster is gone; what was done is kept, the same command continues") from None
    except ReferatError:
        raise
    except ImportError as error:
        raise ConfigurationError(f"a worker of the cluster has no referat ({error}); install it everywhere") from error
    except Exception as error:  # Dask gives up a document whose workers died again and again
        problem = f"{type(error).__name__}: {error}".splitlines()[0]
        return quarantined(given, digest(given), "limits", problem, "try it alone, without --cluster")
    here = made_by(reread=given.reread)
    if outcome.fingerprint != here:
        raise ConfigurationError(
            f"a worker runs another referat than this one (fingerprint {outcome.fingerprint}, here {here}): "
            "install the same version everywhere"
        )
    return outcome


@contextmanager
def clear_errors(out: Path) -> Iterator[None]:
    """Errors of the disk and of the state as `ConfigurationError`, in one line that says what to do."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        if "not a database" in str(error) or "malformed" in str(error):
            raise ConfigurationError(
                f"{out}: state.sqlite is damaged ({error}); remove it and run again, everything is then done anew"
            ) from error
        raise _not_writable(out, error) from error
    except OSError as error:
        raise _not_writable(out, error.strerror or error) from error


def _not_writable(out: Path, reason: object) -> ConfigurationError:
    return ConfigurationError(
        f"{out}: cannot be written ({reason}); make room there or name another --out. What was done is kept."
    )
