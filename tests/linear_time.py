"""Whether work takes time in proportion to its size, on a machine that does other things too."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

NOISE = 0.1  # seconds below which a measurement says nothing
_TRIES = 6
Made = TypeVar("Made")


def cpu_seconds(work: Callable[[], object]) -> float:
    """The seconds of processor time that one call takes."""
    began = time.process_time()
    work()
    return time.process_time() - began


def assert_linear(
    work: Callable[[Made], object], made: Callable[[int, int], Made], size: int, times: int, limit: float
) -> None:
    """Fails when work on `times` of `size` takes over `limit` times as long as on `size`, in each of six tries.

    `made(size, n)` gives what to work on for try n, another each time, so that nothing is remembered. Other work on
    the machine can only make a measurement longer: the shortest of each so far is compared, and a try that passes ends
    it. What is quadratic fails in every one.
    """
    few = many = float("inf")
    for n in range(_TRIES):
        small, large = made(size, n), made(size * times, n)
        few = min(few, cpu_seconds(lambda small=small: work(small)))  # type: ignore[misc]
        many = min(many, cpu_seconds(lambda large=large: work(large)))  # type: ignore[misc]
        if many < max(limit * few, NOISE):
            return
    raise AssertionError(f"{few:.3f} s, {times} times as much {many:.3f} s")
