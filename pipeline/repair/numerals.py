"""The capital I that became 1, l or |, and the blank that was lost beside i: rules for whole words, as data."""

from __future__ import annotations

from pipeline.document import Edit
from pipeline.lexicon import Lexicon
from pipeline.lexicon.words import Words

__all__ = ["numeral_edits"]

_EVERYDAY = 200.0  # count of a word from which a blank may be set
_RARE = 3.0  # count below which the whole is no word, only a slip in some list


def numeral_edits(text: str, lexicon: Lexicon) -> list[Edit]:
    """Edits of the rules in models/rules/repair.toml, in the order of the text; the first rule that fits wins.

    A rule's named group `old` is what is replaced, its `value` the replacement, in which {left} and {right} stand for
    the groups of these names. Where a rule has a group `known`, the group must be an everyday word and the whole
    match must be none.
    """
    found: list[Edit] = []
    taken: set[int] = set()
    for rule in lexicon.rules("repair"):
        for match in rule.regex.finditer(text):
            groups = match.groupdict()
            start, end = match.span("old")
            if "known" in groups and not _is_joint(groups["known"], groups["old"], lexicon.words):
                continue
            after = (rule.value or "").format(**{key: value or "" for key, value in groups.items()})
            if after != groups["old"] and taken.isdisjoint(range(start, end)):
                found.append(Edit(start, end, groups["old"], after, rule.name, rule.confidence))
                taken.update(range(start, end))
    return sorted(found)


def _is_joint(known: str, whole: str, words: Words) -> bool:
    return words.count(known) >= _EVERYDAY and words.count(whole) < _RARE
