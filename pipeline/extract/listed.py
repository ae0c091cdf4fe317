"""What the lists of people tell about where a name begins and ends."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from pipeline.document import Document, quote
from pipeline.extract.roster import MANY
from pipeline.find.legend import Introduced, fold_initials
from pipeline.find.names import NameMention

__all__ = ["explained", "names_apart"]

_INITIALS = regex.compile(r"(?<![\p{L}\p{N}-])[\p{Lu}@]{2,4}(?![\p{L}\p{N}@-])")


def names_apart(
    found: Sequence[NameMention], document: Document, legend: Sequence[Introduced]
) -> tuple[NameMention, ...]:
    """The names found, but none that runs over a name in a list, and listed names whole wherever they are printed.

    A table without gaps reads as one long name; the list has been cut by more than the look of its words.
    """
    people = (*document.meeting.present, *document.meeting.absent)
    entries = [NameMention(one.start, one.end, one.name, "full", 0.9) for one in legend]
    ends = {(p.start, p.end) for p in people if p.name == quote(document.text, p.start, p.end)}
    ends |= {(one.start, one.end) for one in entries}
    lists = {place for start, end in ends for place in range(start, end)}
    apart = [n for n in found if (n.start, n.end) in ends or lists.isdisjoint(range(n.start, n.end))]
    names = {name for name in (*(p.name for p in people), *(one.name for one in entries)) if " " in name}
    whole = _longer(document.text, apart, names) if len(names) <= MANY else {}
    taken = {place for one in whole.values() for place in range(one.start, one.end)}
    return tuple(sorted({*entries, *whole.values(), *(n for n in apart if n.start not in taken)}))


def _longer(text: str, found: Sequence[NameMention], names: set[str]) -> dict[int, NameMention]:
    """By the start of a name that is only the end of a listed one on its line, the whole of it."""
    by_last: dict[str, list[str]] = {}
    for name in sorted(names):
        by_last.setdefault(name.split()[-1], []).append(name)
    whole: dict[int, NameMention] = {}
    for tail in found:
        for name in by_last.get(tail.name.split()[-1], ()):
            start = tail.end - len(name)
            ends = name != tail.name and name.endswith(f" {tail.name}") and start >= 0
            if ends and text[start : tail.end] == name and not text[max(0, start - 1) : start].isalpha():
                whole[tail.start] = NameMention(start, tail.end, name, "full", 0.9)
    return whole


def explained(text: str, legend: Sequence[Introduced]) -> list[tuple[str, str]]:
    """The initials of a list and the name of each, in every spelling that the text has: OCR makes "M@" of "MØ".

    >>> from pipeline.find.legend import Introduced
    >>> explained("M@ spurgte, og MO svarede.", [Introduced("MØ", "Mona Ørum", 0, 0, None)])
    [('M@', 'Mona Ørum'), ('MO', 'Mona Ørum'), ('MØ', 'Mona Ørum')]
    """
    printed: dict[str, set[str]] = {}
    for match in _INITIALS.finditer(text) if legend else ():
        printed.setdefault(fold_initials(match.group()), set()).add(match.group())
    pairs = dict.fromkeys((one.letters, one.name) for one in legend)
    return [(form, name) for own, name in pairs for form in sorted({own, *printed.get(fold_initials(own), ())})]
