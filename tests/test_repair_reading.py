"""A damaged text while it is read: names, votes of the document, its print, and words that a line end splits."""

from collections import Counter
from collections.abc import Sequence
from math import log

import pytest
from made_lexicon import Counts, SilentNeighbours, made_candidates, made_words

from pipeline.lexicon.names import NameCount, Names
from pipeline.repair.candidates import Candidate
from pipeline.repair.context import Slot
from pipeline.repair.reading import Reading, _shifts, _starts, _votes
from pipeline.repair.tokens import Token, tokenise

COUNTS: dict[str, Counts] = {
    "møde": (1023, 7, 15, 0),
    "høg": (7, 63, 0, 0),
    "og": (1023, 0, 0, 0),
    "bo": (31, 255, 0, 0),
    "ravn": (31, 31, 0, 0),
    "dag": (255, 0, 0, 0),
}
NAMES = {"Bo": NameCount(5000, 0, 0, 1000), "Ravn": NameCount(0, 900, 0, 300)}


def reading(text: str, counts: dict[str, Counts] = COUNTS, bearers: int = 0) -> list[tuple[Token, Slot]]:
    words = made_words(counts)
    read = Reading(words, SilentNeighbours(), Names({**NAMES, "Høg": NameCount(0, bearers, 0, 0)}, frozenset()))
    read.add(tokenise(text), made_candidates(words))
    return list(read.slots())


SIZE = sum(common + proper for common, proper, *_ in COUNTS.values())
AS_WORD, AS_NAME = log((1023 + 0.05 * 7 + 0.02) / SIZE), log((7 + 0.05 * 1023 + 0.02) / SIZE)


@pytest.mark.parametrize(
    ("text", "seen", "prior"),
    [
        ("og mgde", "mgde", AS_WORD),
        ("og Mgde", "Mgde", AS_NAME),  # a capital inside a sentence asks for a name
        ("Mgde", "Mgde", AS_WORD),
        ("og MODET MODE", "MODE", AS_WORD),
        ("og mgde- og", "mgde", log((15 + 0.01) / 15)),  # what it begins counts: "møde- og"
        ("og Mgde- og", "Mgde", log((15 + 0.01) / 15)),
    ],
)
def test_how_likely_a_form_is_depends_on_its_capitals(text: str, seen: str, prior: float) -> None:
    ((_, slot),) = [(token, slot) for token, slot in reading(text) if token.text == seen]
    place = [one.form for one in slot.candidates].index("møde")
    assert slot.priors[place] == pytest.approx(prior)


def test_a_form_that_begins_no_compound_is_none_before_a_hyphen() -> None:
    ((_, slot), *_) = reading("hgg- og", {**COUNTS, "hgg": (1, 0, 0, 0)})
    assert {one.form: prior for one, prior in zip(slot.candidates, slot.priors, strict=True)} == {
        "høg": pytest.approx(log(0.01 / 15)),
        "hgg": pytest.approx(log(0.01 / 15)),
    }
    ((_, slot), *_) = reading("hgg- og")
    assert slot.priors[1] == slot.candidates[1].common  # what nothing explains is as likely there as anywhere


NO, LEAST = 0.0, 2.0


@pytest.mark.parametrize(
    ("text", "bearers", "gain"),
    [
        ("Og Bo Hgg gik", 20, LEAST),
        ("Bo Hgg gik", 20, LEAST),
        ("Og Bo Hgg gik", 40, LEAST + 0.3 * log(2)),
        ("Og Bo Hgg gik", 19, NO),
        ("Og Bo Ravn Hgg gik", 20, LEAST),  # behind another part of the name
        ("Og Bo og Hgg gik", 20, NO),
        ("Og bo Hgg gik", 20, NO),
        ("Og Ravn Hgg gik", 20, NO),
        ("Og Hgg gik", 20, NO),
        ("Bo. Hgg gik", 20, NO),  # a sentence of its own
        ("OG BO HOG GIK", 20, NO),  # any word may be written in capitals there
    ],
)
def test_a_family_name_gains_behind_a_first_name(text: str, bearers: int, gain: float) -> None:
    found = reading(text, bearers=bearers)
    place = next(n for n, (token, _) in enumerate(found) if token.text in {"Hgg", "HOG"})
    slot, without = found[place][1], reading(text)[place][1]
    gains = [prior - other for prior, other in zip(slot.priors, without.priors, strict=True)]
    assert gains == [pytest.approx(gain), 0.0]
    assert slot.candidates[0].form == "høg"


def test_a_family_name_gains_nothing_where_it_is_the_first_word_or_has_one_reading() -> None:
    words = made_words(COUNTS)
    read = Reading(words, SilentNeighbours(), Names({**NAMES, "Høg": NameCount(0, 20, 0, 0)}, frozenset()))
    read.add(tokenise("Og Hgg gik")[1:], made_candidates(words))  # the line before was sound
    read.add(tokenise("Og Bo Ravn gik"), made_candidates(words))
    slots = {token.text: slot for token, slot in read.slots()}
    assert slots["Hgg"].priors[0] == slots["Hgg"].candidates[0].proper
    assert slots["Ravn"].priors == [slots["Ravn"].candidates[0].proper]


@pytest.mark.parametrize(
    ("text", "bearers", "gain"),
    [
        ("Hgg Ravn gik", 20, LEAST),
        ("Og Hgg Ravn gik", 40, LEAST + 0.3 * log(2)),
        ("Hgg Ravn gik", 19, NO),
        ("Hgg gik", 20, NO),
        ("hgg Ravn gik", 20, NO),
        ("Hgg, Ravn gik", 20, NO),
        ("Hgg RAVN gik", 20, NO),
    ],
)
def test_a_first_name_gains_before_a_capital(text: str, bearers: int, gain: float) -> None:
    def slot(bearers: int) -> Slot:
        words = made_words(COUNTS)
        read = Reading(words, SilentNeighbours(), Names({"Høg": NameCount(bearers, 0, 0, 0)}, frozenset()))
        read.add(tokenise(text), made_candidates(words))
        return next(slot for token, slot in read.slots() if token.text.lower() == "hgg")

    gains = [prior - other for prior, other in zip(slot(bearers).priors, slot(0).priors, strict=True)]
    assert gains == [pytest.approx(gain), 0.0]


def test_a_word_with_a_capital_inside_a_sentence_is_a_name() -> None:
    named = {token.text for token, slot in reading("Og Bo gik. Hgg gik med Hgg og mgde 4\nDAG OG MGDET") if slot.named}
    assert named == {"Bo", "Hgg"}
    assert [slot.named for token, slot in reading("Hgg gik. Hgg")] == [False, False, False, False]


def made_slot(
    token: str, readings: Sequence[tuple[str, str]], posterior: float, *, named: bool = False
) -> tuple[Token, Slot]:
    """A word with readings (form, what was read for its ø), of which the first was chosen."""
    candidates = [
        Candidate(form, 0.0, -1.0, -1.0, "lexicon", (("ø", seen),) if seen else ()) for form, seen in readings
    ]
    slot = Slot(made_words(COUNTS), candidates, [-1.0] * len(candidates), named=named)
    slot.chosen, slot.posterior = 0, posterior
    return Token(0, len(token), token, 0, True, False, False, False), slot


def test_the_print_of_a_document_is_learnt_from_what_is_sure() -> None:
    """Three places of one word count; 60 letters weigh as much as all other documents."""
    places = [made_slot("mgde", [("møde", "g")], 0.95)] * 4
    places += [made_slot("kgb", [("køb", "g")], 0.96), made_slot("madt", [("mødt", "a")], 0.94)]
    places += [made_slot("dag", [("dag", "")], 1.0), made_slot("hxg", [("høg", "x")], 0.99)]
    found = _shifts(places, made_candidates(made_words(COUNTS)))
    assert found == {
        ("ø", "g"): pytest.approx(log((4 + 60 * 0.4) / ((5 + 60) * 0.4))),
        ("ø", "a"): pytest.approx(log((0 + 60 * 0.3) / ((5 + 60) * 0.3))),
        ("ø", "x"): pytest.approx(log((1 + 60) / (5 + 60))),  # nothing is known of it
    }


def test_each_source_of_readings_has_its_own_print_and_what_is_settled_stays() -> None:
    words = made_words(COUNTS)
    read = Reading(words, SilentNeighbours(), Names({}, frozenset()))
    first, other = made_candidates(words), made_candidates(words)
    sure, unsure = made_slot("mgde", [("møde", "g")], 0.9999), made_slot("mgde", [("møde", "g"), ("mgde", "")], 0.99)
    elsewhere = made_slot("made", [("møde", "a")], 0.99)
    for run, own in ((sure, first), (unsure, first), (elsewhere, other)):
        read._runs.append(([run[0]], [run[1]]))
        read._sources.append(own)
    read._adapt()
    assert [one.channel for one in sure[1].candidates] == [0.0]
    assert [one.channel for one in unsure[1].candidates] == [pytest.approx(log((2 + 24) / (62 * 0.4))), 0.0]
    assert [one.channel for one in elsewhere[1].candidates] == [pytest.approx(log((1 + 18) / (61 * 0.3)))]


@pytest.mark.parametrize(
    ("form", "forms", "stems", "own", "vote"),
    [
        ("møde", {}, {}, False, 1.0),
        ("møde", {"møde": 2}, {}, False, 1 + 1.5 * 2),
        ("møde", {"møde": 2}, {"mød": 2}, True, 1 + 1.5 * 1 + 0.25 * 1),  # its own vote is not counted
        ("møde", {}, {"mød": 3}, False, 1 + 0.25 * 3),
        ("mødet", {}, {"mød": 3}, False, 1 + 0.25 * 3),
        ("mødets", {}, {"mød": 3}, False, 1.0),  # of a longer word four letters
        ("mødets", {}, {"møde": 3}, False, 1 + 0.25 * 3),
        ("mødestol", {}, {"mødest": 1, "mødes": 2, "møde": 3}, False, 1 + 0.25 * 1),  # the longest beginning speaks
        ("mødestol", {}, {"mødes": 2, "møde": 3}, False, 1 + 0.25 * 2),
        ("mødestols", {}, {"mødesto": 2}, False, 1.0),  # of six letters at most
        ("ø", {"ø": 3}, {}, False, 1.0),  # words of one or two letters have no vote
        ("øl", {"øl": 3}, {}, False, 1.0),
        ("bøl", {"bøl": 1}, {}, False, 2.5),
        ("forsamlingør", {}, {"forsamling": 2}, False, 1.0),  # the Danish letter is in the ending
        ("forsømlingen", {}, {"forsømling": 2}, False, 1 + 1.5 * 2),  # a long word with another ending is the same
        ("forsømlingen", {"forsømlingen": 3}, {"forsømling": 4, "forsøm": 5}, True, 1 + 1.5 * 3 + 0.25 * 4),
        ("forsamlingåen", {}, {"forsamlingå": 2}, False, 1 + 1.5 * 2),
        ("forsømlinge", {}, {"forsømlin": 2}, False, 1.0),  # eleven letters are not long
    ],
)
def test_votes_for_a_form(form: str, forms: dict[str, int], stems: dict[str, int], own: bool, vote: float) -> None:
    assert _votes(form, Counter(forms), Counter(stems), own=own) == pytest.approx(log(vote))


def test_who_votes() -> None:
    """Words that are sure, for themselves and for those that begin alike; those in doubt are told."""
    words = made_words(COUNTS)
    read = Reading(words, SilentNeighbours(), Names({}, frozenset()))
    mark = Candidate("mød", 0, 0, 0, "mark")
    told = {
        "doubtful": made_slot("mgde", [("møde", "g"), ("mgde", "")], 0.89),
        "sure of itself": made_slot("mgde", [("møde", "g"), ("mgde", "")], 0.9),
        "settled": made_slot("mgde", [("møde", "g"), ("mgde", "")], 0.999),
        "alone": made_slot("møde", [("møde", "")], 0.9),
        "long": made_slot("forsgmlingen", [("forsømlingen", "g"), ("x", "")], 0.5),
        "longer": made_slot("forsgmlingerne", [("forsømlingerne", "g"), ("x", "")], 0.5),
        "as long": made_slot("forsømlinger", [("forsømlinger", "")], 0.9),
        "not so long": made_slot("forsgmlinge", [("forsømlinge", "g"), ("x", "")], 0.95),
        "without a Danish letter": made_slot("forsamlinger", [("forsamlinger", ""), ("forsamlingen", "")], 0.95),
        "seldom": made_slot("mgs", [("møs", "g"), ("mødre", "g")], 0.5),
        "a mark": (Token(0, 1, "4", 0, False, False, False, False), Slot(words, [mark], [0.0], named=False)),
    }
    read._runs.append(([token for token, _ in told.values()], [slot for _, slot in told.values()]))
    read._vote()
    gains = {who: [prior + 1 for prior in slot.priors] for who, (_, slot) in told.items()}
    sure = 3  # places that are sure of it
    assert gains == {
        "doubtful": [pytest.approx(log(1 + 1.5 * sure + 0.25 * sure)), 0.0],
        "sure of itself": [pytest.approx(log(1 + 1.5 * (sure - 1) + 0.25 * (sure - 1))), 0.0],
        "settled": [0.0, 0.0],
        "alone": [0.0],
        "long": [pytest.approx(log(1 + 1.5 * 1 + 0.25 * 2)), 0.0],
        "longer": [pytest.approx(log(1 + 1.5 * 1 + 0.25 * 2)), 0.0],
        "as long": [0.0],
        "not so long": [pytest.approx(log(1 + 0.25 * 1)), 0.0],
        "without a Danish letter": [pytest.approx(log(1 + 0.25 * 2)), pytest.approx(log(1 + 0.25 * 1))],
        "seldom": [0.0, pytest.approx(log(1 + 0.25 * sure))],
        "a mark": [1.0],
    }


@pytest.mark.parametrize(("times", "gain"), [(2, 0.0), (3, 10.0)])
def test_one_person_is_named_alike_everywhere(times: int, gain: float) -> None:
    words = made_words(COUNTS)
    read = Reading(words, SilentNeighbours(), Names({}, frozenset()))

    def named(middle: Sequence[tuple[str, str]]) -> tuple[list[Token], list[Slot]]:
        places = [made_slot("Bo", [("bo", "")], 1.0)]
        places += [made_slot("Hgg", middle, 0.5, named=True), made_slot("Ravn", [("ravn", "")], 1.0, named=True)]
        return [token for token, _ in places], [slot for _, slot in places]

    runs = [named([("høg", "g"), ("hgg", "")]) for _ in range(times)] + [named([("hag", ""), ("høg", "a")])]
    tokens, slots = named([("høg", "g"), ("hgg", "")])
    runs.append(([tokens[0]._replace(text="bo"), *tokens[1:]], slots))
    runs += [named([("hår", "")]) for _ in range(3)] + [named([("hør", "g"), ("hår", "a")])]
    read._runs += runs
    read._vote_on_names()
    assert [run[1][1].priors for run in runs[:times]] == [[-1.0 + gain, -1.0]] * times
    assert runs[times][1][1].priors == [-1.0, -1.0 + gain]
    assert slots[1].priors == [-1.0, -1.0]  # a small letter before it: no name
    assert runs[-1][1][1].priors == [-1.0, -1.0]  # one that has one reading tells nothing


def test_where_a_paragraph_begins() -> None:
    """At the start of a sentence that is the first on its line."""
    tokens = tokenise("Og vi.\nOg en lang linje, der bliver ved og\nved. Og\n\nnu")
    assert [token.text for token, starts in zip(tokens, _starts(tokens), strict=True) if starts] == ["Og", "Og", "nu"]
