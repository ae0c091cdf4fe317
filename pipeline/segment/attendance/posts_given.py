"""Lists of who got which post at a meeting, or stands for election: they say nothing of who came, led or wrote."""

from __future__ import annotations

import regex

from pipeline.segment.headings import Page

__all__ = ["are_posts_given", "gives_posts"]

REACH = 250
"""Characters in front of a post in which the words stand that say it was given to somebody."""
_GIVES = regex.compile(
    r"(?i)\bkonstituering(?:en)?\b|\bkonstituere(?:de|r)\s+sig\b|\bfordel\p{L}*\s(?:\p{Ll}+\s){0,2}poster"
    r"|\bposter(?:ne)?\s(?:\p{Ll}+\s){0,2}fordel|\bpå\s+valg\b"
)


def gives_posts(line: str) -> bool:
    """Whether a line heads such a list: "Konstituering:", "På valg er"."""
    return _GIVES.search(line) is not None


def are_posts_given(page: Page, start: int) -> bool:
    """Whether a post at an offset stands in such a list."""
    return _GIVES.search(page.text, max(0, start - REACH), start) is not None
