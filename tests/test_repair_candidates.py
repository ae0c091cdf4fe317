"""What a word may have been, and how likely: with small lexicons, so that every score can be worked out by hand."""

from math import log

import pytest
from made_lexicon import (
    HEAD,
    LETTERS,
    NAME,
    ROWS,
    TAIL,
    WORD,
    Counts,
    Spells,
    made_forms,
    made_words,
    odd,
    readings,
)

from pipeline.repair.candidates import Candidate, Candidates
from pipeline.repair.letters import Letters
from pipeline.repair.speller import Spelling


def test_a_known_form_is_as_likely_as_it_is_frequent_as_a_word_and_as_a_name() -> None:
    counts = {"dag": (255.0, 0.0, 0.0, 0.0), "møde": (63.0, 7.0, 0.0, 0.0)}
    one = readings("mgde", counts)["møde"]
    assert (one.source, one.number, one.total, one.confusions) == ("lexicon", 1, 70, (("ø", "g"),))
    assert one.channel == pytest.approx(log(0.4))
    assert one.common == pytest.approx(log((63 + 0.05 * 7 + 0.02) / (255 + 63 + 7)))
    assert one.proper == pytest.approx(log((7 + 0.05 * 63 + 0.02) / (255 + 63 + 7)))


def test_the_word_as_it_stands_is_always_among_the_readings() -> None:
    one = readings("Mgde", {"møde": WORD})["mgde"]
    assert one._replace(common=0.0, proper=0.0) == ("mgde", 0.0, 0.0, 0.0, "unknown", (), -1, 0.0)
    assert (one.common, one.proper) == pytest.approx((odd("mgde"), odd("mgde")))
    assert readings("dag", {"dag": WORD}) == {"dag": readings("dag", {"dag": WORD})["dag"]}
    assert readings("dag", {"dag": WORD})["dag"].channel == 0.0
    assert readings("dag", {"dag": NAME})["dag"].source == "lexicon"
    assert readings("dag", {"dag": HEAD})["dag"].source == "unknown"


def test_a_word_with_a_sign_in_it_is_no_word() -> None:
    words = made_words({"dag": WORD})
    candidates = Candidates(words, made_forms(words, ROWS), LETTERS)
    for sign in "@&€¢|46":
        assert candidates.unknown(f"da{sign}") == pytest.approx(odd(f"da{sign}") - 8)
    assert candidates.unknown("dag") == pytest.approx(odd("dag"))


def test_a_mark_and_a_number_have_one_reading() -> None:
    words = made_words({"0": WORD, "dag": WORD})
    candidates = Candidates(words, made_forms(words, ROWS), LETTERS)
    assert candidates.mark("2026") == (Candidate("0", 0.0, -9.0, -9.0, "mark", (), 0, 1023.0),)
    assert candidates.mark("Dag2") == (Candidate("dag2", 0.0, -9.0, -9.0, "mark"),)


def test_a_form_seen_only_at_the_end_of_compounds_is_no_word() -> None:
    for counts in (WORD, NAME, HEAD):
        assert "møde" in readings("mgde", {"dag": WORD, "møde": counts})
    assert "møde" not in readings("mgde", {"dag": WORD, "møde": TAIL})


def test_six_readings_are_kept_the_likeliest_first_and_by_their_letters_where_they_are_alike() -> None:
    forms = [f"m{one}m{other}" for one in "æøå" for other in "æøå"]
    found = list(readings("mama", dict.fromkeys(forms, WORD)))
    assert found == ["måmå", "måmø", "mømå", "måmæ", "mæmå", "mømø", "mama"]


def test_nothing_longer_than_sixty_letters_is_looked_up() -> None:
    long = "g" * 60
    assert readings(long, {"dag": WORD})[long].common == pytest.approx(odd(long))
    one = readings(f"{long}G", {"dag": WORD})[f"{long}g"]
    assert one == (f"{long}g", 0.0, -100.0, -100.0, "unknown", (), -1, 0.0)


@pytest.mark.parametrize(
    ("counts", "seen", "asked"),
    [
        ({"møde": WORD}, "mgde", False),
        ({"møde": NAME}, "mgde", False),
        ({"møde": WORD}, "mdde", True),  # a far-fetched confusion settles nothing
        ({"dag": WORD}, "mgde", True),
        ({"møde": (0.01, 0, 1, 0), "x": (2.0**31, 0, 0, 0)}, "mgde", True),
    ],
)
def test_the_speller_is_asked_where_no_likely_form_is_known(counts: dict[str, Counts], seen: str, asked: bool) -> None:
    words = made_words(counts)
    speller = Spells(())
    Candidates(words, made_forms(words, ROWS), LETTERS, speller).of(seen)
    assert bool(speller.asked) == asked


@pytest.mark.parametrize(("above", "asked"), [(1.9, True), (2.1, False)])
def test_a_likely_form_is_by_two_likelier_than_a_word_that_nothing_explains(above: float, asked: bool) -> None:
    share = 0.4 * 1023.02 / 2**31  # of the form behind what is seen
    words = made_words({"møde": WORD, "x": (2.0**31 - 1024, 0, 0, 0)})

    class _Known(Letters):
        def score(self, form: str) -> float:
            return log(share) - above - log(0.002) + 0.25 * len(form)

    speller = Spells(())
    Candidates(words, made_forms(words, ROWS), _Known({}), speller).of("mgde")
    assert bool(speller.asked) == asked


def test_the_speller_has_readings_of_its_own() -> None:
    """They weigh by their odds against the word as it was read, up to 14."""
    found = readings("Vorgd", {"dag": WORD}, Spelling("vorød", 5.0), Spelling("vårgd", 3.0), Spelling("vorgd", 1.0))
    one = found["vorød"]
    assert (one.source, one.confusions) == ("spelling", (("ø", "g"),))
    assert one.channel == pytest.approx(log(0.4))
    assert one.common == one.proper == pytest.approx(odd("vorgd") + 5 - log(0.4))
    assert set(found) == {"vorød", "vorgd"}  # one that the channel does not make, and one without a Danish letter
    for gain, share in ((14.0, 14.0), (20.0, 14.0)):
        one = readings("Vorgd", {"dag": WORD}, Spelling("vorød", gain))["vorød"]
        assert one.common == pytest.approx(odd("vorgd") + share - log(0.4))
    other = readings("vgrgd", {"dag": WORD}, Spelling("vørgd", 20.0), Spelling("vgrød", 17.0))["vgrød"]
    assert other.common == pytest.approx(odd("vgrgd") + 17 - 6 - log(0.4))


@pytest.mark.parametrize(("far_fetched", "behind"), [(log(0.4), 9.0), (-6.0, 2.0)])
def test_a_form_at_the_limit_does_not_settle_a_word(
    monkeypatch: pytest.MonkeyPatch, far_fetched: float, behind: float
) -> None:
    counts: dict[str, Counts] = {"møde": WORD, "x": (2.0**27, 0.0, 0.0, 0.0)}
    words = made_words(counts)
    known = readings("mgde", counts)["møde"]

    score = known.common + known.channel
    odd = score - behind
    assert behind > 2 or odd + behind == score

    class _Odd(Candidates):
        def unknown(self, form: str) -> float:
            return odd

    monkeypatch.setattr("pipeline.repair.candidates._FAR_FETCHED", far_fetched)
    speller = Spells(())
    _Odd(words, made_forms(words, ROWS), LETTERS, speller).of("mgde")
    assert speller.asked
