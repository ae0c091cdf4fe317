"""Words in no list that one text has several times, misread in several ways."""

from math import log

import pytest
from made_lexicon import Counts, made_candidates, made_words

from pipeline.repair.candidates import Candidate
from pipeline.repair.context import Slot
from pipeline.repair.tokens import Token
from pipeline.repair.unlisted import agree

COUNTS: dict[str, Counts] = {"mød": (0.0, 3.0, 0.0, 0.0), "gør": (1023.0, 0.0, 0.0, 0.0), "gar": (7.0, 0.0, 0.0, 0.0)}
WORDS = made_words(COUNTS)
G, A = log(0.4), log(0.3)  # what an ø read as g and as a costs in the channel of the tests
READ_OTHERWISE, UNWRITTEN = 10.0, 4.0


def made(seen: str, *readings: tuple[str, str]) -> tuple[Token, Slot]:
    """A word with readings (form, the letter that was misread) and itself, each with a prior of -20."""
    candidates = [
        Candidate(
            form, -1.0, -20.0, -20.0, "spelling", ((letter, "x"),), WORDS.number(form), WORDS.total(WORDS.number(form))
        )
        for form, letter in readings
    ]
    candidates.append(Candidate(seen.lower(), 0.0, -20.0, -20.0, "unknown"))
    slot = Slot(WORDS, candidates, [-20.0] * len(candidates), named=True)
    return Token(0, len(seen), seen, 0, True, False, False, False), slot


def gains(slot: Slot) -> dict[str, float]:
    return {one.form: prior + 20.0 for one, prior in zip(slot.candidates, slot.priors, strict=True)}


def test_what_explains_all_ways_of_reading_a_word_gains_with_each() -> None:
    first, second = made("Vgl", ("vøl", "ø")), made("Val", ("vål", "å"), ("vøl", "ø"))
    agree([first, second], made_candidates(WORDS), WORDS)
    assert gains(first[1]) == {"vøl": pytest.approx(READ_OTHERWISE + A), "vgl": 0.0}
    assert gains(second[1]) == {"vål": 0.0, "vøl": pytest.approx(READ_OTHERWISE + G), "val": 0.0}


def test_a_form_is_tried_on_the_ways_of_reading_that_did_not_bring_it_up() -> None:
    """One that the speller wrote something else for counts it as less likely than that."""
    first, silent, spelt = made("Vgl", ("vøl", "ø")), made("Vaal"), made("Val", ("vål", "å"))
    agree([first, silent, spelt], made_candidates(WORDS), WORDS)
    assert [one.form for one in silent[1].candidates] == ["vaal"]  # the channel makes no "aa" of an ø
    assert [one.form for one in spelt[1].candidates] == ["vål", "val", "vøl"]
    added = spelt[1].candidates[2]
    assert added.channel == pytest.approx(A)
    assert added.confusions == (("ø", "a"),)
    assert gains(spelt[1])["vøl"] == pytest.approx(-21.0 - UNWRITTEN - A + 20.0 + READ_OTHERWISE + G)
    assert len(spelt[1].shares) == len(spelt[1].numbers) == len(spelt[1].totals) == len(spelt[1].paired) == 3


@pytest.mark.parametrize(
    ("places", "why"),
    [
        ([made("Vgl", ("vøl", "ø")), made("VGL", ("vøl", "ø"))], "one way of reading it"),
        ([made("Vgl", ("vøl", "ø")), made("Hal", ("høl", "ø"))], "two words"),
        ([made("Ggr", ("gør", "ø")), made("Gdr", ("gør", "ø"))], "an everyday form"),
        ([made("Gar", ("går", "å")), made("Ggr", ("går", "å"))], "one is a word as it was read"),
    ],
)
def test_nothing_is_shared(places: list[tuple[Token, Slot]], why: str) -> None:
    agree(places, made_candidates(WORDS), WORDS)
    assert all(set(gains(slot).values()) == {0.0} for _, slot in places), why


def test_a_slot_that_serves_in_several_places_is_asked_once() -> None:
    first, silent = made("Vgl", ("vøl", "ø")), made("Val")
    agree([first, silent, silent], made_candidates(WORDS), WORDS)
    assert gains(silent[1]) == {"val": 0.0, "vøl": pytest.approx(READ_OTHERWISE + G)}
    assert len(silent[1].candidates) == 2
