"""Words and signs that names of persons are built of."""

from __future__ import annotations

__all__ = ["LANDSCAPE", "QUOTES", "SURNAMES"]

QUOTES = ('"', "“", "”", "„", "»", "«")
"""In front of a nickname: 'Ib "Krølle" Holst'."""
SURNAMES = frozenset({"Al", "Ben", "Da", "Du", "La", "Le"})
"""Particles that are family names too, where they close a name: "Minh Le"."""
LANDSCAPE = frozenset(
    {"Bakke", "Bro", "Bæk", "Dal", "Eng", "Hede", "Holm", "Høj", "Kær", "Lund", "Mark", "Mose", "Skov", "Strand", "Sø"}
)
"""Family names that, behind a word nobody is called by, name a place: "Kohave Bro"."""
