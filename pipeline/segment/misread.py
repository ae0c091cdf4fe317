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
    "ikke mødt",
    "ej mødt",
    "afbud",
    "forfald",
    "mødt",
    "sekretær",
)
_LABEL = regex.compile(r"\W{0,6}(?P<word>(?=\p{L}|\d)[\p{L}\d|!@${€£¢©®]{2,16}(?:[ ][\p{L}\d]{4,6})?)(?=\s?[:;.])")
_REAL = 3
"""A word that the lists of Danish words hold so often is no misreading."""


def label_meant(content: str, lexicon: Lexicon) -> tuple[str, int] | None:
    """The line with the label that it opens with set right, and by how much it grew; None where it opens with none.

    One sign in five letters may be wrong, as OCR's English model reads ø, æ and å.
    """
    match = _LABEL.match(content)
    if match is None:
        return None
    printed = match["word"].casefold()
    word = printed.replace("ae", "æ").replace("oe", "ø")
    forms = {word, word.replace(" ", "")}
    for label in LABELS:
        if printed == label:
            return None
        allowed = max(1, len(label) // 4) if content[match.end() :].lstrip()[:1] == ":" else 1
        near = min(OSA.distance(form, label, score_cutoff=allowed) for form in forms)
        if near <= allowed and (word == label or not _is_word(printed, lexicon)):
            meant = content[: match.start("word")] + label.capitalize() + content[match.end() :]
            return meant, len(label) - len(printed)
    return None


def _is_word(word: str, lexicon: Lexicon) -> bool:
    return lexicon.words.count(word) >= _REAL
