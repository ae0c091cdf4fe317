"""Amounts: the case table and properties."""

import tomllib
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from linear_time import cpu_seconds

from pipeline.find.amounts.amounts import find_amounts
from pipeline.lexicon import Lexicon

LEXICON = Lexicon.load()
ROWS: list[dict[str, Any]] = tomllib.loads((Path(__file__).parent / "cases" / "amounts.toml").read_text("utf-8"))[
    "case"
]
CASES = [
    pytest.param(row, id=row["text"][:50], marks=[pytest.mark.xfail(reason=row["fails"])] if "fails" in row else [])
    for row in ROWS
]
PIECES = st.sampled_from(
    [
        "700",
        ".000",
        " kr.",
        "kr. ",
        "-",
        " mio.",
        "5 %",
        "\n",
        "Løn  ",
        "1,5",
        " møder",
        "to ",
        "hundrede ",
        "ca. ",
        "(t.kr.)\n",
        "12.400,00\n",
    ]
)
TEXTS = st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=10).map("".join))


@pytest.mark.parametrize("row", CASES)
def test_case(row: dict[str, Any]) -> None:
    text = row["text"]
    found = [
        [text[a.start : a.end], a.value if a.value is not None else f"{a.low}..{a.high}", a.unit]
        for a in find_amounts(text, LEXICON)
    ]
    assert found == row["finds"]


def test_approximate() -> None:
    assert [a.approximate for a in find_amounts("ca. 500 kr. og 300 kr., op til 20 timer", LEXICON)] == [
        True,
        False,
        True,
    ]


def test_kind_rule_and_confidence() -> None:
    text = "700 kr., 5OO.000 kr., 65 %, 23 stemmer, 3-4 møder, 15 øre, 35k, en million kroner"
    assert [(a.kind, a.rule, a.confidence) for a in find_amounts(text, LEXICON)] == [
        ("money", "amounts/money", 0.98),
        ("money", "amounts/money-misread", 0.7),  # letters read as digits
        ("percent", "amounts/percent", 0.99),
        ("quantity", "amounts/quantity", 0.8),
        ("quantity", "amounts/quantity-range", 0.85),
        ("money", "amounts/money-ore", 0.9),
        ("money", "amounts/money-thousands", 0.75),
        ("money", "amounts/money-words", 0.92),
    ]


@settings(deadline=None, max_examples=150)
@given(TEXTS)
def test_any_text(text: str) -> None:
    amounts = find_amounts(text, LEXICON)
    assert all(0 <= a.start < a.end <= len(text) for a in amounts)
    assert all(a.end <= b.start for a, b in pairwise(amounts))
    assert {a.kind for a in amounts} <= {"money", "percent", "quantity"}
    for amount in amounts:
        values = [v for v in (amount.value, amount.low, amount.high) if v is not None]
        assert values
        assert all(Decimal(v).is_finite() and "E" not in v for v in values)
        assert amount.unit


@pytest.mark.parametrize("piece", ["1.000 ", " ", "1 000 ", "en ", "Løn  12 ", "kr. ", "-5", "Ab 1 ", "3 nye "])
def test_hostile_repetition(piece: str) -> None:
    assert cpu_seconds(lambda: find_amounts(piece * (50_000 // len(piece)), LEXICON)) < 5
