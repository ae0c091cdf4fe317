"""The damage gate: which lines were read by the wrong model, which are sound, and which are not Danish at all.

Every line is explained four ways: as sound Danish, as Danish without its letters (damaged), as Danish written with ae,
oe and aa, and as another language. The likeliest sequence of explanations wins, where a change from one line to the
next has a price: a line that says nothing by itself ("Referat:") goes with its neighbours. Where most lines
are Norwegian or Swedish, those that look damaged are so too.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from enum import IntEnum
from operator import add
from pathlib import Path

from pipeline.errors import ConfigurationError
from pipeline.lexicon.words import Words
from pipeline.repair.candidates import Candidate, Candidates
from pipeline.repair.channel import DANISH
from pipeline.repair.tokens import LONGEST, Token

__all__ = ["WRITTEN", "Foreign", "Gate", "State"]


class State(IntEnum):
    """How a line is explained."""

    SOUND = 0
    DAMAGED = 1
    TRANSLITERATED = 2
    FOREIGN = 3


_START = (0.0, -3.0, -5.0, -1.5)  # log odds before anything is read: most text is sound
_CHANGE = -6.0
_FROM_ABROAD = -12.0  # lines in another language are not followed by damaged Danish
_KIN = frozenset(("nb", "nn", "sv"))  # languages whose words look like damaged Danish
_HOME = 3  # explanations before those as another language
_MOST = 5.0  # what one word can say for damage: a word that is none, and would be one if repaired
_MOST_OF_WORD = 0.5  # a word that stands in the lexicon as it is ("far", which may be "får")
_MOST_OF_NAME = 1.0  # a capitalised one: foreign names look damaged
_MOST_OF_MADE = 2.0  # one that would be a compound, or a word in no list: foreign words may always be that
_REAL = 15.0  # occurrences from which a form is a word
_SURVIVED = math.log(0.004)  # a Danish letter in text that an English model read
_ODD = -2.5  # log P of a letter in a word that no list knows
_ABROAD = 1.2  # what an unknown word says for another language


def _price(origin: State, state: State) -> float:
    """What it costs that one line is explained otherwise than the line before it."""
    if state is origin:
        return 0.0
    abroad = State.FOREIGN in (origin, state) and State.SOUND not in (origin, state)
    return _FROM_ABROAD if abroad else _CHANGE


_STATES = tuple(State)
_PRICES = [[_price(origin, state) for state in _STATES] for origin in _STATES]


class Foreign:
    """How frequent the everyday words of other languages are, each language by itself."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.names = [line.split(":")[0] for line in lines]
        self.languages = len(lines)
        self._shares: dict[str, list[float]] = {}
        for language, line in enumerate(lines):
            for rank, word in enumerate(line.split()[1:]):
                share = math.log(0.05 / (rank + 2))
                bare = _bare(word)
                for form in (word,) if bare == word else (word, bare):
                    shares = self._shares.get(form)
                    if shares is None:
                        shares = self._shares[form] = [-math.inf] * len(lines)
                    shares[language] = max(shares[language], share)

    @classmethod
    def read(cls, file: Path) -> Foreign:
        """The languages of models/repair/foreign.txt, one a line. Raises `ConfigurationError` when it is missing."""
        try:
            return cls([line for line in file.read_text("utf-8").splitlines() if line and not line.startswith("#")])
        except OSError as error:
            raise ConfigurationError(f"{file.name}: {error}") from error

    def shares(self, form: str) -> list[float] | None:
        """log P of an everyday word in each language, minus infinity where it is none; None for any other word."""
        return self._shares.get(form)


WRITTEN = (("æ", "ae", 1.0), ("ø", "oe", 1.0), ("å", "aa", 1.0), ("å", "a", 0.02))
"""How Danish letters are written where there are none: meant, written, how likely."""
_PAIRS = tuple(written for _, written, _ in WRITTEN if len(written) > 1)
"""A word without these says nothing for transliteration."""
_BARE = str.maketrans("åäöøüéèê", "aaooueee")


def _bare(word: str) -> str:
    """A word as an English model reads it."""
    return word if word.isascii() else word.translate(_BARE).replace("æ", "ae").replace("ß", "ss")


class Gate:
    """Explains the lines of a document."""

    def __init__(self, words: Words, damaged: Candidates, written: Candidates, foreign: Foreign) -> None:
        self._words, self._damaged, self._written, self._foreign = words, damaged, written, foreign
        self._kept: dict[str, tuple[float, ...]] = {}

    def explain(self, tokens: Sequence[Token], lines: int) -> list[State]:
        """The state of each line of a document."""
        width = _HOME + self._foreign.languages
        scores = [[0.0] * width for _ in range(lines)]
        for token in tokens:
            said = self._token(token.text) if token.text[0].isalpha() or token.word else ()
            if said:
                scores[token.line] = list(map(add, scores[token.line], said))
        states = _likeliest([[*line[:_HOME], max(line[_HOME:])] for line in scores])
        return _without_strays(
            states,
            sum(
                self._is_kin(line[_HOME:]) for line, state in zip(scores, states, strict=True) if state is State.FOREIGN
            ),
        )

    def _is_kin(self, shares: Sequence[float]) -> bool:
        """Whether a line speaks most for a language that looks like Danish without its letters."""
        return self._foreign.names[shares.index(max(shares))] in _KIN

    def _token(self, text: str) -> tuple[float, ...]:
        found = self._kept.get(text)
        if found is None:
            if len(self._kept) > 100_000:
                self._kept.clear()
            found = self._kept[text] = self._score(text)
        return found

    def _score(self, text: str) -> tuple[float, ...]:
        """log P of a token under each explanation and in each foreign language, relative to sound Danish."""
        if len(text) > LONGEST:
            return ()
        form = text.lower()
        counts = self._words.figures(form)
        known = counts.common + counts.proper
        odd = max(self._damaged.unknown(form), _ODD * len(form) + _ODD)
        sound = max(math.log(known / self._words.size) if known else -math.inf, odd)
        elsewhere = min(odd, sound) + _ABROAD if known else sound + _ABROAD
        shares = self._foreign.shares(form) or [-math.inf] * self._foreign.languages
        abroad = [max(-_MOST, min(_MOST, max(share, elsewhere) - sound)) for share in shares]
        if not DANISH.isdisjoint(text):
            return 0.0, _SURVIVED, _SURVIVED, *abroad
        if any(letter in "äöüßÄÖÜ" for letter in text):
            return 0.0, -2.0, -2.0, *[max(_ABROAD, one) for one in abroad]
        most = _MOST_OF_WORD if known >= _REAL else _MOST
        if text[0].isupper() and not text.isupper():
            most = min(most, _MOST_OF_NAME if counts.common < 1 and not _common(self._damaged.of(text)) else _MOST)
        if self._damaged.of(text)[0].source in ("compound", "spelling"):
            most = min(most, _MOST_OF_MADE)
        damaged = min(most, _log_sum(self._damaged.of(text)) - sound)
        written = 0.0
        if any(pair in form for pair in _PAIRS):
            written = min(most, _log_sum(self._written.of(text)) - sound)
        return 0.0, max(damaged, 0.0), max(written, 0.0), *abroad


def _without_strays(states: list[State], kin: int) -> list[State]:
    """The states, none of them damaged where more lines are in a language that is akin to Danish."""
    damaged = [state in (State.DAMAGED, State.TRANSLITERATED) for state in states]
    if sum(damaged) >= kin:
        return states
    return [State.SOUND if looks else state for looks, state in zip(damaged, states, strict=True)]


def _common(candidates: Sequence[Candidate]) -> bool:
    """Whether the likeliest reading is an ordinary word rather than a name."""
    return candidates[0].common >= candidates[0].proper


def _log_sum(candidates: Sequence[Candidate]) -> float:
    scores = [max(one.common, one.proper) + one.channel for one in candidates]
    top = max(scores)
    return top + math.log(sum(math.exp(score - top) for score in scores))


def _likeliest(scores: Sequence[Sequence[float]]) -> list[State]:
    """Viterbi: the likeliest state of every line."""
    best = list(_START)
    came: list[list[State]] = []
    for line in scores:
        origins = [max(_STATES, key=lambda origin: best[origin] + _PRICES[origin][state]) for state in _STATES]
        best = [best[origin] + _PRICES[origin][state] + line[state] for state, origin in enumerate(origins)]
        came.append(origins)
    state = max(State, key=best.__getitem__)
    found = []
    for origins in reversed(came):
        found.append(state)
        state = origins[state]
    return found[::-1]
