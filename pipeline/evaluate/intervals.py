"""How far a figure would swing with other documents: the bootstrap."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pipeline.evaluate.tally import Tally

__all__ = ["f1_interval"]

_RESAMPLES = 1000
_SEED = 20250101
_LEVEL = 0.95


def f1_interval(tallies: Sequence[Tally]) -> tuple[float, float] | None:
    """The 95 % interval of F1 when whole documents are drawn again with replacement, 1,000 times, seed fixed.

    None when no document has a value of the field. With few documents the interval is too narrow rather than too wide.

    >>> f1_interval([Tally(5), Tally(5)])
    (1.0, 1.0)
    """
    if not any(tally.gold + tally.found for tally in tallies):
        return None
    right = np.array([tally.right for tally in tallies], dtype=np.float64)
    both = np.array([tally.gold + tally.found for tally in tallies], dtype=np.float64)
    draws = np.random.default_rng(_SEED).integers(0, len(tallies), size=(_RESAMPLES, len(tallies)))
    totals = both[draws].sum(axis=1)
    measured = totals > 0
    scores = 2 * right[draws].sum(axis=1)[measured] / totals[measured]
    low, high = np.quantile(scores, [(1 - _LEVEL) / 2, (1 + _LEVEL) / 2])
    return round(float(low), 6), round(float(high), 6)
