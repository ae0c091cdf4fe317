"""The words of a damaged text, and what must never be touched in it."""

from __future__ import annotations

from typing import NamedTuple

import regex

__all__ = ["Seen", "words_seen"]

_CHUNK = regex.compile(r"\S+")
_PROTECTED = regex.compile(
    r"(?i)://|^\W*www\.|\w@\w[\w.-]*\.[a-z]{2}|\.(?:dk|com|org|net|eu|nu|info|html?|pdf|docx?|xlsx?)\b|[\\_=<>{}#~^]"
)
# A word as OCR may give it: letters, and the marks that it makes of å and ø ("m@det", "&r", "p4").
_WORD = regex.compile(
    r"""(?x) (?<![\w&@€]) (?: [&€]{1,2} (?=[^\W\d_]{1,3}(?!\w)) )? [^\W\d_]+ (?: [@€&|]+ [^\W\d_]+ )* (?: [@€] (?!\w) )?
      | (?<!\w) [a-z]4 (?!\w) """
)
_END = ".!?:"


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
    opens = True
    line_end = 0
    for chunk in _CHUNK.finditer(text):
        start, piece = chunk.start(), chunk.group()
        opens = opens or "\n" in text[line_end:start]
        line_end = chunk.end()
        guarded = bool(_PROTECTED.search(piece))
        for word in _WORD.finditer(piece):
            before, after = piece[: word.start()][-1:], piece[word.end() :][:1]
            code = before.isdigit() or after.isdigit() or after == "_"
            acronym = word.group().isupper() and len(word.group()) <= 4
            found.append(
                Seen(start + word.start(), start + word.end(), word.group(), opens, guarded or code or acronym)
            )
            opens = False
        if piece[-1] in _END or piece in "-–•*o":
            opens = True
    return found
