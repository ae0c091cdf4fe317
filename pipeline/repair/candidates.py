"""What a word that was read may have been: forms of the lexicon, and compounds of them."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from pipeline.lexicon.words import WordCount, Words
from pipeline.repair.channel import Alignment, Confusion, Folded, Shape, fold
from pipeline.repair.forms import Forms
from pipeline.repair.letters import Letters
from pipeline.repair.speller import Speller, Spelling
from pipeline.repair.tokens import LONGEST

__all__ = ["Candidate", "Candidates"]

SHORTEST_HEAD, SHORTEST_TAIL = 3, 2
KEPT = 6

_COMPOUND = math.log(0.006)  # share of running words that are compounds of two parts and in no list
_THIRD_PART = math.log(0.05)
_UNKNOWN = math.log(0.002)  # share of words that nothing explains
_HOMELY = 0.25  # what a letter costs above its share: unknown words are odder than listed ones
_EVERYDAY = 0.01  # what each occurrence of a form adds to the compounds that it begins and ends
_HOPELESS = -100.0
_SYMBOL = -8.0  # an unknown word with a mark inside it is none
_SYMBOLS = frozenset("@&€¢|46")
_SMALL_WORDS = frozenset(["i", "og", "vi", "er", "at", "de"])
_LOST_BLANK, _LOST_BESIDE_I = math.log(0.0005), math.log(10)
_NAME = 0.5  # what a compound loses as a name
_EVERYDAY_WORD = 300.0
_MISREAD = {"i": (("l", 0.0003),), "l": (("i", 0.0001), ("j", 0.0005)), "n": (("h", 0.0003),)}
_FAR_FETCHED = -6.0  # log P of a confusion that does not settle a word
_RARE = -14.5  # log P of a word so rare that two words without their blank are as likely
_ROMAN = re.compile(r"[ivxlcm]+")
_LEAST_MISREAD = 2.0
_MOST_GAIN = 14.0  # what the speller may say for a form against the word as it was read
_SPELT = 0.5  # what the speller weighs beside the counts of parts
_UNWRITTEN = 6.0  # a compound that the speller does not write is so much less likely, at most
_MARK = -9.0
_AS_SEEN = Alignment(1.0, ())


class Candidate(NamedTuple):
    """One reading of a word: its form in lower case, log P(seen | form), log P(form) as a word and as a name.

    `confusions` are the misread Danish letters that make the form of what was seen; `number` is that of the form in the
    lexicon and `total` its occurrences.
    """

    form: str
    channel: float
    common: float
    proper: float
    source: str
    confusions: tuple[Confusion, ...] = ()
    number: int = -1
    total: float = 0.0


class _Part(NamedTuple):
    form: str
    score: float


_NOTHING = _Part("", 0.0)


class Candidates:
    """Finds the readings of a word; the answers are kept, for words come back."""

    def __init__(self, words: Words, forms: Forms, letters: Letters, speller: Speller | None = None) -> None:
        self._words, self._forms, self._letters, self._speller = words, forms, letters, speller
        self.of = lru_cache(maxsize=60_000)(self._of)
        self.mark = lru_cache(maxsize=60_000)(self._mark)
        self._head = lru_cache(maxsize=60_000)(self._find_head)
        self._tail = lru_cache(maxsize=60_000)(self._find_tail)

    def share(self, confusion: Confusion) -> float:
        """P(seen | meant) of one confusion, over all documents."""
        return self._forms.share(confusion)

    def align(self, form: str, seen: Folded) -> Alignment:
        """How a form was misread as `seen`."""
        return self._forms.align(form, seen)

    def unknown(self, form: str) -> float:
        """log P of a word that nothing explains but its letters."""
        symbol = 0.0 if _SYMBOLS.isdisjoint(form) else _SYMBOL
        return _UNKNOWN + symbol + self._letters.score(form) - _HOMELY * len(form)

    def _of(self, seen: str) -> tuple[Candidate, ...]:
        """Readings of a word, the likeliest first; the word as it stands is always among them."""
        if len(seen) > LONGEST:
            return self._numbered([Candidate(seen.lower(), 0.0, _HOPELESS, _HOPELESS, "unknown")])
        folded = fold(seen)
        plain = folded.letters.lower()
        found = [
            self._known(form.form, form.alignment, form.counts)
            for form in self._forms.behind(folded, rare=True)
            if form.counts.common or form.counts.proper or form.counts.heads
        ]
        counts = self._words.figures(plain)
        if counts.common or counts.proper:
            found.append(self._known(plain, _AS_SEEN, counts))
        odd = self.unknown(plain)
        strong = any(
            max(one.common, one.proper) + one.channel > odd + 2 and one.channel > _FAR_FETCHED for one in found
        )
        if not strong and len(plain) > SHORTEST_HEAD + SHORTEST_TAIL:
            found += self._compounds(folded, {one.form for one in found}, odd)
        if len(plain) > 2 and plain.isalpha() and not _ROMAN.fullmatch(plain):
            if not any(max(one.common, one.proper) + one.channel > _RARE for one in found):
                found += [
                    one for one in self._glued(*folded) if not counts.common or " i" in one.form or "i " in one.form
                ]
            if not strong and len(plain) > 4:
                found += self._misread(plain)
        if self._speller and not strong:
            found = self._weighed_by_spelling(found, folded, odd, self._speller.spellings(folded))
        found.sort(key=lambda one: (-(one.channel + max(one.common, one.proper)), one.form))
        del found[KEPT:]
        if not any(one.form == plain for one in found):
            found.append(Candidate(plain, 0.0, odd, odd, "unknown"))
        return self._numbered(found)

    def _mark(self, text: str) -> tuple[Candidate, ...]:
        """The only reading of a number, a mark or a word that is left alone."""
        return self._numbered([Candidate("0" if text[0].isdigit() else text.lower(), 0.0, _MARK, _MARK, "mark")])

    def _numbered(self, found: Sequence[Candidate]) -> tuple[Candidate, ...]:
        numbered = [(one, self._words.number(one.form)) for one in found]
        return tuple(one._replace(number=number, total=self._words.total(number)) for one, number in numbered)

    def _known(self, form: str, alignment: Alignment, counts: WordCount) -> Candidate:
        size = self._words.size
        common, proper = counts.common, counts.proper
        return Candidate(
            form,
            math.log(alignment.probability),
            math.log((common + 0.05 * proper + 0.02) / size),
            math.log((proper + 0.05 * common + 0.02) / size),
            "lexicon",
            alignment.confusions,
        )

    def _weighed_by_spelling(
        self, found: Sequence[Candidate], folded: Folded, odd: float, spellings: Sequence[Spelling]
    ) -> list[Candidate]:
        """The readings with what the speller adds: compounds that it writes too are likelier, and it has its own.

        A word that no list knows weighs by its odds against the word as it was read.
        """
        gains = {spelling.form: spelling.gain for spelling in spellings}
        best = max([0.0, *gains.values()])
        weighed = []
        for one in found:
            gain = gains.get(one.form, best - _UNWRITTEN) if one.confusions else 0.0  # as it was read it has none
            doubt = _SPELT * min(best - gain, _UNWRITTEN) if one.source == "compound" else 0.0
            weighed.append(one._replace(common=one.common - doubt, proper=one.proper - doubt))
        known = {one.form for one in found}
        beyond = max(best - _MOST_GAIN, 0.0)
        for form, gain in gains.items():
            probability, confusions = self._forms.align(form, folded)
            if form not in known and confusions:
                channel = math.log(probability)
                score = odd + gain - beyond - channel
                if "@" in folded.letters:  # as it was read it is no word, whatever this one is
                    score = max(score, self.unknown(form))
                weighed.append(Candidate(form, channel, score, score, "spelling", confusions))
        return weighed

    def _compounds(self, folded: Folded, known: set[str], odd: float) -> list[Candidate]:
        """Compounds of two or three parts."""
        letters, shape = folded
        small = shape is Shape.SMALL
        size = len(letters)
        cuts = range(SHORTEST_HEAD, size - SHORTEST_TAIL + 1)
        heads = {cut: self._head(letters[:cut], shape) for cut in cuts}
        tails = {cut: self._tail(letters[cut:], shape) for cut in cuts}
        joined: dict[str, float] = {}
        for cut, first in heads.items():
            _join(joined, first, (_NOTHING,), tails[cut], _COMPOUND)
        if not joined or max(joined.values()) < odd:
            rest = Shape.CAPITALS if shape is Shape.CAPITALS else Shape.SMALL
            for cut, first in heads.items():
                for second in range(cut + SHORTEST_HEAD, size - SHORTEST_TAIL + 1) if first else ():
                    if tails[second]:
                        middle = self._head(letters[cut:second], rest)
                        _join(joined, first, middle, tails[second], _COMPOUND + _THIRD_PART)
        best = sorted(((score, form) for form, score in joined.items() if form not in known), reverse=True)[:KEPT]
        found = []
        for score, form in best:
            probability, confusions = self._forms.align(form, folded)
            if any(not read for _, read in confusions):
                continue  # a letter that left no trace is believed in known words only
            channel = math.log(probability)
            name = score - channel - (not small) * _NAME
            found.append(Candidate(form, channel, score - channel, name, "compound", confusions))
        return found

    def _find_head(self, letters: str, shape: Shape) -> tuple[_Part, ...]:
        return self._parts(Folded(letters, shape), WordCount._fields.index("heads"), self._words.heads)

    def _find_tail(self, letters: str, shape: Shape) -> tuple[_Part, ...]:
        rest = Shape.CAPITALS if shape is Shape.CAPITALS else Shape.SMALL
        return self._parts(Folded(letters, rest), WordCount._fields.index("tails"), self._words.tails)

    def _parts(self, seen: Folded, column: int, total: float) -> tuple[_Part, ...]:
        """The likeliest forms that may stand here in a compound, the channel's probability in their score."""
        plain = seen.letters.lower()
        options = [(form.form, form.probability, form.counts) for form in self._forms.behind(seen, rare=False)]
        options.append((plain, 1.0, self._words.figures(plain)))
        found = []
        for form, probability, counts in options:
            weight = counts[column]
            if len(form) > 2:
                weight += _EVERYDAY * min(counts.common, 50.0) if len(form) > 3 or counts.common >= 3 else 0.0
            if weight and (len(form) > 2 or weight >= 3):
                found.append(_Part(form, math.log(probability * weight / total)))
        return tuple(sorted(found, key=lambda part: (-part.score, part.form))[:3])

    def _glued(self, letters: str, shape: Shape) -> list[Candidate]:
        """Two words whose blank was lost, one of them a small word: "tili" is "til i", "ogigen" "og igen"."""
        found = []
        for cut in {1, 2, len(letters) - 1}:
            if letters[:cut].lower() not in _SMALL_WORDS and letters[cut:].lower() != "i":
                continue
            for first in self._everyday(Folded(letters[:cut], shape)):
                for second in self._everyday(Folded(letters[cut:], Shape.SMALL)):
                    score = first.score + second.score + _LOST_BLANK
                    if "i" in (first.form, second.form):
                        score += _LOST_BESIDE_I
                    found.append(Candidate(f"{first.form} {second.form}", 0.0, score, score, "blank"))
        return found

    def _everyday(self, seen: Folded) -> list[_Part]:
        plain = seen.letters.lower()
        options = [(form.form, form.probability, form.counts) for form in self._forms.behind(seen, rare=False)]
        options.append((plain, 1.0, self._words.figures(plain)))
        return [
            _Part(form, math.log(probability * counts.common / self._words.size))
            for form, probability, counts in options
            if counts.common >= _EVERYDAY_WORD
        ]

    def _misread(self, plain: str) -> list[Candidate]:
        """Words with one letter misread that has nothing to do with Danish: "mediem" is "medlem", "frined" "frihed"."""
        found = []
        for place, letter in enumerate(plain):
            for meant, share in _MISREAD.get(letter, ()):
                form = plain[:place] + meant + plain[place + 1 :]
                counts = self._words.figures(form)
                if counts.common >= _LEAST_MISREAD:
                    found.append(self._known(form, Alignment(share, ()), counts)._replace(source="letter"))
        return found


def _join(
    table: dict[str, float], heads: Sequence[_Part], middles: Sequence[_Part], tails: Sequence[_Part], base: float
) -> None:
    """Enter every compound of the parts with its score, the best where it can be made in several ways."""
    for head, middle, tail in product(heads, middles, tails):
        form = head.form + middle.form + tail.form
        table[form] = max(base + head.score + middle.score + tail.score, table.get(form, -math.inf))
