"""A document is deleted everywhere in a folder of records, or nothing is."""

from __future__ import annotations

import json
import os
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.batch import run, status
from pipeline.batch.output import locked
from pipeline.batch.state import State
from pipeline.errors import ConfigurationError
from pipeline.export import FORMATS, export, exports_in
from pipeline.forget import forget
from pipeline.lexicon import Lexicon
from pipeline.records.lines import read_minutes
from pipeline.register import make_register, write_register
from pipeline.review import write_report

MINUTES = (
    "Referat af møde i Havneudvalget den 4. {month} 2025\n\nTil stede: Åse Brink, {name}\n\n"
    "1. Kajen\n{name} oplyste, at kajen er tør.\nUdvalget godkendte kajen.\n\n2. Eventuelt\nIntet.\n"
)
WHO = "Qvintus Zakariassen"


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory, run_in: Callable[[Path], None]) -> Path:
    """Documents in `in`, one of them in an archive, and all that can be made of them in `out`."""
    box = tmp_path_factory.mktemp("forget")
    (box / "in" / "2025").mkdir(parents=True)
    (box / "in" / "2025" / "marts.txt").write_text(MINUTES.format(month="marts", name=WHO), "utf-8")
    for path, name in (("2025/maj.txt", "Bo Lind"), ("maj.txt", "Ida Holm")):
        (box / "in" / path).write_text(MINUTES.format(month="maj", name=name), "utf-8")
    (box / "in" / f"{WHO}.txt").touch()
    with zipfile.ZipFile(box / "in" / "alt.zip", "w") as archive:
        archive.writestr("juni.txt", MINUTES.format(month="juni", name="Per Krog"))
    run_in(box)
    return box


def _make_everything(out: Path) -> None:
    records = list(read_minutes(out))
    write_report(records, Lexicon.load(), out / "report")
    write_register(make_register(records, Lexicon.load()), out / "register")
    for name in FORMATS:
        export(out, name)


def _paths(out: Path) -> list[str]:
    return [record.source.path for record in read_minutes(out)]


def _holders(out: Path, word: str) -> list[str]:
    """Files and folders that hold a word, or are called by it."""
    spellings = [word.encode(), json.dumps(word)[1:-1].encode(), word.lower().replace(" ", "-").encode()]
    return [
        path.relative_to(out).as_posix()
        for path in sorted(out.rglob("*"))
        if any(spelling in str(path.name).encode() for spelling in spellings)
        or (path.is_file() and any(spelling in path.read_bytes() for spelling in spellings))
    ]


_LEFT = (  # by commands that were killed
    ".set-killed/minutes.jsonl",
    ".report.part/index.html",
    ".report.old/index.html",
    "register/.actions.jsonl.part",
    "export/.referat.xlsx.part",
    "export/csv/.minutes.csv.part",
    "export/parquet/.a1b2.part/minutes",
)
_HOLDERS = {
    *_LEFT,
    "state.sqlite",
    "minutes.jsonl",
    "quarantine.jsonl",
    "register/persons.jsonl",
    "report/index.html",
    "export/csv/attendance.csv",
    "export/referat.sqlite",
    "export/label-studio/tasks.json",
}


def test_nothing_of_a_document_stays(box: Path) -> None:
    out = box / "out"
    _make_everything(out)
    for left in _LEFT:
        (out / left).parent.mkdir(exist_ok=True)
        (out / left).write_text(WHO, "utf-8")
    (out / "export" / "csv" / "mine.txt").write_text("a file of somebody's own", "utf-8")
    assert {*_holders(out, WHO)} > _HOLDERS
    told = forget(out, ["2025/marts.txt", f"{WHO}.txt"])
    assert list(told.documents) == ["2025/marts.txt", f"{WHO}.txt"]
    assert told.documents["2025/marts.txt"].startswith("marts-")
    assert {made.place.name for made in told.made} == {"report", "register", "export"} | {
        one.target for one in FORMATS.values()
    }
    assert told.wiped
    assert _holders(out, WHO) == []
    assert _paths(out) == ["2025/maj.txt", "alt.zip/juni.txt", "maj.txt"]
    assert [path.name for path in sorted((out / "export").rglob("*"))] == ["csv", "mine.txt"]
    assert not (out / "report").exists()
    assert status(out).complete
    assert status(out).documents == 3


def test_what_is_among_the_inputs_comes_back(box: Path) -> None:
    before = (box / "out" / "minutes.jsonl").read_bytes()
    forget(box / "out", ["2025/marts.txt"])
    assert run([box / "in"], box / "out").processed == 1
    assert (box / "out" / "minutes.jsonl").read_bytes() == before
    forget(box / "out", ["2025/marts.txt"])
    (box / "in" / "2025" / "marts.txt").unlink()
    assert run([box / "in"], box / "out").processed == 0
    assert _holders(box / "out", "2025/marts.txt") == []


@pytest.mark.parametrize(
    ("name", "paths"),
    [
        ("2025/maj.txt", ["2025/maj.txt"]),
        ("maj.txt", ["maj.txt"]),  # a path, before it is a file's name
        ("marts.txt", ["2025/marts.txt"]),
        ("2025/*", ["2025/maj.txt", "2025/marts.txt"]),
        ("*maj.txt", ["2025/maj.txt", "maj.txt"]),
        ("marts-*", ["2025/marts.txt"]),
        ("alt.zip/*", ["alt.zip/juni.txt"]),
        ("{in}/2025/maj.txt", ["2025/maj.txt"]),
        ("{in}/2025/../2025/marts.txt", ["2025/marts.txt"]),
        ("{id}", ["2025/maj.txt"]),
    ],
)
def test_how_a_document_is_named(box: Path, name: str, paths: list[str]) -> None:
    identity = next(record.id for record in read_minutes(box / "out") if record.source.path == "2025/maj.txt")
    named = name.replace("{in}", str(box / "in")).replace("{id}", identity)
    assert sorted(forget(box / "out", [named], dry_run=True).documents) == paths


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("juli.txt", "no such document"),
        ("2024/*", "no such document"),
        ("", "no such document"),
        ("{in}/2025", "no such document"),
        ("{in}/.pipe", "no such document"),  # never opened: it would wait for ever
        ("{in}/.loop", "no such document"),
        ("juni.txt", "2 documents in .* are called so"),
    ],
)
def test_a_name_that_tells_no_document_deletes_nothing(box: Path, name: str, said: str) -> None:
    (box / "in" / "2026").mkdir()
    os.mkfifo(box / "in" / ".pipe")
    (box / "in" / ".loop").symlink_to(".loop")
    (box / "in" / "2026" / "juni.txt").write_text(MINUTES.format(month="juni", name="Bo Lind"), "utf-8")
    run([box / "in"], box / "out")
    (box / "out" / "register").mkdir()
    (box / "out" / "register" / "persons.jsonl").touch()
    before = (box / "out" / "minutes.jsonl").read_bytes()
    with pytest.raises(ConfigurationError, match=said) as error:
        forget(box / "out", ["2025/marts.txt", name.replace("{in}", str(box / "in"))])
    assert "\n" not in str(error.value)
    assert (box / "out" / "minutes.jsonl").read_bytes() == before
    assert (box / "out" / "register" / "persons.jsonl").exists()


def test_copies_are_told(box: Path) -> None:
    shutil.copy(box / "in" / "maj.txt", box / "in" / "kopi.txt")
    run([box / "in"], box / "out")
    assert forget(box / "out", ["maj.txt"]).copies == ["kopi.txt"]
    assert _paths(box / "out") == ["2025/maj.txt", "2025/marts.txt", "alt.zip/juni.txt", "kopi.txt"]


def test_a_dry_run_changes_nothing(box: Path) -> None:
    out = box / "out"
    export(out, "csv")
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file() and path.name != "state.sqlite"}
    with locked(out):
        told = forget(out, ["2025/marts.txt"], dry_run=True)
    assert [made.command for made in told.made] == [f"referat export {out} --format csv"]
    assert all(path.read_bytes() == data for path, data in before.items() if path.name != ".lock")
    assert status(out).documents == 5


def test_while_a_run_is_writing_it_is_refused(box: Path) -> None:
    with locked(box / "out"), pytest.raises(ConfigurationError, match="another run"):
        forget(box / "out", ["2025/marts.txt"])
    assert "2025/marts.txt" in _paths(box / "out")


@pytest.mark.parametrize("step", ["_write_set", "_link", "_sync"])
def test_where_it_fails_the_records_are_as_before(box: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    before = (box / "out" / "minutes.jsonl").read_bytes()
    monkeypatch.setattr(f"pipeline.batch.output.{step}", full)
    with pytest.raises(ConfigurationError, match="No space left on device"):
        forget(box / "out", ["2025/marts.txt"])
    assert (box / "out" / "minutes.jsonl").read_bytes() == before
    assert status(box / "out").documents == 5
    monkeypatch.undo()
    forget(box / "out", ["2025/marts.txt"])
    assert "2025/marts.txt" not in _paths(box / "out")


class _KilledError(BaseException):
    """As good as `kill -9`: nothing of ours is tidied up."""


def test_killed_when_the_files_have_changed_it_is_finished_by_asking_again(
    box: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_: object) -> None:
        raise _KilledError

    monkeypatch.setattr("pipeline.batch.output.remove_leftovers", die)
    monkeypatch.setattr(State, "output", property(lambda state: None, die))
    with pytest.raises(_KilledError):
        forget(box / "out", ["2025/marts.txt"])
    monkeypatch.undo()
    assert "2025/marts.txt" not in _paths(box / "out")
    assert not status(box / "out").complete, "the state knows it still"
    forget(box / "out", ["2025/marts.txt", f"{WHO}.txt"])
    assert _holders(box / "out", WHO) == []


def test_killed_before_the_old_files_are_removed(box: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.batch.output.remove_leftovers", lambda out: None)
    forget(box / "out", ["2025/marts.txt", f"{WHO}.txt"])
    assert _holders(box / "out", WHO)
    monkeypatch.undo()
    with pytest.raises(ConfigurationError, match="no such document"):
        forget(box / "out", ["2025/marts.txt"])
    assert _holders(box / "out", WHO) == []


def test_a_state_that_is_open_elsewhere_is_told(box: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(State, "wipe", lambda state: False)
    assert not forget(box / "out", ["2025/marts.txt"]).wiped


def test_every_file_of_an_export_is_known(box: Path) -> None:
    out = box / "out"
    for name in FORMATS:
        export(out, name)
    listed = {path for _, files in exports_in(out).values() for path in files}
    assert listed == {path for path in (out / "export").rglob("*") if path.is_file()}


def test_a_folder_in_which_no_run_has_written(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="no run has written here"):
        forget(tmp_path, ["a.txt"])
    assert list(tmp_path.iterdir()) == []
