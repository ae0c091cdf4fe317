"""The damage gate: which lines are sound, damaged, written without Danish letters, or in another language."""

from math import exp, inf, log

import pytest
from made_lexicon import LEXICON

from pipeline.errors import ConfigurationError
from pipeline.repair.candidates import Candidate
from pipeline.repair.gate import Foreign, State, _common, _likeliest, _log_sum, _price, _without_strays
from pipeline.repair.stage import _damage, _knowledge, _runs, _stretches
from pipeline.repair.tokens import Token, tokenise
from pipeline.values import Span

STATES = {"s": State.SOUND, "d": State.DAMAGED, "t": State.TRANSLITERATED, "f": State.FOREIGN}


def states(letters: str) -> list[State]:
    return [STATES[letter] for letter in letters]


DANISH = "Mødet på rådhuset blev udsat."
DAMAGED = "Formanden bgd velkommen til mgdet om gkonomi og arsregnskab."
WRITTEN = "Vi moedtes paa raadhuset."
SWEDISH = "Styrelsen beslutade att planen ska gälla och att alla ska få den."
NORWEGIAN = "Styret vedtok saken, og det ble ikke noen innvendinger etter det."
ENGLISH = "The board of the club was late."
MARKS = "12,5 %"
SOUND = (0, -20, -20, -20)  # what a line says that is sound Danish beyond doubt


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([DANISH], "s"),
        ([DAMAGED], "d"),
        ([WRITTEN], "t"),
        ([SWEDISH], "f"),
        ([ENGLISH], "f"),
        ([MARKS], "s"),
        ([], ""),
        ([DANISH, MARKS, DANISH], "sss"),
        ([DAMAGED, MARKS, DAMAGED], "ddd"),  # a line that says nothing goes with its neighbours
        ([DAMAGED, "Referat", DAMAGED], "ddd"),
        ([DANISH, DAMAGED, DANISH], "sds"),
        ([DANISH, DANISH, DAMAGED, DAMAGED], "ssdd"),
        ([DANISH, "Min far bar sagen.", DANISH], "sss"),
        ([DAMAGED, SWEDISH, DAMAGED], "dfd"),
        ([*[NORWEGIAN] * 3, DAMAGED], "fffs"),  # among more lines of Norwegian what looks damaged is so too
        ([*[NORWEGIAN] * 2, DAMAGED, DAMAGED], "ffdd"),
        ([*[ENGLISH] * 3, DAMAGED], "fffd"),
    ],
)
def test_lines_and_their_states(lines: list[str], expected: str) -> None:
    known = _knowledge(LEXICON)
    for _ in range(2):  # the second time the words are known
        assert known.gate.explain(tokenise("\n".join(lines), known.abbreviations), len(lines)) == states(expected)


def test_only_words_speak() -> None:
    known = _knowledge(LEXICON)
    gate = type(known.gate)(known.words, known.damaged, known.written, Foreign(["en: the"]))
    for text, says in (("ø", True), ("4ø", False), ("&", False)):
        gate._kept = dict.fromkeys(("ø", "4ø", "&"), (0.0, 9.0, 0.0, 0.0))
        (state,) = gate.explain([Token(0, 1, text, 0, False, False, False, False)], 1)
        assert (state is State.DAMAGED) == says
    (state,) = gate.explain([Token(0, 1, "&", 0, True, False, False, False)], 1)
    assert state is State.DAMAGED  # a sign that may be a letter is a word


def test_words_are_remembered_until_they_are_too_many() -> None:
    known = _knowledge(LEXICON)
    gate = type(known.gate)(known.words, known.damaged, known.written, Foreign(["en: the"]))
    gate._kept = dict.fromkeys(map(str, range(100_000)), (0.0,))
    gate._token("mgdet")
    assert len(gate._kept) == 100_001
    gate._token("gkonomi")
    assert list(gate._kept) == ["gkonomi"]


def test_a_change_from_one_line_to_the_next_has_a_price() -> None:
    prices = {one + other: _price(STATES[one], STATES[other]) for one in STATES for other in STATES}
    assert prices == {
        **dict.fromkeys(("ss", "dd", "tt", "ff"), 0.0),
        **dict.fromkeys(("sd", "st", "sf", "ds", "ts", "fs", "dt", "td"), -6.0),
        **dict.fromkeys(("df", "fd", "tf", "ft"), -12.0),  # another language is not followed by damaged Danish
    }


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        ([(0, 2.9, 4.9, 1.4)], "s"),  # before anything is read most text is sound
        ([(0, 3.1, 4.9, 1.4)], "d"),
        ([(0, 2.9, 5.1, 1.4)], "t"),
        ([(0, 2.9, 4.9, 1.6)], "f"),
        ([SOUND, (0, 12.1, 0, 0), SOUND], "sds"),
        ([SOUND, (0, 11.9, 0, 0), SOUND], "sss"),
        ([SOUND, (0, 6.1, 0, 0)], "sd"),
        ([SOUND, (0, 5.9, 0, 0)], "ss"),
        ([(0, 9.1, 0, 0), (0, 0, 0, 0), (0, 9.1, 0, 0)], "ddd"),
        ([(0, 9.1, 0, 0), (0, -5.9, 0, 0), (0, 9.1, 0, 0)], "ddd"),
        ([(0, 20, 0, 0), (0, -12.1, -30, 0), (0, 20, 0, 0)], "dsd"),
        ([(0, 20, 0, 0), (0, -30, -30, 23.9), (0, 20, 0, 0)], "dfd"),
        ([(0, 20, 0, 0), (0, -30, -30, 11.9), (0, 20, 0, 0)], "dsd"),
        ([], ""),
    ],
)
def test_the_likeliest_states_of_lines(scores: list[tuple[float, ...]], expected: str) -> None:
    assert _likeliest(scores) == states(expected)


@pytest.mark.parametrize(
    ("given", "kin", "expected"),
    [("sdtf", 2, "sdtf"), ("sdtf", 3, "sssf"), ("ff", 2, "ff"), ("ds", 0, "ds"), ("ds", 1, "ds"), ("tsf", 2, "ssf")],
)
def test_among_more_lines_akin_to_danish_none_is_damaged(given: str, kin: int, expected: str) -> None:
    assert _without_strays(states(given), kin) == states(expected)


def test_everyday_words_of_the_neighbours() -> None:
    foreign = Foreign(["sv: och på ä är", "de: und groß och"])
    assert (foreign.names, foreign.languages) == (["sv", "de"], 2)
    assert foreign.shares("och") == [log(0.05 / 2), log(0.05 / 4)]
    assert foreign.shares("pa") == foreign.shares("på") == [log(0.05 / 3), -inf]  # as an English model reads it
    assert foreign.shares("ar") == [log(0.05 / 5), -inf]
    assert foreign.shares("gross") == foreign.shares("groß") == [-inf, log(0.05 / 3)]
    assert foreign.shares("the") is None
    assert Foreign(["nb: i i"]).shares("i") == [log(0.05 / 2)]  # the better rank of two
    assert Foreign(["nb: vær", "da: üéèêåäöø"]).shares("vaer") == [log(0.05 / 2), -inf]
    assert Foreign(["nb: üéèêåäöø"]).shares("ueeeaaoo") == [log(0.05 / 2)]


def test_languages_are_lines_of_a_file_that_are_no_comment(tmp_path: str) -> None:
    with pytest.raises(ConfigurationError, match="gone"):
        Foreign.read(LEXICON.directory / "gone.txt")
    assert set(Foreign.read(LEXICON.directory / "repair" / "foreign.txt").names) >= {"en", "sv", "nb", "nn", "de", "nl"}


def test_readings_together_are_as_likely_as_their_sum() -> None:
    readings = [Candidate("a", -1.0, -2.0, -3.0, "x"), Candidate("b", -2.0, -9.0, -1.0, "x")]
    assert _log_sum(readings) == pytest.approx(log(exp(-3) + exp(-3)))
    assert _log_sum([Candidate("a", -900.0, -1.0, -1.0, "x")]) == pytest.approx(-901)
    assert _common(readings)
    assert not _common(readings[1:])
    assert _common([Candidate("a", 0.0, -1.0, -1.0, "x")])


@pytest.mark.parametrize(
    ("source", "given", "stretches"),
    [
        ("ab\ncd\n\nef", "ddsd", [(0, 5), (7, 9)]),
        ("ab\ncd\nef", "sds", [(3, 5)]),
        ("ab\ncd\nef", "dsd", [(0, 2), (6, 8)]),
        ("ab\ncd", "tf", []),
        ("", "d", [(0, 0)]),
        ("\n\n", "ddd", [(0, 2)]),
    ],
)
def test_damaged_stretches_are_whole_lines(source: str, given: str, stretches: list[tuple[int, int]]) -> None:
    assert _stretches(source, states(given)) == [Span(*one) for one in stretches]


def test_runs_are_neighbouring_lines_in_one_damaged_state() -> None:
    tokens = [Token(0, 0, str(line), line, True, False, False, False) for line in (0, 0, 1, 2, 3, 4, 5, 6)]
    runs = [[token.text for token in run] for run in _runs(tokens, states("ddsdtfd"))]
    assert runs == [["0", "0", "1"], ["3"], ["4"], ["6"]]
    assert list(_runs(tokens[:2], states("s"))) == []


@pytest.mark.parametrize(
    ("source", "given", "repaired", "damaged", "reason"),
    [
        ("mgde", "d", True, True, "Danish letters lost throughout: 0 æøå among 4 letters"),
        ("moede", "t", True, True, "written with ae, oe and aa throughout: 0 æøå among 5 letters"),
        ("moede\nmgde", "td", True, True, "Danish letters lost throughout: 0 æøå among 9 letters"),
        ("på\nmgde", "sd", True, True, "Danish letters lost in parts, 1 of 2 lines: 1 æøå among 6 letters"),
        (
            "a\n" * 10,
            "d" * 9 + "ss",
            True,
            True,
            "Danish letters lost in parts, 9 of 10 lines: 0 æøå among 10 letters",
        ),
        ("a\n" * 11, "d" * 10 + "ss", True, True, "Danish letters lost throughout: 0 æøå among 11 letters"),
        (
            "mgde\n\n",
            "dss",
            True,
            True,
            "Danish letters lost throughout: 0 æøå among 4 letters",
        ),
        ("mgde", "d", False, False, "no evidence of damage: 0 æøå among 4 letters"),
        ("på", "s", True, False, "clean: 1 æøå among 2 letters"),
        ("4 %", "s", False, False, "no letters"),
        ("the", "f", False, False, "not Danish: 0 æøå among 3 letters"),
        ("the\nog", "fs", False, False, "no evidence of damage: 0 æøå among 5 letters"),
        ("the\nof\nog", "ffs", False, False, "not Danish: 0 æøå among 7 letters"),
    ],
)
def test_what_is_told_of_the_damage(source: str, given: str, repaired: bool, damaged: bool, reason: str) -> None:
    found = _damage(source, states(given), tokenise(source), repaired=repaired)
    assert (found.damaged, found.reason) == (damaged, reason)
    letters = sum(map(str.isalpha, source))
    assert (found.letters, found.danish_letters) == (letters, source.count("å"))


def test_abbreviations_are_those_of_the_list() -> None:
    assert {"kr.", "nr.", "pr."} <= _knowledge(LEXICON).abbreviations
    assert not any(one.startswith("#") for one in _knowledge(LEXICON).abbreviations)
