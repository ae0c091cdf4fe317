"""The organisation that stands over the title of its minutes."""

from __future__ import annotations

import regex

from pipeline.lexicon import Lexicon
from pipeline.values import Span

__all__ = ["find_letterhead"]

_LABEL = regex.compile(r"(?i)(?:\p{L}{0,24}referat|møde|protokol)(?:[ ](?:fra|af|for))?[ ]?[:–—-][ ]+(?=(?-i:\p{Lu}))")
_WITH_BODY = regex.compile(
    r"(?P<name>\p{Lu}[\p{L}&.’'-]{2,40}(?:[ ](?:(?:og|i|for|af|på|ved|&)[ ])?[\p{L}&’'-]{2,40}){1,6})[ ][–—-][ ]"
    r"\p{L}{0,24}(?:[Bb]estyrelsen?|gruppen?|[Uu]dvalg(?:et)?|[Rr]åd(?:et)?|[Rr]epræsentantskab(?:et)?|[Dd]irektionen?)"
)
"""An organisation and, behind a dash, which of its bodies met."""
_PART = regex.compile(r"(?:[ \t]{2,}[-–—|]?|[ \t][-–—|])[ \t]+|,[ ]")
_NAME = regex.compile(
    r"\p{Lu}[\p{L}&.’'/-]{2,40}(?:[ ](?:(?:og|i|for|af|på|ved|&|OG|I|FOR|AF)[ ])?\p{Lu}[\p{L}&’'/.-]{1,40}"
    r"|[ ](?:for|af)[ ]\p{Ll}[\p{L}-]{3,30}){0,5}"
)
_TITLE = regex.compile(r"(?i)\b(?:\p{L}{0,24}referat|\p{L}{0,20}møde|\p{L}{0,4}generalforsamling|protokol|BM|GF)\b")
_NO_NAME = regex.compile(
    r"(?i)\p{L}{0,40}(?:referat(?:er)?|møder?|mødet|dagsorden|generalforsamling|protokol|notat|udkast|side|kopi|oversigt"
    r"|projekt(?:et)?|program(?:met)?|dato|til(?:stede)?|deltagere|noter|afbud|fra|emne|vedr|bilag|minutes"
    r"|(?:ekstra)?ordinær|offentlig\p{L}*|åben|lukket|abonn\p{L}{1,4}|\p{L}{0,20}bestyrelsen|\p{L}{0,24}udvalget)\b"
)
_REACH = 4
"""So many lines below it the title stands at most."""


def find_letterhead(text: str, lexicon: Lexicon) -> Span | None:
    """Where the first line of minutes prints the organisation's name; None where it is a title or names nobody.

    >>> text = "BAKKEBY RUNDBOLD  -  BM 4 MAJ\\n\\nReferat af bestyrelsesmøde"
    >>> span = find_letterhead(text, Lexicon.load())
    >>> text[span.start : span.end]
    'BAKKEBY RUNDBOLD'
    >>> text = "Mødereferat: Forbundet af Ryttere – Hovedbestyrelsen"
    >>> text[slice(*find_letterhead(text, Lexicon.load()))]
    'Forbundet af Ryttere'
    >>> find_letterhead("Referat af mødet\\nBakkeby, den 4. maj", Lexicon.load())
    """
    lines = [line for line in text[:1000].split("\n") if line.strip()][: _REACH + 1]
    if not lines:
        return None
    start = len(text[:1000]) - len(text[:1000].lstrip())
    for line in lines[:2]:
        label = _LABEL.match(line.lstrip())
        bare = line.strip()[label.end() if label else 0 :]
        if (with_body := _WITH_BODY.fullmatch(bare)) and not _NO_NAME.match(bare):
            start = text.index(bare)
            return Span(start, start + len(with_body["name"]))
    printed = _PART.split(lines[0].strip(), 1)[0]
    rest = (lines[0].strip()[len(printed) :], *lines[1:])
    if not _NAME.fullmatch(printed) or not any(_TITLE.search(line) for line in rest):
        return None
    words = printed.split()
    rules, names = lexicon.by_name("organisations"), lexicon.names
    if any(_NO_NAME.fullmatch(word) for word in words) or rules["generic-body"].regex.match(printed):
        return None
    if names.is_place(printed) or names.first_score(words[0]) > 0.5 or lexicon.roles.group(words[0]):
        return None
    if len(words) == 1 and (lexicon.words.count(printed.lower()) or (printed.isupper() and len(printed) < 3)):
        return None
    return Span(start, start + len(printed))
