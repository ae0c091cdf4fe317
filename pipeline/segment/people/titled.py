"""A name in an attendance list with the role in front of it."""

from __future__ import annotations

import regex

from pipeline.lexicon import Lexicon
from pipeline.segment.people.beside import likely_name
from pipeline.segment.people.named import NAME, PLACE_WORD, is_person, title_in_front
from pipeline.values import Span

__all__ = ["titled"]

_RUNS_ON = regex.compile(r"\s+\p{Ll}|\s+nr|\s+\d")
_ROLE_IN_FRONT = regex.compile(r"(?P<role>\p{L}[\p{L}.-]+(?:\s+\p{Ll}[\p{L}.-]*){0,3})\s+(?=\p{Lu})")
_ROLE_OF = regex.compile(r"\p{L}+\s(?:af|for|i|ved|på|hos)\s\p{Ll}")
"""A role and what it is about: "leder af hjemmeplejen"."""
_POST = regex.compile(r"(?P<role>\p{L}{4,30})\s(?:af|for|i|på|ved|hos)\s(?=\p{Lu})")
"""A post and the unit that it is in: "Leder af Forebyggelse"."""
_JOINT = regex.compile(
    r"(?:(?:(?:og|samt)\s+)?(?:under|til|ved|fra)\s(?:pkt\.?|punkt)\s\d{1,2}\s|og|samt|ved|v/|incl?\.?|inkl\.|fra\s\p{Ll}{4,25}(?:en|et|erne|ene))\s*(?=\p{Lu})"
)
_MOVES = regex.compile(
    r"(?i)\s+(?:\p{L}+\s+){0,1}(?:ankom|kom|forlod|gik|mødte\s+(?:kl|op|ind)|tiltrådte|indtrådte|udtrådte)\b"
)
_UNKNOWN_TITLE = regex.compile(r"(?!ifølge|sammen|under|gennem|indtil)\p{Ll}[\p{Ll}-]{4,}")
"""A word before a certain name is a title, be it misread or new: "porter Ib Holst"."""
_TRADE = regex.compile(
    r"\p{L}\p{Ll}{2,20}(?:ende|isk|ig|sk|et|lig|t)\s\p{Ll}*(?:leder|chef|log|terapeut|lærer|pædagog|konsulent|assistent"
    r"|medhjælper|mester|direktør|revisor|sekretær|medarbejder|koordinator|rådgiver|plejerske|læge|inspektør|planlægger"
    r"|ingeniør|arkitekt|formand|repræsentant|medlem|fuldmægtig|studerende|fører|specialist|akademiker|tekniker)"
)
"""A trade with what kind it is: "Ledende terapeut", "statsautoriseret revisor"."""
_SMALL, _CAPITAL = regex.compile(r"\s+\p{Ll}"), regex.compile(r"\s(?=\p{Lu})")
_HIS = ("Hans", "Hendes", "Deres")
"""Before a small letter no names: "Hans suppleant"."""
_CLASS = regex.compile(r"\s+\d{1,2}\.?\s?[a-zæøå]$")
"""A school class behind the name of a pupil: "8.a"."""


def titled(text: str, piece: Span, lexicon: Lexicon) -> tuple[str | None, Span | None]:
    """A name with the role printed in front of it, or two times None.

    >>> titled("direktør Ib Holst", Span(0, 17), Lexicon.load())
    ('direktør', Span(start=9, end=17))
    """
    content = text[piece.start : piece.end]
    if match := _JOINT.match(content):
        piece = Span(piece.start + match.end(), piece.end)
        content = text[piece.start : piece.end]
    if is_person(content, lexicon, listed=True):
        return None, piece
    found = _ROLE_IN_FRONT.match(content)
    known = found and (
        lexicon.roles.group(found["role"])
        or (_ROLE_OF.match(found["role"]) and lexicon.roles.group(found["role"].split()[0]))
        or title_in_front(content[: found.end()].split() + content[found.end() :].split(), lexicon)
        or (_TRADE.fullmatch(found["role"]) and likely_name(content[found.end() :], lexicon))
        or (_UNKNOWN_TITLE.fullmatch(found["role"]) and likely_name(content[found.end() :], lexicon))
    )
    if found and known and is_person(content[found.end() :], lexicon, listed=True):
        return " ".join(found["role"].split()), Span(piece.start + found.end(), piece.end)
    if found and known and (full := NAME.match(content, found.end())):
        runs_on = _SMALL.match(content, full.end())
        if runs_on and is_person(full.group(), lexicon, listed=False):
            return " ".join(found["role"].split()), Span(piece.start + found.end(), piece.start + full.end())
    if post := _POST.match(content):
        for first in _CAPITAL.finditer(content[: post.end() + 60], post.end()):
            name = content[first.end() :]
            if " " in name and lexicon.names.is_first(name.split()[0]) and is_person(name, lexicon, listed=True):
                held = lexicon.roles.group(post["role"])
                return (content[: first.start()], Span(piece.start + first.end(), piece.end)) if held else (None, None)
    behind = NAME.match(content)
    if behind and _RUNS_ON.match(content[behind.end() :] or "x") and not PLACE_WORD.search(content):
        name = behind.group()
        if name in _HIS:
            return None, None
        pupil = _CLASS.match(content, behind.end()) is not None
        if not _MOVES.match(content, behind.end()) and is_person(name, lexicon, listed=pupil):
            return None, Span(piece.start, piece.start + behind.end())
    return None, None
