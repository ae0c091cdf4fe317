"""Word and character errors before and after repair."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import reduce

from rapidfuzz.distance import Levenshtein

__all__ = ["RepairFigures", "changed_words", "score_repair"]

_DASHES = re.compile(r"[—–−]")
_DOUBLE_QUOTES = re.compile(r"[“”„]")
_SINGLE_QUOTES = re.compile(r"[’‘´`]")


@dataclass(frozen=True, slots=True)
class RepairFigures:
    """Counts of words and characters over one or more documents, and the rates made of them.

    Words that the OCR lost or made up no repair can mend: they are counted apart and left out of the error counts.
    `intact` words had no damage; `broken` are those of them that repair made wrong.
    """

    words: int = 0
    lost: int = 0
    made_up: int = 0
    errors_before: int = 0
    errors_after: int = 0
    damaged: int = 0
    restored: int = 0
    intact: int = 0
    broken: int = 0
    characters: int = 0
    character_errors_before: int = 0
    character_errors_after: int = 0

    def plus(self, other: RepairFigures) -> RepairFigures:
        """Both counts together."""
        return RepairFigures(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))

    def rates(self) -> dict[str, float]:
        """Word and character error rates, the share of errors that repair took away, and the harm it did."""
        return {
            "wer_before": self.errors_before / max(self.words, 1),
            "wer_after": self.errors_after / max(self.words, 1),
            "wer_cut": 1 - self.errors_after / max(self.errors_before, 1),
            "damaged_words_restored": self.restored / max(self.damaged, 1),
            "good_words_broken_per_10k": 1e4 * self.broken / max(self.intact, 1),
            "cer_before": self.character_errors_before / max(self.characters, 1),
            "cer_after": self.character_errors_after / max(self.characters, 1),
        }


def score_repair(source: str, repaired: str, clean: str) -> RepairFigures:
    """The counts of one document: the text as it came, as repaired, and as it was printed.

    >>> figures = score_repair("pa mgdet i dag", "på mødet i dog", "på mødet i dag")
    >>> figures.damaged, figures.restored, figures.broken
    (2, 2, 1)
    """
    before, after, printed = _words(source), _words(repaired), _words(clean)
    lost: set[int] = set()
    damaged: set[int] = set()
    made_up = 0
    for read, wanted in _differences(before, printed):
        if not read:
            lost.update(wanted)
        elif not wanted:
            made_up += len(read)
        else:
            damaged.update(wanted)
    wrong = {index for _, wanted in _differences(after, printed) for index in wanted} - lost
    beyond = len(lost) + made_up
    intact = set(range(len(printed))) - damaged - lost
    lines = [" ".join(words) for words in (before, after, printed)]
    return RepairFigures(
        words=len(printed) - len(lost),
        lost=len(lost),
        made_up=made_up,
        errors_before=max(Levenshtein.distance(before, printed) - beyond, 0),
        errors_after=max(Levenshtein.distance(after, printed) - beyond, 0),
        damaged=len(damaged),
        restored=len(damaged - wrong),
        intact=len(intact),
        broken=len(intact & wrong),
        characters=len(lines[2]),
        character_errors_before=Levenshtein.distance(lines[0], lines[2]),
        character_errors_after=Levenshtein.distance(lines[1], lines[2]),
    )


def changed_words(source: str, repaired: str, clean: str) -> Iterator[tuple[str, str, str]]:
    """Each damaged word, or run of words read as fewer or more: as printed, as read, as repaired.

    >>> list(changed_words("pa mgdet og tili dag", "på mgdet og til i dag", "på mødet og til i dag"))
    [('på', 'pa', 'på'), ('mødet', 'mgdet', 'mgdet'), ('til i', 'tili', 'til i')]
    """
    before, after, printed = _words(source), _words(repaired), _words(clean)
    became = dict(enumerate(printed))
    for read, wanted in _differences(after, printed):
        alike = len(read) == len(wanted)
        for place, index in enumerate(wanted):
            became[index] = after[read[place]] if alike else _joined(after, read) * (not place)
    for read, wanted in _differences(before, printed):
        pieces = [range(index, index + 1) for index in wanted] if len(read) == len(wanted) else [wanted]
        for place, piece in enumerate(pieces if read and wanted else ()):
            seen = before[read[place]] if len(pieces) > 1 else _joined(before, read)
            yield _joined(printed, piece), seen, " ".join(became[index] for index in piece if became[index])


def _joined(words: list[str], piece: range) -> str:
    return " ".join(words[piece.start : piece.stop])


def _words(text: str) -> list[str]:
    """Blank-separated words that hold a letter or a digit; the forms of quotes and dashes do not count."""
    text = _DASHES.sub("-", _DOUBLE_QUOTES.sub('"', _SINGLE_QUOTES.sub("'", unicodedata.normalize("NFC", text))))
    return [word for word in text.split() if any(map(str.isalnum, word))]


def _differences(read: list[str], wanted: list[str]) -> list[tuple[range, range]]:
    """The runs of words in which two texts differ, as ranges of indices; runs that touch are one."""

    def joined(runs: list[tuple[range, range]], run: tuple[range, range]) -> list[tuple[range, range]]:
        if runs and runs[-1][0].stop == run[0].start and runs[-1][1].stop == run[1].start:
            before = runs.pop()
            run = range(before[0].start, run[0].stop), range(before[1].start, run[1].stop)
        return [*runs, run]

    changes = (code for code in Levenshtein.opcodes(read, wanted) if code.tag != "equal")
    runs = [(range(code.src_start, code.src_end), range(code.dest_start, code.dest_end)) for code in changes]
    return reduce(joined, runs, [])
