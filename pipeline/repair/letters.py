"""How Danish a run of letters looks: a model of four letters in a row, for words that are in no list."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import numpy as np

from pipeline.errors import ConfigurationError

__all__ = ["Letters"]

_ORDER = 4
_SCALE = 8
_LETTERS = 40  # as many as a word may be written with: the share of a letter never seen is 1/40 of what is left


class Letters:
    """P(word) letter by letter, each from the three before it, with shorter contexts mixed in (Witten and Bell 1991).

    >>> letters = Letters.learn([("mødet", 9.0), ("møde", 5.0), ("sødet", 2.0)])
    >>> letters.score("møder") > letters.score("mgdxr")
    True
    """

    def __init__(self, counts: dict[str, float]) -> None:
        self._counts = counts
        self._log_share = lru_cache(maxsize=200_000)(self._find_log_share)
        after: Counter[str] = Counter()
        kinds: Counter[str] = Counter()
        for run, count in counts.items():
            after[run[:-1]] += count  # type: ignore[assignment]
            kinds[run[:-1]] += 1
        self._after: dict[str, tuple[float, int]] = {
            context: (float(after[context]), kinds[context]) for context in kinds
        }

    @classmethod
    def learn(cls, forms: Iterable[tuple[str, float]]) -> Letters:
        """Count the runs of letters of forms, each with its weight."""
        counts: dict[str, float] = {}
        for form, weight in forms:
            padded = "^" * (_ORDER - 1) + form + "$"
            for end in range(_ORDER, len(padded) + 1):
                for size in range(1, _ORDER + 1):
                    run = padded[end - size : end]
                    counts[run] = counts.get(run, 0.0) + weight
        return cls({run: count for run, count in counts.items() if count >= 1})

    @classmethod
    def read(cls, file: Path) -> Letters:
        """The model that the training stored. Raises `ConfigurationError` when the file is missing or wrong."""
        try:
            with np.load(file, allow_pickle=False) as stored:
                runs = stored["runs"].tobytes().decode("utf-8").split("\n")
                counts: list[float] = (np.exp2(stored["counts"] / _SCALE) - 1).tolist()
                return cls(dict(zip(runs, counts, strict=True)))
        except (OSError, KeyError, ValueError) as error:
            raise ConfigurationError(f"{file.name}: {error}") from error

    def save(self, file: Path) -> None:
        """Store the model; the same model gives the same bytes."""
        runs = sorted(self._counts)
        counts = np.array([self._counts[run] for run in runs])
        np.savez_compressed(
            file,
            runs=np.frombuffer("\n".join(runs).encode("utf-8"), dtype=np.uint8),
            counts=np.minimum(np.round(_SCALE * np.log2(1 + counts)), 255).astype(np.uint8),
        )

    def score(self, form: str) -> float:
        """log P of a word in lower case, its end included."""
        padded = "^" * (_ORDER - 1) + form + "$"
        return sum([self._log_share(padded[end - _ORDER : end]) for end in range(_ORDER, len(padded) + 1)])

    def _find_log_share(self, run: str) -> float:
        """log P of the last letter of a run after the others."""
        share = 1.0 / _LETTERS
        for size in range(1, _ORDER + 1):
            part = run[_ORDER - size :]
            known = self._after.get(part[:-1])
            if known is None:
                break
            total, kinds = known
            share = (self._counts.get(part, 0.0) + kinds * share) / (total + kinds)
        return math.log(share)
