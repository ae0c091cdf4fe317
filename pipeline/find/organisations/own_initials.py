"""By which initials minutes call the body that met: "FU" for a Forretningsudvalg."""

from __future__ import annotations

from functools import lru_cache

import regex

__all__ = ["own_initials"]

HEAD = 700
"""The body is named within so many characters of the start."""
_BODY = regex.compile(
    r"(?i)(?<![\p{L}-])(?P<stem>(?:\p{L}+-(?:, | (?:og )?))*\p{L}{2,}?)"
    r"(?P<kind>udvalg|råd|bestyrelse|nævn|gruppe|forum|kreds|kommission)(?:et|en|n|s)?(?:møde(?:t|r)?)?\b(?:\s*\((?P<stated>\p{Lu}{2,5})\))?"
)


_MET = regex.compile(r"\b(\p{Lu}{2,5})-møde[rt]?\b")
_STEM, _AND = regex.compile(r"\p{L}+"), regex.compile(r"(?i)\bog\b")
_WORD = regex.compile(r"\b\w++(?!:| \p{Ll})")
"""A word that is no subject or label."""


@lru_cache(maxsize=8)
def own_initials(text: str) -> frozenset[str]:
    """The initials of the bodies that the head of minutes names, stated in brackets or made of the parts of the name.

    Those that the head prints for anything else, such as a member, are left out.

    >>> sorted(own_initials("Teknik- og Havneudvalget\\nMøde den 3. maj 2024"))
    ['THU']
    >>> sorted(own_initials("HOVEDUDVALGET (HMU)\\nTil stede: Hanne Uth (HU)"))
    ['HMU']
    """
    head = text[:HEAD]
    stated = set(_MET.findall(head))
    made: set[str] = set()
    for match in _BODY.finditer(head):
        if match["stated"]:
            stated.add(match["stated"])
        stems = _STEM.findall(_AND.sub("", match["stem"]))
        made.add("".join(part[0] for part in [*stems, match["kind"]]).upper())
    return frozenset(stated | made.difference(_WORD.findall(head)))
