"""Heads and headings in ways of their own are read no worse than before."""

import pytest
from heads import FIELDS, HEADS, figures

from pipeline.evaluate.gold import read_gold
from pipeline.lexicon import Lexicon

FLOORS = {
    ("read", ".clean.txt"): (0.99, 0.99, 0.98, 0.94, 0.89, 0.85, 0.98, 0.94),
    ("read", ".txt"): (0.98, 0.99, 0.98, 0.89, 0.85, 0.67, 0.97, 0.89),
    ("unread", ".clean.txt"): (0.89, 0.98, 0.95, 0.80, 0.83, 0.78, 0.95, 0.80),
    ("unread", ".txt"): (0.87, 0.98, 0.95, 0.70, 0.76, 0.59, 0.97, 0.75),
}
"""The least F1 of each field, on the clean text and on what OCR read."""


@pytest.mark.parametrize(("part", "end"), FLOORS)
def test_floors(part: str, end: str) -> None:
    found = {field: tally.f1 or 0.0 for field, tally in figures(HEADS / part, Lexicon.load(), end).items()}
    least = dict(zip(FIELDS, FLOORS[part, end], strict=True))
    assert {field: round(f1, 3) for field, f1 in found.items() if f1 < least[field]} == {}


@pytest.mark.parametrize("part", ["read", "unread"])
def test_titles_and_names_stand_in_the_text(part: str) -> None:
    def words(text: str | None) -> str:
        return "".join(letter for letter in (text or "").casefold() if letter.isalnum())

    for gold in read_gold(HEADS / part):
        text = words((HEADS / part / f"{gold.name}.clean.txt").read_text("utf-8"))
        named = [*gold.meeting.present, *gold.meeting.absent]
        printed = [item.title for item in gold.items] + [part for one in named for part in one.name.split()]
        assert [one for one in printed if words(one) not in text] == []
