"""Which reading fits between its neighbours: counts of pairs and triples, and what the neural model is asked."""

from collections.abc import Sequence
from math import exp, log

import pytest
from made_lexicon import SilentNeighbours, made_words

from pipeline.lexicon.words import Words
from pipeline.repair.candidates import Candidate
from pipeline.repair.context import Slot, settle

WORDS = made_words(
    {
        "jeg": (1023, 0, 0, 0),
        "far": (255, 0, 0, 0),
        "får": (200, 55, 0, 0),
        "mad": (127, 0, 0, 0),
        "dør": (63, 0, 0, 0),
        "tør": (1, 0, 0, 0),
        "bør": (1, 1, 0, 0),
        "hør": (63, 0, 0, 0),
        "hår": (63, 0, 0, 0),
    },
    pairs={("jeg", "får"): 31.0, ("far", "mad"): 7.0, ("jeg", "tør"): 3.0, ("tør", "mad"): 3.0, ("jeg", "dør"): 7.0},
    triples={("jeg", "får", "mad"): 15.0, ("jeg", "hør", "mad"): 15.0},
    paired={"far", "får"},
)
PRIOR = log(0.01)  # of every reading in these tests: words differ by their neighbours alone


def slot(words: Words, *forms: str, priors: Sequence[float] = (), channel: float = 0.0, named: bool = False) -> Slot:
    candidates = [
        Candidate(form, channel, 0.0, 0.0, "lexicon", (), words.number(form), words.total(words.number(form)))
        for form in forms
    ]
    return Slot(words, candidates, priors or [PRIOR] * len(forms), named=named)


def odds(one: Slot) -> float:
    """log of how much likelier the first reading is than the second."""
    return log(one.shares[0] / one.shares[1])


def beside(pair: float, total: float, alone: float = PRIOR) -> float:
    """What a pair says: beside n occurrences of a word, 2 (n + 1)^0.75 are left to words not seen beside it."""
    unseen = 2 * (total + 1) ** 0.75
    return log((pair + unseen * exp(alone)) / ((total + unseen) * exp(alone)))


JEG, FAR, SHEEP = (WORDS.total(WORDS.number(form)) for form in ("jeg", "far", "får"))
LEFT = beside(31, JEG) - beside(0, JEG)
RIGHT = beside(0, SHEEP) - beside(7, FAR)


@pytest.mark.parametrize(
    ("left", "forms", "right", "expected"),
    [
        (None, ("får", "far"), None, 0.0),
        ("jeg", ("får", "far"), None, LEFT),
        (None, ("får", "far"), "mad", RIGHT),
        ("ukendt", ("får", "far"), "mad", RIGHT),
        (None, ("får", "far"), "jeg", beside(0, SHEEP) - beside(0, FAR)),  # the first word of the lexicon is one too
        ("jeg", ("får", "far"), "ukendt", LEFT),
        ("ukendt", ("får", "far"), "ukendt", 0.0),
        ("mad", ("får", "far"), "mad", RIGHT),
        # pairs of "dør" were not counted, and it is frequent: what was not counted says nothing
        ("jeg", ("dør", "far"), "mad", -beside(0, JEG) - beside(7, FAR)),
        # a rare form was never seen beside anything; what follows it says nothing
        ("jeg", ("tør", "far"), "mad", beside(3, JEG) - beside(0, JEG) - beside(7, FAR)),
        ("jeg", ("bør", "far"), "mad", -beside(0, JEG) - beside(7, FAR)),  # two occurrences are not rare
    ],
)
def test_pairs_speak_for_half(left: str | None, forms: tuple[str, str], right: str | None, expected: float) -> None:
    one = slot(WORDS, *forms)
    run = [slot(WORDS, form) for form in (left,) if form] + [one] + [slot(WORDS, form) for form in (right,) if form]
    settle(WORDS, SilentNeighbours(), run, [False] * len(run))
    assert odds(one) == pytest.approx(0.5 * expected, abs=1e-9)
    assert one.posterior == max(one.shares)
    assert one.chosen == one.shares.index(max(one.shares))


def test_triples_take_the_place_of_pairs_where_one_was_counted() -> None:
    one = slot(WORDS, "får", "far")
    settle(WORDS, SilentNeighbours(), [slot(WORDS, "jeg"), one, slot(WORDS, "mad")], [False] * 3)
    share = 1 / (1 + exp(-(LEFT + RIGHT)))
    assert odds(one) == pytest.approx(0.5 * log((15 + 6 * share) / (6 * (1 - share))))


def test_a_neighbour_that_may_be_several_words_counts_as_its_likeliest() -> None:
    one, right = slot(WORDS, "får", "far"), slot(WORDS, "mad", "ukendt", priors=[-3.0, -4.0])
    settle(WORDS, SilentNeighbours(), [one, right], [False, False])
    right_of_far = beside(7, FAR, -3.0) - beside(0, SHEEP, -3.0)
    assert odds(one) == pytest.approx(-0.5 * right_of_far)
    left = slot(WORDS, "ukendt", "jeg", priors=[-4.0, -3.0])
    one = slot(WORDS, "får", "far")
    settle(WORDS, SilentNeighbours(), [left, one], [False, False])
    assert odds(one) == pytest.approx(0.5 * LEFT)


def test_letters_and_the_neural_model_speak_too_but_not_of_names() -> None:
    says = {"får": 1.0, "far": -2.0}
    one = slot(WORDS, "får", "far", priors=[-5.0, -4.0])
    settle(WORDS, SilentNeighbours(says), [one], [False])
    assert odds(one) == pytest.approx(-1 + 0.7 * 3)
    named = slot(WORDS, "får", "far", priors=[-5.0, -4.0], named=True)
    neighbours = SilentNeighbours(says)
    settle(WORDS, neighbours, [named], [False])
    assert odds(named) == pytest.approx(-1)
    assert neighbours.asked == []
    both = [slot(WORDS, "får", "far", named=True), slot(WORDS, "får", "far")]
    settle(WORDS, neighbours, both, [False, False])
    assert [len(forms) for forms, _ in neighbours.asked] == [2]
    assert odds(both[1]) - odds(both[0]) == pytest.approx(0.7 * 3, abs=0.2)


@pytest.mark.parametrize(("ahead", "asked"), [(7.5, 1), (7.7, 0)])
def test_the_neural_model_is_asked_where_counts_leave_a_doubt(ahead: float, asked: int) -> None:
    """7.6 in logarithms are 0.9995."""
    neighbours = SilentNeighbours({"ukendt": 9.0})
    one = slot(WORDS, "får", "ukendt", priors=[-1.0, -1.0 - ahead])
    settle(WORDS, neighbours, [one, slot(WORDS, "mad")][:1], [False])
    assert len(neighbours.asked) == asked


def test_a_reading_exactly_so_sure_is_settled(monkeypatch: pytest.MonkeyPatch) -> None:
    neighbours = SilentNeighbours()
    monkeypatch.setattr("pipeline.repair.context._SETTLED", 0.5)
    settle(WORDS, neighbours, [slot(WORDS, "får", "far")], [False])
    assert neighbours.asked == []


def test_readings_that_are_all_most_unlikely_are_weighed_too() -> None:
    one = slot(WORDS, "får", "far", priors=[-400.0, -401.0])
    settle(WORDS, SilentNeighbours(), [one], [False])
    assert odds(one) == pytest.approx(1)
    one = slot(WORDS, "hår", "hør", priors=[-400.0, -401.0])
    settle(WORDS, SilentNeighbours(), [slot(WORDS, "jeg"), one, slot(WORDS, "mad")], [False] * 3)
    share = 1 / (1 + exp(-1))
    assert odds(one) == pytest.approx(0.5 + 0.5 * log(6 * share / (15 + 6 * (1 - share))))


def test_a_place_has_four_neighbours_on_each_side_in_its_paragraph() -> None:
    run = [slot(WORDS, f"ord{n}") for n in range(12)]
    windows = {}
    for place in range(12):
        for starts in ((), (3,), (8,)):
            neighbours = SilentNeighbours()
            slots = [*run[:place], slot(WORDS, "får", "far"), *run[place + 1 :]]
            settle(WORDS, neighbours, slots, [n in starts for n in range(12)])
            ((_, asked),) = neighbours.asked
            assert asked[0] == asked[1]
            windows[place, starts] = " ".join(asked[0]).replace("ord", "")
    s = "<s>"
    assert windows[0, ()] == f"{s} {s} {s} {s} 1 2 3 4"
    assert windows[3, ()] == f"{s} 0 1 2 4 5 6 7"
    assert windows[5, ()] == "1 2 3 4 6 7 8 9"
    assert windows[11, ()] == f"7 8 9 10 {s} {s} {s} {s}"
    assert windows[5, (3,)] == f"{s} {s} 3 4 6 7 8 9"
    assert windows[3, (3,)] == f"{s} {s} {s} {s} 4 5 6 7"
    assert windows[2, (3,)] == f"{s} {s} 0 1 {s} {s} {s} {s}"
    assert windows[5, (8,)] == f"1 2 3 4 6 7 {s} {s}"


def test_a_slot_begins_with_its_likeliest_reading() -> None:
    one = slot(WORDS, "får")
    assert (one.chosen, one.posterior, one.shares, one.named) == (0, 1.0, [1.0], False)
    assert one.paired == []  # nothing is to be chosen
    two = Slot(
        WORDS,
        [Candidate("får", -3.0, 0.0, 0.0, "lexicon"), Candidate("far", 0.0, 0.0, 0.0, "lexicon")],
        [-1.0, -2.0],
        named=False,
    )
    assert two.chosen == 1
    assert (two.numbers, two.totals) == ([-1, -1], [0.0, 0.0])  # before the lexicon is asked
    assert slot(WORDS, "får", "far").chosen == 0


def test_likely_readings_the_likeliest_first_the_chosen_one_too() -> None:
    one = slot(WORDS, "får", "far", "mad", "dør")
    one.shares, one.chosen = [0.2, 0.5, 0.25, 0.05], 1
    assert [reading.form for reading in one.likely(0.05)] == ["far", "mad", "får", "dør"]
    assert [reading.form for reading in one.likely(0.25)] == ["far", "mad"]
    assert one.likely(0.6) == []
