"""The organisations that everybody knows, wherever a text names them."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from pipeline.find.capitals import plain_name
from pipeline.find.organisations.mention import OrganisationMention
from pipeline.lexicon import Lexicon
from pipeline.lexicon.organisations import KnownOrganisation
from pipeline.lexicon.words import Words

__all__ = ["known"]

_TOKEN = regex.compile(r"[\p{L}\p{M}\p{N}]+|[^\s\p{L}\p{M}\p{N}]")
_LOOSE = ("styrelsen", "ministeriet", "direktoratet", "foreningen")
"""A known name that ends so is found in lower case too."""
LEAST = 5
"""A word that is looked up among the known names although it is read wrongly has at least so many letters."""
_COMMON = 100  # occurrences of a word from which its capital at the start of a sentence tells nothing
_PARTIES = ("listen", "demokratiet", "demokraterne")
"""How the names of parties end that mean nothing else."""
_BRANCHED = ("union", "association", "agency", "hospital", "company")
"""Kinds that have local branches; hospitals, and agencies of several words, only by landscapes."""
_UNIT = regex.compile(r"\p{Lu}[ ]\p{Lu}{2,5}")
"""The last letter of a university's acronym and a unit of it in capitals: "SDU RIO"."""
_LANDSCAPE = regex.compile(
    r"(?i)(?:nord|syd|øst|vest|midt|sønder)?(?:sjælland|jylland|fyn|kysten|kyst|danmark)|vendsyssel|vadehavet|limfjorden|øresund|lillebælt|storebælt|hovedstaden|storkøbenhavn"
    r"|(?:nord|syd|øst|vest|midt){1,2}"
)
_TOWN = regex.compile(
    r"\p{Lu}\p{Ll}+(?:by|sted|rup|lev|løse|ø|bæk|borg|havn|lund|bjerg|dal|holm|sund|kær|inge|um|ager|å|vig|toft|køb|fjord|næs"
    r"|høj|bro|skov|slev|tved|ninge|strand|mark|rød|vad)"
)
"""As towns are called, also those that no register has."""


def known(text: str, lexicon: Lexicon) -> Iterator[OrganisationMention]:
    """Names of the gazetteer, token by token: also in the genitive, with a town behind, and slightly misread.

    >>> [m.name for m in known("FOA Odense bad Digitaliseringsstyrelscn om hjælp.", Lexicon.load())]
    ['FOA Odense', 'Digitaliseringsstyrelsen']
    """
    product = lexicon.by_name("organisations")["product-behind"].regex
    tokens = list(_TOKEN.finditer(text))
    words = [token.group() for token in tokens]
    for i, word in enumerate(words):
        for name, entry in lexicon.organisations.starting_with(word, genitive=True):
            last = i + len(name) - 1
            genitive = _stands(words, i, name)
            if genitive is None:
                continue
            start, end = tokens[i].start(), tokens[last].end() - genitive
            if _is_use(text, start, end, name, entry, lexicon.words) and not product.match(text[end : end + 20]):
                if not genitive and (branch := _branch(text, start, tokens[last : last + 2], entry, lexicon)):
                    yield OrganisationMention(start, tokens[last + 1].end(), branch, entry.kind, "branch", 0.9)
                else:
                    yield OrganisationMention(start, end, entry.name, entry.kind, "known", 0.95)
                break
        else:
            if word[0].isupper() and len(word) >= LEAST:
                yield from _misread(text, tokens, i, lexicon)


def _branch(
    text: str, start: int, tokens: list[regex.Match[str]], entry: KnownOrganisation, lexicon: Lexicon
) -> str | None:
    """The name of a union's or an association's local branch as printed, "FOA Odense"; or None.

    `start` is where the known name begins, `tokens` its last word and the one behind it, if there is one.
    """
    if entry.kind == "university" and len(tokens) == 2 and _UNIT.fullmatch(text[tokens[0].end() - 1 : tokens[1].end()]):
        return f"{tokens[0].group()} {tokens[1].group()}"
    if entry.kind not in _BRANCHED or len(tokens) < 2 or tokens[1].start() != tokens[0].end() + 1:
        return None
    place = tokens[1].group()
    if text[tokens[0].end()] != " " or not place[0].isupper() or not place[1:].islower():
        return None
    wide = entry.kind == "hospital" or (entry.kind == "agency" and " " in entry.name)
    if wide and not _LANDSCAPE.fullmatch(place):
        return None
    town = _TOWN.fullmatch(place) is not None and lexicon.words.count(place) == 0
    if (
        not (town or lexicon.names.is_place(place) or _LANDSCAPE.fullmatch(place))
        or lexicon.names.first_score(place) > 0.5
    ):
        return None
    return plain_name(text[start : tokens[1].end()])


def _misread(text: str, tokens: list[regex.Match[str]], i: int, lexicon: Lexicon) -> Iterator[OrganisationMention]:
    """A known name of which one long word that nobody knows is read wrongly in a letter or two."""
    word = tokens[i].group()
    if word in lexicon.words or lexicon.names.is_name(word) or lexicon.names.is_place(word):
        return
    if entry := lexicon.organisations.nearly(word):
        yield OrganisationMention(tokens[i].start(), tokens[i].end(), entry.name, entry.kind, "misread", 0.8)
        return
    for before in range(min(i, 3) + 1):
        for after in range(4 - before):
            around = [token.group() for token in tokens[i - before : i + after + 1]]
            if before + after == 0 or len(around) != before + after + 1:
                continue
            if entry := lexicon.organisations.nearly_several(tuple(around), before):
                start, end = tokens[i - before].start(), tokens[i + after].end()
                yield OrganisationMention(start, end, entry.name, entry.kind, "misread", 0.8)
                return


def _stands(words: list[str], i: int, name: tuple[str, ...]) -> int | None:
    """0 where the name stands at word `i`, 1 where it stands there in the genitive ("KLs"), None where it does not."""
    here = words[i : i + len(name)]
    if len(name) > 1 and not here[-1].casefold().startswith(name[-1].casefold()):
        return None
    if len(here) < len(name) or not all(
        _same(word, part, n) for n, (word, part) in enumerate(zip(here[:-1], name, strict=False))
    ):
        return None
    if _same(here[-1], name[-1], len(name) - 1):
        return 0
    return 1 if here[-1].endswith("s") and _same(here[-1][:-1], name[-1], len(name) - 1) else None


def _same(printed: str, part: str, position: int) -> bool:
    if printed == part:
        return True
    if part.isupper() and len(part) >= LEAST and printed == part.capitalize():
        return True
    if part.isupper() or (position == 0 and not printed[:1].isupper()):
        return part.endswith(_LOOSE) and printed == part.lower()
    return printed.casefold() == part.casefold()


def _is_use(text: str, start: int, end: int, name: tuple[str, ...], entry: KnownOrganisation, words: Words) -> bool:
    """Whether the name stands there for the organisation and not inside another word or as a common word."""
    before, after = text[max(0, start - 1) : start], text[end : end + 2]
    if before in ("-", "/", ".", "_") and not (before in "/-" and text[max(0, start - 2) : start - 1].isalpha()):
        return False
    if after[:1] == "-" and after[1:2].isupper():
        return False
    opens = regex.search(r"(?:^|[.:\n])\s*$", text[max(0, start - 5) : start])
    common = {"party": not name[0].endswith(_PARTIES), "company": words.count(name[0].lower()) >= _COMMON}
    if len(name) == 1 and opens and not name[0].isupper() and common.get(entry.kind):
        return False  # a common word too
    return not (name[0].isupper() and text[start:end] != text[start:end].upper() and len(name) == 1)
