"""What becomes of settled words: when one is changed, in which letters it is written, where the edits stand."""

import tomllib
from pathlib import Path
from typing import Any, cast

import pytest
from made_lexicon import made_words

from pipeline.document import apply_edits
from pipeline.lexicon import Rule
from pipeline.lexicon.rules import Example
from pipeline.repair.calibration import Calibration
from pipeline.repair.candidates import Candidate
from pipeline.repair.context import Slot
from pipeline.repair.edits import doubts, edits
from pipeline.repair.reading import Reading
from pipeline.repair.strokes import mend_strokes
from pipeline.repair.tokens import Token
from pipeline.values import Edit, Span

CASES = tomllib.loads((Path(__file__).parent / "cases" / "repair_edits.toml").read_text("utf-8"))
WORDS = made_words({form: (common, proper, 0, 0) for form, (common, proper) in CASES["counts"].items()})
AS_SAID = Calibration([(0.0, 0.0), (1.0, 1.0)])


class _Settled:
    """A text whose words are settled."""

    words = WORDS

    def __init__(self, *places: tuple[Token, Slot]) -> None:
        self.places = places

    def slots(self) -> tuple[tuple[Token, Slot], ...]:
        return self.places


def settled(*places: tuple[Token, Slot]) -> Reading:
    return cast(Reading, _Settled(*places))


def place(case: dict[str, Any], start: int = 0) -> tuple[Token, Slot]:
    candidates = [Candidate(form, channel, 0.0, 0.0, source) for form, source, channel, _ in case["readings"]]
    slot = Slot(WORDS, candidates, [0.0] * len(candidates), named=case.get("named", False))
    slot.chosen = 0
    slot.shares = [share for *_, share in case["readings"]]
    slot.posterior = slot.shares[0]
    text = case["text"]
    first, shouted = case.get("first", False), case.get("shouted", False)
    return Token(
        start, start + len(text), text, 0, case.get("word", True), first, False, shouted, case.get("titled", False)
    ), slot


@pytest.mark.parametrize("case", CASES["case"], ids=lambda case: f"{case['why']}: {case['text']}")
def test_a_settled_word(case: dict[str, Any]) -> None:
    made = tuple(edits(settled(place(case, start=3)), AS_SAID))
    assert apply_edits(f"og {case['text']} og", made) == f"og {case['becomes']} og"
    for edit in made:
        assert edit.before[:1] != edit.after[:1]  # letters that stay are no part of it
        assert edit.before[-1:] != edit.after[-1:]
        assert edit.rule == case["readings"][0][1]


def test_an_edit_is_as_sure_as_the_calibration_says() -> None:
    made = place({"text": "mgdet", "readings": [["mødet", "lexicon", 0.0, 0.654321], ["x", "unknown", 0.0, 0.34]]})
    calibration = Calibration([(0.0, 0.0), (1.0, 0.5)])
    assert list(edits(settled(made), calibration)) == [Edit(1, 2, "g", "ø", "lexicon", 0.3272)]


@pytest.mark.parametrize(
    ("said", "right"), [(0.2, 0.3), (0.5, 0.3), (0.6, 0.35), (0.9, 0.5), (0.95, 0.7), (1.0, 0.9), (1.5, 0.9)]
)
def test_calibration_is_a_line_through_points(said: float, right: float) -> None:
    assert Calibration([(0.5, 0.3), (0.9, 0.5), (1.0, 0.9)]).of(said) == pytest.approx(right)


@pytest.mark.parametrize(
    ("text", "before", "after", "becomes"),
    [
        ("mgder-\nnes", "mgdernes", "mødernes", "møder-\nnes"),
        ("møder-\nngs", "møderngs", "mødernøs", "møder-\nnøs"),
        ("leegep-\nleegen", "leegepleegen", "lægeplægen", "lægep-\nlægen"),
        ("hg-\ngste", "hggste", "høgste", "hø-\ngste"),
        ("hg-\ngste", "hggste", "hgøste", "hg-\nøste"),
        ("hg-\nste", "hgste", "hgøste", "hgø-\nste"),  # what comes at the split comes before it
        ("hle-\neste", "hleeste", "hlæste", "hlæ-\nste"),
        ("hle-\neg", "hleeg", "hlæø", "hle-\neg"),  # what is changed on both sides at once is left alone
    ],
)
def test_edits_of_a_word_that_a_line_end_splits_stay_on_their_side(
    text: str, before: str, after: str, becomes: str
) -> None:
    token, slot = place({"text": before, "readings": [[after, "compound", 0.0, 1.0], ["x", "unknown", 0.0, 0.0]]})
    split = text.index("-")
    start = 3
    gap = (start + split, start + split + 2)
    token = token._replace(start=start, end=start + len(text), gap=gap)
    made = tuple(edits(settled((token, slot)), AS_SAID))
    assert apply_edits(f"og {text} og", made) == f"og {becomes} og"


def doubtful(text: str, *readings: tuple[str, float], start: int = 0, word: bool = True) -> tuple[Token, Slot]:
    rows = [[form, "lexicon", 0.0, share] for form, share in readings]
    return place({"text": text, "readings": rows, "word": word}, start)


@pytest.mark.parametrize(
    ("readings", "told"),
    [
        ((("får", 0.7), ("før", 0.3)), "“får” may be “før”"),
        ((("får", 0.75), ("før", 0.25)), "“får” may be “før”"),
        ((("får", 0.76), ("før", 0.24)), None),
        ((("får", 0.7), ("før", 0.2)), None),
        ((("får", 0.5), ("fær", 0.25), ("før", 0.25)), "“får” may be “fær” or “før”"),
        ((("far", 0.7), ("får", 0.3)), "“far” may be “får”"),
    ],
)
def test_a_word_in_doubt_is_told(readings: tuple[tuple[str, float], ...], told: str | None) -> None:
    seen = "far" if any(form == "far" for form, _ in readings) else "fxr"
    read = settled(doubtful(seen, *readings))
    notices = list(doubts(read, list(edits(read, AS_SAID))))
    assert [notice.message for notice in notices] == ([told] if told else [])


def test_doubts_count_in_the_repaired_text_and_the_most_doubtful_comes_first() -> None:
    source = "leege fxr leege fxrst og fxl"
    read = settled(
        place({"text": "leege", "readings": [["læge", "lexicon", 0.0, 1.0], ["x", "unknown", 0.0, 0.0]]}),
        doubtful("fxr", ("får", 0.6), ("før", 0.4), start=6),
        place({"text": "leege", "readings": [["læge", "lexicon", 0.0, 1.0], ["x", "unknown", 0.0, 0.0]]}, 10),
        doubtful("fxrst", ("fårst", 0.5), ("først", 0.45), start=16),
        doubtful("fxl", ("får", 0.5), ("føl", 0.5), start=25, word=False),
    )
    made = tuple(edits(read, AS_SAID))
    text = apply_edits(source, made)
    notices = list(doubts(read, made))
    assert [(text[notice.start : notice.end], notice.code) for notice in notices] == [
        ("fårst", "doubtful-word"),
        ("får", "doubtful-word"),
    ]


@pytest.mark.parametrize(
    ("changed", "told"),
    [((8, 9), (15, 18)), ((9, 10), (15, 18)), ((10, 11), (10, 18)), ((12, 13), (10, 18)), ((13, 14), (10, 13))],
)
def test_a_doubt_is_where_the_edits_before_it_move_it(changed: tuple[int, int], told: tuple[int, int]) -> None:
    read = settled(doubtful("fxr", ("får", 0.6), ("før", 0.4), start=10))
    (notice,) = doubts(read, [Edit(*changed, "x", "x five", "lexicon", 0.9)])
    assert (notice.start, notice.end) == told


def test_twenty_doubts_are_told_at_most() -> None:
    read = settled(*(doubtful("fxr", ("får", 0.6), ("før", 0.4), start=4 * n) for n in range(25)))
    assert len(list(doubts(read, ()))) == 20


def rule(name: str, pattern: str, value: str | None = "I") -> Rule:
    return Rule(name=name, pattern=pattern, confidence=0.9, value=value, examples=(Example(text="", finds=""),))


@pytest.mark.parametrize(
    ("patterns", "places"),
    [
        (["a(?P<seen>l)b", "c(?P<seen>l)d"], [(1, 2), (4, 5)]),
        (["a(?P<seen>l)b", "(?P<seen>lb)"], [(1, 2)]),  # the first rule first
        (["a(?P<seen>l)b", "(?P<seen>b)"], [(1, 2)]),
        (["(?P<seen>b)", "a(?P<seen>l)b"], [(2, 3)]),
        (["(?P<seen>l)"], [(1, 2), (4, 5)]),
        (["(?P<seen>a)", "(?P<seen>b)"], [(0, 1), (2, 3)]),
        (["(?P<seen>d)", "(?P<seen>c)"], [(5, 6), (3, 4)]),
    ],
)
def test_strokes_do_not_touch_one_another(patterns: list[str], places: list[tuple[int, int]]) -> None:
    source = "albcld"
    made = list(mend_strokes(source, [Span(0, 6)], [rule(str(n), pattern) for n, pattern in enumerate(patterns)]))
    assert [(edit.start, edit.end) for edit in made] == places
    assert all(source[edit.start : edit.end] == edit.before and edit.after == "I" for edit in made)


def test_strokes_are_mended_in_damaged_stretches_only_and_may_go() -> None:
    (edit,) = mend_strokes("l l l", [Span(2, 3)], [rule("gone", "(?P<seen>l)", value=None)])
    assert edit == Edit(2, 3, "l", "", "gone", 0.9)
