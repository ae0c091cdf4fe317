"""Runs over many documents: by content, all or nothing, whatever happens in between."""

from __future__ import annotations

import hashlib
import json
import logging
import os
import random
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from threading import Event, Timer
from typing import Any

import fsspec
import pytest
from made_files import packed
from made_minutes import make_minutes
from test_read import REFUSED

from pipeline.batch import Limits, Progress, run, status
from pipeline.batch.inputs import InputFile, find_inputs
from pipeline.batch.outcome import TABLES
from pipeline.batch.output import copy_output, locked
from pipeline.batch.state import State
from pipeline.batch.storage import download
from pipeline.batch.watch import arrivals
from pipeline.batch.work import process_file
from pipeline.errors import ConfigurationError, UnreadableError

# A worker without models: what it makes of a document is little, but depends on every byte of it.
STUB = """
import hashlib, sys, time, types
from pathlib import Path
from pipeline.batch.outcome import TABLES, Outcome
from pipeline.installed import fingerprint
def process_file(given):
    data = Path(given.location).read_bytes()
    sha256 = hashlib.sha256(data).hexdigest()
    time.sleep(0.01 + int(sha256[:2], 16) / 10_000)
    return Outcome(given.path, sha256, fingerprint(), 1, {table: f"{table} {sha256}\\n" for table in TABLES[:-1]})
sys.modules["pipeline.batch.work"] = types.SimpleNamespace(process_file=process_file)
from pipeline.batch.worker import serve
serve()
"""
STUBBED = """
import pipeline.batch.worker as worker, sys
worker._START = [sys.executable, "-c", {stub!r}]
from pipeline.cli import main
main()
"""


def _bytes(out: Path) -> dict[str, bytes]:
    return {table: (out / f"{table}.jsonl").read_bytes() for table in TABLES}


def _records(out: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (out / "minutes.jsonl").read_text("utf-8").splitlines()]


def _quarantine(out: Path) -> dict[str, dict[str, str]]:
    lines = (out / "quarantine.jsonl").read_text("utf-8").splitlines()
    entries = [json.loads(line) for line in lines]
    return {entry["path"]: entry for entry in entries}


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory, run_in: Callable[[Path], None]) -> Path:
    """A folder with twelve short documents in `in`, and what an undisturbed run made of them in `out`."""
    folder = tmp_path_factory.mktemp("done")
    make_minutes(folder / "in", 12, characters=400)
    run_in(folder)
    return folder


# What is done again


def test_a_copied_folder_and_touched_files_are_unchanged(box: Path) -> None:
    before = _bytes(box / "out")
    (box / "in" / "000" / "00003.txt").touch()
    summary = run([box / "in"], box / "out")
    assert (summary.processed, summary.unchanged, summary.written) == (0, 12, False)
    assert _bytes(box / "out") == before


def test_a_change_that_keeps_size_and_time_is_seen(box: Path) -> None:
    file = box / "in" / "000" / "00003.txt"
    times = file.stat()
    file.write_bytes(file.read_bytes().replace(b"Havneudvalget", b"Farveudvalget"))
    os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert run([box / "in"], box / "out").processed == 1
    assert "Farveudvalget" in _records(box / "out")[3]["source_text"]


def test_a_rename_repeats_nothing_and_gives_the_same_bytes_as_a_fresh_run(box: Path) -> None:
    (box / "in" / "empty.txt").touch()
    run([box / "in"], box / "out")
    (box / "in" / "000").rename(box / "in" / 'år "2025"')
    (box / "in" / "empty.txt").rename(box / "in" / "tom.txt")
    summary = run([box / "in"], box / "out")
    assert summary.processed == 0
    assert [record["source"]["path"] for record in _records(box / "out")] == [
        f'år "2025"/{number:05}.txt' for number in range(12)
    ]
    run([box / "in"], box / "fresh")
    assert _bytes(box / "out") == _bytes(box / "fresh")


def test_another_fingerprint_does_all_again(box: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import sqlite3

    with sqlite3.connect(box / "out" / "state.sqlite") as state:
        state.execute("UPDATE document SET fingerprint = 'older' WHERE path LIKE '%3.txt'")
    state.close()
    assert status(box / "out").stale == 1
    assert run([box / "in"], box / "out").processed == 1


def test_removed_documents_leave(box: Path) -> None:
    (box / "in" / "000" / "00003.txt").unlink()
    assert run([box / "in"], box / "out").written
    assert len(_records(box / "out")) == 11


def test_an_archive_is_a_folder(box: Path) -> None:
    files = sorted((box / "in" / "000").iterdir())
    with zipfile.ZipFile(box / "in" / "000.zip", "w") as archive:
        for file in files[:2]:
            archive.write(file, f"marts/{file.name}")
    (box / "in" / "broken.zip").write_bytes(b"PK\x03\x04 and no more")
    summary = run([box / "in"], box / "out")
    assert summary.processed == 1, "the bytes in the archive are known"
    assert _records(box / "out")[0]["source"]["path"] == "000.zip/marts/00000.txt"
    assert list(_quarantine(box / "out")) == ["broken.zip"]
    assert run([box / "in"], box / "out").processed == 0


def test_the_output_is_no_input(box: Path) -> None:
    run([box], box / "out")
    assert run([box], box / "out").unchanged == 12


def test_inputs_that_overlap_are_read_once(box: Path) -> None:
    assert find_inputs([box / "in", box / "in" / "000"])[0].path == "00000.txt"
    assert len(find_inputs([box / "in", box / "in", box / "in" / "000" / "00003.txt"])) == 12


def test_a_folder_that_cannot_be_listed_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def walk(folder: Path, onerror: Any) -> Any:
        onerror(PermissionError(13, "Permission denied", str(folder / "closed")))
        return iter(())

    monkeypatch.setattr(os, "walk", walk)
    (tmp_path / "closed").mkdir()
    assert [given.path for given in find_inputs([tmp_path])] == ["closed"]


# All or nothing


def test_readers_of_the_old_set_are_not_disturbed(box: Path) -> None:
    before = (box / "out" / "minutes.jsonl").read_bytes()
    with (box / "out" / "minutes.jsonl").open("rb") as reader:
        (box / "in" / "000" / "00003.txt").unlink()
        run([box / "in"], box / "out")
        assert reader.read() == before
    assert len(list((box / "out").glob(".set-*"))) == 1


def test_a_copy_in_which_links_were_followed_is_taken_over(box: Path) -> None:
    shutil.copytree(box / "out", box / "copy")  # as `cp -rL`
    assert run([box / "in"], box / "copy").processed == 0
    assert _bytes(box / "copy") == _bytes(box / "out")
    assert (box / "copy" / "minutes.jsonl").is_symlink()


@pytest.mark.parametrize("step", ["_write_set", "_link_all", "_link", "_sync"])
def test_a_failure_while_writing_leaves_the_old_set(box: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    before = _bytes(box / "out")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    (box / "in" / "000" / "00003.txt").unlink()
    monkeypatch.setattr(f"pipeline.batch.output.{step}", full)
    with pytest.raises(ConfigurationError, match="No space left on device"):
        run([box / "in"], box / "out")
    assert _bytes(box / "out") == before
    monkeypatch.undo()
    assert run([box / "in"], box / "out").processed == 0
    assert len(_records(box / "out")) == 11


def test_two_runs_into_one_folder(box: Path) -> None:
    with locked(box / "out"):
        assert status(box / "out").running
        with pytest.raises(ConfigurationError, match=f"another run .process {os.getpid()}. is writing there"):
            run([box / "in"], box / "out")
    assert not status(box / "out").running


def test_a_damaged_state_is_one_clear_line(box: Path) -> None:
    (box / "out" / "state.sqlite").write_bytes(b"not a database" * 1000)
    with pytest.raises(ConfigurationError, match=r"state.sqlite is damaged"):
        run([box / "in"], box / "out")


def test_of_a_damaged_state_status_says_so(box: Path) -> None:
    """Its first page is whole: what is cut off is seen when something is read from it."""
    state = box / "out" / "state.sqlite"
    with State(state) as opened:
        opened.wipe()
    state.write_bytes(state.read_bytes()[:10_000])
    with pytest.raises(ConfigurationError, match=r"state.sqlite is damaged"):
        status(box / "out")


def test_kills_at_random_moments_lose_and_double_nothing(tmp_path: Path) -> None:
    """A small version of `make bench-batch`, which kills fifty times."""
    make_minutes(tmp_path / "in", 100, characters=100)
    chance = random.Random(5)  # noqa: S311
    code = STUBBED.format(stub=STUB)
    command = [sys.executable, "-c", code, "run", str(tmp_path / "in"), "--jobs", "2", "--out"]
    subprocess.run([*command, str(tmp_path / "undisturbed")], check=True, stderr=subprocess.DEVNULL)
    kept = 0
    for _ in range(6):
        killed = subprocess.Popen([*command, str(tmp_path / "out")], stderr=subprocess.DEVNULL)
        time.sleep(chance.uniform(0.2, 1))
        killed.send_signal(signal.SIGKILL)
        killed.wait()
        if (tmp_path / "out" / "state.sqlite").exists():
            assert kept <= (kept := status(tmp_path / "out").documents)
    subprocess.run([*command, str(tmp_path / "out")], check=True, stderr=subprocess.DEVNULL)
    assert _bytes(tmp_path / "out") == _bytes(tmp_path / "undisturbed")


# Documents that fail


def test_a_fault_of_ours_is_quarantined(done: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def segment(document: object, lexicon: object) -> None:
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr("pipeline.batch.work.STAGES", (segment,))
    file = done / "in" / "000" / "00003.txt"
    line = json.loads(process_file(InputFile(str(file), "a.txt")).lines["quarantine"])
    assert line["stage"] == "segment"
    assert line["error"] == "RuntimeError: broken on purpose"
    assert line["sha256"] == hashlib.sha256(file.read_bytes()).hexdigest()


@pytest.mark.own_workers
def test_limits_and_retry(box: Path) -> None:
    big = box / "in" / "big.txt"
    big.write_text("Udvalget drøftede sagen og gik videre.\n" * 100_000, "utf-8")
    summary = run([box / "in"], box / "out", limits=Limits(seconds=1))
    assert summary.processed == 1
    told = _quarantine(box / "out")["big.txt"]
    assert told["error"] == "it takes longer than 1 s"
    assert told["sha256"] == hashlib.sha256(big.read_bytes()).hexdigest()
    assert run([box / "in"], box / "out").processed == 0, "not again by itself"
    summary = run([box / "in"], box / "out", retry=True, limits=Limits(memory=250))
    assert summary.processed == 1
    assert _quarantine(box / "out")["big.txt"]["error"] == "it takes more memory than 250 MiB"
    assert len(_records(box / "out")) == 12


@pytest.mark.own_workers
def test_a_document_that_kills_its_worker_is_tried_twice(box: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (box / "in" / "000" / "00003.txt").write_text("DEADLY", "utf-8")
    deadly = "    if data == b'DEADLY': import os; print('x', file=open({!r}, 'a')); os.kill(os.getpid(), 9)\n"
    place = "    sha256 ="
    code = STUB.replace(place, deadly.format(str(box / "deaths")) + place)
    monkeypatch.setattr("pipeline.batch.worker._START", [sys.executable, "-c", code])
    summary = run([box / "in"], box / "out", force=True, jobs=2)
    assert summary.quarantined == 1
    assert _quarantine(box / "out")["000/00003.txt"]["error"] == "its worker process died twice (killed by SIGKILL)"
    assert (box / "deaths").read_text() == "x\nx\n"
    assert len((box / "out" / "minutes.jsonl").read_bytes().splitlines()) == 11


@pytest.mark.own_workers
def test_workers_that_cannot_start_stop_the_run(box: Path) -> None:
    with pytest.raises(ConfigurationError, match="worker processes cannot start"):
        run([box / "in"], box / "out", force=True, limits=Limits(memory=1))
    assert run([box / "in"], box / "out").processed == 0


def make_hostile(folder: Path) -> list[str]:
    """Files that want to stop a run; the paths that belong in quarantine."""
    folder.mkdir(parents=True)
    (folder / "empty.txt").touch()
    (folder / "noise.txt").write_bytes(random.Random(1).randbytes(5_000))  # noqa: S311
    (folder / "locked.pdf").write_bytes(b"%PDF-1.7\n1 0 obj<</Filter/Standard>>endobj trailer<</Encrypt 1 0 R>>\n")
    (folder / "loop.txt").symlink_to(folder / "loop.txt")
    (folder / "circle").symlink_to(folder)
    os.mkfifo(folder / "pipe.txt")
    (folder / "line\nbreak.txt").touch()
    (folder / "party🎉.txt").touch()
    Path(os.fsdecode(os.fsencode(folder) + b"/m\xf8de.txt")).touch()
    (folder / "folder.txt").mkdir()
    (folder / "folder.txt" / "inside.txt").touch()
    with (folder / "huge.txt").open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    fine = "Referat\n\n1. Eventuelt\nIntet.\n"
    (folder / "fine.txt").write_text(fine, "utf-8")
    refused = [make for name, (make, _) in REFUSED.items() if name != "a zip"]
    (folder / "refused").mkdir()
    for number, make in enumerate(refused):
        (folder / "refused" / f"{number:02}.pdf").write_bytes(make())
    (folder / "bomb.zip").write_bytes(packed({"bomb.txt": bytes(2_000_000)}))
    (folder / "leaves.zip").write_bytes(packed({"../leaves.txt": fine}))
    (folder / "nest.zip").write_bytes(packed({"inner.zip": packed({"a.txt": fine}), "fine.txt": fine}))
    return sorted([
        "bomb.zip", "empty.txt", "folder.txt/inside.txt", "huge.txt", "leaves.zip", "line\nbreak.txt", "locked.pdf",
        "loop.txt", "m\\xf8de.txt", "nest.zip/inner.zip", "noise.txt", "party🎉.txt", "pipe.txt",
        *(f"refused/{number:02}.pdf" for number in range(len(refused))),
    ])  # fmt: skip


def test_hostile_files_get_a_line_each_and_the_rest_is_done(tmp_path: Path) -> None:
    expected = make_hostile(tmp_path / "in")
    summary = run([tmp_path / "in"], tmp_path / "out", limits=Limits(seconds=60))
    assert sorted(_quarantine(tmp_path / "out")) == expected
    assert [record["source"]["path"] for record in _records(tmp_path / "out")] == ["fine.txt", "nest.zip/fine.txt"]
    for line in summary.lines:
        assert "\n" not in line
        assert json.loads(line).keys() == {"path", "sha256", "stage", "error", "advice"}
    assert run([tmp_path / "in"], tmp_path / "out").processed == 0, "not again by themselves"


@pytest.mark.own_workers
def test_a_hole_of_a_terabyte_is_never_read(box: Path) -> None:
    """It costs who sends it nothing, and would take an hour to go through."""
    with (box / "in" / "hole.txt").open("wb") as file:
        file.truncate(10**12)
    began = time.monotonic()
    for _ in range(2):
        run([box / "in"], box / "out", limits=Limits(seconds=30))
        told = _quarantine(box / "out")["hole.txt"]
        assert (told["sha256"], told["error"]) == ("", "the file is larger than 64 MiB")
    assert time.monotonic() - began < 60


# Progress


def test_progress_counts(done: Path, tmp_path: Path) -> None:
    seen: list[Progress] = []
    run([done / "in"], tmp_path / "out", jobs=2, progress=seen.append)
    assert [at.done for at in seen] == list(range(1, 13))
    assert seen[-1].total == seen[-1].processed == 12
    assert seen[-1].pages == 12
    assert _bytes(tmp_path / "out") == _bytes(done / "out"), "two workers, the same bytes"


# On a cluster


def test_a_cluster_gives_the_same_bytes_though_a_worker_dies(box: Path) -> None:
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=None, silence_logs=logging.CRITICAL
    ) as cluster:
        deadly = [worker.pid for worker in cluster.workers.values()][:1]

        def kill_one(at: Progress) -> None:
            if at.done == 3 and deadly:
                os.kill(deadly.pop(), signal.SIGKILL)

        summary = run([box / "in"], box / "new", cluster_address=cluster.scheduler_address, progress=kill_one)
    assert (summary.processed, summary.quarantined) == (12, 0)
    assert not deadly
    assert _bytes(box / "new") == _bytes(box / "out")


def test_no_scheduler_is_one_clear_line(box: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed")
    monkeypatch.setattr("pipeline.batch.executors._PATIENCE", "1s")
    with pytest.raises(ConfigurationError, match="no Dask scheduler answers there"):
        run([box / "in"], box / "new", cluster_address="tcp://127.0.0.1:1")


# Storage behind URLs


def test_input_and_output_by_url(box: Path) -> None:
    pytest.importorskip("fsspec")
    assert run([f"file://{box / 'in'}"], box / "out").processed == 0, "the same documents, by another way"
    (box / "in" / "000" / "00003.txt").write_text("Referat\n\n1. Eventuelt\nIntet.\n", "utf-8")
    assert run([f"file://{box / 'in'}"], box / "out").processed == 1
    assert run([f"file://{box / 'in'}/000/00003.txt"], box / "one").processed == 1
    assert _records(box / "one")[0]["source"]["path"] == "00003.txt"
    copy_output(box / "out", f"file://{box / 'copy'}")
    assert _bytes(box / "copy") == _bytes(box / "out")


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("nosuch://a/b", "nosuch"),
        ("memory://nothing-here", "there is no such file"),
        ("file:///no/such", "no such file"),
    ],
)
def test_urls_that_lead_nowhere(tmp_path: Path, url: str, told: str) -> None:
    pytest.importorskip("fsspec")
    with pytest.raises(ConfigurationError, match=told):
        run([url], tmp_path / "out")


# Watching


def test_what_arrives_is_told_when_it_has_settled(tmp_path: Path) -> None:
    inbox, stop, told = tmp_path / "in", Event(), []
    inbox.mkdir()

    def copy_slowly() -> None:
        for _ in range(6):
            with (inbox / "slow.txt").open("a") as file:
                file.write("Referat\n")
            time.sleep(0.1)
        told.append("copied")

    arriving = arrivals([str(inbox)], inbox / "out", quiet=0.5, poll=False, stop=stop)
    next(arriving)  # what is there already
    copying = Timer(0.5, copy_slowly)
    copying.start()
    next(arriving)
    assert told == ["copied"], "not before it was whole"
    copying.join()
    (inbox / "out").mkdir()
    (inbox / "out" / "minutes.jsonl").touch()
    (inbox / ".hidden").touch()
    Timer(1.5, stop.set).start()
    assert not list(arriving), "neither what is hidden nor the output counts"


@pytest.mark.parametrize("told", [True, False])
def test_a_file_behind_a_url_that_is_too_large(told: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    system = fsspec.filesystem("memory")
    system.pipe_file("/large/minutes.txt", b"x" * 101)
    if not told:
        monkeypatch.setattr(type(system), "size", lambda *_: None)
    assert len(download("memory://large/minutes.txt")) == 101
    monkeypatch.setattr("pipeline.read.archive.MOST_BYTES", 100)
    with pytest.raises(UnreadableError, match="larger than 64 MiB"):
        download("memory://large/minutes.txt")


@pytest.mark.parametrize("given", ["/no/such/folder", "memory://inbox"])
def test_what_cannot_be_watched(given: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="can be watched"):
        next(arrivals([given], tmp_path / "out", quiet=0.5, poll=False))
