"""The noisy channel: what OCR with the wrong model makes of Danish letters, and how likely."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from enum import IntEnum
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from pipeline.errors import ConfigurationError

__all__ = ["DANISH", "Channel", "Folded", "Shape", "fold", "key"]

DANISH = frozenset("æøåÆØÅ")
_ALIKE = {  # how often l, i and j are read as one another, inside a word
    "l": {"I": 0.004, "|": 0.002, "1": 0.001, "i": 0.0003, "j": 0.00002},
    "i": {"I": 0.001, "|": 0.001, "1": 0.0005, "l": 0.0001, "j": 0.00002},
    "j": {"i": 0.0008, "l": 0.0005},
}
_CLASSES = str.maketrans({**dict.fromkeys("aoegz@&€éæøå46¢", "*"), **dict.fromkeys("ijI|1", "l")})
_RUN = re.compile(r"\*\*+")


class Shape(IntEnum):
    """How a token was written: small letters, a capital first, or capitals only."""

    SMALL = 0
    TITLE = 1
    CAPITALS = 2


class Folded(NamedTuple):
    """A token in lower case, but for a capital I inside it (an l oftener than an I), and how it was written."""

    letters: str
    shape: Shape


def fold(token: str) -> Folded:
    """A token as the channel compares it.

    >>> fold("MGDET").letters, fold("Mgdet").letters, fold("Ign").letters, fold("vaIgt").letters
    ('mgdet', 'mgdet', 'Ign', 'vaIgt')
    """
    if token.isupper() and len(token) > 1:
        return Folded(token.lower(), Shape.CAPITALS)
    shape = Shape.TITLE if token[:1].isupper() or token[:1] == "@" else Shape.SMALL
    return Folded("".join(letter if letter == "I" else letter.lower() for letter in token), shape)


def key(folded: str) -> str:
    """What a form and all its likely damaged forms have in common.

    >>> key("læge") == key("leege") == key("lzege"), key("løn") == key("Ign")
    (True, True)
    """
    return _RUN.sub("*", folded.translate(_CLASSES))


class Channel:
    """P(seen | meant), letter by letter, both folded."""

    def __init__(self, confusions: list[tuple[str, str, float]]) -> None:
        small: dict[str, dict[str, float]] = defaultdict(dict)
        capital: dict[str, dict[str, float]] = defaultdict(dict)
        for meant, seen, probability in confusions:
            folded = seen if len(meant) == 2 and seen[0] == "I" else seen.lower()
            rows = capital if meant.isupper() else small
            known = rows[meant.lower()].get(folded, 0.0)
            rows[meant.lower()][folded] = max(known, min(probability, 1.0))
        self._small = {meant: tuple(sorted(seen.items())) for meant, seen in small.items()}
        self._capital = self._small | {meant: tuple(sorted(seen.items())) for meant, seen in capital.items()}
        self.probability = lru_cache(maxsize=200_000)(self._probability)

    @classmethod
    def read(cls, file: Path) -> Channel:
        """The channel that the training stored. Raises `ConfigurationError` when the file is missing or wrong."""
        try:
            with file.open(encoding="utf-8", newline="") as lines:
                table = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
                return cls([(row["meant"], row["seen"], float(row["probability"])) for row in table])
        except (OSError, KeyError, ValueError) as error:
            raise ConfigurationError(f"{file.name}: {error}") from error

    def _probability(self, meant: str, seen: Folded) -> float:
        """P(seen | meant) along the likeliest alignment; 0 where the channel cannot make one of the other.

        >>> channel = Channel([("ø", "g", 0.4), ("æ", "ee", 0.5), ("lø", "Ig", 0.2)])
        >>> pairs = ("møde", "mgde"), ("læge", "lege"), ("løn", "Ign")
        >>> [channel.probability(meant, fold(seen)) for meant, seen in pairs]
        [0.4, 0.0, 0.2]
        """
        return self._best(meant, 0, seen.letters, 0, seen.shape)

    def _best(self, meant: str, i: int, seen: str, j: int, shape: Shape) -> float:
        if i == len(meant):
            return 1.0 if j == len(seen) else 0.0
        letter, at = meant[i], seen[j : j + 1]
        rows = self._capital if shape is Shape.CAPITALS or (shape is Shape.TITLE and i == 0) else self._small
        best = 0.0
        pair = meant[i : i + 2]
        if letter in DANISH:
            for read, share in rows.get(letter, ()):
                if seen.startswith(read, j):
                    best = max(best, share * self._best(meant, i + 1, seen, j + len(read), shape))
        elif at == letter or (at == "I" and letter == "i" and j == 0):
            best = self._best(meant, i + 1, seen, j + 1, shape)
        elif at in (alike := _ALIKE.get(letter, {})):
            best = alike[at] * self._best(meant, i + 1, seen, j + 1, shape)
        if len(pair) == 2 and pair in rows:
            for read, share in rows[pair]:
                if seen.startswith(read, j):
                    best = max(best, share * self._best(meant, i + 2, seen, j + len(read), shape))
        return best
