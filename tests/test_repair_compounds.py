"""Readings that no list has: compounds, two words without their blank, a letter misread that is not Danish."""

from math import log

import pytest
from made_lexicon import LETTERS, ROWS, SHARES, WORD, Counts, Spells, made_forms, made_words, readings

from pipeline.repair.candidates import Candidates
from pipeline.repair.speller import Spelling

COMPOUNDS: dict[str, Counts] = {
    "skole": (0.0, 0.0, 15.0, 0.0),
    "have": (0.0, 0.0, 7.0, 0.0),
    "møde": (0.0, 0.0, 0.0, 31.0),
    "dør": (31.0, 0.0, 0.0, 15.0),
    "sø": (63.0, 0.0, 0.0, 7.0),
    "ø": (0.0, 0.0, 0.0, 7.0),
    "å": (0.0, 0.0, 0.0, 1.0),
    "år": (0.0, 0.0, 0.0, 1.0),
    "æg": (0.0, 0.0, 0.0, 3.0),
    "høst": (0.0, 0.0, 7.0, 0.0),
    "bi": (0.0, 0.0, 63.0, 0.0),
    "hus": (3.0, 0.0, 3.0, 0.0),
    "tøj": (1.0, 0.0, 1.0, 0.0),
    "mål": (1023.0, 0.0, 0.0, 0.0),
    "lang": (1.0, 0.0, 0.0, 0.0),
}
HEADS, TAILS = 15 + 7 + 7 + 63 + 3 + 1, 31 + 15 + 7 + 7 + 1 + 1 + 3
TWO = log(0.006)
THREE = TWO + log(0.05)


@pytest.mark.parametrize(
    ("seen", "form", "score"),
    [
        ("skolemgde", "skolemøde", TWO + log(15 / HEADS) + log(31 / TAILS)),
        ("skolehavemgde", "skolehavemøde", THREE + log(15 / HEADS) + log(7 / HEADS) + log(31 / TAILS)),
        ("skolesg", "skolesø", TWO + log(15 / HEADS) + log(7 / TAILS)),  # a tail of two letters, however frequent
        ("skolehgstmgde", "skolehøstmøde", THREE + log(15 / HEADS) + log(7 / HEADS) + log(31 / TAILS)),
        ("hussgr", None, 0.0),
        ("hussg", None, 0.0),  # five letters are too few
        ("skoleg", None, 0.0),  # so is one for a tail
        ("skolear", None, 0.0),  # two that seldom end a compound
        ("skolehavesg", "skolehavesø", THREE + log(15 / HEADS) + log(7 / HEADS) + log(7 / TAILS)),
        ("skoleeeg", "skoleæg", TWO + log(15 / HEADS) + log(3 / TAILS)),  # and three that do it often enough
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
    assert (title.common, title.proper) == pytest.approx((score, score - 0.5))  # it is seldom a name
    assert one.channel == pytest.approx(sum(log(SHARES[confusion]) for confusion in one.confusions))


def test_three_forms_are_tried_for_each_part() -> None:
    tails: dict[str, Counts] = dict.fromkeys(("mål", "møl", "mal", "mæl"), (0.0, 0.0, 0.0, 7.0))
    found = readings("skolemal", {"skole": (0.0, 0.0, 15.0, 0.0), **tails})
    assert [form for form, one in found.items() if one.source == "compound"] == ["skolemal", "skolemål", "skolemøl"]


def test_the_six_likeliest_compounds_are_kept() -> None:
    parts: dict[str, Counts] = dict.fromkeys(("mål", "møl", "mal", "mæl"), (0.0, 0.0, 7.0, 7.0))
    found = [form for form, one in readings("malmal", parts).items() if one.source == "compound"]
    assert found == ["malmal", "malmål", "målmal", "målmål", "malmøl", "mølmal"]


@pytest.mark.parametrize(("above", "parts"), [(0.0, 2), (0.01, 3)])
def test_a_third_part_is_looked_for_where_two_are_less_likely_than_nothing(above: float, parts: int) -> None:
    words = made_words({**COMPOUNDS, "havetøj": (0.0, 0.0, 0.0, 1.0), "tøj": (0.0, 0.0, 0.0, 1023.0)})
    two = TWO + log(15 / words.heads) + log(0.4 / words.tails)
    three = THREE + log(15 / words.heads) + log(7 / words.heads) + log(0.4 * 1023 / words.tails)
    assert three > two

    class _Odd(Candidates):
        def unknown(self, form: str) -> float:
            return two + above

    found = _Odd(words, made_forms(words, ROWS[:1]), LETTERS).of("skolehavetgj")
    likeliest = next(one for one in found if one.form == "skolehavetøj")
    assert likeliest.common + likeliest.channel == pytest.approx({2: two, 3: three}[parts])


def test_compounds_in_capitals_are_misread_as_capitals_are() -> None:
    assert readings("SKOLEMODE", COMPOUNDS)["skolemøde"].confusions == (("Ø", "o"),)
    assert readings("SKOLEHOSTMODE", COMPOUNDS)["skolehøstmøde"].confusions == (("Ø", "o"), ("Ø", "o"))
    assert "skolemøde" not in readings("Skolemode", COMPOUNDS)
    assert "skolehøstmøde" not in readings("Skolehostmode", COMPOUNDS)


def test_a_letter_that_left_no_trace_is_believed_in_known_words_only() -> None:
    assert "skolemøde" not in readings("skolemde", COMPOUNDS)
    assert "skolemøde" in readings("skolemde", {**COMPOUNDS, "skolemøde": WORD})


def test_a_word_of_a_list_is_no_compound() -> None:
    found = readings("skolemgde", {**COMPOUNDS, "skolemøde": (0.1, 0.0, 0.0, 0.0), "x": (2.0**31, 0, 0, 0)})
    assert {form: one.source for form, one in found.items()} == {"skolemøde": "lexicon", "skolemgde": "unknown"}


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
        assert (one.channel, one.common, one.proper) == pytest.approx((0.0, score, score))


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


def test_a_word_just_as_rare_as_two_that_lost_their_blank(monkeypatch: pytest.MonkeyPatch) -> None:
    counts = {**GLUED, "itil": (2 ** (33 / 8) - 1, 0.0, 0.0, 0.0)}
    monkeypatch.setattr("pipeline.repair.candidates._RARE", readings("itil", counts)["itil"].common)
    assert "i til" in readings("itil", counts)


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


def test_twice_seen_is_enough_for_a_misread_letter(monkeypatch: pytest.MonkeyPatch) -> None:
    counts: dict[str, Counts] = {"talbe": (2.1, 0.0, 0.0, 0.0)}
    assert "talbe" in readings("taibe", counts)
    monkeypatch.setattr("pipeline.repair.candidates._LEAST_MISREAD", made_words(counts).count("talbe"))
    assert "talbe" in readings("taibe", counts)


def test_a_word_just_as_frequent_as_an_everyday_word_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.repair.candidates._EVERYDAY_WORD", 1023.0)
    assert "til i" in readings("tili", GLUED)


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
    one = next(one for one in Candidates(words, forms, LETTERS, Spells(spellings)).of(seen) if one.form == form)
    assert one.source == "compound"
    assert (one.common, one.proper) == pytest.approx((alone.common - doubt, alone.proper - doubt))
