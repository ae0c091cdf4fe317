"""Whether words beside a person may name an organisation that no list has."""

from __future__ import annotations

import regex

from pipeline.lexicon import Lexicon

__all__ = ["APPOSED", "FROM_UNLISTED", "TOWN", "is_unlisted"]

_UNIT = r"(?:Kreds|Afdeling|Klub|Lokalafdeling|Lokalklub|Distrikt|Division|Gruppe|Hold)\s\d{1,3}"
"""A numbered part of an association."""
FROM_UNLISTED = regex.compile(
    r"(?:\s\(\p{Lu}{2,4}\))?\s(?:fra|(?:(?:er|var)\s)?ansat\shos)\s"
    rf"(?:(?P<unit>{_UNIT})(?!\d)"
    r"|(?P<who>\p{Lu}[\p{L}\d]{3,30}(?:[ ](?:&[ ])?\p{Lu}\p{L}[\p{L}\d-]{2,30}){0,2})(?=\s\p{Ll}|[,.;:)\n])"
    r"(?!\s(?:og|i|på|ved)\s))"
)
APPOSED = regex.compile(
    rf",\s(?:(?P<unit>{_UNIT}"
    r"|\d{1,2}\.\s\p{Lu}\p{Ll}{2,20})"
    r"|(?P<who>\p{Lu}[\p{L}\d.-]{1,30}(?:\s(?:og|&|\p{Lu}[\p{L}\d.-]{1,30})){0,3})),"
    r"\s(?!(?:og|samt|men|som|der|mens|eller|hvor|da|at|fra|i|på)\s)"
    r"(?:(?P<told>\p{Ll}{3,}(?:ede|te|de)\s|(?:bad|bød|er|fandt|gav|har|lod|sagde|så|mente|skrev|vil)\s)|(?=\p{Ll}))"
)
"""Behind a name what it is said to be of, closed off before a verb: "Ib Holst, Ravnene, spurgte"."""
TOWN = regex.compile(
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
_STREET = regex.compile(
    r"\d\p{Ll}?$|(?:by|[rt]up|sted|lev|gade|vej|allé|vænget|parken|stræde|torvet|marken|bakken|toften)$"
)
"""How the places end that people live at."""
_QUARTER = regex.compile(
    r"^(?:Nord|Syd|Øst|Vest|Midt|Nordvest|Sydvest|By|Sogn|Kirke|Havn|Strand|Mark|Skov|Sø|Ø|Allé|Plads|Torv|Huse|Stationsby)$"
)
"""What stands behind the name of a town for a part of it."""


def is_unlisted(who: str, lexicon: Lexicon, *, apposed: bool) -> bool:
    """Whether words are nobody's and no place's name, and no common word; behind a comma a common one may be.

    >>> lexicon = Lexicon.load()
    >>> [is_unlisted(who, lexicon, apposed=False) for who in ("Studievejledningen", "Aalborg", "Ib Holst")]
    [True, False, False]
    """
    if _INSTITUTION.fullmatch(who) and not (lexicon.names.is_place(who) or lexicon.names.is_name(who)):
        return True
    if apposed and (_STREET.search(who) or lexicon.roles.group(who) or who.endswith("dag")):
        return False
    alone = not apposed and " " not in who
    if alone and (TOWN.search(who) or lexicon.words.count(who.casefold()) > lexicon.words.proper_count(who)):
        return False
    if not apposed and " " in who:
        last = who.rpartition(" ")[2]
        common = lexicon.words.count(last.casefold()) > lexicon.words.proper_count(last)
        return common and not (_QUARTER.search(last) or lexicon.names.is_place(who) or lexicon.names.is_name(last))
    first = who.partition(" ")[0]
    named = lexicon.names.is_place(who) or lexicon.names.is_name(first) or lexicon.names.is_place(first)
    return not named and lexicon.organisations.lookup(who) is None
