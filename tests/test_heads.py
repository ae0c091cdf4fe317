"""Heads and headings in ways of their own are read no worse than before."""

import pytest
from heads import FIELDS, HEADS, figures

from pipeline.evaluate.gold import read_gold
from pipeline.lexicon import Lexicon

FLOORS = {
    "read": (0.95, 0.99, 0.88, 0.91, 0.88, 0.75, 0.97, 0.94),
    "unread": (0.81, 0.98, 0.95, 0.79, 0.80, 0.76, 0.95, 0.79),
}
"""The least F1 of each field."""


@pytest.mark.parametrize("part", FLOORS)
def test_floors(part: str) -> None:
    found = {field: tally.f1 or 0.0 for field, tally in figures(HEADS / part, Lexicon.load()).items()}
    assert {f: round(f1, 3) for f, f1 in found.items() if f1 < dict(zip(FIELDS, FLOORS[part], strict=True))[f]} == {}


@pytest.mark.parametrize("part", FLOORS)
def test_titles_and_names_stand_in_the_text(part: str) -> None:
    def words(text: str | None) -> str:
        return "".join(letter for letter in (text or "").casefold() if letter.isalnum())

    for gold in read_gold(HEADS / part):
        text = words((HEADS / part / f"{gold.name}.clean.txt").read_text("utf-8"))
        named = [*gold.meeting.present, *gold.meeting.absent]
        printed = [item.title for item in gold.items] + [part for one in named for part in one.name.split()]
        assert [one for one in printed if words(one) not in text] == []
