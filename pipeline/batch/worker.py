"""Worker processes: each does one document after another, within limits of time and memory.

A worker reads a document's place as a line of JSON and answers with its outcome. It is a process of its own and not
one of a pool, so that it can be killed at any moment without harm to the others, and so that the same workers serve
the threads of a local run and those of a cluster, whose processes may have no pools of their own. A document whose
worker dies is tried once more in a fresh one.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import signal
import subprocess
import sys
import tempfile
import threading
from multiprocessing.connection import wait
from typing import IO, NamedTuple, cast

from pipeline.batch.inputs import InputFile, digest
from pipeline.batch.outcome import Outcome, quarantined
from pipeline.collector import spare
from pipeline.errors import ConfigurationError

__all__ = ["Limits", "Workers", "serve"]

_MIB = 1024 * 1024
_START = [sys.executable, "-P", "-c", "from pipeline.batch.worker import serve; serve()"]


class Limits(NamedTuple):
    """What one document may take: seconds, and MiB of memory."""

    seconds: float = 600
    memory: int = 2048


class _DiedError(Exception):
    """The worker process is gone."""


class _Worker:
    """One worker process. What it writes to stderr is kept for the message when it cannot start."""

    def __init__(self, memory: int) -> None:
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 -- lives as long as the process
        try:
            self._process = subprocess.Popen(
                [*_START, str(memory)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._errors,
                start_new_session=True,  # Ctrl-C in the terminal is for the parent alone
            )
        except OSError as error:
            raise ConfigurationError(f"worker processes cannot start: {error}") from error
        self._jobs, self._answers = cast("IO[bytes]", self._process.stdin), cast("IO[bytes]", self._process.stdout)
        if not self._answers.readline():
            self._process.wait()
            words = self._last_words()
            self.close()
            raise ConfigurationError(f"worker processes cannot start: {words}")

    def process(self, given: InputFile, seconds: float) -> Outcome | None:
        """The outcome, None where memory did not suffice.

        Raises `TimeoutError` after `seconds`, and `_DiedError` when the process ends before it answers. It is of no
        more use after either, nor after None.
        """
        try:
            self._jobs.write(json.dumps(given).encode() + b"\n")
            self._jobs.flush()
        except OSError:
            raise _DiedError(self._cause()) from None
        if not wait([self._answers.fileno()], seconds):
            raise TimeoutError
        answer = self._answers.readline()
        if not answer.endswith(b"\n"):
            raise _DiedError(self._cause())
        outcome = json.loads(answer)
        return Outcome(*outcome) if outcome else None

    def kill(self) -> None:
        """End the process and all that it has started."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def close(self) -> None:
        for file in (self._jobs, self._answers, self._errors):
            with contextlib.suppress(OSError):
                file.close()

    def _cause(self) -> str:
        status = self._process.wait()
        if status >= 0:
            return f"exit status {status}: {self._last_words()}"
        return f"killed by {signal.Signals(-status).name}"

    def _last_words(self) -> str:
        self._errors.seek(0)
        lines = self._errors.read().decode("utf-8", "replace").split("\n")
        return next((line.strip() for line in reversed(lines) if line.strip()), "no reason given")


class Workers:
    """A worker process for each thread that asks; `process` is called from many threads."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._own = threading.local()
        self._all: set[_Worker] = set()
        self._lock = threading.Lock()
        self._closed = False

    def process(self, given: InputFile) -> Outcome:
        """The outcome for one document; a limit that it breaks and a second dead worker are told in quarantine.

        Raises `ConfigurationError` when workers cannot start or were closed.
        """
        for trial in (1, 2):
            try:
                worker = self._worker()
                outcome = worker.process(given, self._limits.seconds)
                if outcome is not None:
                    return outcome
                problem = f"it takes more memory than {self._limits.memory} MiB"
                advice = "split it, or allow more: --retry --memory-limit MIB"
            except TimeoutError:
                problem = f"it takes longer than {self._limits.seconds:g} s"
                advice = "split it, or allow more: --retry --time-limit SECONDS"
            except _DiedError as death:
                problem = f"its worker process died twice ({death})"
                advice = "try it alone with more --memory-limit; if it dies again, report it with the document"
                if trial == 1:
                    self._drop()
                    continue
            self._drop()
            break
        return quarantined(given, digest(given), "limits", problem, advice)

    def stop(self) -> None:
        """Kill every worker; who waits for one gets an error."""
        with self._lock:
            self._closed = True
            workers = list(self._all)
        for worker in workers:
            worker.kill()

    def close(self) -> None:
        """Let go of workers that were stopped, when nobody asks them any more."""
        for worker in self._all:
            worker.close()
        self._all.clear()

    def _worker(self) -> _Worker:
        worker: _Worker | None = getattr(self._own, "worker", None)
        if worker is None and not self._closed:
            worker = self._own.worker = _Worker(self._limits.memory)
            with self._lock:
                self._all.add(worker)
        if worker is None or self._closed:
            if worker:
                worker.kill()
            raise ConfigurationError("the run has ended")
        return worker

    def _drop(self) -> None:
        worker = self._own.worker
        self._own.worker = None
        with self._lock:
            self._all.discard(worker)
        worker.kill()
        worker.close()


def serve() -> None:
    """The life of a worker process: documents in, outcomes out, until its parent is gone."""
    answers = os.fdopen(os.dup(1), "w", encoding="ascii")
    os.dup2(2, 1)  # what a library prints must not stand among the answers
    _limit_memory(int(sys.argv[1]))
    spare()
    from pipeline.batch.work import process_file

    jobs: queue.SimpleQueue[str] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(jobs,), daemon=True).start()
    print("ready", file=answers, flush=True)
    while True:
        given = InputFile(*json.loads(jobs.get()))
        try:
            answer = json.dumps(process_file(given))
        except MemoryError:
            answer = "null"
        print(answer, file=answers, flush=True)


def _listen(jobs: queue.SimpleQueue[str]) -> None:
    """Pass on what the parent asks. When it is gone, however it went, leave at once, in the middle of a document."""
    for line in sys.stdin.buffer:
        jobs.put(line.decode())
    os.killpg(os.getpid(), signal.SIGKILL)


def _limit_memory(mebibytes: int) -> None:
    """Let allocations fail beyond the limit, in this process and each that it starts."""
    import resource

    limit = mebibytes * _MIB
    with contextlib.suppress(ValueError, OSError):  # macOS knows the limit and does not keep it
        resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))
