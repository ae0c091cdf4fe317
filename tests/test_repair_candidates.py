"""What a word may have been, and how likely: with small lexicons, so that every score can be worked out by hand."""

from collections.abc import Sequence
from math import log

import pytest

from pipeline.repair.candidates import Candidate, Candidates
from pipeline.repair.channel import Folded
from pipeline.repair.letters import Letters
from pipeline.repair.speller import Speller, Spelling
from tests.made_lexicon import Counts, made_forms, made_words

ROWS = [("ø", "g", 0.4), ("ø", "a", 0.3), ("ø", "d", 0.002), ("ø", "", 0.01), ("Ø", "O", 0.3)]
ROWS += [("æ", "ee", 0.5), ("æ", "a", 0.1), ("å", "a", 0.9), ("å", "&", 0.5)]
SHARES = {(meant, seen): share for meant, seen, share in ROWS}
WORD, NAME, HEAD, TAIL = (1023.0, 0.0, 0.0, 0.0), (0.0, 255.0, 0.0, 0.0), (0.0, 0.0, 15.0, 0.0), (0.0, 0.0, 0.0, 31.0)
LETTERS = Letters.learn([("møde", 9.0), ("udvalg", 5.0)])


class _Spells(Speller):
    """Gives every word these spellings, and remembers that it was asked."""

    def __init__(self, spellings: Sequence[Spelling]) -> None:
        self.asked: list[str] = []

        def answer(seen: Folded) -> tuple[Spelling, ...]:
            self.asked.append(seen.letters)
            return tuple(spellings)

        self.spellings = answer  # type: ignore[assignment]


def readings(seen: str, counts: dict[str, Counts], *spellings: Spelling) -> dict[str, Candidate]:
    words = made_words(counts)
    found = Candidates(words, made_forms(words, ROWS), LETTERS, _Spells(spellings) if spellings else None).of(seen)
    return {one.form: one for one in found}


def odd(form: str) -> float:
    """log P of a word that nothing explains: two in a thousand are, and a letter costs a quarter above its share."""
    return log(0.002) + LETTERS.score(form) - 0.25 * len(form)


def sources(seen: str, counts: dict[str, Counts], *spellings: Spelling) -> dict[str, str]:
    return {form: one.source for form, one in readings(seen, counts, *spellings).items()}


def test_a_known_form_is_as_likely_as_it_is_frequent_as_a_word_and_as_a_name() -> None:
    counts = {"dag": (255.0, 0.0, 0.0, 0.0), "møde": (63.0, 7.0, 0.0, 0.0)}
    one = readings("mgde", counts)["møde"]
    assert (one.source, one.number, one.total, one.confusions) == ("lexicon", 1, 70, (("ø", "g"),))
    assert one.channel == pytest.approx(log(0.4))
    assert one.common == pytest.approx(log((63 + 0.05 * 7 + 0.02) / (255 + 63 + 7)))
    assert one.proper == pytest.approx(log((7 + 0.05 * 63 + 0.02) / (255 + 63 + 7)))


def test_the_word_as_it_stands_is_always_among_the_readings() -> None:
    one = readings("Mgde", {"møde": WORD})["mgde"]
    assert one == ("mgde", 0.0, pytest.approx(odd("mgde")), pytest.approx(odd("mgde")), "unknown", (), -1, 0.0)
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
    speller = _Spells(())
    Candidates(words, made_forms(words, ROWS), LETTERS, speller).of(seen)
    assert bool(speller.asked) == asked


@pytest.mark.parametrize(("above", "asked"), [(1.9, True), (2.1, False)])
def test_a_likely_form_is_by_two_likelier_than_a_word_that_nothing_explains(above: float, asked: bool) -> None:
    share = 0.4 * 1023.02 / 2**31  # of the form behind what is seen
    words = made_words({"møde": WORD, "x": (2.0**31 - 1024, 0, 0, 0)})

    class _Known(Letters):
        def score(self, form: str) -> float:
            return log(share) - above - log(0.002) + 0.25 * len(form)

    speller = _Spells(())
    Candidates(words, made_forms(words, ROWS), _Known({}), speller).of("mgde")
    assert bool(speller.asked) == asked


COMPOUNDS: dict[str, Counts] = {
    "skole": (0.0, 0.0, 15.0, 0.0),
    "have": (0.0, 0.0, 7.0, 0.0),
    "møde": (0.0, 0.0, 0.0, 31.0),
    "dør": (31.0, 0.0, 0.0, 15.0),
    "sø": (0.0, 0.0, 0.0, 7.0),
    "ø": (0.0, 0.0, 0.0, 7.0),
    "å": (0.0, 0.0, 0.0, 1.0),
    "år": (0.0, 0.0, 0.0, 1.0),
    "bi": (0.0, 0.0, 63.0, 0.0),
    "hus": (3.0, 0.0, 3.0, 0.0),
    "tøj": (1.0, 0.0, 1.0, 0.0),
    "mål": (1023.0, 0.0, 0.0, 0.0),
    "lang": (1.0, 0.0, 0.0, 0.0),
}
HEADS, TAILS = 15 + 7 + 63 + 3 + 1, 31 + 15 + 7 + 7 + 1 + 1
TWO = log(0.006)
THREE = TWO + log(0.05)


@pytest.mark.parametrize(
    ("seen", "form", "score"),
    [
        ("skolemgde", "skolemøde", TWO + log(15 / HEADS) + log(31 / TAILS)),
        ("skolehavemgde", "skolehavemøde", THREE + log(15 / HEADS) + log(7 / HEADS) + log(31 / TAILS)),
        ("skolesg", "skolesø", TWO + log(15 / HEADS) + log(7 / TAILS)),  # a tail of two letters
        ("hussgr", None, 0.0),
        ("hussg", None, 0.0),  # five letters are too few
        ("skoleg", None, 0.0),  # so is one for a tail
        ("skolear", None, 0.0),  # two that seldom end a compound
        ("bimgde", None, 0.0),  # and two for a head
        ("skoledgr", "skoledør", TWO + log(15 / HEADS) + log((15 + 0.01 * 31) / TAILS)),  # an everyday word
        ("skolemal", "skolemål", TWO + log(15 / HEADS) + log(0.01 * 50 / TAILS) + log(0.9 / 0.9)),  # up to fifty times
        ("husmgde", "husmøde", TWO + log((3 + 0.01 * 3) / HEADS) + log(31 / TAILS)),
        ("tgjmgde", "tøjmøde", TWO + log(1 / HEADS) + log(31 / TAILS)),  # no everyday word
        ("langmgde", "langmøde", TWO + log(0.01 / HEADS) + log(31 / TAILS)),  # longer words need be none
    ],
)
def test_compounds(seen: str, form: str | None, score: float) -> None:
    found = {one.form: one for one in readings(seen, COMPOUNDS).values() if one.source == "compound"}
    if form is None:
        assert not found
        return
    one = found[form]
    assert one.common == one.proper == pytest.approx(score)
    title = readings(seen.title(), COMPOUNDS)[form]
    assert (title.common, title.proper) == (pytest.approx(score), pytest.approx(score - 0.5))  # it is seldom a name
    assert one.channel == pytest.approx(sum(log(SHARES[confusion]) for confusion in one.confusions))


def test_compounds_in_capitals_are_misread_as_capitals_are() -> None:
    assert readings("SKOLEMODE", COMPOUNDS)["skolemøde"].confusions == (("Ø", "o"),)
    assert readings("SKOLEHAVEMODE", COMPOUNDS)["skolehavemøde"].confusions == (("Ø", "o"),)
    assert "skolemøde" not in readings("Skolemode", COMPOUNDS)
    assert "skolehavemøde" not in readings("Skolehavemode", COMPOUNDS)


def test_a_letter_that_left_no_trace_is_believed_in_known_words_only() -> None:
    assert "skolemøde" not in readings("skolemde", COMPOUNDS)
    assert "skolemøde" in readings("skolemde", {**COMPOUNDS, "skolemøde": WORD})


def test_a_word_of_a_list_is_no_compound() -> None:
    assert sources("skolemgde", {**COMPOUNDS, "skolemøde": (0.1, 0.0, 0.0, 0.0), "x": (2.0**31, 0, 0, 0)}) == {
        "skolemøde": "lexicon",
        "skolemgde": "unknown",
    }


GLUED: dict[str, Counts] = {
    "i": WORD,
    "og": WORD,
    "vi": WORD,
    "at": WORD,
    "de": WORD,
    "ter": WORD,
    "til": WORD,
    "å": WORD,
    "så": WORD,
    "igen": WORD,
    "sjov": (255.0, 0, 0, 0),
    "x": (2.0**25 - 1, 0, 0, 0),
}
SIZE = 10 * 1023 + 255 + 2**25 - 1
EACH = log(1023 / SIZE)


@pytest.mark.parametrize(
    ("seen", "form", "score"),
    [
        ("tili", "til i", 2 * EACH + log(0.0005 * 10)),
        ("itil", "i til", 2 * EACH + log(0.0005 * 10)),
        ("ogigen", "og igen", 2 * EACH + log(0.0005)),
        ("Ogigen", "og igen", 2 * EACH + log(0.0005)),
        ("ogsa", "og så", 2 * EACH + log(0.0005 * 0.9)),
        ("sai", "så i", 2 * EACH + log(0.0005 * 10 * 0.9)),
        ("atde", "at de", 2 * EACH + log(0.0005)),
        ("devi", "de vi", 2 * EACH + log(0.0005)),
        ("ide", "i de", 2 * EACH + log(0.0005 * 10)),
        ("ia", None, 0.0),  # two letters are too few
        ("vii", None, 0.0),  # a number
        ("is&", None, 0.0),  # a sign in it
        ("ogsjov", None, 0.0),  # no everyday word
        ("tilog", None, 0.0),  # the small word comes first, but for "i"
        ("xtil", None, 0.0),
        ("i", None, 0.0),
    ],
)
def test_two_words_that_lost_their_blank(seen: str, form: str | None, score: float) -> None:
    found = [one for one in readings(seen, GLUED).values() if one.source == "blank"]
    assert [one.form for one in found] == ([form] if form else [])
    for one in found:
        assert (one.channel, one.common, one.proper) == (0.0, pytest.approx(score), pytest.approx(score))


@pytest.mark.parametrize(
    ("seen", "times", "form"),
    [
        ("itil", 2 ** (33 / 8) - 1, "i til"),  # log P = -14.56
        ("itil", 2 ** (34 / 8) - 1, None),  # log P = -14.46: a word as it stands
        ("atter", 0.0, "at ter"),
        ("atter", 1.0, None),  # a listed word is kept, where none of the two is "i"
        ("igen", 1.0, None),
    ],
)
def test_a_rare_word_may_be_two(seen: str, times: float, form: str | None) -> None:
    counts = {**GLUED, seen: (times, 0.0, 0.0, 0.0)}
    assert [one.form for one in readings(seen, counts).values() if one.source == "blank"] == ([form] if form else [])


@pytest.mark.parametrize(
    ("seen", "form", "share"),
    [
        ("mediem", "medlem", 0.0003),
        ("frined", "frihed", 0.0003),
        ("lndeks", "indeks", 0.0001),
        ("verdlg", "verdjg", 0.0005),
        ("vaigt", "valgt", 0.0003),
        ("vaig", None, 0.0),  # four letters are too few
        ("valgt", None, 0.0),  # nothing to mend
        ("taibe", None, 0.0),  # one occurrence is not enough
        ("vaig4", None, 0.0),
    ],
)
def test_a_letter_misread_that_is_not_danish(seen: str, form: str | None, share: float) -> None:
    counts: dict[str, Counts] = dict.fromkeys(("medlem", "frihed", "indeks", "verdjg", "valgt", "valg", "valg4"), WORD)
    counts |= {"talbe": (1.0, 0.0, 0.0, 0.0), "x": (2.0**25 - 1, 0.0, 0.0, 0.0)}
    found = [one for one in readings(seen, counts).values() if one.source == "letter"]
    assert [one.form for one in found] == ([form] if form else [])
    for one in found:
        assert one.channel == pytest.approx(log(share))
        assert one.common == pytest.approx(log(1023.02 / (7 * 1023 + 1 + 2**25 - 1)))


def test_twice_seen_is_enough_for_a_misread_letter() -> None:
    assert "talbe" in readings("taibe", {"talbe": (2.1, 0.0, 0.0, 0.0)})


def test_the_speller_has_readings_of_its_own() -> None:
    """They weigh by their odds against the word as it was read, up to 14."""
    found = readings("Vorgd", {"dag": WORD}, Spelling("vorød", 5.0), Spelling("vårgd", 3.0), Spelling("vorgd", 1.0))
    one = found["vorød"]
    assert (one.source, one.confusions, one.channel) == ("spelling", (("ø", "g"),), pytest.approx(log(0.4)))
    assert one.common == one.proper == pytest.approx(odd("vorgd") + 5 - log(0.4))
    assert set(found) == {"vorød", "vorgd"}  # one that the channel does not make, and one without a Danish letter
    for gain, share in ((14.0, 14.0), (20.0, 14.0)):
        one = readings("Vorgd", {"dag": WORD}, Spelling("vorød", gain))["vorød"]
        assert one.common == pytest.approx(odd("vorgd") + share - log(0.4))
    other = readings("vgrgd", {"dag": WORD}, Spelling("vørgd", 20.0), Spelling("vgrød", 17.0))["vgrød"]
    assert other.common == pytest.approx(odd("vgrgd") + 17 - 6 - log(0.4))


@pytest.mark.parametrize(
    ("seen", "form", "spellings", "doubt"),
    [
        ("skolemgde", "skolemøde", [], 3.0),  # it is not written: half of six
        ("skolemgde", "skolemøde", [Spelling("skolemøde", 9.0)], 0.0),
        ("skolemgde", "skolemøde", [Spelling("skolemøde", 7.0), Spelling("skølemøde", 9.0)], 1.0),
        ("skolemgde", "skolemøde", [Spelling("skolemøde", -7.0)], 3.0),
        ("skolemgde", "skolemøde", [Spelling("skolemøde", -2.0)], 1.0),
        ("skolehave", "skolehave", [Spelling("skølehave", 4.0)], 2.0),  # as it was read it has no gain
        ("skolehave", "skolehave", [Spelling("skølehave", 9.0)], 3.0),
        ("skolehave", "skolehave", [Spelling("skølehave", -4.0)], 0.0),
    ],
)
def test_compounds_that_the_speller_does_not_write_are_less_likely(
    seen: str, form: str, spellings: list[Spelling], doubt: float
) -> None:
    counts = {**COMPOUNDS, "have": (0.0, 0.0, 7.0, 3.0)}
    words = made_words(counts)
    forms = made_forms(words, ROWS)
    alone = next(one for one in Candidates(words, forms, LETTERS).of(seen) if one.form == form)
    one = next(one for one in Candidates(words, forms, LETTERS, _Spells(spellings)).of(seen) if one.form == form)
    assert one.source == "compound"
    assert (one.common, one.proper) == (pytest.approx(alone.common - doubt), pytest.approx(alone.proper - doubt))
