"""A list of people, cut at what parts its entries."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from pipeline.document import quote_name
from pipeline.find.brackets import names_office
from pipeline.lexicon import Lexicon
from pipeline.segment.people.beside import is_initials
from pipeline.segment.people.named import is_person
from pipeline.values import Span

__all__ = ["below", "initialled", "pieces_of", "with_offices"]

_CUT = regex.compile(
    r"(?P<bracket>[(\[{<])|[,;|]|\s[=▪●◦■∙]\s|(?<!\p{L}-)\s+(?:og|samt|&|\+)\s+(?!(?i:søn(?:ner)?|datter|co|partnere?|sønnerne)\b)"
    r"|\s+[–—·•-]\s+|(?<=[^\s])(?:[ \t]{3,}|[ ]?\t[ \t]*)|\s/\s|(?<=\p{Ll}{2})/(?=\p{Lu}\p{L})|\s+#\s?\d{1,4}\b"
    r"|\s(?:via|over|på)\s(?:[Ss]kype|[Tt]eams|[Zz]oom|[Tt]elefon(?:en)?|[Vv]ideo|[Ll]ink)\b(?:/\p{L}+)?"
    r"|(?<=\p{Lu}[\p{L}-]{1,20})\skl\.?\s?\d{1,2}[.:]\d{2}(?:\s?[–-]\s?\d{1,2}[.:]\d{2})?"
    r"|\s(?=[\w.-]{1,40}@\w|(?:T[lI]f|Telefon|Mobil|J\.\s?nr|Sagsnr)\b[.:]?|www\.)|[:.](?=\s|$)(?<!(?<![\w@])(?:[\p{Lu}@]|Aa)\.|\sv\.|\b(?i:chr?|th|kr|fr|vald|aug|alb|joh|vilh|suppl|n?fmd|næstfmd|kass|sekr|medl)\.)"
)
_NUMBER = regex.compile(r"(?:\d{1,2}|\p{Ll})\)\s+(?=\p{Lu})")
_SEVERAL = regex.compile(r"(?:Samt|(?i:\p{L}*(?:medlemmer|suppleanter|repræsentanter)(?:ne)?))\s+(?=\p{Lu}\p{Ll})")
"""In front of people what all of them are: "Bestyrelsesmedlemmer Ib, Karen"."""
_CLOSE = regex.compile(r"[)\]}>]|$")
"""What ends a bracket, as OCR may read it; one that never ends goes to the end."""
_INITIALS = regex.compile(r"\s+(?P<letters>\p{Lu}{2,4})[_.:|]?(?:\s+|$)")
_IN_FRONT = regex.compile(r"(?P<letters>\p{Lu}{2,4})[ \t]+(?=\p{Lu}\p{Ll})")
_TITLE_BELOW = regex.compile(
    r"(?<=\p{L}[ ]\p{Lu}[\p{L}-]+)\s*\n\s*(?P<title>\p{Lu}\p{Ll}{3,})(?=\s\p{Lu}\p{Ll}+\s\p{Lu})"
)
_HOME = regex.compile(r"(?<=\p{Ll}[ ]\p{Lu}[\p{Ll}-]{1,30})\s+(?P<home>\p{Lu}{2,4})$")
"""Behind a whole name, in a table whose gaps are lost: whom somebody comes from ("Ida Dam LO")."""
_MARK = regex.compile(
    r"[–-]?\s+(?:(?P<mark>ja|nej|(?i:afbud|mødt|fraværende))|[xX]{1,3}|[✓✔√]|(?i:deltog|deltager)(?:\s(?:fra|i|til)\s(?:pkt|punkt))?)$"
)
"""Behind somebody in a table whose gaps are lost: whether they came."""


def initialled(text: str, piece: Span, opening: str, lexicon: Lexicon) -> Iterator[tuple[Span, str]]:
    """A piece, cut behind a name that its own initials follow: "Ib Holst IH Norddal Kommune"; those in front go."""
    for match in _INITIALS.finditer(text, *piece) if opening != "(" else ():
        name = Span(piece.start, match.start())
        if is_initials(text, name, match["letters"]) and is_person(quote_name(text, *name), lexicon, listed=True):
            yield name, opening
            if match.end() < piece.end:
                yield Span(match.end(), piece.end), ","
            return
    front = (
        _IN_FRONT.match(text, *piece) if opening != "(" and text[piece.start + 1 : piece.start + 2].isupper() else None
    )
    if front and is_initials(text, Span(front.end(), piece.end), front["letters"]):
        piece = Span(front.end(), piece.end)
    mark = _MARK.search(text, *piece) if opening != "(" else None
    home = _HOME.search(text, *piece) if opening != "(" and not mark else None
    if home and is_person(quote_name(text, piece.start, home.start()), lexicon, listed=True):
        yield Span(piece.start, home.start()), opening
        yield Span(home.start("home"), piece.end), ","
    elif mark:
        yield Span(piece.start, mark.start()), opening
        if mark["mark"]:
            yield Span(*mark.span("mark")), ","
    else:
        yield piece, opening


def below(text: str, piece: Span, opening: str, lexicon: Lexicon) -> Iterator[tuple[Span, str]]:
    """A piece, cut at the end of a line between a full name and a title: "Ib Holst" above "Revisor Karen Dam"."""
    for match in _TITLE_BELOW.finditer(text, *piece) if opening != "(" else ():
        name = Span(piece.start, match.start())
        if lexicon.roles.group(match["title"]) and is_person(quote_name(text, *name), lexicon, listed=True):
            yield name, opening
            yield Span(match.start("title"), piece.end), ","
            return
    yield piece, opening


def with_offices(text: str, pieces: list[tuple[Span, str]], lexicon: Lexicon) -> list[tuple[Span, str]]:
    """The pieces, with the two halves of an office that "og" joins behind a comma as one: "Psykiatri og Social"."""
    whole: list[tuple[Span, str]] = []
    for piece, opening in pieces:
        before = whole[-1] if whole else None
        joined = quote_name(text, before[0].start, piece.end) if before and before[1] == "," and opening == "&" else ""
        firm = _half_firm(text, before[0], piece, lexicon) if before and opening == "&" else None
        if before and joined and (names_office(joined, lexicon) or lexicon.organisations.lookup(joined)):
            whole[-1] = (Span(before[0].start, piece.end), ",")
        elif before and firm:
            whole[-1:] = [(Span(before[0].start, firm[0]), before[1]), (Span(firm[1], piece.end), ",")]
        else:
            whole.append((piece, opening))
    return whole


def _half_firm(text: str, before: Span, piece: Span, lexicon: Lexicon) -> tuple[int, int] | None:
    """Where a name ends and the known organisation beside it begins that "&" cut in two: "Ib Holst Landbrug & …"."""
    words = list(regex.finditer(r"\S+", text[: before.end], pos=before.start))
    for n in range(2, len(words)):
        if lexicon.organisations.lookup(quote_name(text, words[n].start(), piece.end)):
            return words[n - 1].end(), words[n].start()
    return None


def pieces_of(text: str, span: Span) -> Iterator[tuple[Span, str]]:
    """The parts between separators, trimmed, each with what opens it: "(" for a bracket, "," or "&" for "og"."""
    cuts: list[tuple[int, int, str]] = []
    position = span.start
    opening = ","
    while cut := _CUT.search(text, position, span.end):
        cuts.append((position, cut.start(), opening))
        position = cut.end()
        if not cut["bracket"]:
            mark = cut.group().strip()
            opening = "&" if any(c.isalpha() or c in "&+" for c in mark) else "." if mark == "." else ","
        elif close := _CLOSE.search(text, position, span.end):
            cuts.append((position, close.start(), "("))
            position, opening = close.end(), ","
    cuts.append((position, span.end, opening))
    for start, end, mark in cuts:
        piece = _stripped(text, start, end)
        if piece.start < piece.end:
            yield piece, mark


def _stripped(text: str, start: int, end: int) -> Span:
    while start < end and (text[start].isspace() or text[start] in ".:*_•·▪●◦■∙—–-"):
        start += 1
    if several := _SEVERAL.match(text, start, end):
        start = several.end()
    if text[start + 1 : start + 3].find(")") >= 0 and (number := _NUMBER.match(text, start, end)):
        start = number.end()
    while end > start and (
        text[end - 1].isspace()
        or text[end - 1] in "—–-"
        or (text[end - 1] == ")" and text.find("(", start, end) < 0)  # of a list that is all in a bracket
    ):
        end -= 1
    return Span(start, end)
