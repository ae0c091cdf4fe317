"""Danish word forms with how often they occur: alone, as parts of compounds, in pairs and in triples."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import regex

from pipeline.lexicon.letters import Letters

__all__ = ["SENTENCE_START", "FormCounts", "Words", "context_token", "tokens"]

SENTENCE_START = "<s>"
NUMBER = "0"
_SCALE = 8  # counts are stored as round(8 * log2(1 + count)): within 5 % of the count
_COUNTS: list[float] = (np.exp2(np.arange(256) / _SCALE) - 1).tolist()
_TOKEN = regex.compile(r"[^\W\d_]+|\d[\d.,]*|[^\w\s]")


def tokens(text: str) -> list[str]:
    """The words, numbers and marks of a text, as they are counted.

    >>> tokens("Kl. 10 mødtes KL-udvalget")
    ['Kl', '.', '10', 'mødtes', 'KL', '-', 'udvalget']
    """
    found: list[str] = _TOKEN.findall(text)
    return found


def context_token(token: str) -> str:
    """A token as pairs and triples are counted with it: lower case, every number alike.

    >>> context_token("2026")
    '0'
    """
    return NUMBER if token[0].isdigit() else token.lower()


class FormCounts(NamedTuple):
    """How often each form occurs as an ordinary word and as a name, and begins and ends other words."""

    common: Sequence[float]
    proper: Sequence[float]
    first: Sequence[float]
    last: Sequence[float]


class _Runs:
    """Counts of runs of forms, by a number made of the numbers of their forms."""

    def __init__(self, keys: np.ndarray[tuple[int], np.dtype[np.uint64]], counts: bytes) -> None:
        self._keys, self._counts = memoryview(keys), counts

    def __getitem__(self, key: int) -> float:
        index = bisect_left(self._keys, key)
        return _COUNTS[self._counts[index]] if index < len(self._keys) and self._keys[index] == key else 0.0


class Words:
    """Counts of forms, and of pairs and triples of forms, in lower case.

    `count` counts a form as an ordinary word, `proper_count` as a name; both are estimates scaled to a corpus of
    `Words.size` tokens. A form that only a word list knows counts less than one.

    Source and licences: models/words/CARD.md.
    """

    def __init__(
        self, forms: Sequence[str], counts: Sequence[bytes], pairs: _Runs, triples: _Runs, letters: Letters
    ) -> None:
        self._forms = forms
        self._number = {form: index for index, form in enumerate(forms)}
        self._common, self._proper, self._first, self._last = counts
        self._pairs, self._triples = pairs, triples
        self.letters = letters
        self.size, self.proper_size, self.firsts, self.lasts = map(_total, counts)

    @classmethod
    def load(cls, folder: Path) -> Words:
        """The words stored in `folder` (words.npz) by the training."""
        with np.load(folder / "words.npz", allow_pickle=False) as stored:
            forms = stored["forms"].tobytes().decode("utf-8").split("\n")
            counts = [stored[name].tobytes() for name in FormCounts._fields]
            pairs, triples = (
                _Runs(np.cumsum(stored[f"{name}_steps"], dtype=np.uint64), stored[f"{name}_counts"].tobytes())
                for name in ("pair", "triple")
            )
            runs = stored["letters"].tobytes().decode("utf-8").split("\n")
            letters = Letters(dict(zip(runs, map(_COUNTS.__getitem__, stored["letter_counts"].tobytes()), strict=True)))
        return cls(forms, counts, pairs, triples, letters)

    @staticmethod
    def save(
        folder: Path,
        forms: Sequence[str],
        counts: FormCounts,
        pairs: dict[int, float],
        triples: dict[int, float],
        letters: Letters,
    ) -> None:
        """Store words in `folder`, forms in sorted order; the same words give the same bytes."""
        if list(forms) != sorted(forms):
            raise ValueError("the forms must be sorted")
        arrays = {name: _quantised(of_form) for name, of_form in counts._asdict().items()}
        for name, runs in (("pair", pairs), ("triple", triples)):
            keys = np.array(sorted(runs), dtype=np.uint64)
            arrays[f"{name}_steps"] = np.diff(keys, prepend=np.uint64(0))
            arrays[f"{name}_counts"] = _quantised([runs[key] for key in keys.tolist()])
        text = np.frombuffer("\n".join(forms).encode("utf-8"), dtype=np.uint8)
        runs = sorted(letters.counts)
        arrays["letters"] = np.frombuffer("\n".join(runs).encode("utf-8"), dtype=np.uint8)
        arrays["letter_counts"] = _quantised([letters.counts[run] for run in runs])
        np.savez_compressed(folder / "words.npz", forms=text, **arrays)

    def __contains__(self, form: str) -> bool:
        return form.lower() in self._number

    def __len__(self) -> int:
        return len(self._forms)

    def begins(self, prefix: str) -> bool:
        """Whether a form begins with `prefix`, in lower case."""
        index = bisect_left(self._forms, prefix)
        return index < len(self._forms) and self._forms[index].startswith(prefix)

    def count(self, form: str) -> float:
        """How often the form occurs as an ordinary word; 0 where it is unknown."""
        return self._of_form(form, self._common)

    def proper_count(self, form: str) -> float:
        """How often the form occurs as a name; 0 where it is unknown."""
        return self._of_form(form, self._proper)

    def first_count(self, form: str) -> float:
        """How many other forms begin with this one, as compounds do (mødetid, mødested)."""
        return self._of_form(form, self._first)

    def last_count(self, form: str) -> float:
        """How many other forms end with this one, as compounds do (årsmøde, formøde)."""
        return self._of_form(form, self._last)

    def _of_form(self, form: str, counts: bytes) -> float:
        index = self._number.get(form.lower())
        return 0.0 if index is None else _COUNTS[counts[index]]

    def pair_count(self, left: str, right: str) -> float:
        """How often `right` follows `left` (both as `context_token` gives them); 0 where that was not kept."""
        first, second = self._number.get(left), self._number.get(right)
        if first is None or second is None:
            return 0.0
        return self._pairs[first * len(self._forms) + second]

    def triple_count(self, left: str, middle: str, right: str) -> float:
        """How often three forms follow each other; 0 where that was not kept."""
        first, second, third = self._number.get(left), self._number.get(middle), self._number.get(right)
        if first is None or second is None or third is None:
            return 0.0
        size = len(self._forms)
        return self._triples[(first * size + second) * size + third]


def _quantised(counts: Sequence[float]) -> np.ndarray[tuple[int], np.dtype[np.uint8]]:
    return np.round(_SCALE * np.log2(1 + np.asarray(counts, dtype=np.float64))).astype(np.uint8)


def _total(counts: bytes) -> float:
    return float(np.asarray(_COUNTS)[np.frombuffer(counts, dtype=np.uint8)].sum())
