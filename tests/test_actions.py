"""Actions: who is to do what by when, and that only tasks are tasks."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from made_document import any_document, cases, is_grounded, made, made_case

from pipeline.document import Document
from pipeline.extract.actions.actions import find_actions
from pipeline.extract.statements import find_statements
from pipeline.lexicon import Lexicon

LEXICON = Lexicon.load()


@pytest.mark.parametrize("case", cases("actions"), ids=lambda case: case["text"][:40])
def test_case(case: dict[str, Any]) -> None:
    document = made_case(case)
    document = replace(document, statements=find_statements(document, LEXICON))
    found = find_actions(document, LEXICON)
    assert [["+".join(a.who), a.what, a.due or ""] for a in found] == case["finds"]


@given(any_document())
def test_spans_are_true_and_in_order(document: Document) -> None:
    assert is_grounded(document, find_actions(document, LEXICON))


def test_long_inputs_take_time_in_proportion() -> None:
    for text in ("Ida sender " * 1500, "Ida skal " * 2500, "og Ida " * 2500 + "sender brevet"):
        document = made(text, persons=["Ida"])
        assert isinstance(find_actions(document, LEXICON), tuple)
