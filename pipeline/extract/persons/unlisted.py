"""Whether words beside a person may name an organisation that no list has."""

from __future__ import annotations

import regex

from pipeline.find.brackets import names_office
from pipeline.find.names import NameMention
from pipeline.lexicon import Lexicon

__all__ = ["unlisted_beside"]

ELSEWHERE = 20_000
"""So far to either side a name is looked for a second time."""

_UNIT = r"(?:[Kk]reds|Afdeling|Klub|Lokalafdeling|Lokalklub|Distrikt|Division|Gruppe|Hold)\s\d{1,3}"
"""A numbered part of an association."""
_FROM = regex.compile(
    r"(?:\s\(\p{Lu}{2,4}\))?(?:\s|[ \t]*\n[ \t]+)(?:fra|(?:(?:er|var)\s)?ansat\shos)\s"
    rf"(?:(?P<unit>{_UNIT})(?!\d)"
    r"|(?P<who>\p{Lu}[\p{L}\d]{3,30}(?:(?:[ ]|(?<=[^\n]{45})\n(?!\p{L}+:))(?:&[ ])?\p{Lu}\p{L}[\p{L}\d-]{2,30}){0,2})"
    r"(?=\s\p{Ll}|[,.;:)\n])"
    r"(?!\s(?:og|i|på|ved)\s))"
)
_APPOSED = regex.compile(
    rf",\s(?:(?P<unit>{_UNIT}"
    r"|\d{1,2}\.\s\p{Lu}\p{Ll}{2,20})"
    r"|(?P<who>\p{Lu}[\p{L}\d.-]{1,30}(?:\s(?:og|&|\p{Lu}[\p{L}\d.-]{1,30})){0,3})),"
    r"\s(?!(?:og|samt|men|som|der|mens|eller|hvor|da|at|fra|i|på)\s)"
    r"(?:(?P<told>\p{Ll}{3,}(?:ede|te|de)\s|(?:bad|bød|er|fandt|gav|har|lod|sagde|så|mente|skrev|vil)\s)|(?=\p{Ll}))"
)
"""Behind a name what it is said to be of, closed off before a verb: "Ib Holst, Ravnene, spurgte"."""
_TOWN = regex.compile(
    r"(?:by|[rt]up|sted|lev|løse|um|ing|inge|holt|bjerg|høj|skov|lund|dal|bæk|vig|ved|næs|borg|havn|ø|å|bølle|tofte?|sø|mark"
    r"|kær|bro|hede|gade|vej|en|et|erne|land)$"
)
"""How the names of towns, streets and parts of the house end."""
_INSTITUTION = regex.compile(
    r"\p{Lu}\p{Ll}{0,25}(?:gruppen|vejledningen|rådgivningen|forvaltningen|afdelingen|foreningen|klubben|kredsen|skolen|styrelsen"
    r"|ledelsen|tjenesten|plejen|hallen|haven|hjemmet|huset|museet|rådet|udvalget|værket|centret|kontoret|sekretariatet|akademiet"
    r"|biblioteket|laget|lauget|netværket|selskabet|forbundet|instituttet|arkivet|teatret|mejeriet|apoteket|banken)"
    r"|Biblioteket|Museet|Teatret|Akademiet|Arkivet|Apoteket|Hospitalet|Gymnasiet|Universitetet"
)
"""Definite words for bodies; with a capital they are names: "Studievejledningen"."""
_HOUSES = regex.compile(r"\p{Lu}\p{Ll}{4,24}ene\s\p{Lu}")
"""A common word in the plural and a name: "Feriehusene Norddal"."""
_STREET = regex.compile(
    r"\d\p{Ll}?$|(?:by|[rt]up|sted|lev|gade|vej|allé|vænget|parken|stræde|torvet|marken|bakken|toften)$"
)
"""How the places end that people live at."""
_QUARTER = regex.compile(
    r"^(?:Nord|Syd|Øst|Vest|Midt|Nordvest|Sydvest|By|Sogn|Kirke|Havn|Strand|Mark|Skov|Sø|Ø|Allé|Plads|Torv|Huse|Stationsby)$"
)
"""What stands behind the name of a town for a part of it."""


def unlisted_beside(text: str, name: NameMention, lexicon: Lexicon) -> str | None:
    """What stands right behind "fra" and is no town, or between commas behind the name.

    Between commas it must be an office ("Teknik og Miljø"), stand elsewhere too, or say something.

    >>> text = "Ib Holst fra Studievejledningen kom. Karen Dam, Ravnene, spurgte om det."
    >>> names = NameMention(0, 8, "Ib Holst", "full", 0.9), NameMention(37, 46, "Karen Dam", "full", 0.9)
    >>> [unlisted_beside(text, name, Lexicon.load()) for name in names]
    ['Studievejledningen', 'Ravnene']
    """
    match = _FROM.match(text, name.end)
    apposed = None if match or not text.startswith(",", name.end) else _APPOSED.match(text, name.end)
    found = match or apposed
    if not found:
        return None
    who = " ".join((found["unit"] or found["who"]).split())
    if found["unit"] or (apposed and names_office(who, lexicon)):
        return who
    told = apposed is not None and apposed["told"] and name.kind == "full" and not _TOWN.search(who)
    known = match is not None or told or _stands_elsewhere(text, who, found.start(), found.end())
    return who if known and _is_unlisted(who, lexicon, apposed=match is None) else None


def _stands_elsewhere(text: str, who: str, start: int, end: int) -> bool:
    before = text.find(who, max(0, start - ELSEWHERE), start)
    return before >= 0 or text.find(who, end, end + ELSEWHERE) >= 0


def _is_unlisted(who: str, lexicon: Lexicon, *, apposed: bool) -> bool:
    """Whether words are nobody's and no place's name, and no common word; behind a comma a common one may be."""
    if _INSTITUTION.fullmatch(who) and not (lexicon.names.is_place(who) or lexicon.names.is_name(who)):
        return True
    if apposed and (_STREET.search(who) or lexicon.roles.group(who) or who.endswith("dag")):
        return False
    alone = not apposed and " " not in who
    if alone and (_TOWN.search(who) or lexicon.words.count(who.casefold()) > lexicon.words.proper_count(who)):
        return False
    if not apposed and " " in who:
        if _HOUSES.match(who) and lexicon.words.count(who.split(maxsplit=1)[0].casefold()):
            return True
        last = who.rpartition(" ")[2]
        common = lexicon.words.count(last.casefold()) > lexicon.words.proper_count(last)
        return common and not (_QUARTER.search(last) or lexicon.names.is_place(who) or lexicon.names.is_name(last))
    first = who.partition(" ")[0]
    named = lexicon.names.is_place(who) or lexicon.names.is_name(first) or lexicon.names.is_place(first)
    return not named and lexicon.organisations.lookup(who) is None
