"""Words that a line end splits: where the two halves are read as one."""

from math import log

import pytest
from made_lexicon import Counts, SilentNeighbours, made_candidates, made_words

from pipeline.lexicon.names import Names
from pipeline.repair.context import Slot
from pipeline.repair.reading import Reading
from pipeline.repair.tokens import Token, tokenise


def reading(text: str, counts: dict[str, Counts]) -> list[tuple[Token, Slot]]:
    words = made_words(counts)
    read = Reading(words, SilentNeighbours(), Names({}, frozenset()))
    read.add(tokenise(text), made_candidates(words))
    return list(read.slots())


SPLIT: dict[str, Counts] = {
    "skole": (1023, 0, 15, 0),
    "møde": (1023, 0, 0, 31),
    "skolemøde": (63, 0, 0, 0),
    "og": (63, 0, 0, 0),
}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Og skole-\nmgde er", ["og", "skolemøde", "er"]),
        ("skole-\nmgde er", ["skolemøde", "er"]),
        ("Og skole-\nmgde- og", ["og", "skolemøde", "-", "og"]),
        ("Og skole- mgde er", ["og", "skole", "-", "møde", "er"]),
        ("Og skole-\n\nmgde er", ["og", "skole", "-", "møde", "er"]),
        ("Og skole -\nmgde er", ["og", "skole", "-", "møde", "er"]),
        ("Og skole–\nmgde er", ["og", "skole", "–", "møde", "er"]),
        ("Og skole-\nMgde er", ["og", "skole", "-", "møde", "er"]),
        ("Og 12-\nmgde er", ["og", "0", "-", "møde", "er"]),
        ("Og skole-\n4 er", ["og", "skole", "-", "0", "er"]),
        ("Og xyz-\nmgde er", ["og", "xyz", "-", "møde", "er"]),  # no word together
        ("Og skole-\nmgde-\nskole er", ["og", "skolemøde", "-", "skole", "er"]),  # split once
    ],
)
def test_the_halves_of_a_word_that_a_line_end_splits_are_one(text: str, words: list[str]) -> None:
    found = reading(text, SPLIT)
    assert [slot.candidates[0].form for _, slot in found] == words
    for token, _ in found:
        if token.gap:
            start, end = token.gap
            assert text[token.start : start] + text[end : token.end] == token.text
            assert text[start:end] == "-\n"
            assert not token.suspended or text[token.end : token.end + 1] == "-"


@pytest.mark.parametrize(("times", "joined"), [(2 ** (10 / 8) - 1, True), (1.0, False)])
def test_a_split_word_may_be_six_less_likely_than_its_halves(times: float, joined: bool) -> None:
    found = reading("skole-\nmgde", {**dict(list(SPLIT.items())[:2]), "skolemøde": (times, 0, 0, 0)})
    seen_g = log(0.4)
    size = 2 * 1023 + times
    ahead = log((times + 0.02) / size) + seen_g - 2 * log(1023.02 / size) - seen_g
    assert (ahead > -6) == joined
    assert -6.3 < ahead < -5.7
    assert (len(found) == 1) == joined


@pytest.mark.parametrize(("times", "joined"), [(2 ** (17 / 8) - 1, True), (3.0, False)])
def test_how_a_split_word_was_misread_counts_too(times: float, joined: bool) -> None:
    counts = {**dict(list(SPLIT.items())[:1]), "mgde": (1023.0, 0, 0, 0), "skolemøde": (times, 0, 0, 0)}
    ahead = log(0.4) + log((times + 0.02) / (2 * 1023 + times)) - 2 * log(1023.02 / (2 * 1023 + times))
    assert (ahead > -6) == joined
    assert (len(reading("skole-\nmgde", counts)) == 1) == joined


def test_a_split_word_just_so_much_less_likely_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    whole, left, right = (reading(word, SPLIT)[0][1].candidates[0] for word in ("skolemgde", "skole", "mgde"))
    apart = left.common + left.channel + (right.common + right.channel)
    joint = whole.common + whole.channel - apart
    assert apart + joint == whole.common + whole.channel
    monkeypatch.setattr("pipeline.repair.reading._JOINT", joint)
    assert len(reading("skole-\nmgde", SPLIT)) == 3
