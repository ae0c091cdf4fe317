"""The report: every value in its place, nothing from a document that the browser could run, one step to replace it."""

import json
import re
import stat
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from corpus_records import SAMPLE, corpus_records, hostile_record, made_record, write_pages
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import ConfigurationError
from pipeline.lexicon import Lexicon
from pipeline.records import Minutes
from pipeline.review import read_quarantine, write_report
from pipeline.review.doubts import doubts_of
from pipeline.review.folder import page_name, replacing_folder
from pipeline.review.language import phrases
from pipeline.review.marks import Mark, pieces
from pipeline.review.meeting_page import meeting_page
from pipeline.review.messages import in_danish
from pipeline.review.values import values_of

REVIEW = Path(__file__).parent.parent / "pipeline" / "review"
# Marks

MARKS = st.lists(
    st.tuples(st.integers(0, 30), st.integers(0, 30), st.sampled_from(["amount", "decision", "person"])), max_size=12
)


@given(st.text(min_size=30, max_size=30), MARKS, st.integers(0, 30), st.integers(0, 30))
def test_pieces_are_the_text_and_marks_their_spans(
    text: str, spans: list[tuple[int, int, str]], a: int, b: int
) -> None:
    marks = [Mark(min(x, y), max(x, y), style, number) for number, (x, y, style) in enumerate(spans)]
    start, end = min(a, b), max(a, b)
    found = pieces(text, marks, start, end)
    assert "".join(piece.text for piece in found) == text[start:end]
    for mark in marks:
        of_mark = [piece for piece in found if mark.value in piece.values]
        assert "".join(piece.text for piece in of_mark) == text[max(mark.start, start) : max(min(mark.end, end), start)]
        begins = sum(mark.value in piece.begins for piece in found)
        assert begins == (start <= mark.start < end or (mark.start == mark.end == end == len(text) and start <= end))


@given(st.text(min_size=20, max_size=20), st.integers(0, 20))
def test_two_halves_are_the_whole(text: str, middle: int) -> None:
    marks = [
        Mark(2, 18, "decision", 0),
        Mark(5, 9, "amount", 1),
        Mark(7, 7, "edit", 2, "x"),
        Mark(20, 20, "edit", 3, "y"),
    ]
    both = pieces(text, marks, 0, middle) + (pieces(text, marks, middle, 20) if middle < 20 else [])
    assert [value for piece in both for value in piece.begins] == [0, 1, 2, 3]
    assert "".join(piece.before for piece in both) == "xy"


def test_code_points_outside_the_basic_plane_count_once() -> None:
    text = "👍👍 5 kr."
    found = pieces(text, [Mark(3, 8, "amount", 0)], 0, len(text))
    assert [piece.text for piece in found] == ["👍👍 ", "5 kr."]


# What a page shows


@pytest.mark.parametrize("record", corpus_records(), ids=lambda record: record.id[:12])
def test_a_page_holds_the_text_before_and_after_repair(record: Minutes) -> None:
    values = values_of(record)
    page = meeting_page(record, values, doubts_of(values))
    shown = [piece for block in page.blocks for piece in (*block.heading, *block.text)]
    assert "".join(piece.text for piece in shown) == record.text
    assert "".join(piece.before if piece.edited else piece.text for piece in shown) == record.source_text
    placed = [number for number, value in enumerate(values) if value.start is not None]
    assert sorted(number for piece in shown for number in piece.begins) == placed


def test_an_amount_inside_a_decision_has_both_marks() -> None:
    record = made_record(SAMPLE)
    values = values_of(record)
    page = meeting_page(record, values, [])
    within = [piece for block in page.blocks for piece in block.text if "decision" in piece.styles]
    assert "".join(piece.text for piece in within) == "Udvalget godkendte en bevilling på 300.000 kr. til kajen."
    assert [piece.styles for piece in within if piece.text == "300.000 kr."] == [("amount", "decision")]


def test_the_riskiest_comes_first() -> None:
    for record in corpus_records():
        values = values_of(record)
        risks = [doubt.risk for doubt in doubts_of(values)]
        assert risks == sorted(risks, reverse=True)
        warned = {doubt.value for doubt in doubts_of(values)}
        assert warned >= {number for number, value in enumerate(values) if value.kind == "warning"}
        sure = {number for number, value in enumerate(values) if (value.confidence or 0) > 0.9}
        assert not warned & sure


def test_a_warning_without_a_place_is_in_the_queue() -> None:
    record = made_record(SAMPLE).model_dump(by_alias=True)
    record["warnings"] = [{"code": "cpr-number", "message": "the document", "start": None, "end": None}]
    values = values_of(Minutes.model_validate(record))
    first = doubts_of(values)[0]
    assert (values[first.value].kind, values[first.value].start, first.level) == ("warning", None, "high")


# Phrases

# Groups whose keys are values of records, or are put together from the names of views and pictures.
BY_VALUE = {
    *("act", "chart", "kind", "meeting", "month", "organisation", "outcome", "page", "risk", "site", "status", "step"),
    *("votes", "warning"),
}


def test_every_phrase_is_used_and_every_used_phrase_is_there() -> None:
    groups = {key.split(".")[0] for key in phrases()}
    named = set[str]()
    for path in REVIEW.rglob("*"):
        if path.suffix in {".py", ".html", ".js"}:
            named |= set(re.findall(r"[\"'](\w+\.[\w-]+)[\"']", path.read_text("utf-8")))
    files = {".html", ".js", ".css", ".jsonl", ".toml"}
    used = {key for key in named if key.split(".")[0] in groups and f".{key.split('.')[1]}" not in files}
    assert not used - phrases().keys() - {"act.sang"}  # the example of a key that is not there
    assert not [key for key in phrases().keys() - used if key.split(".")[0] not in BY_VALUE]
    assert all(text.da.strip() and text.en.strip() for text in phrases().values())


def test_every_enumeration_of_the_contract_has_its_phrase() -> None:
    schema = Minutes.model_json_schema()
    outcomes = schema["$defs"]["Decision"]["properties"]["outcome"]["enum"]
    assert not [outcome for outcome in outcomes if f"outcome.{outcome}" not in phrases()]


# What a document could do


class _Html(HTMLParser):
    """The tags of a page with their attributes, and the content of its scripts."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag == "script":
            self.scripts.append("")

    def handle_data(self, data: str) -> None:
        if self.lasttag == "script":
            self.scripts[-1] += data


def test_hostile_minutes_stay_text(tmp_path: Path) -> None:
    write_pages([hostile_record()], tmp_path / "report")
    pages = sorted((tmp_path / "report").rglob("*.html"))
    assert all(re.fullmatch(r"[a-z0-9-]+\.html", path.name) for path in pages)
    assert len(pages) == 5
    for path in pages:
        html = _Html(path.read_text("utf-8"))
        assert not {tag for tag, _ in html.tags} & {
            "img",
            "iframe",
            "object",
            "embed",
            "link",
            "base",
            "b" if "meetings" in path.parts else "img",
        }
        attributes = [(name, value or "") for _, given in html.tags for name, value in given.items()]
        assert not [name for name, _ in attributes if name.startswith("on") or name in {"style", "src", "srcdoc"}]
        links = [value for name, value in attributes if name in {"href", "action"}]
        assert all(re.fullmatch(r"(\.\./)?[a-z0-9/-]*(\.html)?(#[\w-]+)?", link) for link in links)
        kinds = [given.get("type") for tag, given in html.tags if tag == "script"]
        assert kinds.count(None) == 1
        data = [script for script, kind in zip(html.scripts, kinds, strict=True) if kind]
        assert all(json.loads(script) is not None for script in data)
        policy = next(given["content"] or "" for tag, given in html.tags if given.get("http-equiv"))
        assert policy.startswith("default-src 'none'; style-src 'sha256-")
        assert "unsafe" not in policy


@settings(max_examples=25, deadline=None)
@given(st.text(min_size=1, max_size=120))
def test_file_names_are_safe_and_tell_ids_apart(name: str) -> None:
    page = page_name(name)
    assert re.fullmatch(r"[a-z0-9_][a-z0-9_-]*\.html", page)
    assert page_name(name + "x") != page
    assert len(page) < 110


# The folder


def test_the_same_records_give_the_same_pages(tmp_path: Path) -> None:
    contents = []
    for name in ("a", "b"):
        write_pages(corpus_records()[:1], tmp_path / name)
        files = sorted(path for path in (tmp_path / name).rglob("*.html"))
        contents.append([(path.relative_to(tmp_path / name), path.read_bytes()) for path in files])
    assert contents[0] == contents[1]
    assert len(contents[0]) == 5


def test_pages_are_for_the_owner_and_the_group(tmp_path: Path) -> None:
    page = write_pages([made_record(SAMPLE)], tmp_path / "report")
    modes = {stat.S_IMODE(path.stat().st_mode) & 0o7 for path in (tmp_path / "report", *page.parent.rglob("*"))}
    assert modes == {0}


def test_a_report_that_fails_leaves_the_one_before(tmp_path: Path) -> None:
    page = write_pages([made_record(SAMPLE)], tmp_path / "report")
    before = page.read_bytes()

    def broken() -> Iterator[Minutes]:
        yield made_record(SAMPLE, "other")
        raise RuntimeError("broken on purpose")

    with pytest.raises(RuntimeError):
        write_report(broken(), Lexicon.load(), tmp_path / "report")
    assert page.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["report"]


def test_what_a_killed_run_left_is_found_again(tmp_path: Path) -> None:
    page = write_pages([made_record(SAMPLE)], tmp_path / "report")
    before = page.read_bytes()
    (tmp_path / "report").rename(tmp_path / ".report.old")
    (tmp_path / ".report.part").mkdir()
    with pytest.raises(RuntimeError), replacing_folder(tmp_path / "report"):
        raise RuntimeError("broken on purpose")
    assert page.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["report"]


@pytest.mark.parametrize("kind", ["folder", "file", "link"])
def test_what_is_no_report_is_not_replaced(tmp_path: Path, kind: str) -> None:
    target = tmp_path / "mine"
    if kind == "folder":
        target.mkdir()
        (target / "letter.txt").write_text("keep", "utf-8")
    elif kind == "file":
        target.write_text("keep", "utf-8")
    else:
        target.symlink_to(tmp_path)
    with pytest.raises(ConfigurationError, match="is no report"), replacing_folder(target):
        pass
    assert target.exists()


@pytest.mark.parametrize("module", ["jinja2", "vl_convert"])
def test_without_the_extra_one_line_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: str
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(ConfigurationError, match=r"pip install 'referat\[report\]'"):
        write_pages([], tmp_path / "report")
    assert not (tmp_path / "report").exists()


# What else stands in a report


def test_what_could_not_be_read_is_on_the_index(tmp_path: Path) -> None:
    line = {"path": "<b>scan.pdf", "stage": "read", "error": "the file is empty", "advice": "scan it again"}
    (tmp_path / "quarantine.jsonl").write_text(json.dumps(line) + "\n", "utf-8")
    page = write_pages([], tmp_path / "report", quarantine=read_quarantine(tmp_path))
    assert "&lt;b&gt;scan.pdf" in page.read_text("utf-8")


def test_the_interface_opens_in_the_language_asked_for(tmp_path: Path) -> None:
    page = write_pages([made_record(SAMPLE)], tmp_path / "report", language="en")
    html = page.read_text("utf-8")
    assert '<html lang="en">' in html
    assert ">Meetings and decisions<" in html
    assert ">4 March 2025<" in html


def test_a_task_is_shown_with_what_became_of_it(tmp_path: Path) -> None:
    first, later = (
        f"""Referat af møde i Havneudvalget den {date}

Til stede: Åse Brink, Jørn Ravn

1. Godkendelse af dagsorden
Godkendt.

2. Ny kaj
{text}

3. Eventuelt
Intet.
"""
        for date, text in (
            ("4. marts 2025", "Jørn Ravn udarbejder en plan for kajen inden 1. maj 2025."),
            ("6. maj 2025", "Jørn Ravn har udarbejdet planen for kajen."),
        )
    )
    page = write_pages([made_record(first, "marts"), made_record(later, "maj")], tmp_path / "report", language="en")
    html = (page.parent / "follow.html").read_text("utf-8")
    status = re.search(r'class="status (\w+)"', html)
    assert status
    assert status[1] == "done"
    assert re.search(r'href="meetings/maj\.html#v\d+"[^>]*>[^<]*har udarbejdet', html)


def test_every_warning_has_its_words_in_danish() -> None:
    missing = {
        warning.message
        for record in corpus_records()
        for warning in record.warnings
        if in_danish(warning.message) is None
    }
    assert not missing
    assert in_danish("“Søndre” may be “sondre” or “søndre”") == "“Søndre” kan være “sondre” eller “søndre”"
    assert in_danish("onsdag 3. marts: 2025-03-03 is a Monday") == "onsdag 3. marts: 2025-03-03 er en mandag"
    assert in_danish("nothing of the kind") is None
