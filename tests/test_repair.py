"""Repair: damaged words come back, everything else is left alone, and the edits are the whole truth."""

import json
import tomllib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from made_lexicon import LEXICON

from pipeline import Document
from pipeline.document import apply_edits
from pipeline.evaluate.repairs import score_repair
from pipeline.repair import repair
from pipeline.repair.reading import Reading
from pipeline.repair.stage import _knowledge
from pipeline.repair.tokens import tokenise

CASES: dict[str, list[dict[str, str]]] = tomllib.loads(
    (Path(__file__).parent / "cases" / "repair.toml").read_text("utf-8")
)
CORPUS = Path(__file__).parent.parent / "corpus"
SHARED = Path(__file__).parent.parent.parent / "shared"
PAGES = SHARED / "ocr" / "pairs" / "heldclean_libsans150.jsonl"
MODELS = Path(__file__).parent.parent / "models"


def repaired(text: str) -> str:
    return repair(Document(id="a", source=text), LEXICON).text


def _cases(table: str) -> list[Any]:
    return [pytest.param(case["text"], case.get("becomes"), id=case["text"][:40]) for case in CASES[table]]


@pytest.mark.parametrize(("text", "becomes"), _cases("wild"))
def test_wild(text: str, becomes: str) -> None:
    assert repaired(text) == becomes


@pytest.mark.parametrize(("text", "becomes"), _cases("negative"))
def test_negative(text: str, becomes: None) -> None:
    assert repaired(text) == text


@pytest.mark.parametrize(("text", "becomes"), _cases("known_failure"))
@pytest.mark.xfail(strict=True)
def test_known_failure(text: str, becomes: str) -> None:
    assert repaired(text) == becomes


@pytest.mark.parametrize("path", sorted(CORPUS.glob("gold/*.clean.txt")), ids=lambda path: path.stem)
def test_clean_minutes_come_out_as_they_went_in(path: Path) -> None:
    document = repair(Document(id="a", source=path.read_text("utf-8")), LEXICON)
    assert not document.edits
    assert document.damage is not None
    assert not document.damage.damaged
    assert document.damage.reason.startswith("clean")


@pytest.mark.parametrize("path", sorted(CORPUS.glob("gold/*.clean.txt"))[:6], ids=lambda path: path.stem)
def test_a_second_pass_makes_no_edit(path: Path) -> None:
    source = (CORPUS / "inbox" / path.name.replace(".clean", "")).read_text("utf-8")
    once = repaired(source)
    assert once != source
    assert repaired(once) == once


def test_half_damaged_minutes_are_repaired_where_they_are_damaged() -> None:
    paths = sorted(CORPUS.glob("gold/*.clean.txt"))
    clean = paths[0].read_text("utf-8")
    damaged = (CORPUS / "inbox" / paths[1].name.replace(".clean", "")).read_text("utf-8")
    document = repair(Document(id="a", source=f"{clean}\n\n{damaged}"), LEXICON)
    assert document.text.startswith(clean)
    assert len(document.edits) > 50
    assert document.damage is not None
    assert "in parts" in document.damage.reason


def test_what_was_doubtful_is_told_with_its_alternative() -> None:
    source = (CORPUS / "inbox" / "18-med-udvalg.txt").read_text("utf-8")
    document = repair(Document(id="a", source=source), LEXICON)
    notices = [notice for notice in document.notices if notice.code == "doubtful-word"]
    assert notices
    assert all(document.text[notice.start : notice.end] in notice.message for notice in notices)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300))
@example("12026 p4 |")
@example("@@@@ &&&& IIIIg")
def test_edits_replay_on_any_text(text: str) -> None:
    document = repair(Document(id="a", source=text), LEXICON)
    assert apply_edits(text, document.edits) == document.text
    assert all(0 < edit.confidence <= 1 and edit.rule for edit in document.edits)
    assert all(edit.before != edit.after for edit in document.edits)


DAMAGED_WORDS = [
    "mgdet",
    "Sgrensen",
    "pa",
    "far",
    "gkonomi",
    "aendring",
    "Iggsning",
    "kl@bet",
    "NIS2",
    "12026",
    "|",
    "s&",
]


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.sampled_from([*DAMAGED_WORDS, "og", "det", "er", "udvalget", ".", "\n", "a@b.dk", "kr."]), max_size=40)
)
def test_protected_words_are_never_changed(words: list[str]) -> None:
    text = " ".join(words)
    document = repair(Document(id="a", source=text), LEXICON)
    assert apply_edits(text, document.edits) == document.text
    for protected in ("NIS2", "a@b.dk", "kr."):
        assert document.text.count(protected) == text.count(protected)


@pytest.mark.parametrize(
    "text", ["AAAA " * 40_000, "a" * 200_000, "gagaga" * 30_000, "x@ " * 60_000, "1 2026 a\n" * 20_000, "I" * 100_000]
)
def test_time_is_linear_on_hostile_text(text: str) -> None:
    assert repaired(text[:200_000])  # a hang would run into the time limit of the whole suite


def test_print_is_learnt_from_the_document() -> None:
    """Where ø is read as g throughout, one read as a is less likely than over all documents."""
    known = _knowledge(LEXICON)
    words = "mgde lgsning gkonomi stgtte drgftet spgrge kgb mgder fgrste lgbende gnske bgrn made"
    tokens = tokenise(words)
    read = Reading(known.words, known.neighbours, LEXICON.names)
    read.add(tokens, known.damaged)
    before = {one.form: one.channel for one in known.damaged.of("made")}
    read.settle()
    after = {one.form: one.channel for token, slot in read.slots() if token.text == "made" for one in slot.candidates}
    assert after["møde"] < before["møde"]


def test_models_of_repair_are_small_and_hold_no_code() -> None:
    files = [file for room in ("repair", "words") for file in (MODELS / room).iterdir()]
    assert sum(file.stat().st_size for file in files) < 20e6
    for file in files:
        if file.suffix == ".npz":
            with np.load(file, allow_pickle=False) as arrays:
                assert all(arrays[name].dtype != object for name in arrays.files)


@pytest.mark.skipif(
    not SHARED.is_dir(), reason="the texts kept for testing lie beside the checkout of the authors only"
)
def test_clean_text_that_no_model_saw_is_left_alone() -> None:
    lines = [
        line
        for file in sorted((SHARED / "data" / "text").glob("*.txt"))
        for number, line in enumerate(file.read_text("utf-8").split("\n"))
        if number % 160 == 7  # of the lines that training leaves out one in ten
    ]
    assert len(lines) > 1000
    for start in range(0, len(lines), 25):
        text = "\n".join(lines[start : start + 25])
        assert repaired(text) == text


@pytest.mark.skipif(
    not PAGES.is_file(), reason="the pages kept for testing lie beside the checkout of the authors only"
)
def test_pages_kept_for_testing() -> None:
    figures = [
        score_repair(page["eng"], repaired(page["eng"]), page["truth"])
        for page in map(json.loads, PAGES.read_text("utf-8").splitlines())
    ]
    total = figures[0]
    for one in figures[1:]:
        total = total.plus(one)
    rates = total.rates()
    assert rates["wer_cut"] >= 0.98
    assert rates["good_words_broken_per_10k"] <= 2


def test_a_text_in_another_language_is_pointed_out() -> None:
    source = "Nämnden beslutade att godkänna planen och att den ska gälla från och med maj."
    notices = repair(Document(id="a", source=source), LEXICON).notices
    assert [notice.code for notice in notices] == ["not-danish"]
