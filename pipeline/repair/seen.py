"""The words of a damaged text, and what must never be touched in it."""

from __future__ import annotations

from typing import NamedTuple

import regex

from pipeline.document import Span

__all__ = ["Seen", "words_seen"]

_CHUNK = regex.compile(r"\S+")
_PROTECTED = regex.compile(
    r"(?i)://|^\W*www\.|\w@\w[\w.-]*\.[a-z]{2}|\.(?:dk|com|org|net|eu|nu|info|html?|pdf|docx?|xlsx?)\b|[\\_=<>{}#~^]"
)
# A word as OCR may give it: letters, and the marks that it makes of å and ø ("m@det", "&r", "p4").
_WORD = regex.compile(
    r"""(?x) (?<!\w) [a-z]4 (?!\w)
      | (?<![\w&@€]) (?: @ (?=\p{Ll}) | [&€]{1,2} (?=\p{Ll}{1,3}(?!\w)) )?
        [^\W\d_]+ (?: [@€&|]+ [^\W\d_]+ )* (?: [@€&] (?!\w) )?
"""
)
# A capital inside a word is part of a name (KvalitetsIT), but for the two that OCR makes of l and å.
_CAMEL = regex.compile(r"\p{Ll}(?!A\p{Ll}|A$|I\p{Ll})\p{Lu}")
_LETTERS = regex.compile(r"\p{L}")
_END = ".!?:"
_BULLETS = frozenset("-–•*o")


class Seen(NamedTuple):
    """One word as it was read: its place, whether a sentence or line starts with it, and what stands around it."""

    start: int
    end: int
    text: str
    opens: bool
    protected: bool


def words_seen(text: str) -> list[Seen]:
    """The words of a text in order.

    Protected are e-mail addresses, URLs, file names, codes with digits (NIS2, OK26) and short acronyms.

    >>> [(w.text, w.opens) for w in words_seen("Mgdet pa NIS2. Se www.kl.dk") if not w.protected]
    [('Mgdet', True), ('pa', False), ('Se', True)]
    """
    found = []
    opens, line, shouted = True, Span(0, 0), False
    end = 0
    for chunk in _CHUNK.finditer(text):
        start, piece = chunk.start(), chunk.group()
        if start >= line.end:
            line = _line_at(text, start)
            shouted = _is_shouted(text[line.start : line.end])
            between = text[end:start]
            # A line that begins in lower case goes on where the one before it ended.
            opens = opens or between.count("\n") > 1 or not piece[0].islower()
        end = chunk.end()
        guarded = bool(_PROTECTED.search(piece))
        for match in _WORD.finditer(piece):
            word = match.group()
            before, after = piece[: match.start()][-1:], piece[match.end() :][:1]
            code = before.isdigit() or after.isdigit() or after == "_" or bool(_CAMEL.search(word))
            bullet = opens and piece == "o"
            acronym = word.isupper() and len(word) <= 4 and not shouted
            found.append(Seen(start + match.start(), start + match.end(), word, opens, guarded or code or acronym or bullet))
            opens = False
        opens = piece[-1] in _END or piece in _BULLETS or (opens and not piece[-1].isalnum())
    return found


def _line_at(text: str, position: int) -> Span:
    end = text.find("\n", position)
    return Span(position, end if end >= 0 else len(text))


def _is_shouted(line: str) -> bool:
    """Whether a whole line is in capitals, so that a short word there is no acronym."""
    letters = "".join(_LETTERS.findall(line))
    return len(letters) >= 10 and letters.isupper() and " " in line.strip()
