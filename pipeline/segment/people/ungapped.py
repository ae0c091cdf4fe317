"""What stood in columns whose gaps are lost, cut again: a name beside the next, an organisation beside a name."""

from __future__ import annotations

import regex

from pipeline.document import quote_name
from pipeline.lexicon import Lexicon
from pipeline.segment.people.beside import OF_HOUSE, is_house, names_institution
from pipeline.segment.people.named import COMMON, is_full, is_sure
from pipeline.segment.people.titled import titled
from pipeline.values import Span

__all__ = ["apart", "before_house", "behind_house"]

_WORD = regex.compile(r"\S+")
_JOINS = regex.compile(r"v\.?/?|ved|fra|for|af|i|og|samt|&")
_RUNS_ON = regex.compile(r"\s(?:fra|ved|hos|som|i)\s")
"""In front of the organisation the rest of a name: "Holst fra Norddal Kommune"."""
SURE = 0.9
"""A name that scores so much is whole."""
STRANGE = 0.1
"""A word that scores less is nobody's name."""
_FOR = regex.compile(
    r"\p{Lu}\p{Ll}{0,25}(?:foreningen|forbundet|selskabet|rådet|lauget|samvirket|netværket|centret|kredsen)"
    r" (?:for|af|i) \p{Lu}\S+"
)
"""A body and what it is for: "Lodsejerforeningen for Klitten"."""
_DEFINITE = regex.compile(r"\p{Lu}\p{Ll}{6,}(?:en|et|ne)")
_WHOLE = regex.compile(r"\p{Lu}\p{Ll}{6,}|\p{L}+-\p{Lu}\p{L}+|\p{Lu}{2,6}(?:[ -]\p{Lu}\p{L}+)?")
"""One word that may be all of an organisation's name: "Vandværket", "BAT-Kartellet", "KL"."""


def apart(text: str, piece: Span, opening: str, lexicon: Lexicon) -> list[tuple[Span, str]]:
    """The names of a piece that holds several: a title or a first name begins each, a last name ends the one before."""
    words = [Span(*match.span()) for match in _WORD.finditer(text, *piece)]
    if opening == "(" or not 4 <= len(words) <= 16:
        return [(piece, opening)]
    best: tuple[float, int] | None = None
    for n in range(2, len(words) - 1):
        left, right = Span(piece.start, words[n - 1].end), Span(words[n].start, piece.end)
        _role, name = titled(text, left, lexicon)
        if name is None or len(text[name.start : name.end].split()) < 2:
            continue
        last, first = text[words[n - 1].start : words[n - 1].end], text[words[n].start : words[n].end]
        has_title = lexicon.roles.group(first) is not None and not lexicon.names.is_first(first)
        ends, begins = lexicon.names.count(last), lexicon.names.count(first)
        closes = lexicon.names.is_last(last) or ends.first < COMMON
        fits = has_title or (closes and (lexicon.names.is_first(first) or begins.first > max(COMMON, begins.family)))
        worth = has_title + lexicon.names.score(quote_name(text, *name)) + lexicon.names.first_score(first)
        if fits and right.end > right.start and (best is None or worth > best[0]):
            best = (worth, n)
    if best is None:
        return [(piece, opening)]
    n = best[1]
    rest = apart(text, Span(words[n].start, piece.end), ",", lexicon)
    return [(Span(piece.start, words[n - 1].end), opening), *rest]


def behind_house(text: str, piece: Span, opening: str, lexicon: Lexicon) -> list[tuple[Span, str]]:
    """A piece cut in front of a name that no gap parts from the organisation of the one before it, two columns in
    one: "Holbæk Kommune Ib Holst"."""
    words = [Span(*match.span()) for match in _WORD.finditer(text, *piece)]
    opens = opening == "," and 3 <= len(words) <= 9 and text[piece.start].isupper()
    if not opens or lexicon.names.is_first(quote_name(text, *words[0])):
        return [(piece, opening)]
    for n in range(len(words) - 2, 0, -1):
        house, name = Span(piece.start, words[n - 1].end), Span(words[n].start, piece.end)
        whole = n > 1 or lexicon.organisations.lookup(quote_name(text, *house)) is not None
        begins = lexicon.names.is_first(quote_name(text, *words[n])) and is_sure(text, name, lexicon)
        if (
            whole
            and begins
            and not _JOINS.fullmatch(quote_name(text, *words[n - 1]))
            and is_house(quote_name(text, *house), lexicon)
        ):
            return [(house, opening), (name, ",")]
    return [(piece, opening)]


def before_house(text: str, piece: Span, opening: str, lexicon: Lexicon) -> list[tuple[Span, str]]:
    """A piece cut behind a name that no gap parts from the organisation beside it: "Ib Holst Norddal Vandværk"."""
    words = [Span(*match.span()) for match in _WORD.finditer(text, *piece)]
    if opening == "(" or not 3 <= len(words) <= 9:
        return [(piece, opening)]
    best: tuple[float, int, str] | None = None
    for n in range(2, len(words)):
        rest = quote_name(text, words[n].start, piece.end)
        whole = len(words) - n > 1 or (_WHOLE.fullmatch(rest) and not names_institution(rest[:1].upper() + rest[1:8]))
        if not rest[0].isupper() or not whole or _RUNS_ON.search(rest):
            continue
        house = is_house(rest, lexicon) or _is_part(rest, lexicon)
        if not (house or _is_party(rest, lexicon) or _is_strange(text, words[:n], words[n:], lexicon)):
            continue
        _role, name = titled(text, Span(piece.start, words[n - 1].end), lexicon)
        if name is None or name.end != words[n - 1].end or not is_full(text, name, lexicon):
            continue
        last, first = quote_name(text, *words[n - 1]), quote_name(text, *words[n])
        worth = (
            lexicon.names.score(quote_name(text, *name))
            + lexicon.names.last_score(last)
            - lexicon.names.last_score(first)
        )
        worth += lexicon.organisations.lookup(rest) is not None
        if best is None or worth > best[0]:
            best = (worth, n, "," if house else "(")
    if best is None:
        return [(piece, opening)]
    _worth, n, opens = best
    return [(Span(piece.start, words[n - 1].end), opening), (Span(words[n].start, piece.end), opens)]


def _is_strange(text: str, name: list[Span], rest: list[Span], lexicon: Lexicon) -> bool:
    """Whether words behind a name say what they are for, or are two that nobody is called by: "Visit Kysten"."""
    forms = [quote_name(text, *word) for word in rest]
    if len(forms) == 3:
        return _FOR.fullmatch(" ".join(forms)) is not None
    if len(name) != 2 or len(forms) != 2 or not all(form[0].isupper() for form in forms):
        return False
    names = lexicon.names
    strange = all(max(names.first_score(form), names.last_score(form)) < STRANGE for form in forms)
    return strange and names.score(quote_name(text, name[0].start, name[1].end)) >= SURE


def _is_part(words: str, lexicon: Lexicon) -> bool:
    """Whether words are a house and one word for a part of it or a post there: "Kystrådets bestyrelse"."""
    of = OF_HOUSE.fullmatch(words)
    return of is not None and " " not in of["part"] and is_house(of["who"], lexicon)


def _is_party(word: str, lexicon: Lexicon) -> bool:
    """Whether one word is a common noun in the definite form, with a capital: those for whom somebody came."""
    common = lexicon.words.count(word.casefold()) > lexicon.words.proper_count(word)
    return _DEFINITE.fullmatch(word) is not None and common and not lexicon.names.is_name(word)
