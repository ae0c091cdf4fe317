"""What a word that no list knows may have been, letter by letter: a small convolutional network over one word."""

from __future__ import annotations

import math
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from pipeline.errors import ConfigurationError
from pipeline.repair.channel import Folded

__all__ = ["ALPHABET", "DILATIONS", "LABELS", "Speller", "Spelling"]

ALPHABET = "^$abcdefghijklmnopqrstuvwxyzæøåéI|1460@&€¢üöäèóá"
"""Letters as they are read, each with the number of its place, from 1; 0 is any other."""
LABELS = (None, "æ", "ø", "å", "", "l", "i")
"""What becomes of a letter: it stays, it is a Danish one, it goes (the second half of æ), it is a stroke misread."""
DILATIONS = (1, 1, 2, 4, 1)
_LONGEST = 32
_DOUBTFUL = 0.02  # labels less likely than this are not tried
_TRIED = 12
_KEPT = 3
_Array = np.ndarray[tuple[int, ...], np.dtype[np.float32]]


class Spelling(NamedTuple):
    """A form, and log of how much likelier it is than the word as it was read."""

    form: str
    gain: float


class Speller:
    """Gives each letter of a misread word a label; five convolutions with residuals (after ogonki and A-TCN).

    It knows no words, only how Danish words and names are spelt: good for new compounds, inflections and names.
    """

    def __init__(self, arrays: dict[str, _Array]) -> None:
        self._letters, self._shapes = arrays["e_weight"], arrays["sh_weight"]
        self._layers = [
            (np.concatenate([arrays[f"c_{n}_weight"][:, :, tap].T for tap in range(3)]), arrays[f"c_{n}_bias"])
            for n in range(len(DILATIONS))
        ]
        self._out, self._out_bias = arrays["o_weight"].T.copy(), arrays["o_bias"]
        self._number = {letter: place for place, letter in enumerate(ALPHABET, 1)}
        self.spellings = lru_cache(maxsize=60_000)(self._spellings)

    @classmethod
    def read(cls, file: Path) -> Speller:
        """The model that the training stored. Raises `ConfigurationError` when the file is missing or wrong."""
        try:
            with np.load(file, allow_pickle=False) as stored:
                return cls({name: stored[name].astype(np.float32) for name in stored.files})
        except (OSError, KeyError, ValueError) as error:
            raise ConfigurationError(f"{file.name}: {error}") from error

    def _spellings(self, seen: Folded) -> tuple[Spelling, ...]:
        """The likeliest other forms behind a word, the best first; none for a word of more than 32 letters."""
        letters = seen.letters
        if not 2 < len(letters) <= _LONGEST:
            return ()
        shares = self._shares(letters, int(seen.shape))
        found = [("", 0.0, 0.0)]  # form so far, its log P, log P of the word as it was read
        for letter, share in zip(letters, shares.tolist(), strict=True):
            labels = [place for place, log in enumerate(share) if log > math.log(_DOUBTFUL)]
            found = [
                (form + (letter if LABELS[label] is None else LABELS[label]), said + share[label], plain + share[0])  # type: ignore[operator]
                for form, said, plain in found
                for label in labels
            ]
            found.sort(key=lambda one: -one[1])
            del found[_TRIED:]
        forms = [
            Spelling(form, said - plain) for form, said, plain in found if form != letters.lower() and form.islower()
        ]
        return tuple(forms[:_KEPT])

    def _shares(self, letters: str, shape: int) -> _Array:
        """log P of each label for each letter."""
        numbers = [self._number.get(letter, 0) for letter in f"^{letters}$"]
        inside = (np.array(numbers) > 0)[:, None]
        state = (self._letters[numbers] + self._shapes[shape]) * inside
        for (weight, bias), reach in zip(self._layers, DILATIONS, strict=True):
            padded = np.pad(state, ((reach, reach), (0, 0)))
            taps = np.concatenate([padded[: -2 * reach], state, padded[2 * reach :]], axis=1)
            state = (state + np.maximum(taps @ weight + bias, 0)) * inside
        logits = (state @ self._out + self._out_bias)[1:-1]
        logits -= logits.max(axis=1, keepdims=True)
        shares: _Array = logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))
        return shares
