"""Statements: who says what, and that nobody is made to speak."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from made_document import any_document, cases, is_grounded, made, made_case

from pipeline.document import Document
from pipeline.extract.statements import find_statements
from pipeline.lexicon import Lexicon

LEXICON = Lexicon.load()


@pytest.mark.parametrize("case", cases("statements"), ids=lambda case: case["text"][:40])
def test_case(case: dict[str, Any]) -> None:
    document = made_case(case)
    found = find_statements(document, LEXICON)
    said = [[s.speaker, s.organisation or "", s.act, document.quote(s.start, s.end)] for s in found]
    expected = case["finds"]
    assert [row[:3] for row in said] == [row[:3] for row in expected]
    assert all(row[3].startswith(want[3]) for row, want in zip(said, expected, strict=True))


@given(any_document())
def test_spans_are_true_and_in_order(document: Document) -> None:
    assert is_grounded(document, find_statements(document, LEXICON))


def test_long_inputs_take_time_in_proportion() -> None:
    for text in ("Ida fortalte, at " * 3000, "Ida (" * 5000, "Ida og " * 5000 + "var enige i det"):
        document = made(text, persons=["Ida"])
        assert isinstance(find_statements(document, LEXICON), tuple)
