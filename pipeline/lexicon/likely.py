"""Where rules are worth trying: where a text has a word that each of their matches has, or begins with."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cached_property
from sys import maxsize
from typing import Any, NamedTuple

import ahocorasick
import regex

from pipeline.lexicon.rules import Rule
from pipeline.lexicon.ways import folded, ways

__all__ = ["Likely", "Needed"]

_LINE_END = regex.compile(r"\n\s*")
_LINE_OR_TEXT_END = (r"\n|$", r"$|\n")  # in a pattern: either is as good as the other
_SHORT = 2  # letters of a word that stands nearly everywhere


class _Word(NamedTuple):
    """A word that is looked up, and the numbers of the ways that begin with it, with and without needs of other words,
    and of those that need it."""

    length: int
    opens: list[int]
    opens_needy: list[int]
    needed: list[int]


class _Index(NamedTuple):
    """The words of all ways to a match, by way the rule and whether it has needs, and what stands in no list."""

    words: Any
    rules: list[int]
    needy: list[bool]
    always: frozenset[int]  # rules that may match anywhere
    ending: frozenset[int]  # rules that ask whether the text ends
    at_start: list[int]  # ways that begin where the text does, and ...
    at_start_needy: list[int]  # ... those of them that have needs
    anywhere: frozenset[int]  # ways that are known by what they need alone


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

    @cached_property
    def _index(self) -> _Index:
        words: dict[str, _Word] = {}
        found = _Index(ahocorasick.Automaton(), [], [], frozenset(), frozenset(), [], [], frozenset())
        always: set[int] = set()
        ending: set[int] = set()
        anywhere: set[int] = set()
        for number, rule in enumerate(self._rules):
            known = ways(rule.pattern)
            if not known:
                always.add(number)
            pattern = rule.pattern
            for end in _LINE_OR_TEXT_END:
                pattern = pattern.replace(end, "")
            if "$" in pattern:
                ending.add(number)
            for way in known:
                place = len(found.rules)
                found.rules.append(number)
                found.needy.append(bool(way.needs))
                if not way.opens:
                    anywhere.add(place)
                for word in way.opens:
                    if word:
                        uses = words.setdefault(word, _Word(len(word), [], [], []))
                        (uses.opens_needy if way.needs else uses.opens).append(place)
                    else:
                        (found.at_start_needy if way.needs else found.at_start).append(place)
                for word in way.needs:
                    words.setdefault(word, _Word(len(word), [], [], [])).needed.append(place)
        for word, uses in words.items():
            found.words.add_word(word, uses)
        found.words.make_automaton()
        return found._replace(always=frozenset(always), ending=frozenset(ending), anywhere=frozenset(anywhere))

    def matches(self, text: str) -> Iterator[tuple[Rule, regex.Match[str]]]:
        """All that the rules find, rule by rule, each from left to right, as if each were tried on the whole text.

        A rule that needs a word is tried on the lines that have the word, and on those beside them, empty ones not
        counted: a match that goes further is missed.
        """
        starts, nearby = self._places(text)
        always, ending = self._index.always, self._index.ending
        for number in sorted(always.union(starts, nearby)):
            rule = self._rules[number]
            if number in always or (number in nearby and (number in starts or number in ending)):
                for match in rule.regex.finditer(text):
                    yield rule, match
            elif number in starts:
                for match in _from(rule, text, starts[number]):
                    yield rule, match
            else:
                for first, last in nearby[number]:
                    for match in rule.regex.finditer(text, first, last):
                        yield rule, match

    def _places(self, text: str) -> tuple[dict[int, list[int]], dict[int, list[list[int]]]]:
        """By the number of a rule where its matches may begin, and the stretches of text that may have some."""
        index = self._index
        near: dict[int, list[list[int]]] = {}
        whole = [[0, len(text)]] if "\n" not in text else []
        edges: list[int] = []
        free: list[tuple[int, list[int]]] = [(0, index.at_start)]
        needy: list[tuple[int, list[int]]] = [(0, index.at_start_needy)]
        asked: list[int] = []  # what was needed last: a word that comes again asks for nothing new of a single line
        for last, word in index.words.iter(folded(text)) if len(index.words) else ():
            start = last - word.length + 1
            if (word.opens or word.opens_needy) and not (start and text[start - 1].isalpha()):
                free.append((start, word.opens))
                needy.append((start, word.opens_needy))
            if not word.needed:
                continue
            if whole:
                if word.needed is not asked:
                    asked = word.needed
                    near.update(dict.fromkeys(asked, whole))
                continue
            edges = edges or [0, 0, *(line.end() for line in _LINE_END.finditer(text)), len(text), len(text)]
            line = min(bisect_right(edges, start), len(edges) - 2)
            first, end = edges[line - 2], edges[line + 1]
            for way in word.needed:
                stretches = near.setdefault(way, [])
                if stretches and stretches[-1][1] >= first:
                    stretches[-1][1] = end
                else:
                    stretches.append([first, end])
        starts: dict[int, list[int]] = {}
        for start, begun in free:
            for way in begun:
                starts.setdefault(index.rules[way], []).append(start)
        for start, begun in needy if near else ():
            for way in begun:
                if way in near and (whole or _within(near[way], start)):
                    starts.setdefault(index.rules[way], []).append(start)
        return starts, {index.rules[way]: stretches for way, stretches in near.items() if way in index.anywhere}


def _within(stretches: list[list[int]], place: int) -> bool:
    """Whether a place lies in one of the stretches, which stand in order and apart; at their ends it does."""
    number = bisect_right(stretches, [place, maxsize])
    return number > 0 and place <= stretches[number - 1][1]


def _from(rule: Rule, text: str, starts: list[int]) -> Iterator[regex.Match[str]]:
    """What a rule finds that begins at one of these places; no two overlap."""
    end = 0
    for start in sorted(set(starts)):
        if start >= end and (match := rule.regex.match(text, start)):
            yield match
            end = max(match.end(), start + 1)


class Needed:
    """Rules that are asked of many short texts, of which most have no word that a match must have."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.rules = tuple(rules)

    @cached_property
    def _index(self) -> tuple[Any, frozenset[int]]:
        """The words with the numbers of the rules that need them, and the rules that may do without words, or with
        one that stands nearly everywhere."""
        needs: dict[str, set[int]] = {}
        others = set()
        for number, rule in enumerate(self.rules):
            known = ways(rule.pattern)
            words = frozenset[str]().union(*(way.needs or way.opens for way in known))
            if not known or any(len(word) <= _SHORT and (word.isalpha() or not word) for word in words):
                others.add(number)
                continue
            for word in words:
                needs.setdefault(word, set()).add(number)
        automaton = ahocorasick.Automaton()
        for word, numbers in needs.items():
            automaton.add_word(word, frozenset(numbers))
        automaton.make_automaton()
        return automaton, frozenset(others)

    @cached_property
    def _chosen(self) -> dict[frozenset[int], tuple[Rule, ...]]:
        """The rules by their numbers, of every choice that was asked for."""
        return {}

    def worth(self, text: str) -> tuple[Rule, ...]:
        """The rules that may find something in a text, in their order: those without words, and those that have one
        of theirs in it.

        >>> from pipeline.lexicon import Lexicon
        >>> ballots = Needed([Lexicon.load().by_name("votes")["ballot"]])
        >>> [len(ballots.worth(text)) for text in ("Kaffe", "Forslaget blev sat til afstemning.")]
        [0, 1]
        """
        automaton, chosen = self._index
        for _, numbers in automaton.iter(folded(text)) if len(automaton) else ():
            chosen = chosen | numbers
        if chosen not in self._chosen:
            self._chosen[chosen] = tuple(self.rules[number] for number in sorted(chosen))
        return self._chosen[chosen]
