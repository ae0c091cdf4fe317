"""The names of persons and organisations in a document's text, found once for all who ask."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import regex

from pipeline.find.brackets import BRACKET, classify_bracket, defines
from pipeline.find.name_words import PURE
from pipeline.find.names import SURE, NameMention, find_names
from pipeline.find.organisations.organisations import OrganisationMention, find_organisations
from pipeline.lexicon import Lexicon

__all__ = ["names_in", "organisations_in", "split_joined"]

LONG = 4
"""Two names in one have at least so many words."""
LONGEST = 12
"""And at most so many."""
_CAPITALISED = regex.compile(
    r"(?<![\p{L}\p{N}-])\p{Lu}[\p{L}'’-]{1,40}(?:\s(?:\p{Ll}{2,3}\s){0,2}\p{Lu}[\p{L}'’.-]{0,40}){1,3}(?=\s?\([^()\n]{2,60}\))"
)


@lru_cache(maxsize=4)
def names_in(text: str, lexicon: Lexicon) -> tuple[NameMention, ...]:
    """The names in a text, and capitalised words before a known organisation in brackets, which must be names too."""
    found = split_joined(find_names(text, lexicon), lexicon)
    taken = bytearray(len(text))
    for name in found:
        if name.kind == "full":
            taken[name.start : name.end] = b"\1" * (name.end - name.start)
    wider: list[NameMention] = []
    for match in _CAPITALISED.finditer(text):
        if any(taken[match.start() : match.end()]):
            continue
        bracket = BRACKET.match(text, match.end() + text[match.end() : match.end() + 1].isspace())
        if (
            bracket
            and not defines(match.group(), bracket.group(1))
            and _names_organisation(text, bracket, match.group(), lexicon)
        ):
            taken[match.start() : match.end()] = b"\1" * (match.end() - match.start())
            wider.append(NameMention(match.start(), match.end(), " ".join(match.group().split()), "full", 0.7))
    lone = [name for name in found if name.kind == "full" or not taken[name.start]]
    return tuple(sorted([*lone, *wider]))


def split_joined(found: Iterable[NameMention], lexicon: Lexicon) -> list[NameMention]:
    """The names with two or more that stand in one, as where two columns became one line, taken apart.

    A name is two if the text has its beginning or its end as a name elsewhere, and what is left is a name too.

    >>> lexicon = Lexicon.load()
    >>> names = find_names("Bo Rask Nimb Ali Zed kom. Bo Rask Nimb gik.", lexicon)
    >>> [name.name for name in split_joined(names, lexicon)]
    ['Bo Rask Nimb', 'Ali Zed', 'Bo Rask Nimb']
    """
    waiting = list(found)[::-1]
    known = {mention.name for mention in waiting if mention.kind == "full"}
    apart: list[NameMention] = []
    while waiting:
        mention = waiting.pop()
        parts = mention.name.split()
        cut = _second_name(parts, known, lexicon) if LONG <= len(parts) <= LONGEST else None
        if cut is None:
            apart.append(mention)
            continue
        length = len(" ".join(parts[:cut]))
        gap = len(mention.name) - len(" ".join(parts[cut:]))
        if mention.end - mention.start != len(
            mention.name
        ):  # wrapped or widely spaced: the offsets are not those of the name
            apart.append(mention)
            continue
        kind = "full" if cut < len(parts) - 1 else "first"
        waiting.append(mention._replace(start=mention.start + gap, name=" ".join(parts[cut:]), kind=kind))
        waiting.append(mention._replace(end=mention.start + length, name=" ".join(parts[:cut])))
    return apart


def _second_name(parts: list[str], known: set[str], lexicon: Lexicon) -> int | None:
    """Index of the part that opens a second name, or None."""
    for cut in range(2, len(parts) - 1):
        first, second = " ".join(parts[:cut]), " ".join(parts[cut:])
        if (first in known and lexicon.names.first_score(parts[cut]) >= SURE) or (first in known and second in known):
            return cut
        if second in known and lexicon.names.is_first(parts[cut]) and lexicon.names.last_score(parts[cut - 1]) >= SURE:
            return cut
    last = lexicon.names.count(parts[-1])
    return len(parts) - 1 if " ".join(parts[:-1]) in known and last.first > PURE * last.family else None


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
