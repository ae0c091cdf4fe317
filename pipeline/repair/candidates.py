"""What a word that was read may have been: forms of the lexicon, and compounds of them."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import NamedTuple

from pipeline.lexicon.words import Words
from pipeline.repair.channel import Channel

__all__ = ["Candidate", "Candidates"]

MOST_CHANGES = 4  # more Danish letters in one word are left to compounds, which are searched part by part
MOST_SPELLINGS = 3000
LONGEST = 60  # letters; nothing longer is a word
SHORTEST_PART = 3
KEPT = 8

_UNKNOWN = math.log(2e-9)  # prior of a word that nothing explains: below a good compound, above a far-fetched one
_LONG, _UNKNOWN_LETTER = 10, 1.0  # and less likely with each letter beyond ten
_COMPOUND = 5.0  # what two parts in one word have over the same two parts by chance
_WORD_AS_NAME = -2.0  # an ordinary word in a name: Miljøportalen
_LINKED = -1.5  # a link -s- or -e- between them
_CAPITAL_OF_LOWER_CASE = math.log(0.06)  # å at the start of a word that came out as a capital A
_LEAST_COUNT = {3: 1500.0, 4: 60.0}  # a part of three or four letters with a letter put back must be an everyday word


# Verbs and particles so common that they would be found in every compound, and are part of none.
_NO_PART = frozenset(
    {"bør", "både", "før", "får", "få", "går", "gå", "gør", "have", "lå", "må", "nå", "når", "også", "på", "slå"}
    | {"slår", "stå", "står", "så", "sådan"}
)


class Candidate(NamedTuple):
    """One reading of a word: its spelling, log P(seen | meant), log priors, and whether anything explains it."""

    spelling: str
    form: str
    cost: float
    common: float
    proper: float
    known: bool

    @property
    def unchanged(self) -> bool:
        return self.cost == 0.0


class _Part(NamedTuple):
    form: str
    cost: float
    prior: float


class Candidates:
    """Finds the candidates of a word as it was read; the answers are kept, for words come back."""

    def __init__(self, words: Words, channel: Channel) -> None:
        self._words, self._channel = words, channel
        self.of = lru_cache(maxsize=100_000)(self._of)
        self._parts = lru_cache(maxsize=100_000)(self._find_parts)

    def _of(self, seen: str) -> tuple[Candidate, ...]:
        """Readings of a word, best first; the word as it stands is always among them."""
        if len(seen) > LONGEST:
            return (Candidate(seen, seen.lower(), 0.0, _UNKNOWN, _UNKNOWN, known=False),)
        shouted = len(seen) > 1 and seen.isupper()
        spellings = self._spellings(seen.lower() if shouted else seen)
        found: dict[str, Candidate] = {}
        for spelling, cost in spellings.items():
            form = spelling.lower()
            common, proper = self._words.count(form), self._words.proper_count(form)
            if common or proper:
                self._keep(found, self._candidate(spelling, cost, common, proper))
        if not any(candidate.common > _UNKNOWN + 1 or candidate.unchanged for candidate in found.values()):
            for form, cost, prior in self._compounds(seen.lower() if shouted else seen):
                spelling = _as_written(form, seen)
                self._keep(found, Candidate(spelling, form, cost, prior, prior + _WORD_AS_NAME, known=True))
        same = seen.lower() if shouted else seen
        if same not in found:
            unknown = _UNKNOWN - _UNKNOWN_LETTER * max(len(seen) - _LONG, 0)
            found[same] = Candidate(same, same.lower(), 0.0, unknown, unknown, known=False)
        best = sorted(found.values(), key=lambda c: (-(c.cost + max(c.common, c.proper)), c.spelling))[:KEPT]
        if not any(candidate.unchanged for candidate in best):
            best[-1] = found[same]
        if shouted:
            best = [candidate._replace(spelling=candidate.spelling.upper()) for candidate in best]
        return tuple(best)

    @staticmethod
    def _keep(found: dict[str, Candidate], candidate: Candidate) -> None:
        other = found.get(candidate.spelling)
        if other is None or candidate.cost + candidate.common > other.cost + other.common:
            found[candidate.spelling] = candidate

    def _candidate(self, spelling: str, cost: float, common: float, proper: float) -> Candidate:
        as_word = math.log(common / self._words.size) if common else _UNKNOWN - 1
        as_name = math.log(proper / self._words.proper_size) if proper else _UNKNOWN - 1
        return Candidate(spelling, spelling.lower(), cost, as_word, max(as_name, as_word + _WORD_AS_NAME), known=True)

    def _spellings(self, seen: str) -> dict[str, float]:
        """Every spelling that may have been meant, with its cost; case follows what was read."""
        done: list[tuple[str, float, int]] = [("", 0.0, 0)]
        by_position: list[list[tuple[str, float, int]]] = [done, *([] for _ in seen)]
        for position, letter in enumerate(seen):
            here = by_position[position]
            if len(here) > MOST_SPELLINGS:
                here = sorted(here, key=lambda state: -state[1])[:MOST_SPELLINGS]
            options = self._options(seen, position)
            for spelling, cost, changes in here:
                by_position[position + 1].append((spelling + letter, cost, changes))
                if changes < MOST_CHANGES:
                    for length, meant, price in options:
                        by_position[position + length].append((spelling + meant, cost + price, changes + 1))
        best: dict[str, float] = {}
        for spelling, cost, _ in by_position[len(seen)]:
            best[spelling] = max(cost, best.get(spelling, -math.inf))
        return best

    def _options(self, seen: str, position: int) -> list[tuple[int, str, float]]:
        """(letters read, what was meant, log probability) of every confusion that may begin at a position."""
        found = []
        for length in range(1, min(self._channel.longest, len(seen) - position) + 1):
            piece = seen[position : position + length]
            capital_i = piece[0] == "I"
            if capital_i and length == 1 and (position == 0 or not seen[position - 1].islower()):
                continue  # a capital that may well be one
            if position == 0 and not capital_i and not piece[0].islower():
                found += [(length, meant, price) for meant, price in self._channel.capital_readings(piece)]
                if piece == "A":
                    found.append((1, "å", _CAPITAL_OF_LOWER_CASE))
                if piece[0].isupper():
                    continue
            key = "I" + piece[1:].lower() if capital_i else piece.lower()
            found += [(length, meant, price) for meant, price in self._channel.readings(key)]
        return found

    def _compounds(self, seen: str) -> list[_Part]:
        """Compounds of two or three known parts, best first."""
        if not seen.replace("@", "a").replace("&", "a").replace("€", "a").isalpha():
            return []
        text = "".join(letter if letter == "I" else letter.lower() for letter in seen)
        best: dict[str, _Part] = {}
        for part in self._joined(text, depth=2):
            if part.form not in best or part.cost + part.prior > best[part.form].cost + best[part.form].prior:
                best[part.form] = part
        return sorted(best.values(), key=lambda part: (-(part.cost + part.prior), part.form))[:KEPT]

    def _joined(self, seen: str, depth: int) -> list[_Part]:
        found = []
        for middle in range(SHORTEST_PART, len(seen) - SHORTEST_PART + 1):
            left = [(part, 0.0) for part in self._parts(seen[:middle])]
            if seen[middle - 1] in "se" and middle > SHORTEST_PART:
                link = seen[middle - 1]
                left += [(part._replace(form=part.form + link), _LINKED) for part in self._parts(seen[: middle - 1])]
            if not left:
                continue
            right = list(self._parts(seen[middle:]))
            if depth > 1 and not right:
                right = sorted(self._joined(seen[middle:], depth - 1), key=lambda p: -(p.cost + p.prior))[:2]
            found += [
                _Part(a.form + b.form, a.cost + b.cost, a.prior + b.prior + _COMPOUND + linked)
                for a, linked in left
                for b in right
            ]
        return found

    def _find_parts(self, seen: str) -> tuple[_Part, ...]:
        """Ordinary words that a part of a compound may have been, best first."""
        if len(seen) > 24:
            return ()
        found = [
            _Part(form, cost, math.log(count / self._words.size))
            for form, cost in self._spellings(seen).items()
            if form not in _NO_PART
            and (count := self._words.count(form))
            and (cost == 0 or count > _LEAST_COUNT.get(len(form), 0.0))
        ]
        return tuple(sorted(found, key=lambda part: (-(part.cost + part.prior), part.form))[:3])


def _as_written(form: str, seen: str) -> str:
    """A compound in the case of what was read; @ at the start of a word is far more often Ø than ø."""
    capital = (seen[0].isupper() and not seen.startswith("I")) or seen[0] == "@"
    return form[0].upper() + form[1:] if capital else form
