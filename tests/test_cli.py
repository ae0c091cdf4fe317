"""The command as a person uses it: exit codes, one clear line for what is wrong, nothing lost."""

import json
import sys
from pathlib import Path

import pytest

from pipeline.cli import main

MINUTES = "Referat af møde i Havneudvalget den 4. marts 2025\n\n1. Eventuelt\nÅse Brink orienterede om kajen.\n"


class Outcome:
    def __init__(self, status: int, out: str, err: str) -> None:
        self.status, self.out, self.err = status, out, err


@pytest.fixture
def referat(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):  # type: ignore[no-untyped-def]
    def call(*arguments: object) -> Outcome:
        monkeypatch.setattr(sys, "argv", ["referat", *map(str, arguments)])
        with pytest.raises(SystemExit) as leaving:
            main()
        said = capsys.readouterr()
        return Outcome(int(leaving.value.code or 0), said.out, said.err)

    return call


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    (folder / "2025").mkdir(parents=True)
    (folder / "2025" / "marts.txt").write_text(MINUTES, "utf-8")
    (folder / "latin.txt").write_bytes(MINUTES.encode("latin-1"))
    return folder


def _lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_run_reads_folders_and_latin_1(referat, inbox: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    outcome = referat("run", inbox, "--out", tmp_path / "out")
    assert outcome.status == 0
    assert outcome.out == "", "stdout is for data"
    records = _lines(tmp_path / "out" / "minutes.jsonl")
    assert [record["source"]["path"] for record in records] == ["2025/marts.txt", "latin.txt"]  # type: ignore[index]
    assert {record["text"] for record in records} == {MINUTES}


def test_what_cannot_be_read_gets_one_line_and_the_rest_is_done(  # type: ignore[no-untyped-def]
    referat, inbox: Path, tmp_path: Path
) -> None:
    (inbox / "empty.txt").write_bytes(b"")
    (inbox / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20)
    (inbox / "noise.txt").write_bytes(bytes(range(256)) * 20)
    (inbox / "report.pdf").write_bytes(b"%PDF-1.7\n" + bytes(100))
    (inbox / "gone.txt").symlink_to(tmp_path / "nowhere")
    (inbox / "loop.txt").symlink_to(inbox / "loop.txt")
    outcome = referat("run", inbox, "--out", tmp_path / "out")
    assert outcome.status == 2
    quarantined = {str(line["path"]): line for line in _lines(tmp_path / "out" / "quarantine.jsonl")}
    assert sorted(quarantined) == ["empty.txt", "gone.txt", "loop.txt", "noise.txt", "picture.png", "report.pdf"]
    for path, line in quarantined.items():
        assert line.keys() == {"path", "sha256", "stage", "error", "advice"}
        assert line["advice"]
        assert outcome.err.count(f"{path}: ") == 1
    assert len(_lines(tmp_path / "out" / "minutes.jsonl")) == 2


def test_a_folder_without_documents(referat, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "nothing").mkdir()
    outcome = referat("run", tmp_path / "nothing", "--out", tmp_path / "out")
    assert outcome.status == 3
    assert "no documents in" in outcome.err


def test_nothing_usable(referat, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "empty.txt").touch()
    assert referat("run", tmp_path / "empty.txt", "--out", tmp_path / "out").status == 3


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("run", "/no/such/folder", "--out", "out"), "there is no such file or folder"),
        (("run",), "Missing"),
        (("run", ".", "--out", "out", "--jobs", "0"), "--jobs"),
        (("sing",), "No such command"),
        (("run", ".", "--out", "out", "--log", "xml"), "--log"),
        (("status", "/no/such/folder"), "no run has written here"),
        (("repair", "/no/such/file"), "this is no ordinary file"),
    ],
)
def test_a_wrong_call(referat, arguments: tuple[str, ...], told: str) -> None:  # type: ignore[no-untyped-def]
    outcome = referat(*arguments)
    assert outcome.status == 1
    assert told in outcome.err
    assert outcome.out == ""


def test_only_what_changed_is_done_again(referat, inbox: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    out = tmp_path / "out"
    referat("run", inbox, "--out", out)
    before = (out / "minutes.jsonl").read_bytes()
    assert "0 processed now, 2 unchanged" in referat("run", inbox, "--out", out).err
    assert (out / "minutes.jsonl").read_bytes() == before
    (inbox / "latin.txt").write_text(MINUTES + "Mødet sluttede kl. 17.\n", "utf-8")
    assert "1 processed now, 1 unchanged" in referat("run", inbox, "--out", out).err
    assert "2 processed now, 0 unchanged" in referat("run", inbox, "--out", out, "--force").err
    (inbox / "latin.txt").unlink()
    referat("run", inbox, "--out", out)
    assert len(_lines(out / "minutes.jsonl")) == 1


def test_two_workers_write_the_same_bytes(referat, inbox: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    (inbox / "empty.txt").touch()
    referat("run", inbox, "--out", tmp_path / "one")
    referat("run", inbox, "--out", tmp_path / "two", "--jobs", "2")
    for file in (tmp_path / "one").glob("*.jsonl"):
        assert file.read_bytes() == (tmp_path / "two" / file.name).read_bytes()


def test_an_interrupted_run_keeps_what_is_done(  # type: ignore[no-untyped-def]
    referat, inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pipeline.batch import Progress
    from pipeline.batch import run as batch_run

    def interrupt(self: object, at: Progress) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("pipeline.progress.RunProgress.__call__", interrupt)
    monkeypatch.setattr("pipeline.batch.runner._AHEAD", 1)
    outcome = referat("run", inbox, "--out", tmp_path / "out")
    assert outcome.status == 130
    assert "the same command continues" in outcome.err
    assert not (tmp_path / "out" / "minutes.jsonl").exists()
    assert "the last run did not end" in referat("status", tmp_path / "out").out
    monkeypatch.undo()
    assert batch_run([inbox], tmp_path / "out").processed == 1
    assert "2 documents" in referat("status", tmp_path / "out").out


def test_a_log_for_programs(referat, inbox: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    (inbox / "empty.txt").touch()
    outcome = referat("run", inbox, "--out", tmp_path / "out", "--log", "json")
    events = [json.loads(line) for line in outcome.err.splitlines()]
    assert [event["event"] for event in events] == ["document"] * 3 + ["end"]
    assert {event["path"]: event["state"] for event in events[:3]}["empty.txt"] == "quarantined"
    assert [event["done"] for event in events[:3]] == [1, 2, 3]
    assert events[3]["read"] == 2
    status = json.loads(referat("status", tmp_path / "out", "--json").out)
    assert status["documents"] == 3
    assert status["quarantined"] == 1
    assert status["complete"]


def test_how_much_was_not_understood_is_told_in_words_and_numbers(  # type: ignore[no-untyped-def]
    referat, inbox: Path, tmp_path: Path
) -> None:
    stray = "det er en lang historie om en kaj der blev malet og siden stod tom\n" * 4
    (inbox / "stray.txt").write_text(stray + MINUTES + "2. Kajen\n", "utf-8")
    (inbox / "empty.txt").touch()
    first = referat("run", inbox, "--out", tmp_path / "out").err
    told = next(line for line in first.splitlines() if line.startswith("not understood: "))
    assert "lines in no item 4 of 14 (28.6%)" in told
    assert "items without text 1 of 4 (25.0%)" in told
    assert f"documents with the most of it: referat status {tmp_path / 'out'} --gaps 10" in first
    assert told in referat("run", inbox, "--out", tmp_path / "out").err, "a run in which nothing changed says it too"
    end = json.loads(referat("run", inbox, "--out", tmp_path / "out", "--log", "json").err.splitlines()[-1])
    assert end["not_understood"]["lines"] == {"of": 14, "missed": 4}
    (inbox / "stray.txt").rename(inbox / "strayed.txt")
    referat("run", inbox, "--out", tmp_path / "out")
    status = referat("status", tmp_path / "out", "--gaps", 2).out
    assert told in status
    assert "strayed.txt: lines in no item 4 of 8 (50.0%); items without text 1 of 2 (50.0%)" in status
    as_json = json.loads(referat("status", tmp_path / "out", "--gaps", 9, "--json").out)["not_understood"]
    assert [document["path"] for document in as_json.pop("documents")] == ["strayed.txt"]
    assert as_json == end["not_understood"]
    records = _lines(tmp_path / "out" / "minutes.jsonl")
    lines = [record["coverage"]["lines"] - record["coverage"]["lines_placed"] for record in records]  # type: ignore[index]
    assert sum(lines) == as_json["lines"]["missed"], "what the records say"


def test_forget_tells_what_went_what_stays_and_what_it_cannot_reach(  # type: ignore[no-untyped-def]
    referat, inbox: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    referat("run", inbox, "--out", out)
    referat("register", out)
    outcome = referat("forget", out, "latin.txt", "--dry-run")
    assert (outcome.status, outcome.err) == (0, "")
    assert "would delete: latin.txt (latin-" in outcome.out
    assert len(_lines(out / "minutes.jsonl")) == 2
    outcome = referat("forget", out, "latin.txt")
    assert outcome.status == 0
    assert "deleted: latin.txt (latin-" in outcome.out
    assert f"{out / 'register'}; make it again: referat register {out}" in outcome.out
    assert "the next run processes again what is still among its inputs" in outcome.out
    assert "out of reach: " in outcome.out
    assert [record["source"]["path"] for record in _lines(out / "minutes.jsonl")] == ["2025/marts.txt"]  # type: ignore[index]
    refused = referat("forget", out, "latin.txt")
    assert (refused.status, refused.out, refused.err.count("\n")) == (1, "", 1)
    assert "latin.txt: no such document" in refused.err


def test_repair_of_clean_text_is_byte_for_byte(referat, inbox: Path) -> None:  # type: ignore[no-untyped-def]
    outcome = referat("repair", inbox / "2025" / "marts.txt")
    assert outcome.status == 0
    assert outcome.out == MINUTES


def test_repair_edits_as_json(referat, inbox: Path) -> None:  # type: ignore[no-untyped-def]
    assert json.loads(referat("repair", inbox / "2025" / "marts.txt", "--json").out) == []


def test_explain_names_values_rules_and_lines(referat, inbox: Path) -> None:  # type: ignore[no-untyped-def]
    outcome = referat("explain", inbox / "2025" / "marts.txt")
    assert outcome.status == 0
    assert "Eventuelt" in outcome.out
    assert "confidence" in outcome.out


def test_the_version_as_records_name_it(referat) -> None:  # type: ignore[no-untyped-def]
    from pipeline.installed import version

    outcome = referat("--version")
    assert (outcome.status, outcome.out, outcome.err) == (0, f"referat {version()}\n", "")


def test_schema_is_json(referat) -> None:  # type: ignore[no-untyped-def]
    assert json.loads(referat("schema").out)["title"] == "Minutes"


def test_register_writes_beside_the_records(referat, inbox: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    referat("run", inbox, "--out", tmp_path / "out")
    outcome = referat("register", tmp_path / "out")
    assert (outcome.status, outcome.out) == (0, "")
    assert "2 bodies" in outcome.err, "one person in both minutes does not make them one body's"
    assert [len(body["meetings"]) for body in _lines(tmp_path / "out" / "register" / "bodies.jsonl")] == [1, 1]  # type: ignore[arg-type]
    assert "no such file" in referat("register", tmp_path / "nowhere").err


def test_report_names_the_page_to_open(referat, inbox: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    referat("run", inbox, "--out", tmp_path / "out")
    outcome = referat("report", tmp_path / "out", "--lang", "en")
    assert (outcome.status, outcome.out) == (0, "")
    page = tmp_path / "out" / "report" / "index.html"
    assert f"open {page}" in outcome.err
    assert len(list((page.parent / "meetings").iterdir())) == 2
    elsewhere = referat("report", tmp_path / "out", "--out", tmp_path / "pages")
    assert elsewhere.status == 0
    assert (tmp_path / "pages" / "index.html").is_file()


def test_a_public_report_redacts_each_record_once(  # type: ignore[no-untyped-def]
    referat, inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pipeline.redact.redact import redact

    redacted = []

    def counted(record, what):  # type: ignore[no-untyped-def]
        redacted.append(record.source.path)
        return redact(record, what)

    monkeypatch.setattr("pipeline.redact.folder.redact", counted)
    referat("run", inbox, "--out", tmp_path / "out")
    assert referat("report", tmp_path / "out", "--redact", "names").status == 0
    assert redacted == ["2025/marts.txt", "latin.txt"]
    assert "Brink" not in (tmp_path / "out" / "report" / "follow.html").read_text("utf-8")


@pytest.mark.parametrize(("arguments", "said"), [(["nowhere"], "no such file"), (["out", "--lang", "sv"], "--lang")])
def test_report_called_wrongly(referat, tmp_path: Path, monkeypatch, arguments: list[str], said: str) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.chdir(tmp_path)
    outcome = referat("report", *arguments)
    assert outcome.status == 1
    assert said in outcome.err


@pytest.mark.parametrize(
    "command",
    [
        "run",
        "watch",
        "status",
        "forget",
        "repair",
        "explain",
        "evaluate",
        "register",
        "report",
        "export",
        "import-corrections",
        "schema",
    ],
)
def test_help_has_an_example(referat, command: str) -> None:  # type: ignore[no-untyped-def]
    outcome = referat(command, "--help")
    assert outcome.status == 0
    assert f"Example: referat {command}" in " ".join(outcome.out.split())


def test_same_name_in_two_folders(referat, inbox: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    other = tmp_path / "other"
    other.mkdir()
    (other / "latin.txt").write_text(MINUTES, "utf-8")
    assert referat("run", inbox, other, "--out", tmp_path / "out").status == 0
    paths = [record["source"]["path"] for record in _lines(tmp_path / "out" / "minutes.jsonl")]  # type: ignore[index]
    assert paths == ["2025/marts.txt", "inbox/latin.txt", "other/latin.txt"]
