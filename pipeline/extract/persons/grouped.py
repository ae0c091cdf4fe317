"""Which organisation the label of a row of people names: "Kystskolen: Ib Holst – Karen Dam"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

import regex

from pipeline.find.names import NameMention
from pipeline.find.organisations.bodies import is_no_name
from pipeline.find.organisations.organisations import OrganisationMention
from pipeline.lexicon import Lexicon

__all__ = ["rows_of_people"]

_ROW = regex.compile(
    r"(?m)^[ \t•*–-]{0,20}(?:\p{L}{4,20}:[ \t]{0,20})?"
    r"(?:\p{L}{0,20}[ \t]?(?:fra|for|Fra|For)[ \t])?(?P<who>[\p{Lu}\d][^:\n]{2,90}):[ \t]{0,20}(?P<rest>[^\n]*)$"
)
_OPEN = regex.compile(r"(?m)^[ \t•*–-]{0,20}(?P<who>\p{Lu}[^:\n]{2,120})$")
_TAIL = regex.compile(r",[ ]\p{Ll}{4,30}$|[ ]\([^()\n]{2,20}\)$")
"""Behind an organisation in a label: the part of it, its initials."""
_BRACKET = regex.compile(r"\([^()\n]{0,60}\)")
_WORD = regex.compile(r"\p{L}{2,}")
_SMALL = frozenset(
    {"og", "samt", "for", "ved", "ikke", "mødt", "afbud", "fraværende", "suppleant", "ingen", "dr", "med", "pkt"}
)
NEAR = 300
"""Rows of one list stand so near each other."""
FEWEST = 2
"""So many rows with people behind an organisation, and no mark between, show that they are rows."""


def rows_of_people(
    text: str,
    end: int,
    names: Sequence[NameMention],
    organisations: Sequence[OrganisationMention],
    lexicon: Lexicon,
) -> Iterator[tuple[NameMention, str]]:
    """The names in each row of a list that an organisation opens, with its name; before `end`, where the list ends.

    A row holds names and what stands beside them in brackets, and no words that tell anything; between the
    organisation and the names stands a colon, or nothing where several rows are alike.

    >>> from pipeline.extract.mentions import names_in, organisations_in
    >>> lexicon = Lexicon.load()
    >>> text = "Norddal Kommune: Ib Holst – (Karen Dam)\\nFyns Skole: Bo Friis kom for sent"
    >>> found = rows_of_people(text, len(text), names_in(text, lexicon), organisations_in(text, lexicon), lexicon)
    >>> [(name.name, organisation) for name, organisation in found]
    [('Ib Holst', 'Norddal Kommune'), ('Karen Dam', 'Norddal Kommune')]
    """
    starts = [name.start for name in names]
    opening = {mention.start: mention for mention in organisations if mention.kind != "party"}
    labelled: list[tuple[regex.Match[str], str | None, Sequence[NameMention]]] = []
    for row in _ROW.finditer(text, 0, end):
        begins = opening.get(row.start("who"))
        who = begins.name if begins and begins.end == row.start("who") + len(_TAIL.sub("", row["who"])) else None
        people = names[bisect_left(starts, row.start("rest")) : bisect_left(starts, row.end())]
        if _only_people(row["rest"], row.start("rest"), people, lexicon):
            labelled.append((row, who, people))
    for place, (row, who, people) in enumerate(labelled):
        around = labelled[max(0, place - FEWEST) : place + FEWEST + 1]
        known = sum(1 for other, home, _ in around if home and abs(other.start() - row.start()) <= NEAR)
        named = who is None and known >= FEWEST and not _is_common(row["who"], lexicon)
        if home := row["who"].strip() if named else who:
            yield from ((name, home) for name in people)
    plain: list[tuple[NameMention, str]] = []
    rows = 0
    for row in _OPEN.finditer(text, 0, end):
        begins = opening.get(row.start("who"))
        if begins and begins.end < row.end() and text[begins.end].isspace():
            people = names[bisect_left(starts, begins.end) : bisect_left(starts, row.end())]
            full = people and all(name.kind == "full" for name in people)
            if full and _only_people(text[begins.end : row.end()], begins.end, people, lexicon):
                rows += 1
                plain += [(name, begins.name) for name in people]
    if rows >= FEWEST:
        yield from plain


def _is_common(label: str, lexicon: Lexicon) -> bool:
    """Whether a label says what they are there, and not whose people they are."""
    words = label.split()
    plain = len(words) == 1 and lexicon.words.count(label) > lexicon.words.proper_count(label)
    return is_no_name(label, lexicon) or plain or any(lexicon.roles.group(word) or word[0].islower() for word in words)


def _only_people(rest: str, start: int, people: Sequence[NameMention], lexicon: Lexicon) -> bool:
    """Whether nothing is told behind a label but who they are."""
    if not people:
        return False
    bare = list(rest)
    for name in people:
        bare[name.start - start : name.end - start] = " " * (name.end - name.start)
    left = _WORD.findall(_BRACKET.sub(" ", "".join(bare)))
    return all(word.casefold() in _SMALL or lexicon.roles.group(word) for word in left)
