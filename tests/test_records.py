"""The contract: every key is there, every value is grounded, the schema is the contract's."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import Document, Lexicon, process
from pipeline.document import apply_edits
from pipeline.records import STREAMS, Minutes, rows, to_minutes
from pipeline.records.page import contract_page
from pipeline.records.schema import json_schema

LEXICON = Lexicon.load()
SAMPLE = """Referat af møde i Havneudvalget den 4. marts 2025

Til stede: Åse Brink (Havnestyrelsen), formand, Jørn Ravn (KL)
Afbud: Pia Østergaard

1. Ny kaj (B)

Åse Brink (Havnestyrelsen) oplyste, at kajen koster 1,2 mio. kr.

Det indstilles, at udvalget godkender budgettet for 2026.

Udvalget godkendte budgettet med 4 stemmer for og 1 imod. Jørn Ravn udarbejder en plan inden 1. maj 2025.

2. Eventuelt
Intet.
"""


def _record(text: str) -> dict[str, Any]:
    document = process(Document(id="sample", source=text), LEXICON)
    record: dict[str, Any] = json.loads(to_minutes(document).model_dump_json(by_alias=True))
    return record


def _assert_grounded(record: dict[str, Any]) -> None:
    text, source = record["text"], record["source_text"]

    def visit(node: Any) -> None:
        if isinstance(node, list):
            for entry in node:
                visit(entry)
        elif isinstance(node, dict):
            if "source_start" in node:
                assert 0 <= node["start"] <= node["end"] <= len(text)
                assert 0 <= node["source_start"] <= node["source_end"] <= len(source)
                letters = [c for c in text[node["start"] : node["end"]] if c.isalnum()]
                assert letters == [c for c in node["text"] if c.isalnum()]
            for value in node.values():
                visit(value)

    visit({key: value for key, value in record.items() if key not in ("text", "source_text", "edits")})


def _assert_tiled(record: dict[str, Any]) -> None:
    position = 0
    for item in record["items"]:
        assert item["start"] >= position
        at = item["start"]
        for section in item["sections"]:
            assert section["start"] == at
            at = section["end"]
        assert at == item["end"]
        position = item["end"]


def test_a_record_holds_what_the_minutes_say() -> None:
    record = _record(SAMPLE)
    assert record["meeting"]["date"] == "2025-03-04"
    assert [item["title"] for item in record["items"]] == ["Ny kaj", "Eventuelt"]
    assert record["items"][0]["kind"] == "decision"
    assert {"1200000"} <= {amount["value"] for amount in record["amounts"] if amount["kind"] == "money"}
    assert "Åse Brink" in {person["name"] for person in record["persons"]}


def test_grounding_and_tiling() -> None:
    record = _record(SAMPLE)
    _assert_grounded(record)
    _assert_tiled(record)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.sampled_from("abgoeæøå ÆØÅ.,:;()-–0123456789\n\t|1IlA§•\f\r"), max_size=300))
def test_anything_becomes_a_valid_record(text: str) -> None:
    record = _record(text)
    _assert_grounded(record)
    _assert_tiled(record)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(SAMPLE.splitlines(keepends=True)), max_size=25), st.text(max_size=20))
def test_shuffled_minutes_become_a_valid_record(lines: list[str], noise: str) -> None:
    record = _record("".join(lines) + noise)
    _assert_grounded(record)
    _assert_tiled(record)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_edits_replay_on_arbitrary_text(text: str) -> None:
    document = process(Document(id="a", source=text), LEXICON)
    assert apply_edits(text, document.edits) == document.text


def test_every_key_is_always_present() -> None:
    def shape(node: Any) -> Any:
        return sorted(node) if isinstance(node, dict) else None

    empty, full = _record("Kaffe."), _record(SAMPLE)
    assert shape(empty) == shape(full)
    assert shape(empty["meeting"]) == shape(full["meeting"])
    assert Minutes.model_validate_json(json.dumps(empty))


def test_the_schema_requires_every_key() -> None:
    schema = json.loads(json_schema())
    assert set(schema["required"]) == set(schema["properties"])
    for definition in schema["$defs"].values():
        assert set(definition.get("required", [])) == set(definition.get("properties", {}))
        assert definition.get("description"), "every record of the contract is explained"
        for name, field in definition["properties"].items():
            assert field.get("description"), f"{definition['title']}.{name} is not explained"


def test_the_page_of_the_contract_is_up_to_date() -> None:
    page = Path(__file__).parent.parent / "pipeline" / "records" / "CONTRACT.md"
    assert page.read_text("utf-8") == contract_page(), "referat schema --page > pipeline/records/CONTRACT.md"


@pytest.mark.parametrize("stream", STREAMS)
def test_rows_can_be_read_alone(stream: str) -> None:
    table = list(rows(_record(SAMPLE), stream))
    assert table, "the sample holds every kind of value"
    for row in table:
        assert row.keys() == table[0].keys()
        assert {"minutes_id", "source_path", "meeting_date", "body"} <= row.keys()
        assert not any(isinstance(cell, dict) for cell in row.values())
    if stream in ("items", "statements", "recommendations", "decisions", "actions", "amounts", "dates"):
        assert {"item_id", "item_number", "item_title"} <= table[0].keys()


def test_an_unknown_stream_is_refused() -> None:
    with pytest.raises(ValueError, match="no stream 'votes'"):
        next(rows(_record("Kaffe."), "votes"))
