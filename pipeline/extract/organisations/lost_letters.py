"""The æ, ø and å that OCR lost from the name of an organisation, where the parts of Danish place names show them."""

from __future__ import annotations

from collections.abc import Iterable

import regex

from pipeline.lexicon import Lexicon
from pipeline.values import Edit

__all__ = ["loses_letters", "with_letters"]

FEWEST = 3
"""So many words got such a letter back from repair: the reader of this document knows none."""
_WORD = regex.compile(r"\p{L}+")


def loses_letters(edits: Iterable[Edit]) -> bool:
    """Whether repair put back so many æ, ø and å that the reader of the document must have known none."""
    found = 0
    for edit in edits:
        before, after = edit.before.lower(), edit.after.lower()
        found += any(letter in after and letter not in before for letter in "æøå")
        if found >= FEWEST:
            return True
    return False


def with_letters(name: str, lexicon: Lexicon) -> str:
    """The name with the letters that its words lost; words that a list knows stay as they are.

    >>> with_letters("Alund Vand A/S", Lexicon.load()), with_letters("SONDERVANG", Lexicon.load())
    ('Ålund Vand A/S', 'SØNDERVANG')
    >>> with_letters("Asger Holm", Lexicon.load()), with_letters("Arbejdstilsynet", Lexicon.load())
    ('Asger Holm', 'Arbejdstilsynet')
    """
    parts = [rule for rule in lexicon.rules("organisations") if rule.name.startswith("lost-")]

    def restored(match: regex.Match[str]) -> str:
        word: str = match.group()
        lists = lexicon.words.count(word) or lexicon.names.is_name(word) or lexicon.names.is_place(word)
        if lists or not word[0].isupper():
            return word
        for rule in parts:
            if found := rule.regex.search(word):
                word = word[: found.start()] + _cased(rule.value or "", found.group()) + word[found.end() :]
        return word

    return str(_WORD.sub(restored, name))


def _cased(letters: str, printed: str) -> str:
    if printed.isupper() and len(printed) > 1:
        return letters.upper()
    return letters.capitalize() if printed[0].isupper() else letters
