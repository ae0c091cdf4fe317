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
    r"""(?x) (?<!\w) [a-z]4 (?!\w)
      | (?<![\w&@€]) (?: @ (?=\p{Ll}) | [&€]{1,2} (?=\p{Ll}{1,3}(?!\w)) )? [^\W\d_]+ (?: [@€&|]+ [^\W\d_]+ )* (?: [@€&] (?!\w) )?
"""
)
# A capital inside a word is part of a name (KvalitetsIT), but for the two that OCR makes of l and å.
_CAMEL = regex.compile(r"\p{Ll}(?!A\p{Ll}|A$|I\p{Ll})\p{Lu}")
_LETTERS = regex.compile(r"\p{L}")
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
            acronym = word.group().isupper() and len(word.group()) <= 4 and not _is_shouted(text, chunk)
            code = code or bool(_CAMEL.search(word.group()))
            found.append(
                Seen(start + word.start(), start + word.end(), word.group(), opens, guarded or code or acronym)
            )
            opens = False
        if piece[-1] in _END or piece in "-–•*o":
            opens = True
    return found


def _is_shouted(text: str, chunk: regex.Match[str]) -> bool:
    """Whether the whole line is in capitals, so that a short word there is no acronym."""
    start = text.rfind("\n", 0, chunk.start()) + 1
    end = text.find("\n", chunk.end())
    letters = "".join(_LETTERS.findall(text[start : end if end >= 0 else len(text)]))
    return letters.isupper() and len(letters) >= 10 and len(letters) > 2 * len(chunk.group())
