"""Words and signs that names of persons are built of."""

from __future__ import annotations

import regex

__all__ = ["ACRONYM", "GOES_ON", "LANDSCAPE", "PURE", "QUOTES", "SURNAMES", "WRAPPED"]

ACRONYM = regex.compile(r"\p{Lu}{2,4}")
"""Behind a whole name: whom somebody comes from, and no second family name ("Ida Dam HR")."""
GOES_ON = regex.compile(r"[,;:)]|[ ]\p{Ll}")
"""Behind an initial and its full stop, where the sentence does not end."""

QUOTES = ('"', "“", "”", "„", "»", "«")
"""In front of a nickname: 'Ib "Krølle" Holst'."""
SURNAMES = frozenset({"Al", "Ben", "Da", "Du", "La", "Le"})
"""Particles that are family names too, where they close a name: "Minh Le"."""
LANDSCAPE = frozenset(
    {"Bakke", "Bro", "Bæk", "Dal", "Eng", "Hede", "Holm", "Høj", "Kær", "Lund", "Mark", "Mose", "Skov", "Strand", "Sø"}
)
"""Family names that, behind a word nobody is called by, name a place: "Kohave Bro"."""
PURE = 10
"""A word that so many times more bear as a first than as a family name is no family name, and vice versa."""
WRAPPED = 50
"""A line that is shorter than this was ended on purpose: no name goes on after it."""
