"""Run a file's rules over a text and keep the readings that do not overlap."""

from __future__ import annotations

from typing import NamedTuple

import regex

from pipeline.lexicon import Likely, Rule

__all__ = ["Hit", "scan"]


class Hit(NamedTuple):
    """One match of one rule."""

    rule: Rule
    match: regex.Match[str]


def scan(text: str, rules: Likely) -> list[Hit]:
    """All matches of the rules, leftmost first, the longest where several begin together; none overlap.

    Between equally long matches the rule that stands first in its file wins. Empty matches are dropped.

    >>> from pipeline.lexicon import Lexicon
    >>> [hit.match.group() for hit in scan("den 3. april 2024", Likely(Lexicon.load().rules("dates")))]
    ['3. april 2024']
    """
    hits = [Hit(rule, match) for rule, match in rules.matches(text) if match.end() > match.start()]
    hits.sort(key=lambda hit: (hit.match.start(), -hit.match.end()))
    kept: list[Hit] = []
    for hit in hits:
        if not kept or hit.match.start() >= kept[-1].match.end():
            kept.append(hit)
    return kept
