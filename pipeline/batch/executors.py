"""Where documents are processed: on this machine or on a Dask cluster, behind `concurrent.futures.Executor`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager
from functools import cache
from typing import Any

from pipeline.batch.inputs import InputFile
from pipeline.batch.outcome import Outcome
from pipeline.batch.worker import Limits, Workers
from pipeline.errors import ConfigurationError

__all__ = ["Submit", "cluster", "local"]

_PATIENCE = "10s"  # until a scheduler must have answered
Submit = Callable[[InputFile], "Future[Outcome]"]


@contextmanager
def local(jobs: int, limits: Limits) -> Iterator[Submit]:
    """Process documents in `jobs` worker processes of this machine, each driven by a thread that waits for it."""
    workers = Workers(limits)
    executor = ThreadPoolExecutor(jobs, thread_name_prefix="referat")
    try:
        yield lambda given: executor.submit(workers.process, given)
    finally:
        executor.shutdown(wait=False, cancel_futures=True)
        workers.stop()
        executor.shutdown()
        workers.close()


@contextmanager
def cluster(address: str, limits: Limits) -> Iterator[Submit]:
    """Process documents on the Dask cluster whose scheduler answers at `address`.

    A worker of the cluster that dies is replaced by Dask, and its documents are done elsewhere.

    Raises `ConfigurationError` where Dask is not installed or nobody answers.
    """
    try:
        from distributed import Client
    except ImportError:
        raise ConfigurationError(
            "--cluster needs the extra `cluster`: python -m pip install 'referat[cluster]'"
        ) from None
    try:
        client: Any = Client(address, timeout=_PATIENCE)  # type: ignore[no-untyped-call]
    except (OSError, TimeoutError, ValueError) as error:
        raise ConfigurationError(
            f"{address}: no Dask scheduler answers there; start one with `dask scheduler` ({error})"
        ) from error
    with client:
        executor: Executor = client.get_executor(pure=False)
        try:
            yield lambda given: executor.submit(process_on_cluster, tuple(given), tuple(limits))
        finally:
            executor.shutdown(wait=False)


def process_on_cluster(given: tuple[Any, ...], limits: tuple[Any, ...]) -> Outcome:
    """One document, in a thread of a cluster's worker, by a worker process beside it that stays for the next."""
    return _workers(Limits(*limits)).process(InputFile(*given))


@cache
def _workers(limits: Limits) -> Workers:
    return Workers(limits)
