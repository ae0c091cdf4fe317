"""The words of the report's interface in Danish and English, and dates and amounts as each language writes them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from pipeline.records.minutes import Amount

__all__ = ["LANGUAGES", "Text", "amount_text", "date_text", "money_text", "phrase", "phrases", "plain"]

LANGUAGES = ("da", "en")

_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_MONTH = re.compile(r"(\d{4})-(\d\d)")
_WEEK = re.compile(r"(\d{4})-W(\d\d)")
_QUARTER = re.compile(r"(\d{4})-Q([1-4])")
_SEASONS = {"21": "season.spring", "22": "season.summer", "23": "season.autumn", "24": "season.winter"}


class Text(NamedTuple):
    """The same words in both languages of the interface."""

    da: str
    en: str


@cache
def phrases() -> Mapping[str, Text]:
    """Every phrase of the interface by its key, from phrases.toml."""
    loaded = tomllib.loads(Path(__file__).with_name("phrases.toml").read_text("utf-8"))
    return {
        f"{group}.{key}": Text(words["da"], words["en"])
        for group, rows in loaded.items()
        for key, words in rows.items()
    }


def phrase(key: str) -> Text:
    """One phrase; a key that phrases.toml does not hold stands for itself after its last dot.

    Records may hold kinds of speech and warnings that came after the phrases.

    >>> phrase("outcome.noted").da, phrase("act.sang").en
    ('taget til efterretning', 'sang')
    """
    own = key.rsplit(".", 1)[-1]
    return phrases().get(key, plain(own))


def plain(words: str) -> Text:
    """Words that are the same in both languages."""
    return Text(words, words)


def date_text(edtf: str) -> Text:
    """An EDTF date as people write it; a form that is not known here stands as it is.

    >>> date_text("2025-06-05")
    Text(da='5. juni 2025', en='5 June 2025')
    >>> date_text("2026-W33/2026-10").da, date_text("2027/..").en, date_text("2026-21").da
    ('uge 33, 2026 – oktober 2026', 'from 2027', 'forår 2026')
    """
    if "/" in edtf:
        first, last = edtf.split("/", 1)
        if last in ("..", ""):
            return _joined(phrase("date.from"), date_text(first))
        if first in ("..", ""):
            return _joined(phrase("date.until"), date_text(last))
        return _joined(date_text(first), plain("–"), date_text(last))
    if match := _DAY.fullmatch(edtf):
        year, month, day = match.groups()
        name = phrase(f"month.{int(month)}")
        return Text(f"{int(day)}. {name.da} {year}", f"{int(day)} {name.en} {year}")
    if match := _MONTH.fullmatch(edtf):
        year, month = match.groups()
        name = phrase(_SEASONS.get(month, f"month.{int(month)}"))
        return _joined(name, plain(year))
    if match := _WEEK.fullmatch(edtf):
        week = phrase("date.week")
        return Text(*(f"{word} {int(match[2])}, {match[1]}" for word in week))
    if match := _QUARTER.fullmatch(edtf):
        return Text(f"{match[2]}. kvartal {match[1]}", f"Q{match[2]} {match[1]}")
    return plain(edtf)


def _joined(*texts: Text) -> Text:
    return Text(" ".join(text.da for text in texts), " ".join(text.en for text in texts))


def amount_text(amount: Amount) -> Text:
    """An amount as people write it, ranges and approximate ones as such."""
    values = [value for value in (amount.value, amount.low, amount.high) if value is not None]
    both = [
        _with_unit(value, amount.unit) if i == len(values) - 1 else _number(value) for i, value in enumerate(values)
    ]
    text = Text("–".join(one.da for one in both), "–".join(one.en for one in both))
    return _joined(phrase("amount.about"), text) if amount.approximate else text


def money_text(kroner: int) -> Text:
    """Whole kroner.

    >>> money_text(1200000)
    Text(da='1.200.000 kr.', en='DKK 1,200,000')
    """
    return _with_unit(str(kroner), "DKK")


def _with_unit(value: str, unit: str) -> Text:
    number = _number(value)
    if unit == "DKK":
        return Text(f"{number.da} kr.", f"DKK {number.en}")
    if unit == "%":
        return Text(f"{number.da} %", f"{number.en}%")
    return Text(f"{number.da} {unit}", f"{number.en} {unit}")


def _number(value: str) -> Text:
    whole, _, fraction = value.partition(".")
    english = f"{int(whole):,}" if whole.lstrip("-").isdigit() else whole
    danish = english.replace(",", ".")
    return Text(danish + (f",{fraction}" if fraction else ""), english + (f".{fraction}" if fraction else ""))
