"""Arbitrary, damaged, cut and shuffled text through every stage, and every rule's pattern in linear time."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import regex
from fuzz.one_input import hold, take
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from linear_time import NOISE, assert_linear, cpu_seconds
from made_document import FRAGMENTS, made

from pipeline.document import Document
from pipeline.extract.checks.checks import check_items
from pipeline.extract.checks.consistency import check_consistency
from pipeline.extract.decisions.decisions import find_decisions
from pipeline.extract.passages import passages
from pipeline.lexicon import Lexicon, Rule
from pipeline.records import to_minutes
from pipeline.repair import repair
from pipeline.segment.gapped import without_gaps
from pipeline.segment.stray import without_strays
from pipeline.values import (
    AgendaItem,
    Attendee,
    DateValue,
    Meeting,
    Person,
    Recommendation,
    Section,
    Span,
    Statement,
)

ROOT = Path(__file__).parents[1]
LEXICON = Lexicon.load()
PAGES = [path.read_text("utf-8") for path in sorted((ROOT / "corpus" / "inbox").glob("*.txt"))[::6]]
ODD = ["\0", "\ufeff", "\u200b", "\u0301", "\u202e", "\ud7ff", "𝔐", "ﬁ", "İ", "ß", "\x85", "\r", "\v", "١٢", "²"]
DIGITS = ["٠١٢٣٤٥٦٧٨٩", "０１２３４５６７８９", "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗", "⁰¹²³⁴⁵⁶⁷⁸⁹", "⓪①②③④⑤⑥⑦⑧⑨"]
r"""Digits for Python's `\d` and `int`, for one of them, and for neither."""

LETTERS = ["iİ", "iı", "Iİ", "sſ", "k\u212a", "åÅ", "eé", "-‑", " \u00a0", "ff\ufb00"]


@st.composite
def spoilt(draw: st.DrawFn) -> str:
    """A stretch of a page, its lines cut, doubled, shuffled or joined, and odd characters strewn in."""
    lines = draw(st.sampled_from(PAGES)).split("\n")
    start = draw(st.integers(0, len(lines) - 1))
    lines = lines[start : start + draw(st.integers(1, 40))]
    chance = random.Random(draw(st.integers(0, 2**16)))  # noqa: S311
    if draw(st.booleans()):
        chance.shuffle(lines)
    lines = [line[: chance.randrange(len(line) + 1)] if chance.random() < 0.1 else line for line in lines]
    text = draw(st.sampled_from(["\n", "\n", "\n", " ", "\r\n", "\f"])).join(lines)
    for _ in range(draw(st.integers(0, 6))):
        place = chance.randrange(len(text) + 1)
        text = text[:place] + chance.choice([*ODD, *FRAGMENTS]) + text[place + chance.randrange(3) :]
    return text


anything = st.one_of(st.text(max_size=300), st.lists(st.sampled_from([*ODD, *FRAGMENTS])).map(" ".join), spoilt())
slow = settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@slow
@given(anything)
def test_every_stage_takes_any_text(text: str) -> None:
    hold(Document(id="a", source=text))


@pytest.mark.parametrize(("share", "digits"), list(enumerate(DIGITS)))
def test_digits_of_other_scripts_are_taken(share: int, digits: str) -> None:
    votes = "1. Skuret\nVedtaget med 23 stemmer for og 1 imod, 4 undlod at stemme.\n\n2. Eventuelt\nIntet.\n"
    for text in (votes, *PAGES[share :: len(DIGITS)]):
        hold(Document(id="a", source=text.translate(str.maketrans("0123456789", digits))))


@pytest.mark.parametrize(("share", "pair"), list(enumerate(LETTERS)))
def test_letters_that_patterns_take_for_others_are_taken(share: int, pair: str) -> None:
    """A pattern that asks for no case finds "Tİ stemmer" and "ſøndag"; what looks them up must know them, too."""
    words = "1. Skuret\nVedtaget med ti stemmer for, seks imod. Tirsdag den 6. april kl. 12.\n\n2. Eventuelt\n"
    for text in (words, *PAGES[share % 4 :: 4]):
        hold(Document(id="a", source=text.replace(pair[:-1], pair[-1])))


@pytest.mark.parametrize("page", PAGES[:4])
def test_repaired_text_has_nothing_to_repair(page: str) -> None:
    once = repair(Document(id="a", source=page), LEXICON)
    assert once.edits
    assert not repair(Document(id="a", source=once.text), LEXICON).edits


@slow
@given(spoilt())
def test_repairing_again_undoes_nothing(text: str) -> None:
    once = repair(Document(id="a", source=text), LEXICON)
    again = repair(Document(id="a", source=once.text), LEXICON)
    before = {edit.before for edit in once.edits}
    assert not [edit for edit in again.edits if edit.after in before and edit.before in {e.after for e in once.edits}]


RULES = [
    pytest.param(rule, id=f"{path.stem}-{rule.name}")
    for path in sorted((LEXICON.directory / "rules").glob("*.toml"))
    for rule in LEXICON.rules(path.stem)
]
LENGTH, LIMIT = 20_000, 3.0
"""Characters of hostile text, and how much longer twice of it may take."""


def _hostile(rule: Rule) -> list[str]:
    example = rule.examples[0].text
    words = " ".join(regex.findall(r"\w+", example)) + " "
    half = example[: len(example) // 2] or "e"
    return [
        example,
        f"{example}\n",
        words,
        half,
        "a",
        "A",
        " ",
        "1",
        "1.",
        "\n",
        " \n",
        "- ",
        "Aa ",
        "a,",
        "(",
        "æ-",
    ]


@pytest.mark.parametrize("rule", RULES)
def test_patterns_take_linear_time(rule: Rule) -> None:
    def search(text: str) -> None:
        for _ in rule.regex.finditer(text, timeout=20):
            pass

    for piece in _hostile(rule):
        quarter = piece * (LENGTH // 4 // len(piece))
        if cpu_seconds(partial(search, quarter)) >= NOISE / 16:  # else even a quadratic one is below the noise
            assert_linear(search, lambda size, _, quarter=quarter: quarter * size, 4, 2, LIMIT)  # type: ignore[misc]


def test_a_text_without_full_stops_is_read_in_pieces() -> None:
    document = made("bestyrelsen vedtog at male og " * 1000)
    found = passages(document.text, document.items)
    assert max(len(passage.flat) for passage in found) <= 5000
    assert "".join(passage.flat for passage in found).replace(" ", "") == document.text.replace(" ", "")


def _crowded(size: int, n: int = 0) -> Document:
    """So many items, each with a person present, their statement, a recommendation, a decision and a date."""
    line = f"Ida Holm foreslog den 3. maj at male {n}. Vedtaget.\n"
    places = [len(line) * n for n in range(size)]
    found: dict[str, Any] = {"rule": "made", "confidence": 1.0}
    return Document(
        id="crowded",
        source=line * size,
        meeting=Meeting(
            date="2026-05-12", present=tuple(Attendee(start=at, end=at + 8, name=f"Ida {at}", **found) for at in places)
        ),
        items=tuple(
            AgendaItem(
                start=at,
                end=at + len(line),
                number=str(n),
                title="Sagen",
                kind=None,
                heading=Span(at, at),
                sections=(Section("other", None, at, at + len(line)),),
                **found,
            )
            for n, at in enumerate(places)
        ),
        persons=tuple(Person(f"Ida {at}", mentions=(Span(at, at + 8),)) for at in places),
        dates=tuple(
            DateValue(start=at + 22, end=at + 28, iso="2026-05-03", granularity="day", **found) for at in places
        ),
        statements=tuple(
            Statement(start=at, end=at + 37, item=n, speaker=f"Ida {at}", act="proposed", organisation=None, **found)
            for n, at in enumerate(places)
        ),
        recommendations=tuple(Recommendation(start=at, end=at + 37, item=n, **found) for n, at in enumerate(places)),
    )


@pytest.mark.parametrize(
    "step",
    [
        to_minutes,
        lambda document: list(check_items(document, LEXICON)),
        lambda document: list(check_consistency(document, LEXICON)),
        lambda document: find_decisions(document, LEXICON),
    ],
    ids=["records", "checks", "consistency", "decisions"],
)
def test_many_values_take_linear_time(step: Callable[[Document], object]) -> None:
    assert_linear(step, _crowded, 1000, 4, limit=8)


@pytest.mark.parametrize("path", sorted((ROOT / "tests" / "fuzz" / "corpus").iterdir()), ids=lambda path: path.name)
def test_what_fuzzing_starts_from_and_found(path: Path) -> None:
    take(path.read_bytes())


def test_all_states_of_a_document_have_one_text() -> None:
    """What is remembered for a text is found at once where it is the same string, and letter by letter where equal."""
    source = "Bestyrelsen drgftede regnskabet pa mgdet og besluttede at vente."
    before = repair(Document(id="a", source=source), LEXICON)
    after = replace(before, notices=())
    assert before.edits
    assert after.text is before.text


def test_segment_looks_at_the_text_itself_where_nothing_is_mended() -> None:
    """What is remembered of a text is found by itself at once, and by an equal text in a time that grows with it."""
    text = "Referat af møde den 6. maj 2025\n\nTil stede: Ib Holst\n\n1. Valg\nIntet.\n" * 200
    assert without_gaps(without_strays(text)) is text
