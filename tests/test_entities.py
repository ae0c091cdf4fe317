"""The network for names: what it hears, where, and the sentences that it learns from."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import ConfigurationError
from pipeline.evaluate.gold import Gold, GoldOrganisation, GoldPerson
from pipeline.find.entities import find_entities
from pipeline.lexicon import Lexicon
from pipeline.train.invented import Inventor, read_frames
from pipeline.train.labelled import UNSURE, Label, Labelled, damaged, edited, read_conllu
from pipeline.train.minutes import DEVELOP, labelled_minutes, read_minutes
from pipeline.values import Edit, Span

LEXICON = Lexicon.load()
CORPUS = Path(__file__).parent.parent / "corpus"
CHANNEL = LEXICON.directory / "repair" / "channel.tsv"
WORDS = st.lists(
    st.sampled_from(["Karen", "Holm", "fra", "KL", "gik", "\n", "  ", "Å-", "(", "Norddal", "."]), max_size=12
)


def test_offsets_count_in_the_text_over_wrapped_lines() -> None:
    text = "1. Nyt\n\nFormanden,   Karen\n  Holm, kommer fra Odense.\n"
    heard = find_entities(text, [Span(8, len(text))], LEXICON)
    assert [(" ".join(text[a:b].split()), label) for a, b, label in heard] == [("Karen Holm", "PER"), ("Odense", "LOC")]


@settings(deadline=None, max_examples=50)
@given(st.text(max_size=40) | WORDS.map(" ".join))
def test_any_text(text: str) -> None:
    for start, end, label in find_entities(text, [Span(0, len(text))], LEXICON):
        assert 0 <= start < end <= len(text)
        assert not text[start].isspace()
        assert label in {"PER", "ORG", "LOC"}


def test_a_missing_network_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="models/ner"):
        find_entities("Karen", [Span(0, 5)], Lexicon(tmp_path))


def test_names_of_a_conllu_file(tmp_path: Path) -> None:
    rows = [("1", "Ida", "B-PER"), ("2", "Dam", "I-PER"), ("3", "gik", "O"), ("4", "hjem", "O")]
    lines = ["\t".join([number, form, *"_______", f"name={name}"]) for number, form, name in rows]
    (tmp_path / "a.conllu").write_text("# text = Ida Dam gik hjem\n" + "\n".join(lines) + "\n\n", "utf-8")
    assert list(read_conllu(tmp_path / "a.conllu")) == [Labelled("Ida Dam gik hjem", (Label(0, 7, "PER"),))]


@given(st.text("aøåæÆØÅl ", max_size=30), st.integers(0, 29), st.integers(1, 9))
def test_damage_keeps_names_in_their_places(text: str, start: int, length: int) -> None:
    end = min(start + length, len(text))
    labels = (Label(start, end, "PER"),) if start < end else ()
    (after,) = damaged([Labelled(text, labels)], CHANNEL)
    assert not set("æøåÆØÅ") & set(after.text)
    assert all(0 <= label.start < label.end <= len(after.text) for label in after.labels)
    undamaged = text[:start] if not set("æøåÆØÅ") & set(text[: end + 1]) else None
    if undamaged is not None and labels:
        assert after.labels == labels


def test_edits_move_names() -> None:
    sentence = Labelled("Pa mgdet gik Sgren", (Label(13, 18, "PER"),))
    edits = [Edit(1, 2, "a", "å", "", 1), Edit(4, 5, "g", "øø", "", 1), Edit(14, 15, "g", "ø", "", 1)]
    text, (label,) = edited(sentence, edits)
    assert (text, text[label.start : label.end]) == ("På møødet gik Søren", "Søren")


def test_minutes_are_marked_by_their_gold() -> None:
    gold = Gold(
        clean="Ida Dam og ID skrev til Norddal Vand A/S.\n\nFestudvalget så på Norddal Vands bud og på foreningen.\n",
        persons=(GoldPerson(name="Ida Dam", forms=("Ida Dam", "ID")),),
        organisations=(
            GoldOrganisation(name="Norddal Vand A/S", aliases=("Norddal Vand", "foreningen")),
            GoldOrganisation(name="Festudvalget", optional=True),
        ),
    )
    found = [[(text[a:b], label) for a, b, label in labels] for text, labels in labelled_minutes(gold, LEXICON)]
    assert found == [
        [("Ida Dam", "PER"), ("ID", "PER"), ("Norddal Vand A/S", "ORG")],
        [("Festudvalget", UNSURE), ("Norddal Vands", "ORG")],
    ]


def test_minutes_without_names() -> None:
    assert list(labelled_minutes(Gold(clean="Ingen kom."), LEXICON)) == [Labelled("Ingen kom.", ())]
    assert list(labelled_minutes(Gold(), LEXICON)) == []


def test_minutes_to_develop_with_are_others() -> None:
    trained = read_minutes(CORPUS / "gold", LEXICON, first=170, last=DEVELOP - 1)
    chosen = read_minutes(CORPUS / "gold", LEXICON, first=DEVELOP, last=DEVELOP + 5)
    assert trained
    assert chosen
    assert {one.text for one in trained if len(one.text) > 60}.isdisjoint(one.text for one in chosen)


def test_what_nobody_is_sure_of_keeps_its_name() -> None:
    inventor = Inventor(LEXICON, CORPUS / "names" / "pieces.toml")
    sentence = Labelled("Festudvalget mødes", (Label(0, 12, UNSURE),))
    assert inventor.renamed(sentence, share=1.0) == sentence


def test_frames_are_filled_and_marked() -> None:
    inventor = Inventor(LEXICON, CORPUS / "names" / "pieces.toml")
    frames = list(read_frames(CORPUS / "names" / "sentences.txt"))
    assert len(frames) > 200
    for frame in frames:
        text, labels = inventor.fill(frame)
        assert "[" not in text
        assert len(labels) == sum(frame.count(f"[{slot}]") for slot in ("ORG", "ACR", "PER", "FIRST", "LOC"))
        assert all(text[label.start : label.end].strip() == text[label.start : label.end] for label in labels)
