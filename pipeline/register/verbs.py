"""Whether a word says in the past what another orders in the present."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import pairwise

from pipeline.lexicon import Lexicon

__all__ = ["done_keys", "task_keys"]

_PRESENT = ("er", "es", "e", "r", "s")
_FINITE = ("edes", "ede", "tes", "te")
_PARTICIPLE = ("et", "t")
_WORD = re.compile(r"[^\W\d_]+")


@cache
def _strong() -> tuple[tuple[str, str, str], ...]:
    """Stem, past and participle of each verb in models/lists/strong-verbs.tsv."""
    path = Lexicon.load().directory / "lists" / "strong-verbs.tsv"
    lines = (line for line in path.read_text("utf-8").splitlines() if line and not line.startswith("#"))
    return tuple((stem, past, participle) for stem, past, participle in (line.split("\t") for line in lines))


def _single(stem: str) -> str:
    """A stem without the doubled consonant that some of its forms have ("bestill-er", "bestil-t")."""
    return stem[:-1] if len(stem) > 2 and stem[-1] == stem[-2] else stem


def task_keys(what: str) -> frozenset[str]:
    """The stems that the verbs of a task can have.

    The verb opens the task, stands behind "at", or is a small word in the present or the passive.

    >>> sorted(task_keys("sender brevet til naboerne"))
    ['send', 'sende']
    >>> "udarbejd" in task_keys("Der udarbejdes en plan"), "rykk" in task_keys("Kaj lovede at rykke Egeris")
    (True, False)
    >>> "ryk" in task_keys("Kaj lovede at rykke Egeris")
    True
    """
    words = _WORD.findall(what)
    if not words:
        return frozenset()
    if words[0].islower():
        verbs = words[:1]
    else:
        verbs = [word for word in words[1:] if word.islower() and word.endswith(("er", "es"))]
        verbs += [word for before, word in pairwise(words) if before == "at"]
        verbs += words[:1] if words[0].endswith("e") else []
    return frozenset(key for verb in verbs for key in _present_keys(verb.casefold()))


@lru_cache(maxsize=8192)
def _present_keys(word: str) -> frozenset[str]:
    keys = {_single(word.removesuffix(end)) for end in _PRESENT if word.endswith(end) and len(word) - len(end) > 1}
    return frozenset(keys | {word} & {stem for stem, _, _ in _strong()})


@lru_cache(maxsize=65536)
def done_keys(word: str) -> tuple[frozenset[str], bool]:
    """The stems that a word can be the past or the participle of, and whether it tells it alone.

    A participle ("sendt") tells that something happened only behind "er", "har" or the like.

    >>> done_keys("udskrev"), done_keys("sendt")[1], "send" in done_keys("sendt")[0]
    ((frozenset({'udskriv'}), True), False, True)
    """
    keys, alone = set(), False
    for stem, past, participle in _strong():
        for form, finite in ((past, past != participle), (participle, False)):
            if word.endswith(form):
                keys.add(word.removesuffix(form) + stem)
                alone = alone or finite
    for ends, finite in ((_FINITE, True), (_PARTICIPLE, False)):
        weak = {_single(word.removesuffix(end)) for end in ends if word.endswith(end) and len(word) - len(end) > 1}
        keys |= weak
        alone = alone or (finite and bool(weak))
    return frozenset(keys), alone
