"""Family names that open with a particle, where they stand without their first name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import regex

from pipeline.lexicon.names import PARTICLES

__all__ = ["family_tails"]

MANY = 200
"""More family names with particles are not looked for alone: no minutes have them."""


def family_tails(text: str, names: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Where the family names of `names` stand that open with a particle, also behind their first name.

    >>> list(family_tails("som van der Ploeg sagde", ["Else van der Ploeg"]))
    [(4, 17)]
    """
    tails = set()
    for name in set(names):
        parts = name.split()
        first = next((n for n, part in enumerate(parts) if part in PARTICLES), None)
        if first:
            tails.add(r"\s+".join(regex.escape(part) for part in parts[first:]))
    if not tails or len(tails) > MANY:
        return
    for match in regex.finditer(rf"\b(?i:{'|'.join(sorted(tails, key=len, reverse=True))})\b", text):
        if match.group().split()[-1][0].isupper():
            yield match.span()
