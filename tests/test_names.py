"""Names in running text: cases in tests/cases/names.toml, properties, and the lexicon behind them."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from case_tables import text_and_finds
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import ConfigurationError
from pipeline.find.names import find_names
from pipeline.lexicon import Lexicon
from pipeline.lexicon.names import Names, Roles

LEXICON = Lexicon.load()
TEXT = "Ole Bang van der Ploeg P.H. KL og ( ) - Dam- holm Hans 4. maj Vej A/S"
WORDS = st.sampled_from([*re.findall(r"\S+", TEXT), "\n"])


@pytest.mark.parametrize(("text", "finds"), text_and_finds("names"))
def test_names_in_text(text: str, finds: list[str]) -> None:
    assert [mention.name for mention in find_names(text, LEXICON)] == finds


@given(st.text() | st.lists(WORDS).map(" ".join))
def test_mentions_stand_in_the_text_and_do_not_overlap(text: str) -> None:
    found = find_names(text, LEXICON)
    for mention in found:
        assert 0 <= mention.start < mention.end <= len(text)
        assert mention.name.split()[0][0] == text[mention.start]
        assert 0 < mention.confidence <= 1
    assert all(left.end <= right.start for left, right in pairwise(found))


def test_mention_leaves_the_genitive_out() -> None:
    text = "Gerdas og Jens' forslag"
    assert [text[m.start : m.end] for m in find_names(text, LEXICON)] == ["Gerda", "Jens"]


@pytest.mark.parametrize(
    ("word", "group"),
    [
        ("formand", "chair"),
        ("Formanden", "chair"),
        ("næstformandens", "deputy_chair"),
        ("socialdirektør", "staff"),
        ("teknisk chef", "staff"),
        ("Kasserer", "treasurer"),
        ("suppleant", "substitute"),
        ("havnen", None),
        ("", None),
    ],
)
def test_roles(word: str, group: str | None) -> None:
    assert LEXICON.roles.group(word) == group


@given(st.text())
def test_roles_take_any_text(text: str) -> None:
    LEXICON.roles.group(text)


def test_wrong_rows_are_named(tmp_path: Path) -> None:
    (tmp_path / "names.tsv").write_text("Ole\tmange\n", encoding="utf-8")
    with pytest.raises(ConfigurationError, match="Ole"):
        Names.read(tmp_path)
    with pytest.raises(ConfigurationError, match=r"roles\.tsv"):
        Roles.read(tmp_path / "roles.tsv")
