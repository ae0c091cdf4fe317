"""Lexicons for tests of repair: the whole one, read once, and small ones: counts, and forms behind a channel."""

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from math import log
from zlib import crc32

from pipeline.lexicon import Lexicon
from pipeline.lexicon.words import WordCount, Words
from pipeline.repair.candidates import Candidate, Candidates
from pipeline.repair.channel import DANISH, Channel, Folded, key
from pipeline.repair.forms import Forms
from pipeline.repair.letters import Letters
from pipeline.repair.neighbours import Neighbours, Place
from pipeline.repair.speller import Speller, Spelling

__all__ = [
    "HEAD",
    "LETTERS",
    "LEXICON",
    "NAME",
    "ROWS",
    "SHARES",
    "TAIL",
    "WORD",
    "Counts",
    "SilentNeighbours",
    "Spells",
    "made_candidates",
    "made_forms",
    "made_words",
    "odd",
    "readings",
]

LEXICON = Lexicon.load()
Counts = tuple[float, float, float, float]
"""As a word, as a name, beginning compounds, ending them. 1, 3, 7, 15, … are stored as they are, others within 5 %."""


def made_words(
    counts: Mapping[str, Counts],
    pairs: Mapping[tuple[str, str], float] | None = None,
    triples: Mapping[tuple[str, str, str], float] | None = None,
    paired: Set[str] = frozenset(),
) -> Words:
    """Words with these counts; their numbers are their places."""
    number = {form: place for place, form in enumerate(counts)}
    return Words(
        list(counts),
        [WordCount(*count) for count in counts.values()],
        {(number[left], number[right]): count for (left, right), count in (pairs or {}).items()},
        {tuple(number[form] for form in three): count for three, count in (triples or {}).items()},  # type: ignore[misc]
        frozenset(number[form] for form in paired),
    )


def made_forms(words: Words, rows: Sequence[tuple[str, str, float]]) -> Forms:
    """The forms with a Danish letter behind a channel."""
    by_key: dict[int, list[int]] = defaultdict(list, {0: []})
    for number, form in enumerate(words.forms):
        if not DANISH.isdisjoint(form):
            by_key[crc32(key(form).encode())].append(number)
    numbers: list[int] = []
    starts = []
    for one in by_key.values():
        starts.append(len(numbers))
        numbers += one
    return Forms(words, Channel(list(rows)), (list(by_key), starts, numbers))


ROWS = [("ø", "g", 0.4), ("ø", "a", 0.3), ("ø", "d", 0.002), ("ø", "", 0.01), ("Ø", "O", 0.3)]
ROWS += [("æ", "ee", 0.5), ("æ", "a", 0.1), ("å", "a", 0.9), ("å", "&", 0.5)]
SHARES = {(meant, seen): share for meant, seen, share in ROWS}
WORD, NAME, HEAD, TAIL = (1023.0, 0.0, 0.0, 0.0), (0.0, 255.0, 0.0, 0.0), (0.0, 0.0, 15.0, 0.0), (0.0, 0.0, 0.0, 31.0)
LETTERS = Letters.learn([("møde", 9.0), ("udvalg", 5.0)])


class Spells(Speller):
    """Gives every word these spellings, and remembers that it was asked."""

    def __init__(self, spellings: Sequence[Spelling]) -> None:
        self.asked: list[str] = []

        def answer(seen: Folded) -> tuple[Spelling, ...]:
            self.asked.append(seen.letters)
            return tuple(spellings)

        self.spellings = answer  # type: ignore[assignment]


def made_candidates(words: Words) -> Candidates:
    """Readings behind the channel of `ROWS`."""
    return Candidates(words, made_forms(words, ROWS), LETTERS)


def readings(seen: str, counts: dict[str, Counts], *spellings: Spelling) -> dict[str, Candidate]:
    words = made_words(counts)
    found = Candidates(words, made_forms(words, ROWS), LETTERS, Spells(spellings) if spellings else None).of(seen)
    return {one.form: one for one in found}


def odd(form: str) -> float:
    """log P of a word that nothing explains: two in a thousand are, and a letter costs a quarter above its share."""
    return log(0.002) + LETTERS.score(form) - 0.25 * len(form)


class SilentNeighbours(Neighbours):
    """Says nothing of a form but what is given, and remembers what it was asked."""

    def __init__(self, says: Mapping[str, float] | None = None) -> None:
        self.says = says or {}
        self.asked: list[tuple[list[str], list[list[str]]]] = []
        self.forms = ["<s>"]
        self.boundary = (0, 0)
        self.place = self._number  # type: ignore[assignment]

    def _number(self, form: str) -> Place:
        if form not in self.forms:
            self.forms.append(form)
        return self.forms.index(form), 0

    def score(
        self, windows: Sequence[Sequence[Place]], readings: Sequence[Place], owners: Sequence[int]
    ) -> list[float]:
        forms = [self.forms[row] for row, _ in readings]
        self.asked.append((forms, [[self.forms[row] for row, _ in windows[owner]] for owner in owners]))
        return [self.says.get(form, 0.0) for form in forms]
