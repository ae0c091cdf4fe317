"""Where rules are worth trying: where a text has a word that each of their matches has, or begins with."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from importlib import import_module
from typing import Any, NamedTuple

import ahocorasick
import regex

from pipeline.lexicon.rules import Rule

__all__ = ["Likely", "literals", "openings"]

_Strings = frozenset[str]

_LINE_END = regex.compile(r"\n\s*")
_WORD_BEGINS = regex.compile(r"(?:\(\?i\))?(?:\\b|\(\?<!\[?\\p\{L\})")
_DOTLESS = frozenset("ıİ")
_PAYS = 2000
"""Sentences after which it pays to know the words of the rules."""
_LONG, _MANY = 6, 2000
"""Openings of so many letters tell enough, and more of them than so many are not told apart."""


class _Word(NamedTuple):
    """A word that is looked up, and the numbers of the rules that begin with it or have it."""

    length: int
    opens: list[int]
    inside: list[int]


class _Index(NamedTuple):
    """The words of all rules, the numbers of the rules that have none, and of those that may match at the start."""

    words: Any
    always: frozenset[int]
    at_start: tuple[int, ...]


class Likely:
    """Rules of one purpose, to be tried on many texts.

    A pattern with a long list of verbs tries each of them at each word; few sentences have one. All words of all
    rules are looked up in one pass (Aho and Corasick 1975), and the rules are tried where one stands.

    >>> from pipeline.lexicon import Lexicon
    >>> votes = Likely(Lexicon.load().rules("votes"))
    >>> [(rule.name, match.group()) for rule, match in votes.matches("Sagen blev sat til afstemning.")]
    [('ballot', 'sat til afstemning')]
    """

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._rules = tuple(rules)
        self._tried = 0

    @cached_property
    def _index(self) -> _Index:
        always: set[int] = set()
        at_start: list[int] = []
        words: dict[str, _Word] = {}
        for number, rule in enumerate(self._rules):
            opens, inside = openings(rule.pattern)
            if _are_common(inside) or not (opens or inside):
                always.add(number)
                continue
            if "" in opens:
                at_start.append(number)
            for word in opens - {""}:
                words.setdefault(word, _Word(len(word), [], [])).opens.append(number)
            for word in inside:
                words.setdefault(word, _Word(len(word), [], [])).inside.append(number)
        automaton = ahocorasick.Automaton()
        for word, uses in words.items():
            automaton.add_word(word, uses)
        automaton.make_automaton()
        return _Index(automaton, frozenset(always), tuple(at_start))

    def matches(self, text: str) -> Iterator[tuple[Rule, regex.Match[str]]]:
        """All that the rules find, rule by rule, each from left to right, as if each were tried on the whole text.

        A rule that needs a word but does not begin with it is tried on the lines that have the word, and on those
        beside them, empty ones not counted: a match that goes further is missed. So is a word with a Turkish
        dotless i, which counts as an i where case is ignored. The words are read off the patterns, which takes as
        long as trying them all on thousands of sentences, only after so many; in single lines that changes nothing.
        """
        if "\n" not in text and (self._tried < _PAYS or not _DOTLESS.isdisjoint(text)):
            self._tried += 1
            yield from ((rule, match) for rule in self._rules for match in rule.regex.finditer(text))
            return
        starts, nearby = self._places(text)
        always = self._index.always
        for number in sorted(always.union(starts, nearby)):
            rule = self._rules[number]
            if number in always or (number in nearby and (number in starts or "$" in rule.pattern)):
                yield from ((rule, match) for match in rule.regex.finditer(text))
            elif number in starts:
                yield from ((rule, match) for match in _from(rule, text, starts[number]))
            else:
                for first, last in nearby[number]:
                    yield from ((rule, match) for match in rule.regex.finditer(text, first, last))

    def _places(self, text: str) -> tuple[dict[int, list[int]], dict[int, list[list[int]]]]:
        """By the number of a rule where its matches may begin, and the stretches of text that may have some."""
        starts: dict[int, list[int]] = {number: [0] for number in self._index.at_start}
        nearby: dict[int, list[list[int]]] = {}
        edges: list[int] = []
        words = self._index.words
        for last, word in words.iter(_folded(text)) if len(words) else ():
            start = last - word.length + 1
            if word.opens and not (start and text[start - 1].isalpha()):
                for number in word.opens:
                    starts.setdefault(number, []).append(start)
            if word.inside:
                edges = edges or [0, 0, *(line.end() for line in _LINE_END.finditer(text)), len(text), len(text)]
                index = min(bisect_right(edges, start), len(edges) - 2)
                for number in word.inside:
                    stretches = nearby.setdefault(number, [])
                    if stretches and stretches[-1][1] >= edges[index - 2]:
                        stretches[-1][1] = edges[index + 1]
                    else:
                        stretches.append([edges[index - 2], edges[index + 1]])
        return starts, nearby


def _are_common(words: _Strings) -> bool:
    """Whether a word stands nearly everywhere, so that looking for it saves nothing."""
    return any(len(word) == 1 and (word.isalpha() or word.isspace()) for word in words)


def _from(rule: Rule, text: str, starts: list[int]) -> Iterator[regex.Match[str]]:
    """What a rule finds that begins at one of these places; no two overlap."""
    end = 0
    for start in sorted(starts):
        if start >= end and (match := rule.regex.match(text, start)):
            yield match
            end = max(match.end(), start + 1)


def _folded(text: str) -> str:
    """The text with case ignored, letter by letter: offsets stay."""
    folded = text.casefold()
    return folded if len(folded) == len(text) else "".join(f if len(f := c.casefold()) == 1 else c for c in text)


def literals(pattern: str) -> _Strings:
    r"""Words in lower case of which every match of a pattern has one, or looks at one; empty where it can do without.

    >>> sorted(literals(r"(?i)\b(?:blev|er) (?:ikke )?valgt\b|Genvalg"))
    ['genvalg', 'valgt']
    >>> literals(r"\d+|kr")
    frozenset()
    """
    return _literals(_parsed(pattern)) or frozenset()


@cache
def openings(pattern: str) -> tuple[_Strings, _Strings]:
    r"""Words in lower case: every match of a pattern begins with one of the first, or has one of the second in it.

    Both are empty where a match may be without. Only of a pattern that begins where a word does is known what it
    begins with, and of none that may begin with a lone letter. The empty word is the beginning of the text, for a
    pattern or a branch that begins with "^".

    >>> [sorted(words) for words in openings(r"(?i)\b(?:(?:gen)?valgt|udp[eæ]g(?:t|es)|\w+ afvist)\b")]
    [['genvalgt', 'udp', 'valgt'], [' afvist']]
    >>> [sorted(words) for words in openings(r"(?i)^(?:\w+ )?valgt|^afvist")]
    [[''], []]
    """
    parsed = _parsed(pattern)
    if all(map(_is_at_start, parsed.branches if isinstance(parsed, _core.Branch) else [parsed])):
        return _Strings([""]), _Strings()
    if not (isinstance(parsed, _core.Sequence) and _WORD_BEGINS.match(pattern)):
        return _Strings(), _literals(parsed) or _Strings()
    first = next((n for n, item in enumerate(parsed.items) if not _is_empty(item)), 0)
    head = parsed.items[first]
    while isinstance(head, _core.Group | _core.Atomic):
        head = head.subpattern
    opens, inside = _Strings(), _Strings()
    for branch in head.branches if isinstance(head, _core.Branch) else [head]:
        if _is_at_start(branch):
            opens |= {""}
            continue
        way = _core.Sequence([branch, *parsed.items[first + 1 :]])
        words, _ = _openings(way)
        if "" not in words:
            opens |= words
        elif words := _literals(way) or _Strings():
            inside |= words
        else:
            return _Strings(), _Strings()
    return (_Strings(), _literals(parsed) or _Strings()) if _are_common(opens) else (opens, inside)


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
    within = isinstance(node, _core.Group | _core.Atomic) or (isinstance(node, _core.GreedyRepeat) and node.min_count)
    if within or (isinstance(node, _core.LookAround) and node.positive):
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


def _is_empty(node: Any) -> bool:
    """Whether a part of a pattern looks at the text and takes none of it."""
    return isinstance(node, _core.LookAround | _core.ZeroWidthBase) and not isinstance(node, _core.Keep)


def _is_at_start(node: Any) -> bool:
    """Whether a part of a pattern matches nowhere but at the beginning of the text."""
    if isinstance(node, _core.LookAround):
        return node.behind and node.positive and isinstance(node.subpattern, _core.StartOfString)
    first = node.items[0] if isinstance(node, _core.Sequence) and node.items else node
    return isinstance(first, _core.StartOfString) or (first is not node and _is_at_start(first))


def _openings(node: Any) -> tuple[_Strings, bool]:
    """What a match of a part of a pattern may begin with, and whether that is all of the match; {""} if unknown."""
    unknown = _Strings([""]), False
    if isinstance(node, _core.Character) and node.positive:
        return _Strings([_printed(node)]), True
    if isinstance(node, _core.LookAround) or (
        isinstance(node, _core.ZeroWidthBase) and not isinstance(node, _core.Keep)
    ):
        return _Strings([""]), True
    if isinstance(node, _core.Group | _core.Atomic):
        return _openings(node.subpattern)
    if isinstance(node, _core.Branch):
        branches = [_openings(branch) for branch in node.branches]
        return _Strings().union(*(words for words, _ in branches)), all(whole for _, whole in branches)
    if isinstance(node, _core.GreedyRepeat):
        words, whole = _openings(node.subpattern)
        if node.min_count:
            return words, whole and node.max_count == 1
        return (words | {""}, True) if whole and node.max_count == 1 else unknown
    if not isinstance(node, _core.Sequence):
        return unknown
    found, whole = _Strings([""]), True
    for item in node.items:
        words, whole = _openings(item)
        longer = _Strings(word + more for word in found for more in words)
        if len(longer) > _MANY:
            return (found if "" not in found else (found - {""}) | words), False
        found = longer
        if not whole or min(map(len, found)) >= _LONG:
            return found, False
    return found, True


def _printed(node: Any) -> str:
    return _folded(chr(node.value))
