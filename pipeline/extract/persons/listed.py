"""What the lists of people tell about where a name begins and ends."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import regex

from pipeline.document import Document, quote_name
from pipeline.extract.persons.roster import MANY
from pipeline.find.legend import Introduced, fold_initials
from pipeline.find.names import NameMention
from pipeline.find.spelled import spelled

__all__ = ["explained", "names_apart", "spellings"]

_GAP = regex.compile(r"[ \t]+|[ \t]*\n[ \t]*")
_BEFORE, _BEHIND = regex.compile(r"(?<![\p{L}\p{N}-])"), regex.compile(r"(?=s?(?![\p{L}\p{N}-]))")
_INITIALS = regex.compile(r"(?<![\p{L}\p{N}-])[\p{Lu}@®©]{2,4}(?=s?(?![\p{L}\p{N}@®©-]))")
_DAMAGED = regex.compile(r"[@®©]")


def names_apart(
    found: Sequence[NameMention], document: Document, legend: Sequence[Introduced]
) -> tuple[NameMention, ...]:
    """The names found, but none that runs over a name in a list, and listed names whole wherever they are printed.

    A table without gaps reads as one long name; the list has been cut by more than the look of its words.
    """
    people = (*document.meeting.present, *document.meeting.absent)
    entries = [NameMention(one.start, one.end, one.name, "full", 0.9) for one in legend]
    ends = {(p.start, p.end) for p in people if p.name == quote_name(document.text, p.start, p.end)}
    ends |= {(one.start, one.end) for one in entries}
    lists = {place for start, end in ends for place in range(start, end)}
    apart = [n for n in found if (n.start, n.end) in ends or lists.isdisjoint(range(n.start, n.end))]
    firsts = {p.name.split()[0] for p in people if " " in p.name}
    apart = [_without_letter(name, firsts) for name in apart]
    names = {name for name in (*(p.name for p in people), *(one.name for one in entries)) if " " in name}
    whole = _printed(document.text, apart, names) if len(names) <= MANY else []
    taken = {place for one in whole for place in range(one.start, one.end)}
    return tuple(sorted({*entries, *whole, *(n for n in apart if n.start not in taken and n.end - 1 not in taken)}))


def _without_letter(name: NameMention, firsts: set[str]) -> NameMention:
    """The first name of somebody listed without the letter that ends the sentence before it: "… fløj B. Ib kom"."""
    letter, _, first = name.name.partition(". ")
    if len(letter) > 1 or first not in firsts:
        return name
    return NameMention(name.end - len(first), name.end, first, "first", name.confidence)


def _printed(text: str, found: Sequence[NameMention], names: set[str]) -> list[NameMention]:
    """Where the listed names stand, but for those that are only a part of a name found, or found as they are."""
    known = {place: name for name in found for place in range(name.start, name.end)}
    printed = {place: name for name in names if name[-1].islower() for place in spelled(text, name, _GAP)}
    whole: list[NameMention] = []
    last = 0
    for start, end in sorted(printed, key=lambda place: (place[0], -place[1])):
        if start < last or not _BEFORE.match(text, start) or not _BEHIND.match(text, end):
            continue
        last = end
        inside = {known[place] for place in (start, end - 1) if place in known}
        if all(start <= name.start and name.end <= end and name.end - name.start < end - start for name in inside):
            whole.append(NameMention(start, end, printed[start, end], "full", 0.9))
    return whole


def explained(text: str, legend: Sequence[Introduced]) -> list[tuple[str, str]]:
    """The initials of a list and the name of each, in every spelling that the text has: OCR makes "M@" of "MØ".

    >>> from pipeline.find.legend import Introduced
    >>> explained("M@ spurgte, og MO svarede.", [Introduced("MØ", "Mona Ørum", 0, 0, None)])
    [('M@', 'Mona Ørum'), ('MO', 'Mona Ørum'), ('MØ', 'Mona Ørum')]
    """
    printed = _by_fold(text) if legend else {}
    pairs = dict.fromkeys((one.letters, one.name) for one in legend)
    return [(form, name) for own, name in pairs for form in sorted({own, *printed.get(fold_initials(own), ())})]


def spellings(text: str, introduced: Iterable[str]) -> dict[str, str]:
    """The initials that are introduced, and what OCR made of their Ø, by form; left out what could be two of them.

    >>> spellings("HP@ spurgte, og AB svarede. MO kom.", ["HPØ", "AB", "MØ", "MO"])
    {'HPØ': 'HPØ', 'AB': 'AB', 'MØ': 'MØ', 'MO': 'MO', 'HP@': 'HPØ'}
    """
    forms = {own: own for own in introduced}
    folded: dict[str, list[str]] = {}
    for own in forms:
        folded.setdefault(fold_initials(own), []).append(own)
    for fold, printed in _by_fold(text).items() if forms else ():
        if len(owners := folded.get(fold, [])) == 1:
            forms |= {form: owners[0] for form in sorted(printed) if form not in forms and _DAMAGED.search(form)}
    return forms


def _by_fold(text: str) -> dict[str, set[str]]:
    printed: dict[str, set[str]] = {}
    for match in _INITIALS.finditer(text):
        printed.setdefault(fold_initials(match.group()), set()).add(match.group())
    return printed
