"""The corpus is complete, and its gold says only what stands in its texts."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from agreement import agreement

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
DOCUMENTS: dict[str, dict[str, Any]] = tomllib.loads((CORPUS / "corpus.toml").read_text("utf-8"))["document"]
FORMS = {path.name.removesuffix(".gold.json"): path.parent for path in sorted((CORPUS / "forms").glob("*/*.gold.json"))}
ALL = [*DOCUMENTS, *FORMS]

TOP = {"doc", "anchor", "meeting", "items", "persons", "organisations", "amounts", "dates"}
MEETING = {"title", "body", "date", "start", "end", "place", "chair", "minute_taker", "present", "absent"}
ITEM = {"number", "title", "kind", "line", "statements", "recommendations", "decisions", "actions"}
KINDS = {"decision", "discussion", "information", None}
OUTCOMES = {
    "approved",
    "approved_with_conditions",
    "noted",
    "discussed",
    "postponed",
    "rejected",
    "referred",
    "elected",
}
OUTCOMES |= {"resolved"}
KEYS = {
    "attendees": {"name", "organisation", "role"},
    "statements": {"speaker", "organisation", "line"},
    "decisions": {"text", "outcome"},
    "actions": {"who", "what", "due"},
    "persons": {"name", "organisations", "roles", "forms"},
    "organisations": {"name", "aliases"},
    "amounts": {"text", "value", "unit", "kind", "line"},
    "dates": {"text", "iso", "line"},
}
EXTRA = {"optional", "alt"}  # marks that the scorer knows

DECIMAL = r"-?\d+(?:\.\d+)?"
VALUE = re.compile(rf"{DECIMAL}(?:/{DECIMAL})?")
DAY = r"\d{4}(?:-W\d{2}|-Q[1-4]|-(?:0[1-9]|1[0-2]|2[1-4])(?:-(?:0[1-9]|[12]\d|3[01]))?)?"
EDTF = re.compile(rf"(?:{DAY})(?:/(?:{DAY}|\.\.))?|\.\./{DAY}|\d{{3}}X")

Gold = dict[str, Any]


def folder(name: str) -> Path:
    return FORMS[name] if name in FORMS else CORPUS / str(DOCUMENTS[name].get("folder", "gold"))


def clean_text(name: str) -> str:
    return (folder(name) / f"{name}.clean.txt").read_text("utf-8")


def gold_of(name: str) -> Gold:
    gold: Gold = json.loads((folder(name) / f"{name}.gold.json").read_text("utf-8"))
    return gold


def running(text: str) -> str:
    """The text with its lines joined by one blank and the hyphens undone that only split a word at a line end."""
    joined = re.sub(r"(?<=[^\W\d_])-[ \t]*\n\s*(?=[a-zæøåéäöü])", "", text)
    return re.sub(r"\s+", " ", joined)


def quotes(gold: Gold) -> Iterator[str]:
    """Every text of the gold that is copied letter for letter."""
    for item in gold["items"]:
        yield from item["recommendations"]
        yield from (decision["text"] for decision in item["decisions"])
    yield from (mention["text"] for mention in gold["amounts"] + gold["dates"])
    yield from (form for person in gold["persons"] for form in person["forms"])


def numbered(gold: Gold) -> Iterator[tuple[int, str]]:
    """(line, a text that begins on it) for all that can be checked."""
    for item in gold["items"]:
        yield item["line"], " ".join((item["title"] or "").split()[:1])
    for mention in gold["amounts"] + gold["dates"]:
        yield mention["line"], mention["text"]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_files(name: str) -> None:
    assert len(clean_text(name).split()) >= 200  # the shortest of real ones
    assert (folder(name) / f"{name}.gold.json").exists()
    read = (CORPUS / "inbox" / f"{name}.txt").read_text("utf-8")
    assert 0.9 < len(read.split()) / len(clean_text(name).split()) < 1.1


def test_extent() -> None:
    held = [name for name, settings in DOCUMENTS.items() if settings.get("folder") == "held"]
    assert len(DOCUMENTS) >= 24
    assert len(held) >= 8
    assert len({settings["layout"] for settings in DOCUMENTS.values()}) >= 10


def test_short_minutes_were_read_too() -> None:
    assert len(FORMS) >= 152
    assert {path.stem for path in (CORPUS / "forms" / "inbox").glob("*.txt")} == FORMS.keys()


def test_no_stray_files() -> None:
    """A file that corpus.toml does not name, or one in the wrong folder."""
    expected = {folder(name) / f"{name}.{end}" for name in DOCUMENTS for end in ("clean.txt", "gold.json")}
    expected |= {CORPUS / "inbox" / f"{name}.txt" for name in DOCUMENTS}
    parts = ("gold", "held", "unseen", "inbox")
    found = {path for part in parts for path in (CORPUS / part).iterdir() if path.is_file()}
    assert not found - expected


@pytest.mark.parametrize("name", ALL)
def test_gold_has_the_keys_of_the_schema(name: str) -> None:
    gold = gold_of(name)
    assert gold["doc"] == name
    assert gold.keys() - {"doubtful"} == TOP
    assert gold["meeting"].keys() == MEETING
    parts = {field: gold[field] for field in ("persons", "organisations", "amounts", "dates")}
    parts["attendees"] = gold["meeting"]["present"] + gold["meeting"]["absent"]
    for item in gold["items"]:
        assert item.keys() - EXTRA == ITEM, item["title"]
        for field in ("statements", "decisions", "actions"):
            parts[field] = parts.get(field, []) + item[field]
    for field, entries in parts.items():
        for entry in entries:
            assert entry.keys() - EXTRA == KEYS[field], entry


@pytest.mark.parametrize("name", ALL)
def test_gold_uses_the_enumerations(name: str) -> None:
    gold = gold_of(name)
    for item in gold["items"]:
        assert item["kind"] in KINDS
        assert {decision["outcome"] for decision in item["decisions"]} <= OUTCOMES
    for amount in gold["amounts"]:
        assert amount["kind"] in {"money", "percent", "quantity"}
        assert VALUE.fullmatch(amount["value"]), amount
        assert amount["kind"] != "percent" or amount["unit"] == "%"
        assert amount["kind"] != "money" or re.fullmatch("[A-Z]{3}", amount["unit"]), amount
    for iso in [date["iso"] for date in gold["dates"]] + [d for d in (gold["anchor"], gold["meeting"]["date"]) if d]:
        assert EDTF.fullmatch(iso), iso


@pytest.mark.parametrize("name", ALL)
def test_gold_quotes_the_text(name: str) -> None:
    text = running(clean_text(name))
    assert [quote for quote in quotes(gold_of(name)) if quote not in text] == []


def begins_on(lines: list[str], number: int, text: str) -> bool:
    """Whether a text, wrapped or not, begins on that line (from 1)."""
    if not 1 <= number <= len(lines):
        return False
    start = running("\n".join(lines[number - 1 : number + 2])).find(text)
    return 0 <= start < len(lines[number - 1])


@pytest.mark.parametrize("name", ALL)
def test_gold_line_numbers(name: str) -> None:
    lines, gold = clean_text(name).split("\n"), gold_of(name)
    assert [(n, text) for n, text in numbered(gold) if not begins_on(lines, n, text)] == []
    spoken = [statement["line"] for item in gold["items"] for statement in item["statements"]]
    assert [n for n in spoken if not 1 <= n <= len(lines) or not lines[n - 1].strip()] == []


@pytest.mark.parametrize("name", ALL)
def test_gold_knows_its_speakers_and_attendees(name: str) -> None:
    gold = gold_of(name)
    forms = {form for person in gold["persons"] for form in [person["name"], *person["forms"]]}
    strangers = [
        attendee["name"]
        for attendee in gold["meeting"]["present"] + gold["meeting"]["absent"]
        if attendee["name"] not in forms
    ]
    strangers += [who for role in ("chair", "minute_taker") if (who := gold["meeting"][role]) and who not in forms]
    assert strangers == []


def test_two_annotators_agree() -> None:
    found = agreement()
    assert min(found.values()) > 0.9
    assert sum(found.values()) / len(found) > 0.97
