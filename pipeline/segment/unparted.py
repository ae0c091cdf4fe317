"""Labels of lists that no colon and no gap parts from the first name: "Mødt Ib Holst", "GÆST revisor Karen Dam"."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from pipeline.lexicon import Lexicon
from pipeline.segment.misread import label_meant
from pipeline.segment.people.named import is_person
from pipeline.segment.people.titled import titled
from pipeline.values import Span

__all__ = ["parted_again"]

MOST = 3
"""Words that such a label has at most."""

_LABEL = regex.compile(r"\p{Lu}[\p{L}]{2,20}(?=\s\p{L})")
_VERB = regex.compile(r"(?i)\s(?:deltog|deltager|var|er|mødte|møder|kom)\s")
"""Behind one of these no list begins, but the subject of a sentence."""
_PIECE = regex.compile(r"[^,(;:/]{4,80}?(?=\s*(?:[,(;/]|$|\sog\s))")


def parted_again(content: str, lexicon: Lexicon) -> Iterator[tuple[str, int]]:
    """A line with the gap put in that may stand behind its label, each with how much the line grew.

    Nothing where no full name follows, with or without a title, that is a whole entry.

    >>> list(parted_again("Mødt Ib Holst, formand", Lexicon.load()))
    [('Mødt   Ib Holst, formand', 2)]
    >>> list(parted_again("Mødet åbnede med sang", Lexicon.load()))
    []
    """
    if not _LABEL.match(content):
        return
    cut = -1
    for _ in range(MOST):
        cut = content.find(" ", cut + 1)
        if cut < 0:
            return
        piece = _PIECE.match(content, cut + 1)
        if piece is None:
            return
        role, name = titled(content, Span(*piece.span()), lexicon)
        capitals = content[:cut].isupper()
        if name is None or name.end != piece.end() or (role and not capitals and not lexicon.roles.group(role)):
            continue
        if " " not in content[name.start : name.end] or is_person(content[:cut], lexicon, listed=False):
            continue
        if _VERB.search(content, 0, name.start):
            return
        yield content[:cut] + "   " + content[cut + 1 :], 2
        if capitals and (meant := label_meant(content[:cut] + ": " + content[cut + 1 :], lexicon)):
            yield meant[0], meant[1] + 1
