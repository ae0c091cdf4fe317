"""Labels of the head that OCR damaged: "Madeleder:", "Deltagcre:", "Fravzrende:"."""

from __future__ import annotations

import regex
from rapidfuzz.distance import OSA

from pipeline.lexicon import Lexicon

__all__ = ["label_meant"]

LABELS = (
    "mødeleder",
    "ordstyrer",
    "dirigent",
    "referent",
    "deltagere",
    "mødedeltagere",
    "til stede",
    "tilstede",
    "tilstedeværende",
    "fremmødte",
    "fraværende",
    "afbud",
    "sekretær",
)
_LABEL = regex.compile(r"\W{0,6}(?P<word>(?=\p{L}|\d)[\p{L}\d|!@$€£]{2,16}(?:[ ][\p{L}\d]{4,6})?)(?=\s?[:;.])")
_REAL = 3
"""A word that the lists of Danish words hold so often is no misreading."""


def label_meant(content: str, lexicon: Lexicon) -> tuple[str, int] | None:
    """The line with the label that it opens with set right, and by how much it grew; None where it opens with none.

    One sign in five letters may be wrong, as OCR's English model reads ø, æ and å.
    """
    match = _LABEL.match(content)
    if match is None:
        return None
    word = match["word"].casefold()
    for label in LABELS:
        if word == label:
            return None
        allowed = max(1, len(label) // 4) if content[match.end() :].lstrip()[:1] == ":" else 1
        if OSA.distance(word, label, score_cutoff=allowed) <= allowed and not _is_word(word, lexicon):
            meant = content[: match.start("word")] + label.capitalize() + content[match.end() :]
            return meant, len(label) - len(word)
    return None


def _is_word(word: str, lexicon: Lexicon) -> bool:
    return all(lexicon.words.count(part) >= _REAL for part in word.split())
