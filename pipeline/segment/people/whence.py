"""Which organisation a piece of a list names in front of a name, or behind "fra"."""

from __future__ import annotations

import regex

from pipeline.document import quote_name
from pipeline.find.organisations.bodies import is_body
from pipeline.lexicon import Lexicon
from pipeline.segment.people.beside import TOWN, is_house
from pipeline.values import Span

__all__ = ["from_where", "sender_in"]

_FROM = regex.compile(
    r"(?P<name>\p{L}[^\n]{1,50}?)\s+(?:fra|for|hos|på\s+vegne\s+af)\s+(?P<who>\p{Lu}[^.:;()]{1,60}?)(?:\s+(?:under|til|ved)\s[^.:;()]{2,40})?"
)
_FROM_BODY = regex.compile(r"(?P<name>\p{L}[^\n]{2,50}?)\s+(?:fra|for|hos)\s+(?P<who>\p{Ll}+s?(?:\s\p{Ll}+)?)")
"""The same, and a body that is called by a common word: "Ib fra personalet"."""
_OPENS_NAME = regex.compile(
    r"(?:Region|Foreningen|Forbundet|Fonden|Danske?|Danmarks|Institut|Styrelsen|Landsforeningen)\s\p{L}"
)
"""How the names of organisations begin."""
_CIRCLE = regex.compile(
    r"\p{Lu}\p{Ll}{2,20}(?:gruppen|kredsen|lavet|lauget|netværket|alliancen|kompagniet|teatret|kontoret|puljen)"
    r"|(?:Kreds|Lokalafdeling|Afdeling|Område|Division|Distrikt|Team|Gruppe)\s\d{1,3}"
)
_POSSESSED = regex.compile(r"(?P<who>\p{Lu}[^.:;()]{1,60}?)(?:['’]?s|['’])\s+(?P<name>(?:\p{Ll}{4,}\s+)?\p{Lu}.*)")
_HELD = regex.compile(
    r"(?P<role>\p{L}{4,30}(?:\s\p{Ll}{4,30})?)\s(?:i|for|fra|hos|ved|af)\s(?P<who>\p{Lu}[^.:;()]{1,60}?)\s"
    r"(?P<name>\p{Lu}\p{Ll}+(?:\s\p{Lu}\.?)?\s\p{Lu}[\p{L}-]+)"
)
"""A post, where it is held, and by whom: "direktør i Norddal Vand Ib Holst"."""
_MIXED = regex.compile(r"^\p{Lu}+\p{Ll}+\p{Lu}\p{L}*$|^\p{Lu}{2,6}(?:[ -]\p{Lu}\p{Ll}+)?$")
"""As the names of firms and authorities are written, and no town's: "KystNet", "KL"."""
_WORD = regex.compile(r"\S+")
_ACRONYM = regex.compile(r"\p{Lu}{2,6}(?=-\p{Ll}{4})")
_VIA = regex.compile(r"(?P<who>\p{Lu}[^.:;()]{1,60}?)\s+(?:v/|v\.|ved)\s*(?P<name>(?:\p{Ll}+\s)?\p{Lu}.*)")


def from_where(text: str, piece: Span, lexicon: Lexicon) -> tuple[str | None, Span]:
    """An organisation behind "fra" or in front of "v/", and the piece without it; None and the piece where none is."""
    held = _HELD.fullmatch(text, *piece)
    if held and _sends(held["who"], lexicon) and lexicon.roles.group(held["role"].split()[-1]):
        return " ".join(held["who"].split()), Span(held.start("name"), piece.end)
    behind = _FROM.fullmatch(text, *piece)
    if behind and (_MIXED.search(behind["who"]) or _sends(behind["who"], lexicon) or _trades(behind["who"], lexicon)):
        return " ".join(behind["who"].split()), Span(piece.start, behind.end("name"))
    sent = _FROM_BODY.fullmatch(text, *piece)
    if sent and is_body(" ".join(sent["who"].split()), lexicon):
        return " ".join(sent["who"].split()), Span(piece.start, sent.end("name"))
    if text.startswith(("fra ", "for ", "Fra ", "For "), piece.start) and (ahead := _ahead(text, piece, lexicon)):
        return ahead
    owned = _POSSESSED.fullmatch(text, *piece)
    if owned and _sends(owned["who"], lexicon):
        return " ".join(owned["who"].split()), Span(owned.start("name"), piece.end)
    if (via := _VIA.fullmatch(text, *piece)) and (
        _sends(via["who"], lexicon) or (_MIXED.search(via["who"]) and "v/" in text[via.end("who") : via.start("name")])
    ):
        return " ".join(via["who"].split()), Span(via.start("name"), piece.end)
    return None, piece


def _ahead(text: str, piece: Span, lexicon: Lexicon) -> tuple[str, Span] | None:
    """An organisation between "fra" and the name of whoever came: "fra Norddal Kommune Ib Holst"."""
    words = [Span(*match.span()) for match in _WORD.finditer(text, *piece)][1:10]
    for n in range(1, len(words) - 1):
        who = quote_name(text, words[0].start, words[n - 1].end)
        if lexicon.names.is_first(quote_name(text, *words[n])) and _sends(who, lexicon):
            return who, Span(words[n].start, piece.end)
    return None


def _trades(who: str, lexicon: Lexicon) -> bool:
    """Whether two or more words end in what is sold or done there: "Norddal Cykler", or name a circle: "Kreds 4"."""
    first, _, last = who.rpartition(" ")
    if _CIRCLE.fullmatch(who):
        return True
    common = lexicon.words.count(last.casefold()) > lexicon.words.proper_count(last)
    place = TOWN.search(last) or lexicon.names.is_place(who) or lexicon.names.is_place(last)
    return bool(first) and first[0].isupper() and last[:1].isupper() and common and not place


def _sends(who: str, lexicon: Lexicon) -> bool:
    """Whether words name an organisation that people come from."""
    return is_house(who, lexicon) or _OPENS_NAME.match(who) is not None


def sender_in(role: str | None, lexicon: Lexicon) -> str | None:
    """The known organisation in front of a hyphen: "KL" of "KL-konsulent"."""
    acronym = _ACRONYM.match(role) if role else None
    known = lexicon.organisations.lookup(acronym.group()) if acronym else None
    return known.name if known else None
