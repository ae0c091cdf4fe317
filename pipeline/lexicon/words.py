"""Danish word forms: how often they occur alone, in pairs, and as parts of compounds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import regex

from pipeline.errors import ConfigurationError

__all__ = ["SENTENCE_START", "WordCount", "Words", "context_token", "tokens"]

SENTENCE_START = "<s>"
NUMBER = "0"
_REMEMBERED = 20_000  # forms whose counts are kept
_SCALE = 8  # counts are stored as round(8 * log2(1 + count)): within 5 % of the count
_TABLE = np.exp2(np.arange(256) / _SCALE) - 1
_COUNT: list[float] = _TABLE.tolist()
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


class WordCount(NamedTuple):
    """How often a form occurs as an ordinary word and as a name, and how many compounds it begins and ends."""

    common: float
    proper: float
    heads: float
    tails: float


_NONE = WordCount(0.0, 0.0, 0.0, 0.0)


class Words:
    """Counts of forms in lower case, of pairs of them, and of what stands on both sides of ambiguous ones.

    Counts are estimates, within 5 %, from 10 million tokens. A form that only a word list knows counts less than one.
    Source and licences: models/words/CARD.md.

    >>> words = Words(["dag", "i"], [WordCount(900, 0, 40, 20), WordCount(9000, 1, 0, 0)], {(1, 0): 70.0}, {})
    >>> round(words.count("Dag")), "dag" in words, "dug" in words, round(words.pair_count("i", "dag"))
    (938, True, False, 70)
    """

    def __init__(
        self,
        forms: Sequence[str],
        counts: Sequence[WordCount],
        pairs: Mapping[tuple[int, int], float],
        triples: Mapping[tuple[int, int, int], float],
        paired: Set[int] = frozenset(),
    ) -> None:
        columns = [_quantised(column).tobytes() for column in zip(*counts, strict=True)]
        size = len(forms)
        numbered = {left * size + right: count for (left, right), count in pairs.items()}
        threes = {(left * size + middle) * size + right: count for (left, middle, right), count in triples.items()}
        self._fill(forms, columns, numbered, threes, frozenset(paired))

    def _fill(
        self,
        forms: Sequence[str],
        columns: Sequence[bytes],
        pairs: dict[int, float],
        triples: dict[int, float],
        paired: frozenset[int],
    ) -> None:
        self.forms = forms
        self.paired = paired  # numbers of the forms whose pairs and triples were counted
        self._number = dict(zip(forms, range(len(forms)), strict=True))
        self._columns = columns
        self.numbered = lru_cache(maxsize=_REMEMBERED)(self._find_numbered)
        self._pairs, self._triples = pairs, triples
        table = np.frombuffer(columns[0], np.uint8), np.frombuffer(columns[1], np.uint8)
        self.size = float(_TABLE[table[0]].sum() + _TABLE[table[1]].sum())
        self.heads = float(_TABLE[np.frombuffer(columns[2], np.uint8)].sum())
        self.tails = float(_TABLE[np.frombuffer(columns[3], np.uint8)].sum())

    @classmethod
    def read(cls, folder: Path) -> Words:
        """The words of `folder` (words.npz). Raises `ConfigurationError` when the file is missing or wrong."""
        words = cls.__new__(cls)
        try:
            with np.load(folder / "words.npz", allow_pickle=False) as stored:
                arrays = {name: stored[name] for name in stored.files}
            forms = arrays["forms"].tobytes().decode("utf-8").split("\n")
            columns = [arrays[name].tobytes() for name in WordCount._fields]
            paired = frozenset(np.cumsum(arrays["paired_steps"].astype(np.int64)).tolist())
            words._fill(forms, columns, _unpacked(arrays, "pair"), _unpacked(arrays, "triple"), paired)
        except (OSError, KeyError, ValueError) as error:
            raise ConfigurationError(f"models/words: {error}") from error
        return words

    def save(self, folder: Path) -> None:
        """Store the words in `folder`; the same words give the same bytes."""
        arrays: dict[str, Any] = {
            name: np.frombuffer(column, np.uint8) for name, column in zip(WordCount._fields, self._columns, strict=True)
        }
        arrays["forms"] = np.frombuffer("\n".join(self.forms).encode("utf-8"), dtype=np.uint8)
        arrays |= _packed(self._pairs, "pair") | _packed(self._triples, "triple")
        arrays["paired_steps"] = np.diff(np.array(sorted(self.paired), dtype=np.uint32), prepend=np.uint32(0))
        np.savez_compressed(folder / "words.npz", **arrays)

    def __contains__(self, form: object) -> bool:
        if not isinstance(form, str):
            return False
        found = self.figures(form.lower())
        return bool(found.common or found.proper)

    def __len__(self) -> int:
        return len(self._number)

    def count(self, form: str) -> float:
        """How often the form occurs as an ordinary word; 0 for an unknown one, less than 1 where only a list has it."""
        return self.figures(form.lower()).common

    def proper_count(self, form: str) -> float:
        """How often the form occurs as a name; 0 where it is unknown."""
        return self.figures(form.lower()).proper

    def figures(self, form: str) -> WordCount:
        """All counts of a form that is given in lower case; zeros where it is unknown."""
        index = self._number.get(form)
        return _NONE if index is None else self.numbered(index)

    def _find_numbered(self, index: int) -> WordCount:
        """All counts of the form with this number."""
        return WordCount(*[_COUNT[column[index]] for column in self._columns])

    def total(self, index: int) -> float:
        """How often the form with this number occurs, as a word or as a name; 0 for the number -1."""
        return _COUNT[self._columns[0][index]] + _COUNT[self._columns[1][index]] if index >= 0 else 0.0

    def number(self, form: str) -> int:
        """The number of a form given in lower case, -1 where it is unknown: for `numbered_pair` and `triple_count`."""
        return self._number.get(form, -1)

    def pair_count(self, left: str, right: str) -> float:
        """How often `right` follows `left` (both as `context_token` gives them); 0 where that was not kept."""
        return self.numbered_pair(self.number(left), self.number(right))

    def numbered_pair(self, left: int, right: int) -> float:
        return self._pairs.get(left * len(self.forms) + right, 0.0) if left >= 0 and right >= 0 else 0.0

    def triple_count(self, left: int, middle: int, right: int) -> float:
        """How often three numbered forms stand in a row; 0 where that was not kept."""
        if left < 0 or middle < 0 or right < 0:
            return 0.0
        size = len(self.forms)
        return self._triples.get((left * size + middle) * size + right, 0.0)


def _quantised(counts: Sequence[float]) -> np.ndarray[tuple[int], np.dtype[np.uint8]]:
    return np.minimum(np.round(_SCALE * np.log2(1 + np.asarray(counts, dtype=np.float64))), 255).astype(np.uint8)


def _packed(table: Mapping[int, float], name: str) -> dict[str, np.ndarray[tuple[int], np.dtype[np.generic]]]:
    keys = np.array(sorted(table), dtype=np.uint64)
    return {
        f"{name}_steps": np.diff(keys, prepend=np.uint64(0)),
        f"{name}_counts": _quantised([table[key] for key in keys.tolist()]),
    }


def _unpacked(arrays: Mapping[str, np.ndarray[tuple[int], np.dtype[np.uint8]]], name: str) -> dict[int, float]:
    keys: list[int] = np.cumsum(arrays[f"{name}_steps"].astype(np.uint64)).tolist()
    counts: list[float] = _TABLE[arrays[f"{name}_counts"]].tolist()
    return dict(zip(keys, counts, strict=True))
