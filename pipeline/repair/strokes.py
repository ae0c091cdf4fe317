"""Strokes read as one another: I, l, | and 1 as whole words and beside years (models/rules/repair.toml)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.lexicon import Rule
from pipeline.values import Edit, Span

__all__ = ["mend_strokes"]


def mend_strokes(source: str, stretches: Sequence[Span], rules: Sequence[Rule]) -> Iterator[Edit]:
    """The edits of every rule in the damaged stretches of a text, first rule first where two want one place.

    The group `seen` of a match is replaced by the rule's `value`.
    """
    taken: set[int] = set()
    for rule in rules:
        for start, end in stretches:
            for match in rule.regex.finditer(source, start, end):
                first, last = match.span("seen")
                if taken.isdisjoint(range(first, last + 1)):
                    taken.update(range(first, last + 1))
                    yield Edit(first, last, source[first:last], rule.value or "", rule.name, rule.confidence)
