"""Where the head of minutes ends: a first item may do no more than tell who came."""

from __future__ import annotations

import regex

from pipeline.segment.headings import Page

__all__ = ["first_item"]

_ROLL_CALL = regex.compile(
    r"(?i)\W*(?:(?:punkt|pkt\.?|ad\.?)\s*)?\d{0,2}\s?[.:)–-]?\s*(?:(?:møde(?:information|oplysning|fakta|data)\p{L}*"
    r"|(?:møde)?deltag(?:ere|else)|(?:(?:konstatering|registrering|oplæsning)\s+af\s+)?(?:fremmød|tilstede|mødt|fravær|afbud)\p{L}*"
    r"|(?:navne)?opråb|præsentation(?:srunde)?)(?:\s*(?:,|/|og|&|af)\s*\p{L}+){0,2}\W*$"
    r"|(?:velkomst|velkommen|åbning|mødeåbning|bordrunde|formalia|indledning)\b.{0,60})"
)
"""A heading under which a first item tells who came."""


def first_item(page: Page, stops: frozenset[int]) -> int:
    """The line of the first item that does more than tell who came ("1. Deltagere"); those are part of the head."""
    headings = sorted(stops)
    if len(headings) > 1 and _ROLL_CALL.match(page.content(headings[0])):
        return headings[1]
    return headings[0] if headings else len(page.lines)
