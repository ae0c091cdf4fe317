"""Money, percentages and counted things in a text."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import NamedTuple

import regex

from pipeline.find.amounts.accounts import find_account_figures
from pipeline.find.amounts.numbers import plain, read_figure, read_words
from pipeline.find.scan import Hit, scan
from pipeline.lexicon import Lexicon, Likely, Rule
from pipeline.values import Amount

__all__ = ["find_amounts"]

_SCALES = {"t": "1e3", "k": "1e3", "mi": "1e6", "mia": "1e9", "milliard": "1e9", "ø": "0.01"}
_BEFORE, _AFTER = 70, 60  # characters around a bare figure in which a word may tell that it is money
_BESIDE = {"approximate", "money-context"}


def find_amounts(text: str, lexicon: Lexicon) -> list[Amount]:
    """Every amount, in order and without overlaps; values are exact decimal strings.

    Declines a bare figure unless it stands in an account or among words that speak of money, and figures that
    number, date or address something.

    >>> [(a.value, a.low, a.high, a.unit) for a in find_amounts("ca. 1,2 mio. kr., 5-7 dage, 65 %", Lexicon.load())]
    [('1200000', None, None, 'DKK'), (None, '5', '7', 'dage'), ('65', None, None, '%')]
    """
    rules = lexicon.rules("amounts")
    beside: dict[str | None, Rule] = {rule.value: rule for rule in rules if rule.value in _BESIDE}
    rough = {match.end() for match in beside["approximate"].regex.finditer(text)}
    hits = scan(text, _counted(lexicon))
    found = [amount for hit in hits for amount in _read(text, hit, rough, beside["money-context"])]
    taken = [hit.match.span() for hit in hits if hit.rule.value != "money-bare"]
    figures = find_account_figures(text, taken)
    in_account = {figure.start for figure in figures}
    found = [amount for amount in found if amount.start not in in_account]
    return sorted([*found, *figures], key=lambda amount: amount.start)


@cache
def _counted(lexicon: Lexicon) -> Likely:
    return Likely(rule for rule in lexicon.rules("amounts") if rule.value not in _BESIDE)


class _Value(NamedTuple):
    """One figure, or the two ends of a range."""

    value: Decimal | None
    low: Decimal | None = None
    high: Decimal | None = None


def _read(text: str, hit: Hit, rough: set[int], money: Rule) -> Iterator[Amount]:
    kind = hit.rule.value or ""
    groups = {name: value for name, value in hit.match.groupdict().items() if value is not None}
    if kind == "none" or not _is_amount(text, hit, groups, money):
        return
    kind = "money" if kind == "money-bare" else kind
    values, match = _values(groups), hit.match
    places = [match.span("lo"), (match.start("hi"), match.end())] if len(values) > 1 else [match.span()] * len(values)
    for value, (start, end) in zip(values, places, strict=True):
        yield Amount(
            start=start,
            end=end,
            rule=f"amounts/{hit.rule.name}",
            confidence=hit.rule.confidence,
            value=None if value.value is None else plain(value.value),
            low=None if value.low is None else plain(value.low),
            high=None if value.high is None else plain(value.high),
            unit={"money": _currency(groups), "percent": "%"}.get(kind, groups.get("unit", "")),
            kind=kind,
            approximate=match.start() in rough,
        )


def _is_amount(text: str, hit: Hit, groups: dict[str, str], money: Rule) -> bool:
    """Whether a match is more than a year, a house number or a bare figure."""
    if hit.rule.value == "money-bare":
        return _speaks_of_money(text, hit, money)
    if hit.rule.value == "money":
        return not _is_year(hit.match, groups)
    if hit.rule.value == "quantity":
        year = _YEAR.fullmatch(groups.get("n", groups.get("lo", "")))
        return not (
            year
            or (
                hit.rule.name != "quantity-unit"
                and groups.get("unit") != "stemmer"
                and _is_address(text, hit.match.start())
            )
        )
    return True


def _values(groups: dict[str, str]) -> list[_Value]:
    """The value, or two where the text goes from a higher figure down to a lower one ("fra 240 til 120 kr.")."""
    scale, sign = _scale(groups.get("scale", "")), -1 if groups.get("sign") else 1
    if "words" in groups:
        words = read_words(groups["words"])
        return [] if words is None else [_Value(words)]
    if "n" in groups:
        figure = read_figure(groups["n"])
        return [] if figure is None else [_Value(sign * figure * scale)]
    low, high = read_figure(groups["lo"]), read_figure(groups["hi"])
    if low is None or high is None:
        return []
    first, last = low * scale, high * scale
    thousands = first * 1000
    if first < 1000 and last % 1000 == 0 and scale == 1 and thousands < last:
        first = thousands  # "200-300.000 kr."
    return [_Value(None, first, last)] if first < last else [_Value(first), _Value(last)]


def _scale(word: str) -> Decimal:
    """What a printed scale multiplies by: the longest known beginning counts."""
    heads = sorted((head for head in _SCALES if word.lower().startswith(head)), key=len)
    return Decimal(_SCALES[heads[-1]]) if heads else Decimal(1)


def _currency(groups: dict[str, str]) -> str:
    return "EUR" if groups.get("cur", "").lower() in {"eur", "euro", "€"} else "DKK"


def _is_year(match: regex.Match[str], groups: dict[str, str]) -> bool:
    """A year in a table's head ("kr. 2025", "2025" with "kr." on the next line) is no amount."""
    figure = groups.get("n", "")
    if not _FOUR_DIGITS.fullmatch(figure) or "dash" in groups:
        return False
    return "\n" in match.group() or (not figure.endswith("00") and match.group().endswith(figure))


_FOUR_DIGITS = regex.compile(r"(?:19|20)\d\d")
_YEAR = regex.compile(r"(?:19[5-9]|20[0-6])\d")
_OTHER_SUM = regex.compile(r"[.!?]\s+(?=\p{Lu}\p{Ll}[^.!?]{1,60}\d[\d.,]{0,12}\s(?:t\.|mio\.?|mia\.?)?\s?kr(?!\p{L}))")
_CAPITALISED = regex.compile(
    r"(?<![.:!?•][ \n]*+|^[ \t]*+|\n[ \t•-]*+)\b\p{Lu}\p{Ll}+(?<!er(?:en|ne)|isten|ningen|elsen|tionen"
    r"|(?i:skolen|klubben|kommunen|rådet|nævnet|udvalget|tilsynet|værket|selskabet|(?:et|i)riatet|museet|korpset))[ ]$"
)


def _is_address(text: str, start: int) -> bool:
    """Whether a name stands right before a figure within its sentence: "Bakkevej 80"."""
    return _CAPITALISED.search(text[max(0, start - 40) : start]) is not None


def _speaks_of_money(text: str, hit: Hit, money: Rule) -> bool:
    start, end = hit.match.span()
    before, after = text[max(0, start - _BEFORE) : start], text[end : end + _AFTER]
    before, after = before.split("\n\n")[-1], _OTHER_SUM.split(after.split("\n\n")[0])[0]
    return money.regex.search(before) is not None or money.regex.search(after) is not None
