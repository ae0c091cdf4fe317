"""Names with a letter that the reader of the page did not know: "Wiirtz" for "Würtz", "Qsterlund" for "Østerlund"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

import regex

from pipeline.lexicon import Lexicon
from pipeline.values import Edit, Span

__all__ = ["mend_foreign_letters", "restored"]

BEARERS, FEW_BEARERS = 20, 5
"""So many people bear the name that is meant, and nobody the one that was read: fewer where it holds a sign that no
name has there, or stands behind a first name."""
SURE = 0.9
_READ_AS = (
    *(("ü", seen) for seen in ("ii", "il", "ill", "ui", "ti", "i", "u")),
    *(("ö", seen) for seen in ("o", "é", "6", "a", "e")),
    *(("ä", seen) for seen in ("a", "i", "e")),
    *(("ø", seen) for seen in ("o", "é", "6", "a", "e", "g")),
    *(("æ", seen) for seen in ("a", "e", "ee", "ae")),
    *(("ç", seen) for seen in ("¢", "c", "g")),
    *zip("áóíúéëè", "aoiueee", strict=True),
    ("ó", "é"),
)
"""A letter and what was read for it; "ill" is "ül" with its l. Where it is an ø or æ, the rest of repair decides."""
_NAME = regex.compile(r"(?<![\p{L}\p{N}@./-])[\p{Lu}®][\p{L}6¢]{2,30}(?![\p{L}\p{N}@]|\.\p{L}{2})")
_BEFORE = regex.compile(r"(?<!\p{L})\p{Lu}\p{Ll}+(?= $)")
_SIGNS = frozenset("é6¢")
_INITIAL = regex.compile(r"[QG®](?=[bcdfghjklmnprst])")
"""What an Ø is read as at the start of a name, before a letter that none of them stands before."""


def mend_foreign_letters(source: str, stretches: Sequence[Span], lexicon: Lexicon) -> Iterator[Edit]:
    """The edits of names in the damaged stretches of a text that can only be one known name (see `restored`)."""
    for start, end in stretches:
        for match in _NAME.finditer(source, start, end):
            before = _BEFORE.search(source, max(start, match.start() - 20), match.start())
            called = before is not None and lexicon.names.is_first(before.group())
            if name := restored(match.group(), lexicon, called):
                yield Edit(match.start(), match.end(), match.group(), name, "name-letter", SURE)


@lru_cache(maxsize=4096)
def restored(seen: str, lexicon: Lexicon, called: bool = False) -> str | None:
    """The one name that was read as a word nobody is called by and no list has; None where there is none or several.

    A word that a list has may be a name where it is `called` by a first name before it.

    >>> lexicon = Lexicon.load()
    >>> [restored(name, lexicon) for name in ("Wiirtz", "Qsterlund", "Gillsen", "Holmgaard", "Mulig")]
    ['Würtz', 'Østerlund', 'Gülsen', None, None]
    >>> [restored("Kog", lexicon, called) for called in (True, False)]
    ['Koç', None]
    """
    if _bearers(seen, lexicon) or lexicon.names.is_place(seen) or (lexicon.words.count(seen) and not called):
        return None
    readings = _readings(seen)
    meant = {name for name in readings if _bearers(name, lexicon) >= BEARERS}
    if not meant and (called or not _SIGNS.isdisjoint(seen)):
        meant = {name for name in readings if _bearers(name, lexicon) >= FEW_BEARERS}
    name = meant.pop() if len(meant) == 1 else None
    if name is None or (name[0] == "Ø" and _INITIAL.match(seen)):
        return name
    return None if any(name.lower().count(c) > seen.lower().count(c) for c in "øæ") else name


def _readings(seen: str) -> frozenset[str]:
    small = seen.lower()
    found = {_INITIAL.sub("Ø", seen, count=1)} if _INITIAL.match(seen) else set()
    for letter, read in _READ_AS:
        start = small.find(read)
        while start >= 0:
            name = seen[:start] + letter + ("l" if read == "ill" else "") + seen[start + len(read) :]
            found.add(name[0].upper() + name[1:])
            start = small.find(read, start + 1)
    return frozenset(found)


def _bearers(name: str, lexicon: Lexicon) -> int:
    count = lexicon.names.count(name)
    return count.first + count.family
