"""Bodies that are called by a common word and send people all the same: "skolebestyrelsen", "kommunen"."""

from __future__ import annotations

from functools import cache

import regex

from pipeline.lexicon import Lexicon, Needed

__all__ = ["are_several", "body_of", "is_body", "is_no_name", "is_own_body", "senders"]

_SEVERAL = regex.compile(
    r"(?!medarbejd|ansat|medlem|forældr|beboer|lejer|elev|bruger|kommun|region|lærer|leder|ledels|repræs|delta|pårør|fremmød)"
    r"\p{Ll}{3,25}(?:erne|ene)"
)

_POLITICAL = frozenset({"byrådet", "kommunalbestyrelsen", "regionsrådet"})
"""Who sends members to the boards of others."""
_BOTH = 2

_PARTS = ("rådet", "bestyrelsen", "udvalget", "afdelingen", "foreningen", "klubben", "gruppen", "laget", "forummet")
"""Ends of bodies that may be the one that meets, and what a heading calls them by."""


def is_body(words: str, lexicon: Lexicon) -> bool:
    """Whether words in small letters are a body that somebody comes from, by the ending of their noun.

    The bare "bestyrelsen", "rådet", "udvalget" are whoever meets; offices ("formanden") and trades are none.

    >>> lexicon = Lexicon.load()
    >>> [is_body(words, lexicon) for words in ("menighedsrådet", "købmandens støtteforening", "rådet", "formanden")]
    [True, True, False, False]
    """
    rules = (rule for rule in lexicon.rules("affiliations") if rule.value == "body")
    return words[:1].islower() and any(rule.regex.fullmatch(words) for rule in rules)


def body_of(label: str, lexicon: Lexicon) -> str | None:
    """The body that the label of a list names, be its first letter a capital: "Kommunen:"; a part of the house is none.

    >>> body_of("Landsbyrådet", Lexicon.load()), body_of("Sekretariatet", Lexicon.load())
    ('Landsbyrådet', None)
    """
    words = label[:1].casefold() + label[1:]
    return label if lexicon.by_name("affiliations")["body"].regex.fullmatch(words) else None


def is_no_name(words: str, lexicon: Lexicon) -> bool:
    """Whether words are a common body, a thing of the trade or a word that opens a sentence, and name nobody.

    >>> is_no_name("Styregruppen", Lexicon.load()), is_no_name("Norddal Vand", Lexicon.load())
    (True, False)
    """
    return any(rule.regex.match(words) for rule in _no_names(lexicon).worth(words))


@cache
def _no_names(lexicon: Lexicon) -> Needed:
    rules = lexicon.by_name("organisations")
    return Needed(rules[name] for name in ("generic-body", "no-organisation", "opener"))


def senders(words: str, lexicon: Lexicon) -> str | None:
    """For whom people came whose list or sentence opens with "fra" or "for": a body, or several of a kind.

    Those who only play a part in the house ("medarbejderne") send nobody.

    >>> [senders(words, Lexicon.load()) for words in ("landsbyrådet", "spejderne", "medarbejderne")]
    ['landsbyrådet', 'spejderne', None]
    >>> senders("idrætten og spejderne", Lexicon.load())
    'idrætten og spejderne'
    """
    parts = words.split(" og ")
    if len(parts) == _BOTH and all(senders(part, lexicon) for part in parts):
        return words
    return words if are_several(words) or words in _POLITICAL else body_of(words, lexicon)


def are_several(words: str) -> bool:
    """Whether one word in small letters calls several of a kind who are outside the house: "spejderne"."""
    return _SEVERAL.fullmatch(words) is not None


def is_own_body(words: str, heading: str) -> bool:
    """Whether a heading names the body as the one that meets.

    >>> is_own_body("menighedsrådet", "Referat af menighedsrådsmøde"), is_own_body("elevrådet", "Skolebestyrelsen")
    (True, False)
    """
    word = words.casefold()
    return word.endswith(_PARTS) and word[:-2] in heading.casefold()
