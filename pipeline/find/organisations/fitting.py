"""What the shape of an organisation's name asks for beside its pattern: which words may stand in it."""

from __future__ import annotations

import regex

from pipeline.lexicon import Lexicon

__all__ = ["fits"]

_NEEDS_TWO = ("municipality", "company-form", "institution-tail", "danish", "region", "lower-tail")
_COMPASS = frozenset(
    {"Nørre", "Sønder", "Øster", "Vester", "Store", "Lille", "Gammel", "Gamle", "Ny", "Nye", "Nr.", "Sdr."}
)
_JOINTS = _COMPASS | {"og", "af", "Håndbold", "Fodbold", "Team"}
_AND_SON = regex.compile(r"&\s(?:Søn|Sønner|Datter|Døtre|Co)$")
RARELY = 4
"""A word that is a name at most so many times oftener than a common word is a common word ("Teknik", "Miljø")."""


def fits(shape: str, printed: str, lexicon: Lexicon, parts: set[str]) -> bool:
    """Whether words that have a shape can be an organisation's name; `parts` are the words of persons' names."""
    words = printed.split()
    if len(words) == 1 and shape in _NEEDS_TWO:
        return False
    if shape == "municipality":
        return _is_municipality(printed, lexicon)
    if shape == "association-head" and words[0] == "foreningen" and len(words) == 2:
        return not lexicon.names.is_first(words[1])  # "her takkede foreningen Ib"
    if shape == "region":
        return not _is_common(words[-1], lexicon)
    if shape in ("trade-tail", "trade-word", "english-tail"):
        return not _is_common(words[0], lexicon) and lexicon.roles.group(words[0]) is None
    if shape == "lower-tail":
        before = [word for word in words[:-1] if not word.endswith(".")]
        return not any(
            _is_common(word, lexicon) or lexicon.names.is_first(word.removesuffix("s")) or lexicon.roles.group(word)
            for word in before
            if word not in _COMPASS
        )
    if shape == "sports-club":
        return not any(_is_common(word, lexicon) for word in words[:-1] if not (word.isupper() or word in _JOINTS))
    if shape == "role-in":
        return _is_role_place(words, lexicon, parts)
    if shape in ("compound-tail", "school") and len(words) == 1:
        generic = lexicon.by_name("organisations")["generic-body"].regex
        return not generic.match(printed) and lexicon.words.count(printed) == 0
    if shape in ("trade-named", "branch", "local-unit", "sector-branch"):
        named = words[1] if shape == "trade-named" else words[-1]
        return not lexicon.names.is_first(named) and not lexicon.roles.group(named)
    if shape == "ampersand":
        bare = [word for word in words if word != "&"]
        if _AND_SON.search(printed):
            return True
        if all(word in parts or lexicon.names.is_first(word) for word in bare):
            return False
        if words[1] == "&" and all(lexicon.names.is_first(word) for word in (words[0], words[2])):
            return not lexicon.names.is_last(words[-1])  # "Nora & Kai Bille"
        if len(bare) == 2 and lexicon.names.is_first(bare[0]) and not lexicon.names.is_last(bare[0]):
            return False  # "Gry & Bakkum": a letter between the names of one person that OCR read as "&"
        return any(lexicon.words.count(word) == 0 or lexicon.names.is_name(word) for word in bare)
    return True


def _is_common(word: str, lexicon: Lexicon) -> bool:
    return lexicon.words.count(word) > lexicon.words.proper_count(word) / RARELY and not lexicon.names.is_place(word)


def _is_role_place(words: list[str], lexicon: Lexicon, parts: set[str]) -> bool:
    """Whether words behind "formand for" can be an organisation's name and are no town, person or common body."""
    generic = lexicon.by_name("organisations")["generic-body"].regex
    if not any(word in ("i", "på") for word in words) and all(_is_common(word, lexicon) for word in words):
        return False
    return not (
        any(generic.match(word) or word.endswith("-") or word in parts for word in words)
        or (lexicon.names.is_place(words[0]) and words[-1][0].isupper() and len(words) == 2)
        or lexicon.roles.group(words[0])
        or lexicon.names.is_first(words[0])
        or lexicon.names.is_place(" ".join(words))
    )


def _is_municipality(printed: str, lexicon: Lexicon) -> bool:
    place, word = printed.rsplit(" ", 1)
    if lexicon.organisations.municipality(place) or lexicon.names.is_place(place):
        return True
    return word[0].isupper() and lexicon.words.count(place) <= lexicon.words.proper_count(place)
