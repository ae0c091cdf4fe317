"""How well a word fits between its four neighbours on each side: a small neural model over word vectors."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from zlib import crc32

import numpy as np

from pipeline.errors import ConfigurationError
from pipeline.lexicon.words import SENTENCE_START, Words

__all__ = ["ENDINGS", "REACH", "Neighbours", "Place", "ending"]

REACH = 4
_MOST = 5.0  # what the neighbours may say for or against a word, as a logarithm
_BELIEF = 8.0  # occurrences at which a word's score counts half
_SAMPLE = 400  # words drawn by frequency, against which scores are levelled
Place = tuple[int, int]
"""The rows of a form and of its ending in the tables of vectors."""
ENDINGS = 4096
_Array = np.ndarray[tuple[int, ...], np.dtype[np.float32]]


def ending(form: str) -> int:
    """The row of a form's last three letters in the tables of endings."""
    return crc32(form[-3:].encode()) % ENDINGS


class Neighbours:
    """log P(word | its neighbours) / P(word), for each of several readings of a word.

    A word's vector is that of the word, where it is frequent, and that of its last three letters. The vectors of eight
    neighbours go through one hidden layer; the product with a reading's vector is the score. Trained to tell the
    printed word from those that OCR makes alike, and from words drawn by their frequency (Mikolov et al. 2013).
    """

    def __init__(self, words: Words, arrays: dict[str, _Array], numbers: Sequence[int]) -> None:
        self._words = words
        self._inward, self._inward_ending = arrays["E"], arrays["S"]
        self._outward, self._outward_ending = arrays["O"], arrays["SO"]
        self._hidden, self._hidden_bias = arrays["h_weight"].T.copy(), arrays["h_bias"]
        self._out, self._out_bias = arrays["o_weight"].T.copy(), arrays["o_bias"]
        self._row = {number: row for row, number in enumerate(numbers)}
        self._unknown = len(numbers)
        counts = np.array([words.total(number) for number in numbers])
        drawn = np.random.default_rng(0).choice(len(numbers), _SAMPLE, p=counts / counts.sum())
        endings = [ending(words.forms[numbers[row]]) for row in drawn.tolist()]
        self._sample = self._outward[drawn] + self._outward_ending[endings]
        self._trust = np.append(counts / (counts + _BELIEF), 0.0).astype(np.float32)
        self.place = lru_cache(maxsize=200_000)(self._place)
        self.boundary = self._row[words.number(SENTENCE_START)], 0

    @classmethod
    def read(cls, words: Words, file: Path) -> Neighbours:
        """The model that the training stored. Raises `ConfigurationError` when the file is missing or wrong."""
        try:
            with np.load(file, allow_pickle=False) as stored:
                arrays = {
                    name: stored[name] * stored[f"{name}_scale"].astype(np.float32)[:, None]
                    if f"{name}_scale" in stored
                    else stored[name].astype(np.float32)
                    for name in ("E", "S", "O", "SO", "h_weight", "h_bias", "o_weight", "o_bias")
                }
                return cls(words, arrays, stored["numbers"].tolist())
        except (OSError, KeyError, ValueError) as error:
            raise ConfigurationError(f"{file.name}: {error}") from error

    def _place(self, form: str) -> Place:
        """The rows of a form, and of its ending, in the tables of vectors."""
        row = self._row.get(self._words.number(form), self._unknown)
        return row, ending(form)

    def score(
        self, windows: Sequence[Sequence[Place]], readings: Sequence[Place], owners: Sequence[int]
    ) -> list[float]:
        """How much likelier each reading is in the window that owns it than anywhere, as a logarithm from -5 to 5.

        A rare word's score is drawn towards 0, an unknown word's is 0.
        """
        around = np.asarray(windows)
        vectors = self._inward[around[:, :, 0]] + self._inward_ending[around[:, :, 1]]
        hidden = np.maximum(vectors.reshape(len(windows), -1) @ self._hidden + self._hidden_bias, 0)
        wanted = hidden @ self._out + self._out_bias
        rows = np.asarray(readings)
        given = self._outward[rows[:, 0]] + self._outward_ending[rows[:, 1]]
        level = np.log(np.exp(wanted @ self._sample.T).mean(axis=1))
        places = np.asarray(owners)
        fits = np.clip(np.einsum("ij,ij->i", given, wanted[places]) - level[places], -_MOST, _MOST)
        scores: list[float] = (fits * self._trust[rows[:, 0]]).tolist()
        return scores
