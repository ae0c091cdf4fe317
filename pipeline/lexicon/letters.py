"""How Danish a spelling looks: the letters of words and names, each by the three before it."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache

__all__ = ["Letters"]

ORDER = 4
_EDGE = "^"
_LEAST = 3  # a run of four letters seen less often is left out


class Letters:
    """Probabilities of letters after the three before them, with shorter histories where those are rare.

    The rarer a history, the more the next shorter one decides (Witten and Bell 1991).
    """

    def __init__(self, counts: Mapping[str, float]) -> None:
        self._counts = counts
        self._totals: dict[str, float] = defaultdict(float)
        self._kinds: dict[str, int] = defaultdict(int)
        for run, count in counts.items():
            self._totals[run[:-1]] += count
            self._kinds[run[:-1]] += 1
        self._log = lru_cache(maxsize=100_000)(lambda run: math.log(self._share(run)))

    @classmethod
    def counted(cls, forms: Iterable[str]) -> Letters:
        """The letters of some forms, each form once.

        >>> letters = Letters.counted(["høj", "tøj"] * 9)
        >>> letters.score("røj") > letters.score("rgj")
        True
        """
        counts: Counter[str] = Counter()
        for form in forms:
            padded = _EDGE * (ORDER - 1) + form + _EDGE
            for end in range(ORDER, len(padded) + 1):
                for length in range(1, ORDER + 1):
                    counts[padded[end - length : end]] += 1
        return cls({run: count for run, count in counts.items() if len(run) < ORDER or count >= _LEAST})

    @property
    def counts(self) -> Mapping[str, float]:
        """Runs of one to four letters and how often each occurs; ^ is the edge of a word."""
        return self._counts

    def score(self, form: str) -> float:
        """Log probability of a spelling among all spellings, in lower case."""
        padded = _EDGE * (ORDER - 1) + form + _EDGE
        return sum(self._log(padded[end - ORDER : end]) for end in range(ORDER, len(padded) + 1))

    def after(self, history: str, letter: str) -> float:
        """Log probability of a letter after what stands before it in a word."""
        return self._log((_EDGE * (ORDER - 1) + history)[1 - ORDER :] + letter)

    def _share(self, run: str) -> float:
        if not run:
            return 1e-4
        shorter = self._share(run[1:])
        total, kinds = self._totals.get(run[:-1], 0.0), self._kinds.get(run[:-1], 0)
        return (self._counts.get(run, 0) + kinds * shorter) / (total + kinds) if total else shorter
