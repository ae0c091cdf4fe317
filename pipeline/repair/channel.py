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

__all__ = ["DANISH", "IMPOSSIBLE", "Alignment", "Channel", "Confusion", "Folded", "Shape", "fold", "key", "outline"]

DANISH = frozenset("æøåÆØÅ")
_ALIKE = {  # how often l, i and j are read as one another, inside a word
    "l": {"I": 0.004, "|": 0.002, "1": 0.001, "i": 0.0003, "j": 0.00002},
    "i": {"I": 0.001, "|": 0.001, "1": 0.0005, "l": 0.0001, "j": 0.00002},
    "j": {"i": 0.0008, "l": 0.0005},
}
_CLASSES = str.maketrans({**dict.fromkeys("aoegz@&€éæøå46¢", "*"), **dict.fromkeys("ijI|1", "l")})
_DANISH = re.compile("[æøåÆØÅ]")
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


@lru_cache(maxsize=100_000)
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
    return _RUN.sub("*", outline(folded))


def outline(folded: str) -> str:
    """A form with a star for each letter that stands for a Danish one now and then; its key runs the stars together.

    >>> outline("mgdet"), key("mgdeet")
    ('m*d*t', 'm*d*t')
    """
    return folded.translate(_CLASSES)


Confusion = tuple[str, str]
"""What was meant and what was seen; a capital is meant where the capitals' row was used."""


class Alignment(NamedTuple):
    """P(seen | meant) along the likeliest alignment, and the confusions of Danish letters on it."""

    probability: float
    confusions: tuple[Confusion, ...]


IMPOSSIBLE = Alignment(0.0, ())


class Channel:
    """P(seen | meant), letter by letter, both folded."""

    def __init__(self, confusions: list[tuple[str, str, float]]) -> None:
        rows: dict[str, dict[str, float]] = defaultdict(dict)
        for meant, seen, probability in confusions:
            folded = seen if len(meant) == 2 and seen[0] == "I" else seen.lower()
            rows[meant][folded] = max(rows[meant].get(folded, 0.0), min(probability, 1.0))
        self._rows = {meant: tuple(sorted(seen.items())) for meant, seen in rows.items()}
        self.align = lru_cache(maxsize=200_000)(self._align)

    @classmethod
    def read(cls, file: Path) -> Channel:
        """The channel that the training stored. Raises `ConfigurationError` when the file is missing or wrong."""
        try:
            with file.open(encoding="utf-8", newline="") as lines:
                table = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
                return cls([(row["meant"], row["seen"], float(row["probability"])) for row in table])
        except (OSError, KeyError, ValueError) as error:
            raise ConfigurationError(f"{file.name}: {error}") from error

    def rows(self) -> dict[str, tuple[tuple[str, float], ...]]:
        """Every letter (or pair of letters) that is misread, with what it is read as and how often."""
        return self._rows

    def share(self, confusion: Confusion) -> float:
        """P(seen | meant) of one confusion; 0 where it was never seen."""
        return dict(self._rows.get(confusion[0], ())).get(confusion[1], 0.0)

    def _align(self, meant: str, seen: Folded) -> Alignment:
        """The likeliest alignment; `IMPOSSIBLE` where the channel cannot make one of the other.

        >>> channel = Channel([("ø", "g", 0.4), ("æ", "ee", 0.5), ("lø", "Ig", 0.2)])
        >>> channel.align("møde", fold("mgde"))
        Alignment(probability=0.4, confusions=(('ø', 'g'),))
        >>> channel.align("løn", fold("Ign")), channel.align("læge", fold("lege")).probability
        (Alignment(probability=0.2, confusions=(('lø', 'Ig'),)), 0.0)
        """
        letters, shape = seen
        rows, size = self._rows, len(letters)
        # for each place in `meant`, and for the two after it: place in `seen` → alignment up to there
        begin = _sound(meant, letters)
        here: dict[int, Alignment] = {begin: Alignment(1.0, ())}
        after: dict[int, Alignment] = {}
        for i in range(begin, len(meant)):
            letter = meant[i]
            beyond: dict[int, Alignment] = {}
            capital = shape is Shape.CAPITALS or (shape is Shape.TITLE and i == 0)
            for j, (probability, made) in here.items():
                at = letters[j] if j < size else ""
                if letter in DANISH:
                    row = letter.upper() if capital and letter.upper() in rows else letter
                    for read, share in rows.get(row, ()):
                        if letters.startswith(read, j):
                            _keep(after, j + len(read), probability * share, made, (row, read))
                elif at == letter or (at == "I" and letter == "i" and j == 0):
                    _keep(after, j + 1, probability, made)
                elif at and letter in _ALIKE and at in _ALIKE[letter]:
                    _keep(after, j + 1, probability * _ALIKE[letter][at], made)
                pair = meant[i : i + 2]
                for read, share in rows.get(pair, ()):
                    if letters.startswith(read, j):
                        _keep(beyond, j + len(read), probability * share, made, (pair, read))
            here, after = after, beyond
            if not here and not after:
                return IMPOSSIBLE
        return here.get(size, IMPOSSIBLE)


def _sound(meant: str, letters: str) -> int:
    """How many letters stand before anything can be misread: up to the one before the first Danish letter."""
    danish = _DANISH.search(meant)
    first = max((danish.start() if danish else len(meant)) - 1, 0)
    return first if letters.startswith(meant[:first]) else 0


def _keep(
    table: dict[int, Alignment],
    place: int,
    probability: float,
    made: tuple[Confusion, ...],
    confusion: Confusion | None = None,
) -> None:
    """Enter an alignment where none as likely ends at the same place."""
    known = table.get(place)
    if known is None or known.probability < probability:
        table[place] = Alignment(probability, (*made, confusion) if confusion else made)
