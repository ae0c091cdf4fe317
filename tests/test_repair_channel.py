"""From letters that were seen to forms that were meant: the channel, the index of forms, the model of letters."""

import math
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pipeline.errors import ConfigurationError
from pipeline.installed import models
from pipeline.lexicon.words import WordCount, Words
from pipeline.repair.channel import Channel, Shape, fold, key
from pipeline.repair.forms import Forms, save_index
from pipeline.repair.gate import Foreign
from pipeline.repair.letters import Letters
from pipeline.repair.neighbours import Neighbours
from pipeline.repair.speller import Speller

CASES = tomllib.loads((Path(__file__).parent / "cases" / "repair_channel.toml").read_text("utf-8"))
CHANNEL = Channel([(meant, seen, probability) for meant, seen, probability in CASES["rows"]])


@pytest.mark.parametrize("case", CASES["align"], ids=lambda case: case["why"])
def test_alignment(case: dict[str, Any]) -> None:
    found = CHANNEL.align(case["meant"], fold(case["seen"]))
    assert found.probability == pytest.approx(case["probability"])
    assert found.confusions == tuple(map(tuple, case["confusions"]))


@pytest.mark.parametrize(
    ("meant", "seen", "probability"),
    [(meant, seen, share) for meant, strokes in CASES["strokes"].items() for seen, share in strokes.items()],
)
def test_strokes_are_read_as_one_another(meant: str, seen: str, probability: float) -> None:
    """Beside a Danish letter, far from it, and behind the letters that are skipped because nothing happens there."""
    for before, after in (("v", "tø"), ("vø", "t"), ("vendø", "t"), ("", "tø")):
        form = before + meant + after
        read = form.replace("ø", "g").replace(meant, seen, 1) if before or seen != "I" else form.replace("ø", "g")
        expected = 0.4 * (probability if before or seen != "I" else 1)
        assert CHANNEL.align(form, fold(read)).probability == pytest.approx(expected)


def test_the_likeliest_of_equal_rows_counts_and_none_is_more_than_certain() -> None:
    channel = Channel([("ø", "g", 0.2), ("ø", "G", 0.3), ("å", "a", 1.5), ("lø", "Ig", 0.1), ("ll", "IX", 0.1)])
    assert channel.rows() == {"ø": (("g", 0.3),), "å": (("a", 1.0),), "lø": (("Ig", 0.1),), "ll": (("IX", 0.1),)}
    assert channel.share(("ø", "g")) == 0.3
    assert channel.share(("ø", "a")) == channel.share(("æ", "a")) == 0.0


@pytest.mark.parametrize(
    ("token", "letters", "shape"),
    [
        ("mgde", "mgde", Shape.SMALL),
        ("Mgde", "mgde", Shape.TITLE),
        ("MGDE", "mgde", Shape.CAPITALS),
        ("I", "I", Shape.TITLE),
        ("A", "a", Shape.TITLE),
        ("@st", "@st", Shape.TITLE),
        ("s@", "s@", Shape.SMALL),
        ("vaIgT", "vaIgt", Shape.SMALL),
    ],
)
def test_fold(token: str, letters: str, shape: Shape) -> None:
    assert fold(token) == (letters, shape)


def test_shapes_are_rows_of_the_speller() -> None:
    assert [int(shape) for shape in (Shape.SMALL, Shape.TITLE, Shape.CAPITALS)] == [0, 1, 2]


# forms whose numbers are their places; "mode" has no Danish letter, so no index holds it
FORMS = ["dør", "kåte", "ød", "mode", "møde", "læge", "lege", "gøre", "åen", "overgrønlandsk", "overgrønlandske"]
RARE = Channel(
    [
        *(("ø", read, 0.02) for read in ("d", "c", "s", "gi", "ig", "")),
        *(("ø", "g", 0.4), ("æ", "ee", 0.5), ("å", "a", 0.9), ("å", "", 0.01), ("å", "ia", 0.1)),
    ]
)


@pytest.fixture
def forms(tmp_path: Path) -> Forms:
    """Stored and read back."""
    save_index(FORMS, tmp_path / "index.npz")
    words = Words(FORMS, [WordCount(10 * n, 1, 2, 3) for n in range(1, len(FORMS) + 1)], {}, {})
    return Forms.read(words, RARE, tmp_path / "index.npz")


@pytest.mark.parametrize(
    ("seen", "often", "rare"),
    [
        ("mgde", ["møde"], ["møde"]),
        ("leege", ["læge"], ["læge"]),
        ("lege", [], []),  # the key of "læge" is the same, and this channel never makes it of it
        ("mdde", [], ["møde"]),
        ("mcde", [], ["møde"]),
        ("msde", [], ["møde"]),
        ("mde", [], ["møde"]),  # no trace of it
        ("en", ["åen"], ["åen"]),  # e stands for a Danish letter too
        ("mgide", [], ["møde"]),  # an i beside it
        ("digr", [], ["dør"]),
        ("kiate", [], []),  # an i is looked for behind g and d only
        ("igd", [], []),
        ("gdre", [], ["gøre"]),
        ("mode", [], []),  # no letter of it stands for a Danish one in this channel
        ("overgdnlandsk", [], []),
        ("overgrnlandsk", [], ["overgrønlandsk"]),
        ("overgrdnlandsk", [], ["overgrønlandsk"]),  # 14 letters
        ("overgrdnlandske", [], []),  # 15
        ("overgrgnlandske", ["overgrønlandske"], ["overgrønlandske"]),
        ("", [], []),
    ],
)
def test_forms_behind_letters(forms: Forms, seen: str, often: list[str], rare: list[str]) -> None:
    for _ in range(2):  # the second time it is remembered
        assert [form.form for form in forms.behind(fold(seen), rare=False)] == often
        assert [form.form for form in forms.behind(fold(seen), rare=True)] == rare


def test_a_form_comes_with_its_counts_and_how_it_was_misread(forms: Forms) -> None:
    (form,) = forms.behind(fold("mgde"), rare=False)
    assert form.probability == forms.align("møde", fold("mgde")).probability == forms.share(("ø", "g")) == 0.4
    assert form.alignment.confusions == (("ø", "g"),)
    assert form.counts.common == pytest.approx(50, rel=0.05)


def test_the_same_forms_behind_another_channel(forms: Forms) -> None:
    other = forms.through(Channel([("ø", "oe", 1.0)]))
    assert [form.form for form in other.behind(fold("moede"), rare=True)] == ["møde"]
    assert not other.behind(fold("mgde"), rare=True)
    assert forms.behind(fold("mgde"), rare=True)


def test_forms_that_may_look_alike_come_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    names = ["zø", "møl", "mål", "mæl", "mø"]
    save_index(names, tmp_path / "index.npz")
    words = Words(names, [WordCount(1, 1, 1, 1)] * len(names), {}, {})
    forms = Forms.read(words, Channel([(letter, "a", 0.5) for letter in "æøå"]), tmp_path / "index.npz")
    assert [form.form for form in forms.behind(fold("mal"), rare=True)] == ["møl", "mål", "mæl"]


def test_keys_run_the_letters_together_that_stand_for_danish_ones() -> None:
    assert key("måøl") == key("magl") == key("mal") == "m*l"


# "ab" three times: every letter is seen three times, each context goes on in one way
def _often(share: float) -> float:
    return (3 + share) / (3 + 1)


ANY = (3 + 3 / 40) / (9 + 3)  # one of three kinds of letter, seen three times of nine
NEVER = (0 + 3 / 40) / (9 + 3)


@pytest.mark.parametrize(
    ("word", "shares"),
    [
        ("ab", [_often(_often(_often(ANY)))] * 3),
        ("xb", [NEVER / 4**3, ANY, _often(ANY)]),  # what follows a letter never seen is judged without it
        ("a", [_often(_often(_often(ANY))), ANY / 4**3]),
        ("", [ANY / 4**3]),
    ],
)
def test_letters_mix_shorter_contexts_in(tmp_path: Path, word: str, shares: list[float]) -> None:
    letters = Letters.learn([("ab", 2.0), ("ab", 1.0)])
    assert letters.score(word) == pytest.approx(sum(map(math.log, shares)))
    letters.save(tmp_path / "letters.npz")
    assert Letters.read(tmp_path / "letters.npz").score(word) == pytest.approx(letters.score(word))


def test_letters_seen_once_are_kept_and_the_most_frequent_too(tmp_path: Path) -> None:
    assert Letters.learn([("ab", 1.0)]).score("ab") > Letters.learn([("ab", 0.9)]).score("ab") == 3 * math.log(1 / 40)
    often = Letters.learn([("ab", 1e12)])
    often.save(tmp_path / "letters.npz")
    assert Letters.read(tmp_path / "letters.npz").score("ab") == pytest.approx(often.score("ab"), abs=1e-6)


def test_counts_are_stored_within_five_percent(tmp_path: Path) -> None:
    letters = Letters.learn([("ab", 2.0)])
    letters.save(tmp_path / "letters.npz")
    stored = Letters.read(tmp_path / "letters.npz")
    assert stored.score("ab") == pytest.approx(Letters.learn([("ab", 2 ** (13 / 8) - 1)]).score("ab"))


WORDS = Words(["a"], [WordCount(1, 1, 1, 1)], {}, {})
MODELS: dict[str, Callable[[Path], object]] = {
    "channel": Channel.read,
    "letters": Letters.read,
    "forms": lambda file: Forms.read(WORDS, RARE, file),
    "neighbours": lambda file: Neighbours.read(WORDS, file),
    "speller": Speller.read,
    "foreign": Foreign.read,
}


@pytest.mark.parametrize("model", MODELS)
def test_a_model_that_is_missing_is_named(tmp_path: Path, model: str) -> None:
    with pytest.raises(ConfigurationError, match=r"gone\.npz"):
        MODELS[model](tmp_path / "gone.npz")


@pytest.mark.parametrize("model", ["letters", "forms", "neighbours", "speller"])
def test_code_in_a_model_is_refused(tmp_path: Path, model: str) -> None:
    names = ("runs", "checksum_steps", "E", "numbers")
    code: Any = dict.fromkeys(names, np.array([print], dtype=object))
    np.savez(tmp_path / "model.npz", **code)
    with pytest.raises(ConfigurationError, match="allow_pickle=False"):
        MODELS[model](tmp_path / "model.npz")


@pytest.mark.parametrize(("checksums", "starts"), [([], []), ([7, 1], [0])])
def test_an_index_that_does_not_fit_is_refused(tmp_path: Path, checksums: list[int], starts: list[int]) -> None:
    np.savez(
        tmp_path / "index.npz",
        checksum_steps=np.array(checksums, dtype=np.uint32),
        start_steps=np.array(starts, dtype=np.uint16),
        numbers=np.array([0], dtype=np.uint32),
    )
    with pytest.raises(ConfigurationError, match=r"index\.npz: zip"):
        Forms.read(WORDS, RARE, tmp_path / "index.npz")


def test_the_speller_stays_finite_however_sure_it_is() -> None:
    speller = Speller.read(models() / "repair" / "speller.npz")
    assert np.exp(speller._shares("vorrehgj", 1)).sum(axis=1) == pytest.approx(1)
    speller._out = speller._out * 50
    assert all(math.isfinite(one.gain) for one in speller.spellings(fold("Vorrehgj")))
    assert np.isfinite(speller._shares("vorrehgj", 1)).all()
    assert np.exp(speller._shares("vorrehgj", 1)).sum(axis=1) == pytest.approx(1)


def test_twelve_spellings_are_followed_and_labels_below_two_percent_are_not(monkeypatch: pytest.MonkeyPatch) -> None:
    """Here the twelve likeliest keep the capital, which makes none of them a word."""
    stays, half, third = [math.log(0.9), -9.0], math.log(0.5), math.log(0.3)
    letters = [
        [*stays, -9.0, -9.0, -9.0, -9.0, -9.0],  # I, or an l
        [third, -9.0, third, third, -9.0, -9.0, -9.0],  # g, ø or å
        [half, -9.0, -9.0, half, -9.0, -9.0, -9.0],  # a or å
        [half, -9.0, half, -9.0, -9.0, -9.0, -9.0],  # o or ø
    ]
    speller = Speller.read(models() / "repair" / "speller.npz")
    monkeypatch.setattr(speller, "_shares", lambda *_: np.array(letters))
    letters[0][5] = math.log(0.021)
    assert speller._spellings(fold("Igao")) == ()
    letters[3] = [half, -9.0, -9.0, -9.0, -9.0, -9.0, -9.0]
    assert [one.form for one in speller._spellings(fold("Igao"))] == ["lgao", "lgåo", "løao"]
    letters[0][5] = math.log(0.02)
    assert speller._spellings(fold("Igao")) == ()
