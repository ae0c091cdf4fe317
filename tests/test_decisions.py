"""Decisions: what a meeting decided, and what was only told."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from made_document import any_document, cases, is_grounded, made, made_case

from pipeline.document import Document
from pipeline.extract.decisions.decisions import find_decisions
from pipeline.extract.recommendations import find_recommendations
from pipeline.extract.statements import find_statements
from pipeline.lexicon import Lexicon

LEXICON = Lexicon.load()


@pytest.mark.parametrize("case", cases("decisions"), ids=lambda case: case["text"][:40])
def test_case(case: dict[str, Any]) -> None:
    document = made_case(case)
    document = replace(document, statements=find_statements(document, LEXICON))
    document = replace(document, recommendations=find_recommendations(document, LEXICON))
    found = find_decisions(document, LEXICON)
    read = [[d.outcome, document.quote(d.start, d.end)] for d in found]
    assert [row[0] for row in read] == [row[0] for row in case["finds"]]
    assert all(" ".join(row[1].split()).startswith(want[1]) for row, want in zip(read, case["finds"], strict=True))
    if "actor" in case:
        assert found[0].actor == case["actor"]
    if "condition" in case:
        assert found[0].condition == case["condition"]
    if "votes" in case:
        assert found[0].votes == tuple(n if n >= 0 else None for n in case["votes"])


def test_a_decision_knows_the_recommendation_that_it_answers() -> None:
    text = (
        "Det indstilles, at styregruppen\n- godkender planen for broen\n- drøfter prisen på skiltene\n\n"
        "Styregruppen drøftede prisen på skiltene. Styregruppen godkendte planen for broen."
    )
    document = made(text)
    document = replace(document, recommendations=find_recommendations(document, LEXICON))
    assert [d.recommendation for d in find_decisions(document, LEXICON)] == [1, 0]


@given(any_document())
def test_spans_are_true_and_in_order(document: Document) -> None:
    assert is_grounded(document, find_decisions(document, LEXICON))


def test_long_inputs_take_time_in_proportion() -> None:
    for text in ("blev godkendt og " * 3000, "at vi " * 5000 + "blev godkendt", "12 stemte for " * 3000):
        document = made(text, persons=["Ida"])
        assert isinstance(find_decisions(document, LEXICON), tuple)
