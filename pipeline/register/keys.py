"""When names, titles and words of different documents count as the same."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from itertools import pairwise

import snowballstemmer

from pipeline.extract.persons.identity import fold_name

__all__ = ["best_name", "body_key", "chained", "content", "full_name_key", "merge_groups", "slug", "stem"]

_WORD = re.compile(r"[^\W\d_]{2,}")
_EMPTY_WORDS = """
    af alle alt andre at blev blive bliver da de dem den denne der deres derfor det dette dig din disse dog du efter
    eller en end er et for fra få får før gennem ham han hans har havde have hen her hun hver hvor hvordan i igen
    igennem inden ind ja jeg kan kun lavet løbet man mange med medio men mere mod møde mødet møder må når næste nu
    nye nyt ny og også om op os over pct på primo samt sammen senest ser sig sin sine sit skal skulle som så sådan
    tage tager til ud uge ultimo under ved vi vil være år dag dato frist deadline januar februar marts april maj
    juni juli august september oktober november december mandag tirsdag onsdag torsdag fredag sommerferien jul påske
    udgangen måneden
"""
_EMPTY = frozenset(_EMPTY_WORDS.split())
"""Words that tell neither what a task is nor what an item is about."""


@cache
def _stemmer() -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer("danish")


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The stem of a Danish word (Snowball), so that definite and plural forms are one.

    >>> stem("priserne"), stem("pris"), stem("Styregruppen") == stem("styregruppe")
    ('pris', 'pris', True)
    """
    return str(_stemmer().stemWord(word.casefold()))


def content(text: str) -> frozenset[str]:
    """The stems of the words that tell what a text is about.

    >>> sorted(content("Svend undersøger priserne på bøjer inden næste møde"))
    ['bøj', 'pris', 'svend', 'undersøg']
    """
    words = (word for word in _WORD.findall(text) if word.casefold() not in _EMPTY)
    return frozenset(stem(word) for word in words if len(word) > 2)


def body_key(name: str) -> str:
    """A body's name as it is compared: without case, articles, endings and what OCR does to letters.

    >>> body_key("STYREGRUPPEN FOR KLIMADATA") == body_key("styregruppe for Klimadata")
    True
    """
    words = fold_name(name).split()
    return " ".join(stem(word) for word in (words[1:] if words[:1] in (["den"], ["det"], ["de"]) else words))


def full_name_key(name: str) -> str | None:
    """A person's full name as it is compared; None for a part of a name, or one whose first or last part is an initial.

    >>> full_name_key("Søren Dahl-Åstrup"), full_name_key("Søren"), full_name_key("S. Dahl")
    ('soren dahl astrup', None, None)
    """
    parts = fold_name(name).split()
    return " ".join(parts) if len(parts) > 1 and len(parts[0]) > 1 and len(parts[-1]) > 1 else None


def slug(kind: str, name: str, *distinguished: str) -> str:
    """A readable, stable id of a name; what tells it from its namesakes goes into the hash behind it.

    >>> slug("person", "Åse Brink") == slug("person", "Åse  Brink") != slug("person", "Åse Brink", "KL")
    True
    """
    key = fold_name(name)
    readable = "-".join(re.findall(r"[a-z0-9]+", key))[:60]
    return f"{kind}/{readable}-{hashlib.sha256('|'.join((key, *distinguished)).encode()).hexdigest()[:8]}"


def best_name(names: Iterable[str]) -> str:
    """The fullest name, of equally full ones the most frequent; ties are settled by the alphabet."""
    counts = Counter(names)
    return max(counts, key=lambda name: (len(name.split()), counts[name], not name.isupper(), name))


def merge_groups(size: int, pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
    """The indices below `size` in the groups that the pairs connect, in order.

    >>> merge_groups(4, [(0, 2), (2, 3)])
    [[0, 2, 3], [1]]
    """
    leader = list(range(size))

    def find(one: int) -> int:
        while leader[one] != one:
            leader[one] = leader[leader[one]]
            one = leader[one]
        return one

    for one, other in pairs:
        low, high = sorted((find(one), find(other)))
        leader[high] = low
    groups: dict[int, list[int]] = {}
    for one in range(size):
        groups.setdefault(find(one), []).append(one)
    return list(groups.values())


def chained(indices: Sequence[int]) -> Iterable[tuple[int, int]]:
    """The pairs that connect all of these."""
    return pairwise(indices)
