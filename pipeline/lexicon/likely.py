"""Which rules are worth trying on a text: those of which it has a word that each of their matches has."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from typing import Any

import ahocorasick

from pipeline.lexicon.rules import Rule

__all__ = ["Likely", "literals"]

_Strings = frozenset[str]


class Likely:
    """Rules of one purpose, to be tried on many sentences.

    A pattern with a long list of verbs tries each of them at each word; few sentences have one. All words of all
    rules are looked up in one pass (Aho and Corasick 1975), and one rule in ten is left to try.

    >>> from pipeline.lexicon import Lexicon
    >>> votes = Likely(Lexicon.load().rules("votes"))
    >>> [rule.name for rule in votes.within("Sagen blev sat til afstemning.")]
    ['ballot']
    """

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._rules = tuple(rules)
        self._always: set[int] = set()
        self._words = ahocorasick.Automaton()
        asked: dict[str, list[int]] = {}
        for number, rule in enumerate(self._rules):
            words = literals(rule.pattern)
            if not words:
                self._always.add(number)
            for word in words:
                asked.setdefault(word, []).append(number)
        for word, numbers in asked.items():
            self._words.add_word(word, numbers)
        self._words.make_automaton()

    def within(self, text: str) -> list[Rule]:
        """The rules that can find something in a text, in their order: some too many, never one too few.

        Only a Turkish dotless i, which counts as an i where case is ignored, makes a word strange.
        """
        found = set(self._always)
        for _, numbers in self._words.iter(text.casefold()) if len(self._words) else ():
            found.update(numbers)
        return [self._rules[number] for number in sorted(found)]


def literals(pattern: str) -> _Strings:
    r"""Words in lower case of which every match of a pattern has one; empty where it can do without.

    >>> sorted(literals(r"(?i)\b(?:blev|er) (?:ikke )?valgt\b|Genvalg"))
    ['genvalg', 'valgt']
    >>> literals(r"\d+|kr")
    frozenset()
    """
    return _literals(_parsed(pattern)) or frozenset()


_core: Any = import_module("regex._regex_core")  # its parser alone knows what a pattern means; it has no other door


def _parsed(pattern: str) -> Any:
    flags = 0
    while True:
        source = _core.Source(pattern)
        info = _core.Info(flags, source.char_type, {})
        info.guess_encoding = _core.UNICODE
        try:
            return _core._parse_pattern(source, info)
        except _core._UnscopedFlagSet:  # "(?i)" holds for what stands before it too: read again
            flags = info.global_flags


def _literals(node: Any) -> _Strings | None:
    """Strings of which what a part of a pattern matches has one; None for a part that promises nothing."""
    if isinstance(node, _core.Character) and node.positive:
        return frozenset([_printed(node)])
    if isinstance(node, _core.Branch):
        branches = [_literals(branch) for branch in node.branches]
        return frozenset().union(*(b for b in branches if b)) if all(branches) else None
    if isinstance(node, _core.Sequence):
        return max(_runs(node.items), key=lambda words: (min(map(len, words)), -len(words)), default=None)
    if isinstance(node, _core.Group | _core.Atomic) or (isinstance(node, _core.GreedyRepeat) and node.min_count):
        return _literals(node.subpattern)
    return None


def _runs(items: Iterable[Any]) -> list[_Strings]:
    """What each item of a sequence promises; letters that stand beside each other are one word."""
    found: list[_Strings] = []
    word = ""
    for item in items:
        if isinstance(item, _core.Character) and item.positive:
            word += _printed(item)
            continue
        found += [frozenset([word])] if word else []
        word = ""
        if words := _literals(item):
            found.append(words)
    return [*found, frozenset([word])] if word else found


def _printed(node: Any) -> str:
    return chr(node.value).casefold()
