"""Danish word forms with how often they occur, alone and in pairs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import regex

__all__ = ["SENTENCE_START", "Words", "context_token", "tokens"]

SENTENCE_START = "<s>"
NUMBER = "0"
_SCALE = 8  # counts are stored as round(8 * log2(1 + count)): within 5 % of the count
_TOKEN = regex.compile(r"[^\W\d_]+|\d[\d.,]*|[^\w\s]")


def tokens(text: str) -> list[str]:
    """The words, numbers and marks of a text, as they are counted.

    >>> tokens("Kl. 10 mødtes KL-udvalget")
    ['Kl', '.', '10', 'mødtes', 'KL', '-', 'udvalget']
    """
    found: list[str] = _TOKEN.findall(text)
    return found


def context_token(token: str) -> str:
    """A token as word pairs are counted with it: lower case, every number alike.

    >>> context_token("2026")
    '0'
    """
    return NUMBER if token[0].isdigit() else token.lower()


class Words:
    """Counts of forms and of pairs of forms, in lower case.

    `common` counts a form as an ordinary word, `proper` as a name; both are estimates scaled to a corpus of
    `Words.size` tokens. A form that only a word list knows counts less than one.

    Source and licences: models/words/CARD.md.
    """

    def __init__(self, forms: Sequence[str], common: Sequence[float], proper: Sequence[float], pairs: dict[int, float]):
        self._number = {form: index for index, form in enumerate(forms)}
        self._common, self._proper, self._pairs = common, proper, pairs
        self.size = sum(common)
        self.proper_size = sum(proper)

    @classmethod
    def load(cls, folder: Path) -> Words:
        """The words stored in `folder` (words.npz) by the training."""
        with np.load(folder / "words.npz", allow_pickle=False) as stored:
            forms = stored["forms"].tobytes().decode("utf-8").split("\n")
            common, proper = (_counts(stored[name]) for name in ("common", "proper"))
            keys = np.cumsum(stored["pair_steps"].astype(np.uint64))
            pairs = dict(zip(keys.tolist(), _counts(stored["pair_counts"]), strict=True))
        return cls(forms, common, proper, pairs)

    def save(self, folder: Path) -> None:
        """Store the words in `folder`; the same words give the same bytes."""
        keys = np.array(sorted(self._pairs), dtype=np.uint64)
        np.savez_compressed(
            folder / "words.npz",
            forms=np.frombuffer("\n".join(self._number).encode("utf-8"), dtype=np.uint8),
            common=_quantised(self._common),
            proper=_quantised(self._proper),
            pair_steps=np.diff(keys, prepend=np.uint64(0)),
            pair_counts=_quantised([self._pairs[key] for key in keys.tolist()]),
        )

    def __contains__(self, form: str) -> bool:
        return form.lower() in self._number

    def __len__(self) -> int:
        return len(self._number)

    def count(self, form: str) -> float:
        """How often the form occurs as an ordinary word; 0 where it is unknown."""
        index = self._number.get(form.lower())
        return 0.0 if index is None else self._common[index]

    def proper_count(self, form: str) -> float:
        """How often the form occurs as a name; 0 where it is unknown."""
        index = self._number.get(form.lower())
        return 0.0 if index is None else self._proper[index]

    def pair_count(self, left: str, right: str) -> float:
        """How often `right` follows `left` (both as `context_token` gives them); 0 where that was not kept."""
        first, second = self._number.get(left), self._number.get(right)
        if first is None or second is None:
            return 0.0
        return self._pairs.get(first * len(self._number) + second, 0.0)


def _quantised(counts: Sequence[float]) -> np.ndarray[tuple[int], np.dtype[np.uint8]]:
    return np.round(_SCALE * np.log2(1 + np.asarray(counts, dtype=np.float64))).astype(np.uint8)


def _counts(stored: np.ndarray[tuple[int], np.dtype[np.uint8]]) -> list[float]:
    table = np.exp2(np.arange(256) / _SCALE) - 1
    found: list[float] = table[stored].tolist()
    return found
