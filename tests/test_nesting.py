"""Numbered lists inside one another on pages without indents."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.segment.agenda.nesting import is_flat, nest
from pipeline.segment.headings import Candidate


def _candidates(numbers: list[int]) -> list[Candidate]:
    return [
        Candidate(line, "dot", "", str(number), (number,), "", 0, 0, apart=False, usual=False)
        for line, number in enumerate(numbers)
    ]


def _lists(numbers: list[int]) -> list[list[int]]:
    return [[candidate.line for candidate in found] for found in nest(_candidates(numbers))]


def test_the_outer_list_goes_on_where_the_inner_one_ends() -> None:
    assert _lists([1, 1, 1, 2, 1, 2, 3, 3]) == [[0, 3, 7], [1], [2], [4, 5, 6]]


def test_what_comes_later_tells_whose_a_number_is() -> None:
    # 1 1 2 3 2 3: the first 2 and 3 go on with the inner list, for the outer one has its own behind them
    assert _lists([1, 1, 2, 3, 2, 3]) == [[0, 4, 5], [1, 2, 3]]


def test_only_pages_without_indents_are_flat() -> None:
    assert is_flat(_candidates([1, 1, 2, 1]))
    assert not is_flat(_candidates([1, 2, 3]))


@given(st.lists(st.integers(1, 12), max_size=60))
def test_every_number_is_in_one_list_at_most_and_lists_rise(numbers: list[int]) -> None:
    found = nest(_candidates(numbers))
    lines = [candidate.line for of in found for candidate in of]
    assert len(lines) == len(set(lines))
    for of in found:
        parts = [candidate.parts[-1] for candidate in of]
        assert parts == sorted(set(parts))
