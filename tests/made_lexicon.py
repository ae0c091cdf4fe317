"""Small lexicons for tests of repair: counts, and forms behind a channel."""

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from zlib import crc32

from pipeline.lexicon.words import WordCount, Words
from pipeline.repair.channel import DANISH, Channel, key
from pipeline.repair.forms import Forms

__all__ = ["Counts", "made_forms", "made_words"]

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
