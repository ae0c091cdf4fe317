"""Word lists that others keep, installed with the extra `train`: Danish forms, frequencies, words of the neighbours."""

from __future__ import annotations

import gzip
import json
from collections import defaultdict
from collections.abc import Iterator
from importlib.resources import files

import regex

from pipeline.repair.channel import DANISH, key

__all__ = ["add_everyday", "add_listed", "foreign_words"]

_LISTED = 0.3  # count of a form that only a word list knows
_BARE = 0.1
_OF_LEMMA = 0.01  # of a lemma's occurrences, what an inflected form gets that was never seen
_ENGLISH, _LEAST_ENGLISH = 5e4, 1e-6  # one running word in two hundred is English
_ELSEWHERE = 2.5e6  # what all words of other genres count for, beside 10 million of our own
_FORM = regex.compile(r"[a-zæøåéèüöäáóíñçô]{2,32}")
_NEIGHBOURS, _EVERYDAY_WORDS = ("en", "sv", "nb", "de", "nl", "fr"), 5000


def add_listed(vocabulary: dict[str, list[float]]) -> None:
    """Add the inflected forms of a word list (spacy-lookups-data, MIT), which running text has not all."""
    table = files("spacy_lookups_data") / "data" / "da_lemma_lookup.json.gz"
    lemmas: dict[str, str] = json.loads(gzip.decompress(table.read_bytes()))
    totals: dict[str, float] = defaultdict(float)
    for form, lemma in lemmas.items():
        totals[lemma.lower()] += vocabulary[form.lower()][0] if form.lower() in vocabulary else 0.0
    for form, lemma in lemmas.items():
        for part in (form.lower(), lemma.lower()):
            if _FORM.fullmatch(part):
                counts = vocabulary.setdefault(part, [0.0, 0.0])
                counts[0] = max(counts[0], _LISTED + min(_OF_LEMMA * totals[lemma.lower()], 1.0))
    _doubt_bare(vocabulary)


def _doubt_bare(vocabulary: dict[str, list[float]]) -> None:
    """Lists hold forms without their Danish letters ("instruktorerne"): count those for less that were never seen."""
    for form, counts in vocabulary.items():
        if max(counts) <= _LISTED and len(form) > 5:
            for bare, letter in (("o", "ø"), ("a", "å"), ("e", "æ"), ("ae", "æ")):
                places = (place for place in range(len(form)) if form.startswith(bare, place))
                if any(
                    sum(vocabulary.get(form[:place] + letter + form[place + len(bare) :], (0.0,))) > _LISTED
                    for place in places
                ):
                    counts[0] *= _BARE


def add_everyday(vocabulary: dict[str, list[float]]) -> None:
    """Add the frequencies of films, encyclopedias and the web: debates and handbooks have no beer and no hedges."""
    from wordfreq import get_frequency_dict

    for form, share in get_frequency_dict("da", "best").items():
        if form in vocabulary:
            common, proper = vocabulary[form]
            vocabulary[form][proper > common] += _ELSEWHERE * share
    danish = {key(form) for form, counts in vocabulary.items() if sum(counts) >= 1 and not DANISH.isdisjoint(form)}
    for form, share in get_frequency_dict("en", "best").items():
        if _FORM.fullmatch(form) and len(form) > 3 and share > _LEAST_ENGLISH and key(form) not in danish:
            entry = vocabulary.setdefault(form, [0.0, 0.0])
            entry[0] = max(entry[0], _ENGLISH * share)


def foreign_words(before: str) -> Iterator[str]:
    """Everyday words of the neighbours, for the gate: one language a line.

    No package counts Nynorsk: its line is taken from the list as it was `before`.
    """
    from wordfreq import top_n_list

    yield "# Everyday words of the neighbours, the most frequent first; lines made of them are not Danish (CARD.md)."
    for language in _NEIGHBOURS:
        words = [word for word in top_n_list(language, 9000, wordlist="best") if word.isalpha()]
        yield f"{language}: {' '.join(words[:_EVERYDAY_WORDS])}"
    yield from (line for line in before.splitlines() if line.startswith("nn:"))
