"""The words of a text as repair sees them: which are left alone, and where a sentence begins."""

import tomllib
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.repair.tokens import tokenise

CASES = tomllib.loads((Path(__file__).parent / "cases" / "repair_tokens.toml").read_text("utf-8"))["case"]
ABBREVIATIONS = frozenset(["kr.", "pr."])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_tokens(case: dict[str, Any]) -> None:
    tokens = tokenise(case["text"], ABBREVIATIONS)
    assert [token.text for token in tokens if token.word] == case["words"]
    for what in ("first", "suspended", "shouted"):
        if what in case:
            assert [token.text for token in tokens if getattr(token, what) and token.text not in set(".,-")] == case[
                what
            ]
    if "lines" in case:
        assert [token.line for token in tokens] == case["lines"]


@given(st.text(alphabet="aeg@&4. \n-API§ø", max_size=80))
def test_tokens_tell_their_place(text: str) -> None:
    tokens = tokenise(text, ABBREVIATIONS)
    assert all(text[token.start : token.end] == token.text for token in tokens)
    assert all(token.line == text.count("\n", 0, token.start) for token in tokens)
    assert all(one.end <= other.start for one, other in pairwise(tokens))
