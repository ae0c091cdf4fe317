"""The noisy channel: what OCR with the wrong model makes of Danish letters, and how likely."""

from __future__ import annotations

import csv
import math
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

__all__ = ["SLIP", "Channel", "Reading"]


class Reading(NamedTuple):
    """What may have been meant by some letters that were seen, with log P(seen | meant)."""

    meant: str
    cost: float


SLIP = 1e-5  # P(seen | meant): so rare that it only explains what is no word
# Seen on real scans, and on none of the training pages: in small print å also comes out as d and éa. The last two are
# no OCR: people write so on a keyboard without the letters.
_ALSO_SEEN = (
    *(("å", "d", 0.03), ("å", "éa", 0.01), ("å", "é", 0.01), ("å", "4", 0.005), ("ø", "q", 0.003)),
    *(("å", "aa", 0.003), ("ø", "oe", 0.003)),
    *(("l", "i", SLIP), ("h", "n", SLIP), ("j", "i", SLIP), ("rn", "m", SLIP)),  # beside the Danish letters
)
_L_AS_CAPITAL_I = 0.004  # inside a word; as whole words I, l, | and 1 are another matter (numerals.py)


class Channel:
    """Readings of runs of letters, in lower case; a capital I inside a word stays a capital.

    Letters that were read correctly cost nothing: a model that has never seen æ, ø and å makes other letters out of
    them, and hardly ever them out of other letters.
    """

    def __init__(self, confusions: list[tuple[str, str, float]]) -> None:
        table: dict[str, dict[str, float]] = defaultdict(dict)
        for meant, seen, probability in (*confusions, *_ALSO_SEEN, ("l", "I", _L_AS_CAPITAL_I)):
            key = seen if seen.startswith("I") else seen.lower()
            if key and not meant.isupper():
                known = table[key].get(meant.lower(), 0.0)
                table[key][meant.lower()] = max(known, min(probability, 1.0))
        self._readings = {
            seen: tuple(Reading(meant, math.log(probability)) for meant, probability in meanings.items())
            for seen, meanings in table.items()
        }
        self._capitals: dict[str, list[Reading]] = defaultdict(list)
        for meant, seen, probability in confusions:
            if meant.isupper() and seen and probability > 0:
                self._capitals[seen].append(Reading(meant, math.log(min(probability, 1.0))))
        self.longest = max(map(len, self._readings))

    @classmethod
    def load(cls, file: Path) -> Channel:
        """The channel that the training stored: meant, seen, probability on each line."""
        with file.open(encoding="utf-8", newline="") as rows:
            table = csv.DictReader(rows, delimiter="\t", quoting=csv.QUOTE_NONE)
            return cls([(row["meant"], row["seen"], float(row["probability"])) for row in table])

    def readings(self, seen: str) -> tuple[Reading, ...]:
        """What the letters `seen` may stand for, besides themselves.

        >>> [r.meant for r in Channel([("ø", "g", 0.4), ("lø", "Ig", 0.02)]).readings("g")]
        ['ø']
        """
        return self._readings.get(seen, ())

    def capital_readings(self, seen: str) -> tuple[Reading, ...]:
        """Which capital Æ, Ø or Å the letters `seen` may stand for."""
        return tuple(self._capitals.get(seen, ()))
