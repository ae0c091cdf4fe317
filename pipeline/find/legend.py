"""Initials and whom they mean, where a document lists them: "BJ  Birgit Juel (formand)", row by row."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import regex

from pipeline.find.brackets import RINGS, are_initials
from pipeline.lexicon import Lexicon

__all__ = ["Introduced", "find_legend", "fold_initials"]

FEWEST = 3
"""So many initials with their names make a list of them."""
NEAR = 160
"""So far behind one entry the next one stands."""

_PART = r"\p{Lu}[\p{L}'’-]*\p{Ll}[\p{L}'’-]*\.?"
_END = r"[ \t]*(?=\n|$|,|[ \t]{2}|[\p{Lu}@]{2,4}[ \t_])"
"""Behind an entry: the end of its line or cell, or the next one's initials."""
_ENTRY = regex.compile(
    r"(?:(?<=^|\n)|(?<=[\s|)]))(?P<letters>[\p{Lu}@]{2,4})[_.:|]*(?:[ \t]*(?P<sign>[=–-]))?[ \t]+"
    rf"(?P<name>{_PART}(?:[ \t]{_PART}){{1,4}})(?P<rest>[ \t]*\((?P<bracket>[^()\n]{{2,40}})\)|{_END})?"
)


class Introduced(NamedTuple):
    """Initials as printed, the name that they stand for with its place, and the role in a bracket behind it."""

    letters: str
    name: str
    start: int
    end: int
    role: str | None


def fold_initials(letters: str) -> str:
    """Initials as they are compared: without rings and accents, which OCR and hasty writers leave out.

    >>> fold_initials("MØ"), fold_initials("M@")
    ('MO', 'MO')
    """
    return letters.upper().translate(RINGS)


@lru_cache(maxsize=4)
def find_legend(text: str, lexicon: Lexicon) -> tuple[Introduced, ...]:
    """The entries of lists that give initials and then the name, in order; none where fewer than three stand together.

    >>> text = "BJ  Birgit Juel (formand)   TD  Tue Dam\\nHSK Hans Stær Krog\\n"
    >>> [(one.letters, one.name, one.role) for one in find_legend(text, Lexicon.load())]
    [('BJ', 'Birgit Juel', 'formand'), ('TD', 'Tue Dam', None), ('HSK', 'Hans Stær Krog', None)]
    """
    entries = [entry for match in _ENTRY.finditer(text) if (entry := _entry(match, lexicon))]
    if len(entries) < FEWEST:
        return ()
    near = [here.start - before.end <= NEAR for before, here in pairwise(entries)]
    together = [entry for n, entry in enumerate(entries) if any(near[max(0, n - 1) : n + 1])]
    known = [entry for entry in together if lexicon.names.is_first(entry.name.split()[0])]
    letters = {fold_initials(entry.letters) for entry in together}
    return tuple(together) if len(letters) >= FEWEST and 2 * len(known) >= len(together) else ()


def _entry(match: regex.Match[str], lexicon: Lexicon) -> Introduced | None:
    """The entry with as many words of the name as the initials ask for, or all where nothing else follows them."""
    letters, words = match["letters"].replace("@", "Ø"), match["name"].split()
    fits = [n for n in range(2, len(words) + 1) if are_initials(letters, " ".join(words[:n]))]
    if match["sign"] == "=" and words[0][0] == letters[0]:
        fits = fits or [len(words)]  # as the document says: "PKR = Pia Krag"
    if not fits:
        return None
    n = len(words) if match["rest"] is not None and lexicon.names.is_last(words[-1]) else fits[0]
    start = match.start("name")
    end = start + [word.end() for word in regex.finditer(r"\S+", match["name"])][n - 1]
    bracket = match["bracket"] if n == len(words) else None
    role = bracket if bracket and lexicon.roles.group(bracket) else None
    return Introduced(match["letters"], " ".join(words[:n]), start, end, role)
