"""Whether a piece of a list is a person's name."""

from __future__ import annotations

from functools import lru_cache

import regex

from pipeline.document import quote_name
from pipeline.lexicon import Lexicon
from pipeline.segment.people.beside import is_house
from pipeline.values import Span

__all__ = ["COMMON", "NAME", "PLACE_WORD", "is_full", "is_person", "is_sure", "title_in_front"]

COMMON = 500
"""A name with so many bearers is a first name though it is a word too ("Liv")."""
CALLED = 100
"""So many are called by a word that is a first name in a list of names."""
FAMILY = 50
"""As many bear a trade's name that is no word of running text ("Fjordfoged")."""
# "@" is what OCR makes of a capital Ø
_WRAPPED = r"(?<=\p{Ll}-)[ \t]*\n[ \t]*(?!og\b|eller\b|samt\b)\p{L}[\p{L}\p{M}'’´`-]*"
_PART = rf"[\p{{Lu}}@](?:[\p{{L}}\p{{M}}'’´`-]*(?:{_WRAPPED})?|\.\p{{Lu}})\.?"
_NICKNAME = r"[\"“”„»«]\p{Lu}[\p{L}-]+[\"“”„»«]"
NAME = regex.compile(
    rf"{_PART}(?:[ \t\n]+{_NICKNAME}(?=[ \t\n]+\p{{Lu}}))?"
    rf"(?:[ \t\n]+(?:(?:af|de|da|den|der|di|du|el|van|von|la|le|ten|bin|al|á|à)\s+){{0,2}}{_PART}){{0,5}}"
)
_QUOTED = regex.compile(_NICKNAME)
PLACE_WORD = regex.compile(
    r"(?i)\b(?:kommune|region|styrelsen|ministeriet|foreningen?|forbund(?:et)?|universitet(?:et)?|hospital(?:et)?|sygehus"
    r"|selskab(?:et)?|klub(?:ben)?|skole(?:n)?|råd(?:et)?|udvalg(?:et)?|gruppe(?:n)?|sekretariat(?:et)?|aps|a/s|amba"
    r"|bestyrelsen|afdeling|team|center|centret|institut|fonden|laug(?:et)?)\b"
    r"|(?:styrelsen|ministeriet|foreningen|forbundet|universitetet?|hospital|skolen|rådet|udvalget|sekretariat|fonden|laget|værket|huset|klubben)\b"
)
_NO_NAME = regex.compile(
    r"(?i)^(?:danske?|det|den|de|ingen|alle|resten|øvrige|vip|tap|fra|revision|rådgivning|tegnestuen|advokatfirmaet"
    r"|firmaet|sparekassen|banken)\b|\s(?:udeblevet|afbud|fraværende|ubesat|vakant)$"
)
_HOUSE = regex.compile(
    r"\p{Lu}\p{Ll}{3,}(?:hospitalet|sygehuset|skolen|huset|klubben|foreningen|cent(?:er|re)t|museet|selskabet|klinikken|hjemmet)\s"
    r"|(?:Hotel|Café|Restaurant|Hospice|Plejecenter|Campus)\s"
)
"""How the names of houses begin: "Regionshospitalet Norddal"."""


@lru_cache(maxsize=500)
def is_person(text: str, lexicon: Lexicon, *, listed: bool) -> bool:
    """Whether a piece of an attendance list is a name; `listed` where nothing but names is to be expected.

    >>> lexicon = Lexicon.load()
    >>> is_person("Karen Holm", lexicon, listed=True), is_person("Holbæk Kommune", lexicon, listed=True)
    (True, False)
    """
    text = quote_name(text, 0, len(text)).strip()
    text = " ".join(text.split())
    words = [word for word in text.split() if not _QUOTED.match(word)]
    if not NAME.fullmatch(text) or _NO_NAME.search(text) or PLACE_WORD.search(text) or _plays(words, lexicon):
        return False
    if len(words) > 1 and (_HOUSE.match(text) or (is_house(text, lexicon) and not _borne(words, lexicon))):
        return False
    if all(word.isupper() and len(word) > 1 for word in words) and lexicon.names.score(text.title()) < 0.5:
        return False
    if len(words) == 1:
        place = lexicon.names.is_place(text)
        named = lexicon.names.is_name(text) or _called(text, lexicon)
        return lexicon.names.is_first(text) or (listed and len(text) > 2 and not place and named)
    if lexicon.roles.group(words[0]) or title_in_front(words, lexicon):
        return False
    score = lexicon.names.score(" ".join(words))
    return score >= (0.3 if listed else 0.5) or (listed and _unknown(words, lexicon))


def _called(word: str, lexicon: Lexicon) -> bool:
    """Whether a word of the language is a first name among names: more are called so than write it ("Tage")."""
    count = lexicon.names.count(word)
    return count.first >= CALLED and count.first > max(count.family, lexicon.words.count(word.casefold()))


def _borne(words: list[str], lexicon: Lexicon) -> bool:
    """Whether what is a firm's or a house's word is a family name here: "Ib Bank", but not "Jyske Bank"."""
    names, known = lexicon.names, lexicon.organisations.lookup(" ".join(words))
    last = names.count(words[-1])
    called = names.is_first(words[0]) and not names.is_place(words[0])
    return known is None and called and last.family >= max(FAMILY, last.word)


def _plays(words: list[str], lexicon: Lexicon) -> bool:
    """Whether words are a role; behind a first name a trade that many are called by is none ("Ib Drejer")."""
    trade = lexicon.names.count(words[-1])
    least = FAMILY if trade.word == 0 else COMMON
    named = len(words) > 1 and lexicon.names.is_first(words[0]) and trade.family >= least
    return lexicon.roles.group(" ".join(words)) is not None and not named


def title_in_front(words: list[str], lexicon: Lexicon) -> bool:
    """Whether the first of three or more words is a title ("Laborant Karen Holm") and no name at all."""
    names = lexicon.names
    rest = " ".join(words[1:])
    return len(words) >= 3 and names.score(words[0]) < 0.05 and names.is_first(words[1]) and names.score(rest) >= 0.75


def is_sure(text: str, span: Span, lexicon: Lexicon) -> bool:
    name = quote_name(text, *span)
    return " " in name and lexicon.names.score(name) >= 0.75


def is_full(text: str, span: Span, lexicon: Lexicon) -> bool:
    """Whether a span is a first name with more behind it, or several words that are a name beyond doubt."""
    first, _, rest = quote_name(text, *span).partition(" ")
    return bool(rest) and (is_sure(text, span, lexicon) or lexicon.names.is_first(first))


def _unknown(words: list[str], lexicon: Lexicon) -> bool:
    """Whether a name is foreign or damaged rather than made of common words: two to four words, none a place."""
    return 2 <= len(words) <= 4 and not any(lexicon.names.is_place(word) or word.isupper() for word in words)
