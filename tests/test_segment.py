"""The stage `segment`: tables of cases in tests/cases/segment_*.toml, sections, and properties."""

from __future__ import annotations

import tomllib
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from linear_time import assert_linear

from pipeline.document import Document
from pipeline.lexicon import Lexicon
from pipeline.segment import segment
from pipeline.values import Attendee

LEXICON = Lexicon.load()
CASES = Path(__file__).parent / "cases"
FIELDS = ("date", "start_time", "end_time", "place", "chair", "minute_taker", "title", "body")


def _segmented(text: str) -> Document:
    return segment(Document(id="a", source=text.lstrip("\n")), LEXICON)


def _cases(name: str) -> list[Any]:
    return [
        pytest.param(case, id=case["name"], marks=[pytest.mark.xfail(strict=True)] if case.get("fails") else [])
        for case in tomllib.loads((CASES / f"{name}.toml").read_text("utf-8"))["case"]
    ]


def _person(person: Attendee) -> str:
    return f"{person.name}|{person.organisation or ''}|{person.role or ''}"


@pytest.mark.parametrize("case", _cases("segment_items"))
def test_items(case: dict[str, Any]) -> None:
    items = _segmented(case["text"]).items
    assert [f"{item.number or ''}|{item.title or ''}|{item.kind or ''}" for item in items] == case["items"]


@pytest.mark.parametrize("case", _cases("segment_meeting"))
def test_meeting(case: dict[str, Any]) -> None:
    meeting = _segmented(case["text"]).meeting
    found = {field: getattr(meeting, field) for field in FIELDS if getattr(meeting, field) is not None}
    stated = {field: case[field] for field in FIELDS if field in case}
    assert {
        field: value for field, value in found.items() if field in stated or "title" in case or not stated
    } == stated
    assert [_person(person) for person in meeting.present] == case.get("present", [])
    assert [_person(person) for person in meeting.absent] == case.get("absent", [])


def test_every_stated_field_has_its_place() -> None:
    document = _segmented(
        "Referat af møde i Kajlauget den 3. maj 2025 kl. 17-19\nSted: Skuret\n"
        "Ordstyrer: Ib Holst\nReferent: Karen Dam\n\n"
        "1. Valg\nIntet.\n\n2. Eventuelt\nIntet.\n"
    )
    grounds = {name: document.quote(found.start, found.end) for name, found in document.meeting.grounds}
    assert grounds["place"] == "Skuret"
    assert grounds["chair"] == "Ib Holst"
    assert grounds["minute_taker"] == "Karen Dam"
    assert "3. maj 2025" in grounds["date"]
    assert set(grounds) == {name for name in FIELDS if getattr(document.meeting, name) is not None}


SECTIONED = """1. Ny bro

Broen er gammel.

Det indstilles, at broen males.

Ib Holst (A) spurgte til farven.

Godkendt.

2. Ny vej

RESUMÉ
Vejen er smal.

INDSTILLING
Direktionen indstiller, at
1. vejen udvides
2. træerne bliver stående

BESLUTNING
Udsat.

Bilag: Kort

3. Skuret

Taget er tæt.

Skuret blev vedtaget malet.

4. Hegn

Debatten var lang.
"""


def test_sections() -> None:
    document = _segmented(SECTIONED)
    kinds = [[(section.kind, section.heading) for section in item.sections] for item in document.items]
    assert kinds[0] == [("background", None), ("recommendation", None), ("discussion", None), ("decision", None)]
    assert kinds[1] == [
        ("other", None),
        ("summary", "RESUMÉ"),
        ("recommendation", "INDSTILLING"),
        ("decision", "BESLUTNING"),
        ("attachments", "Bilag"),
    ]
    assert kinds[3] == [("discussion", None)]


def _check(document: Document) -> None:
    text = document.text
    end = 0
    for item in document.items:
        assert end <= item.start < item.end <= len(text)
        assert item.start <= item.heading.start < item.heading.end <= item.end
        end = item.end
        assert item.sections[0].start == item.start
        assert item.sections[-1].end == item.end
        for left, right in pairwise(item.sections):
            assert left.end == right.start
    for person in (*document.meeting.present, *document.meeting.absent):
        assert document.quote(person.start, person.end) == person.name
    for _, found in document.meeting.grounds:
        assert 0 <= found.start < found.end <= len(text)


PIECES = st.sampled_from(
    [
        *("1. ", "2. ", "2.1 ", "Punkt 3: ", "- ", "\n", "\n\n", "   ", "\f", ":", "(", "ø", "(B)", "Side 1 af 2"),
        *("Indstilling", "Det indstilles, at ", "Godkendt. ", "Eventuelt", "Bilag", "Dagsorden", "Referat"),
        *("Til stede: ", "Afbud", "Ib Holst", "Karen Dam, ", "(formand)", "valg af dirigent", "blev valgt "),
        *("Referat af møde i ", "den 3. maj 2025", "kl. 17"),
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, max_size=60).map("".join))
def test_minutes_like_text(text: str) -> None:
    _check(segment(Document(id="a", source=text), LEXICON))


def test_an_attendance_list_that_ends_the_text() -> None:
    listed = "Til stede: Åse Brink (KL), formand, Jørn Ravn\n- Udvalget godkendte det med 4 stemmer for.\n"
    text = (
        f"Referat af møde i Havneudvalget den 4. marts 2025\n{listed}@Åse Brink oplyste, at kajen koster 1,2 mio. kr.\f"
    )
    _check(segment(Document(id="a", source=text), LEXICON))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_any_text(text: str) -> None:
    _check(segment(Document(id="a", source=text), LEXICON))


@pytest.mark.parametrize("unit", ["1. a\n", " ", "\n", "1.1 A\n", "Til stede:\n", "(", "Ib Holst, ", "Sag (O)\n\n"])
def test_time_is_linear(unit: str) -> None:
    def repeated(size: int, n: int) -> Document:
        return Document(id="a", source=f"{n}\n" + unit * (size // len(unit)))

    assert_linear(lambda document: segment(document, LEXICON), repeated, 10_000, 4, limit=12)
