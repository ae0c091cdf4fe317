"""The names of persons and organisations in a document's text, found once for all who ask."""

from __future__ import annotations

from functools import lru_cache

import regex

from pipeline.find.brackets import BRACKET, classify_bracket
from pipeline.find.names import NameMention, find_names
from pipeline.find.organisations import OrganisationMention, find_organisations
from pipeline.lexicon import Lexicon

__all__ = ["names_in", "organisations_in"]

_CAPITALISED = regex.compile(
    r"(?<![\p{L}\p{N}-])\p{Lu}[\p{L}'’-]{1,40}(?:\s(?:\p{Ll}{2,3}\s){0,2}\p{Lu}[\p{L}'’.-]{0,40}){1,3}(?=\s?\([^()\n]{2,60}\))"
)


@lru_cache(maxsize=4)
def names_in(text: str, lexicon: Lexicon) -> tuple[NameMention, ...]:
    """The names in a text, and capitalised words before a known organisation in brackets, which must be names too."""
    found = find_names(text, lexicon)
    taken = bytearray(len(text))
    for name in found:
        if name.kind == "full":
            taken[name.start : name.end] = b"\1" * (name.end - name.start)
    wider: list[NameMention] = []
    for match in _CAPITALISED.finditer(text):
        if any(taken[match.start() : match.end()]):
            continue
        bracket = BRACKET.match(text, match.end() + text[match.end() : match.end() + 1].isspace())
        if bracket and _names_organisation(text, bracket, match.group(), lexicon):
            taken[match.start() : match.end()] = b"\1" * (match.end() - match.start())
            wider.append(NameMention(match.start(), match.end(), " ".join(match.group().split()), "full", 0.7))
    lone = [name for name in found if name.kind == "full" or not taken[name.start]]
    return tuple(sorted([*lone, *wider]))


def _names_organisation(text: str, bracket: regex.Match[str], name: str, lexicon: Lexicon) -> bool:
    """Whether a known organisation stands in the bracket behind what looks like a name and is no organisation."""
    meaning = classify_bracket(text, bracket.start(), bracket.end(), lexicon, after_name=name)
    return (
        meaning.organisation is not None
        and lexicon.organisations.lookup(meaning.organisation) is not None
        and lexicon.organisations.lookup(name) is None
        and not any(lexicon.roles.group(part) or lexicon.names.is_place(part) for part in name.split())
    )


@lru_cache(maxsize=4)
def organisations_in(text: str, lexicon: Lexicon) -> tuple[OrganisationMention, ...]:
    """The organisations in a text."""
    return tuple(find_organisations(text, lexicon, list(names_in(text, lexicon))))
