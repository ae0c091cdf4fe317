"""What a word that was read may have been: forms of the lexicon, and compounds of them."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from pipeline.lexicon.words import Words
from pipeline.repair.channel import SLIP, Channel

__all__ = ["Candidate", "Candidates", "Changes"]

LONGEST = 60  # letters; nothing longer is a word
SHORTEST_PART = 3
KEPT = 8

_ABSENT = math.log(2e-9)  # prior of a form as a name or ordinary word that it never was
_UNKNOWN = -4.0  # log probability that a word is in no list, before it is known how it is spelt
_BEAM = 12  # spellings of an unknown word that are followed at a time
_SHORTEST_UNKNOWN = 4
_SLIP_COST, _SHORTEST_SLIP = math.log(SLIP), 6  # slips are looked for in words of six letters and more
_PLAIN = frozenset("aeoiAEO")  # letters that are as likely where nothing was damaged
_COMPOUND = 3.5  # what two parts in one word have over the same two parts by chance
_WORD_AS_NAME = -2.0  # an ordinary word in a name: Miljøportalen
_LINKED = {"s": -1.5, "e": -3.0}  # with a link between them
_CAPITAL_OF_LOWER_CASE = math.log(0.06)  # å at the start of a word that came out as a capital A
_AS_PART = 0.95  # weight of how often a word is part of others, against how often it stands alone
_LEAST_JOINED = {3: 100.0, 4: 20.0}  # a short part with a letter put back must be one in many other words


Changes = tuple[tuple[str, str, float], ...]  # (meant, seen, log P(seen | meant)) of each


class Candidate(NamedTuple):
    """One reading of a word: its spelling, log P(seen | meant), log priors, whether anything explains it, and the
    confusions that made of it what was seen."""

    spelling: str
    form: str
    cost: float
    common: float
    proper: float
    known: bool
    changes: Changes = ()

    @property
    def unchanged(self) -> bool:
        return self.cost == 0.0


class _Spelt(NamedTuple):
    cost: float
    changes: Changes


class _Part(NamedTuple):
    form: str
    cost: float
    prior: float
    changes: Changes


class _Parts(NamedTuple):
    firsts: dict[int, list[_Part]]
    lasts: list[_Part]


class Candidates:
    """Finds the candidates of a word as it was read; the answers are kept, for words come back."""

    def __init__(self, words: Words, channel: Channel) -> None:
        self._words, self._channel = words, channel
        self.of = lru_cache(maxsize=100_000)(self._of)
        self._begins = lru_cache(maxsize=200_000)(words.begins)

    def _of(self, seen: str) -> tuple[Candidate, ...]:
        """Readings of a word, best first; the word as it stands is always among them."""
        if len(seen) > LONGEST:
            return (Candidate(seen, seen.lower(), 0.0, _ABSENT, _ABSENT, known=False),)
        shouted = len(seen) > 1 and seen.isupper()
        same = seen.lower() if shouted else seen
        spellings = self._spellings(same)
        found: dict[str, Candidate] = {}
        for spelling, (cost, changes) in spellings.items():
            form = spelling.lower()
            common, proper = self._words.count(form), self._words.proper_count(form)
            slips = any(price <= _SLIP_COST for _, _, price in changes)
            if (common or proper) and (len(seen) >= _SHORTEST_SLIP or not slips):
                self._keep(found, self._candidate(spelling, cost, common, proper, changes))
        listed = same in found
        if not listed and not any(candidate.common > _ABSENT + 1 for candidate in found.values()):
            for form, cost, prior, changes in self._compounds(same):
                spelling = _as_written(form, seen)
                self._keep(found, Candidate(spelling, form, cost, prior, prior + _WORD_AS_NAME, True, changes))
        for candidate in self._unknown(same) if not listed else ():
            other = found.get(candidate.spelling)
            if other is None or max(other.common, other.proper) < candidate.common:
                found[candidate.spelling] = candidate
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

    def _candidate(self, spelling: str, cost: float, common: float, proper: float, changes: Changes) -> Candidate:
        as_word = math.log(common / self._words.size) if common else _ABSENT - 1
        as_name = math.log(proper / self._words.proper_size) if proper else _ABSENT - 1
        as_name = max(as_name, as_word + _WORD_AS_NAME)
        return Candidate(spelling, spelling.lower(), cost, as_word, as_name, True, changes)

    def _unknown(self, seen: str) -> list[Candidate]:
        """The word as it stands, and the likeliest spellings by their letters alone."""
        letters = self._words.letters
        prior = _UNKNOWN + letters.score(seen.lower())
        found = [Candidate(seen, seen.lower(), 0.0, prior, prior, known=False)]
        if len(seen) < _SHORTEST_UNKNOWN:
            return found
        by_end: list[dict[str, tuple[float, _Spelt]]] = [{} for _ in range(len(seen) + 1)]
        by_end[0][""] = (0.0, _Spelt(0.0, ()))
        for position, states in enumerate(by_end[:-1]):
            options = [(1, seen[position], 0.0)]
            options += [one for one in self._options(seen, position) if one[0] > 1 or seen[position] not in _PLAIN]
            best = sorted(states.items(), key=lambda state: (-state[1][0], state[0]))[:_BEAM]
            for spelling, (score, spelt) in best:
                for length, meant, price in options:
                    longer, form = spelling + meant, spelling.lower()
                    likely = score + price
                    for letter in meant.lower():
                        likely += letters.after(form, letter)
                        form += letter
                    after = by_end[position + length]
                    if longer not in after or likely > after[longer][0]:
                        change = ((meant, seen[position : position + length], price),) if price else ()
                        after[longer] = (likely, _Spelt(spelt.cost + price, spelt.changes + change))
        ends = sorted(by_end[-1].items(), key=lambda state: (-state[1][0], state[0]))[:3]
        for spelling, (_, spelt) in ends:
            if spelt.changes:
                prior = _UNKNOWN + letters.score(spelling.lower())
                found.append(Candidate(spelling, spelling.lower(), spelt.cost, prior, prior, False, spelt.changes))
        return found

    def _spellings(self, seen: str) -> dict[str, _Spelt]:
        """Every spelling of a known form that may have been meant, with its cost; case follows what was read."""
        return self._spelt_from(seen, 0).get(len(seen), {})

    def _spelt_from(self, seen: str, start: int) -> dict[int, dict[str, _Spelt]]:
        """End → spelling → cost of everything meant from `start` on that known forms begin with."""
        by_end: dict[int, dict[str, _Spelt]] = {start: {"": _Spelt(0.0, ())}}
        for position in range(start, len(seen)):
            here = by_end.get(position)
            if not here:
                continue
            options = [(1, seen[position], 0.0), *self._options(seen, position)]
            for spelling, (cost, changes) in here.items():
                for length, meant, price in options:
                    longer = spelling + meant
                    if not self._begins(longer.lower()):
                        continue
                    states = by_end.setdefault(position + length, {})
                    if longer not in states or cost + price > states[longer].cost:
                        change = ((meant, seen[position : position + length], price),) if price else ()
                        states[longer] = _Spelt(cost + price, changes + change)
        return by_end

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
        for part in self._joined(text, 0, 2, {}):
            if part.form not in best or part.cost + part.prior > best[part.form].cost + best[part.form].prior:
                best[part.form] = part
        return sorted(best.values(), key=_best_first)[:KEPT]

    def _joined(self, seen: str, start: int, depth: int, parts: dict[int, _Parts]) -> list[_Part]:
        """Compounds that begin at `start` and go on to the end, of up to `depth` + 1 parts."""
        found = []
        for middle in range(start + SHORTEST_PART, len(seen) - SHORTEST_PART + 1):
            left = [(part, 0.0) for part in self._parts(seen, start, parts).firsts.get(middle, ())]
            if (link := seen[middle - 1]) in _LINKED:
                shorter = self._parts(seen, start, parts).firsts.get(middle - 1, ())
                left += [(part._replace(form=part.form + link), _LINKED[link]) for part in shorter]
            if not left:
                continue
            right = self._parts(seen, middle, parts).lasts
            if depth > 1 and not right:
                right = sorted(self._joined(seen, middle, depth - 1, parts), key=_best_first)[:2]
            found += [
                _Part(a.form + b.form, a.cost + b.cost, a.prior + b.prior + linked, a.changes + b.changes)
                for a, linked in left
                for b in right
            ]
        return found

    def _parts(self, seen: str, start: int, known: dict[int, _Parts]) -> _Parts:
        """What may begin at `start` as the first part of a compound, by its end, and the rest as its last."""
        if start not in known:
            spelt = self._spelt_from(seen, start)
            firsts = {
                end: self._of_parts(spellings, self._words.first_count, self._words.firsts)
                for end, spellings in spelt.items()
                if end - start >= SHORTEST_PART
            }
            lasts = self._of_parts(spelt.get(len(seen), {}), self._words.last_count, self._words.lasts)
            known[start] = _Parts(firsts, [part._replace(prior=part.prior + _COMPOUND) for part in lasts])
        return known[start]

    def _of_parts(self, spellings: dict[str, _Spelt], count: Callable[[str], float], total: float) -> list[_Part]:
        found = []
        for form, (cost, changes) in spellings.items():
            alone, joined = self._words.count(form), count(form)
            if alone and (cost == 0 or joined >= _LEAST_JOINED.get(len(form), 0.0)):
                share = (1 - _AS_PART) * alone / self._words.size + _AS_PART * joined / total
                found.append(_Part(form, cost, math.log(share), changes))
        return sorted(found, key=_best_first)[:3]


def _best_first(part: _Part) -> tuple[float, str]:
    return -(part.cost + part.prior), part.form


def _as_written(form: str, seen: str) -> str:
    """A compound in the case of what was read; @ at the start of a word is far more often Ø than ø."""
    capital = (seen[0].isupper() and not seen.startswith("I")) or seen[0] == "@"
    return form[0].upper() + form[1:] if capital else form
