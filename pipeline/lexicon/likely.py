"""Which rules are worth trying on a text: those of which it has a word that each of their matches has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import import_module
from typing import Any

import ahocorasick
import regex

from pipeline.lexicon.rules import Rule

__all__ = ["Likely", "literals"]

_Strings = frozenset[str]

_BLANK = regex.compile(r"\n[ \t]*\n\s*")


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
            if not words or any(word.isspace() or (len(word) == 1 and word.isalpha()) for word in words):
                self._always.add(number)
                continue
            for word in words:
                asked.setdefault(word, []).append(number)
        self._numbers = tuple(asked.values())
        for place, word in enumerate(asked):
            self._words.add_word(word, place)
        self._words.make_automaton()

    def within(self, text: str) -> list[Rule]:
        """The rules that can find something in a text, in their order: some too many, never one too few.

        Only a Turkish dotless i, which counts as an i where case is ignored, makes a word strange.
        """
        return [self._rules[number] for number in sorted({*self._always, *self._asked(text)})]

    def matches(self, text: str) -> Iterator[tuple[Rule, regex.Match[str]]]:
        """All that the rules find in a long text, rule by rule.

        A rule is tried on the paragraphs that have one of its words, and on those beside them (OCR parts a paragraph
        between its lines), and no other.
        """
        edges = [0, 0, *(blank.end() for blank in _BLANK.finditer(text)), len(text), len(text)]
        stretches: dict[int, list[list[int]]] = {number: [[0, len(text)]] for number in self._always}
        for before, start, end, after in zip(edges, edges[1:], edges[2:], edges[3:], strict=False):
            for number in self._asked(text[start:end]):
                places = stretches.setdefault(number, [])
                if places and places[-1][1] >= before:
                    places[-1][1] = after
                else:
                    places.append([before, after])
        for number, places in sorted(stretches.items()):
            rule = self._rules[number]
            for first, last in places:
                for match in rule.regex.finditer(text, first, last):
                    yield rule, match

    def _asked(self, text: str) -> set[int]:
        """The numbers of the rules that have a word in a text."""
        if not len(self._words):
            return set()
        sets = {place for _, place in self._words.iter(text.casefold())}
        return set().union(*(self._numbers[place] for place in sets))


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
