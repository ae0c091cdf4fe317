"""Recommendations: the clauses of an indstilling, each cut where it begins and ends."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from made_document import any_document, cases, is_grounded, made, made_case

from pipeline.document import Document
from pipeline.extract.recommendations import find_recommendations
from pipeline.lexicon import Lexicon

LEXICON = Lexicon.load()


@pytest.mark.parametrize("case", cases("recommendations"), ids=lambda case: case["text"][:40])
def test_case(case: dict[str, Any]) -> None:
    document = made_case(case)
    found = find_recommendations(document, LEXICON)
    clauses = [[document.quote(r.start, r.end), r.addressee or "", r.proposer or ""] for r in found]
    assert clauses == case["finds"]


@given(any_document())
def test_spans_are_true_and_in_order(document: Document) -> None:
    assert is_grounded(document, find_recommendations(document, LEXICON))


def test_long_inputs_take_time_in_proportion() -> None:
    for text in ("Det indstilles, at " * 3000, "at " * 9000, "1. at A, " * 3000):
        document = made(text, persons=["Ida"])
        assert isinstance(find_recommendations(document, LEXICON), tuple)
