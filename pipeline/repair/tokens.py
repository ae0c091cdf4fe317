"""The words of a document as repair looks at them: where they stand, and which are left alone."""

from __future__ import annotations

import re
from collections.abc import Set
from functools import lru_cache
from typing import NamedTuple

import regex

from pipeline.repair.channel import DANISH

__all__ = ["LONGEST", "TITLES", "Token", "tokenise"]

_TOKEN = regex.compile(
    r"(?<![\p{L}\p{M}\d])\p{Lu}{1,4}\d(?=\p{Lu}\p{Ll}{4})"  # a name in front of a word: "OS2Arsmadet"
    r"|[\p{L}\p{M}\d@&€¢|]+|[^\w\s]|_"
)
_PROTECTED = regex.compile(
    r"(?<![\w.+-])[\w.+-]{1,64}+@[\w-]{1,64}+\.[\w.-]{1,64}"  # e-mail
    r"|(?i:https?://|www\.)\S+"
    r"|(?<![\w.-])[\w-]{1,64}+(?:\.[\w-]{1,64})*\.(?i:dk|com|org|net|eu|nu|info|pdf|docx?|xlsx?)\b(?:/\S*)?"
    r"|(?<!\p{L})\p{Ll}{1,40}+(?:[._\\]\p{Ll}{1,40}+)+"  # file names, abbreviations
)
_SPOT = re.compile(r"(?<!\S)[^\s@.:_\\]*[@.:_\\]\S+")  # nothing protected is without one of these marks
_WORD = regex.compile(r"[@&€¢]?\p{L}[\p{L}@&€¢]*(?:[|146](?=\p{Ll}))?[\p{L}@&€¢]*|[@&€¢]\p{L}+|\p{L}[46&€¢]")
_FULL = 0.7  # of the longest line: a line that is longer goes on in the next one
LONGEST = 60  # letters; nothing longer is a word
_SHOUTED = 0.7
_FILE_NUMBER = 3  # figures: nobody is as old, and no term as long
_ACRONYM = 4  # letters in a row of capitals, in a line that is not written in capitals
# "Så", "På" and "Når" at the start of a sentence, in print where å comes out as A
TITLES = frozenset(("SA", "PA", "NAR"))
_BULLETS = frozenset("aego")  # at the start of a line: the letter or the mark of a list
_ENDS_SENTENCE = frozenset('.:!?–-»"(•)*+¢«§')


class Token(NamedTuple):
    """A word, number or mark.

    `word` says that it may be repaired, `first` that it begins a sentence, `suspended` that a hyphen stands for the
    rest of it ("lænde- og rygsmerter"), `shouted` that its line is written in capitals, `titled` that a word beside it
    begins with a capital too ("Karup Åens Lodsejerlav").
    Where a line end splits the word, `text` is all of it and `gap` the place of the hyphen and the line break.
    """

    start: int
    end: int
    text: str
    line: int
    word: bool
    first: bool
    suspended: bool
    shouted: bool
    titled: bool = False
    gap: tuple[int, int] | None = None


def tokenise(source: str, abbreviations: Set[str] = frozenset()) -> list[Token]:
    """All tokens of a text in their order. Abbreviations, with their full stop, are left alone.

    >>> [token.text for token in tokenise("m@de pa a@b.dk") if token.word]
    ['m@de', 'pa']
    """
    protected = [match.span() for spot in _SPOT.finditer(source) for match in _PROTECTED.finditer(source, *spot.span())]
    protected.append((len(source), len(source)))
    lines = source.split("\n")
    full = _FULL * max(map(len, lines))
    shouted = [_is_shouted(line) for line in lines]
    initials = {text for text in TITLES if f"({text})" in source or f"{text}:" in source}
    found: list[Token] = []
    line, last, guard, before, heading = 0, 0, 0, ".", False
    for match in _TOKEN.finditer(source):
        start, end = match.span()
        breaks = source.count("\n", last, start)
        if breaks:
            wrapped = breaks == 1 and len(lines[line]) > full
            line += breaks
            before = before if wrapped else "."
        while protected[guard][1] <= start:
            guard += 1
        text = match.group()
        word = start < protected[guard][0] and _is_word(text)
        cell = source[start - 2 : start] == "  " or (not breaks and before.isdigit() and len(before) >= _FILE_NUMBER)
        first = cell or before in _ENDS_SENTENCE or source[start - 1 : start].isdigit()  # its capital is its own
        if word and len(text) <= _ACRONYM and text.isupper() and not shouted[line]:
            word = first and text in TITLES and text not in initials
        if word and source[end : end + 1] == "." and text.lower() + "." in abbreviations:
            word = False
        bullet = breaks > 0 and text in _BULLETS
        if bullet or (len(text) == 1 and source[end : end + 1] in "-.)/"):
            word = False
        suspended = source[end : end + 1] == "-" and not source[end + 1 : end + 2].isalnum()
        titled = source[end : end + 1] == " " and source[end + 1 : end + 2].isupper()
        titled = titled or (len(before) > 1 and before[0].isupper() and source[start - 1 : start] == " ")
        found.append(Token(start, end, text, line, word, first, suspended, shouted[line], titled))
        numbered = heading and text in ",;" and source[end : end + 1] == " "  # "4, Abent bibliotek"
        opens = bullet or numbered or (first and (text == "§" or (text.isdigit() and before in "§.")))
        heading = breaks > 0 and text.isdigit()
        before, last = "•" if bullet else "§" if opens else text, end
    return found


def _is_shouted(line: str) -> bool:
    """Whether most letters of a line are capitals."""
    letters = list(filter(str.isalpha, line))
    return len(letters) > 7 and sum(map(str.isupper, letters)) > _SHOUTED * len(letters)


@lru_cache(maxsize=65_536)
def _is_word(text: str) -> bool:
    """Whether a token may be a damaged word."""
    letters = len(text) <= LONGEST and _WORD.fullmatch(text) is not None
    return letters and DANISH.isdisjoint(text) and not _mixed(text)


def _mixed(text: str) -> bool:
    """Capitals after a small letter, other than I and A ("MedCom"), or a small letter after two ("PLSPs")."""
    if text.isupper():
        return False
    inner = text[1:].replace("I", "").replace("A", "")
    return inner != inner.lower() and not text.startswith(("AE", "Ae", "@O", "@M"))
