"""Tallies of votes as printed."""

from __future__ import annotations

from functools import cache

from pipeline.lexicon import Lexicon, Likely
from pipeline.lowercase import lower_case
from pipeline.values import Votes

__all__ = ["carries", "is_ballot", "read_votes"]

_WORDS = {
    word: number
    for number, words in enumerate(
        ("ingen", "en én", "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni", "ti", "elleve", "tolv")
    )
    for word in words.split()
}


@cache
def _tallies(lexicon: Lexicon) -> Likely:
    return Likely(rule for rule in lexicon.rules("votes") if rule.value != "ballot")


def read_votes(flat: str, lexicon: Lexicon) -> Votes | None:
    """The tally in a sentence, or None; a side that is not printed is None.

    >>> read_votes("Vedtaget med 23 for og 1 imod.", Lexicon.load())
    Votes(for_=23, against=1, abstained=None)
    >>> read_votes("Vedtaget med ２３ for og １ imod.", Lexicon.load())
    Votes(for_=23, against=1, abstained=None)
    """
    counts: dict[str, int] = {}
    for _, match in _tallies(lexicon).matches(flat):
        for side, printed in match.groupdict().items():
            if printed is not None:
                counts.setdefault(side, _number(printed))
    if not counts.keys() & {"for", "against"}:
        return None if "abstained" not in counts else Votes(None, None, counts["abstained"])
    return Votes(counts.get("for"), counts.get("against"), counts.get("abstained"))


def is_ballot(flat: str, lexicon: Lexicon) -> bool:
    """Whether a sentence says that a vote is taken."""
    return any(rule.regex.search(flat) for rule in lexicon.rules("votes") if rule.value == "ballot")


def carries(votes: Votes) -> bool | None:
    """Whether a tally carries what was voted on; None where it does not tell."""
    if votes.for_ is None:
        return None
    if votes.against is None or votes.for_ > votes.against:
        return True
    return False if votes.for_ < votes.against else None


def _number(printed: str) -> int:
    if printed.isdecimal():  # in any script: "２３" is printed too
        return int(printed)
    return _WORDS[lower_case(printed)]
