"""`make bench-batch`: what is promised of runs, measured and shown on many short documents.

It should take about forty minutes on two free cores; `make bench-batch DOCUMENTS=300 KILLS=5` takes a few.
Each figure says what
it was measured on; CPU seconds are given beside wall seconds, since they depend less on what else the machine does.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

import psutil
from made_minutes import make_minutes
from test_batch import make_hostile

from pipeline.batch.outcome import TABLES

REFERAT = [sys.executable, "-c", "from pipeline.cli import main; main()"]
DASK = [sys.executable, "-m", "dask"]
SETTLED = 2.5  # seconds after which a file's times are trusted


class Measured(NamedTuple):
    """Wall and CPU seconds of a command, its own (the coordinator's) CPU seconds, and what its workers took.

    Memory is the resident set in MiB: the largest of a worker a quarter of the way through, and at the end.
    """

    wall: float
    cpu: float
    own_cpu: float
    early: float
    peak: float
    said: str


def _run(*arguments: object, status: int | None = 0) -> Measured:
    start, before = time.perf_counter(), os.times()
    with tempfile.TemporaryFile() as said:
        running = psutil.Popen([*REFERAT, "run", *map(str, arguments)], stderr=said)
        samples: list[tuple[float, float]] = []
        own_cpu = 0.0
        while running.poll() is None:
            try:
                workers = running.children()
                samples.append(
                    (time.perf_counter() - start, max((w.memory_info().rss for w in workers), default=0) / 2**20)
                )
                own_cpu = sum(running.cpu_times()[:2])
            except psutil.Error:
                pass
            time.sleep(0.05)
        wall, after = time.perf_counter() - start, os.times()
        said.seek(0)
        told = said.read().decode()
    assert status is None or running.returncode == status, told
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    early = max((memory for at, memory in samples if at < wall / 4), default=0)
    return Measured(wall, cpu, own_cpu, early, max((memory for _, memory in samples), default=0), told)


def _bytes(out: Path) -> dict[str, bytes]:
    return {table: (out / f"{table}.jsonl").read_bytes() for table in TABLES}


def _tell(name: str, measured: Measured, rest: str = "") -> None:
    print(f"{name:34}{measured.wall:9.2f} s wall{measured.cpu:9.2f} s CPU  {rest}", flush=True)


def _speed(box: Path, documents: int) -> None:
    one = _run(box / "in", "--out", box / "one", "--jobs", 1)
    _tell("1 worker", one, _rates(one, documents))
    two = _run(box / "in", "--out", box / "two", "--jobs", 2)
    _tell("2 workers", two, f"{_rates(two, documents)}, {one.wall / two.wall:.2f} × 1 worker")
    assert _bytes(box / "one") == _bytes(box / "two"), "1 and 2 workers: the same bytes"
    for name, peak in (("1", one.peak), ("2", two.peak)):
        assert peak < 600, f"{name}: a worker took {peak} MiB"


def _rates(measured: Measured, documents: int) -> str:
    return (
        f"{documents / measured.wall:.1f} documents/s; coordinator {1000 * measured.own_cpu / documents:.2f} ms CPU a "
        f"document; a worker {measured.early:.0f} MiB early, {measured.peak:.0f} MiB at most"
    )


def _small_changes(box: Path) -> None:
    time.sleep(SETTLED)
    _run(box / "in", "--out", box / "one")  # its files are now older than their stamps need
    _tell("nothing changed", _run(box / "in", "--out", box / "one"), "promised: 2 s wall")
    file = next((box / "in").rglob("*.txt"))
    with file.open("a", encoding="utf-8") as changed:
        changed.write("Mødet sluttede kl. 17.\n")
    _tell("one document changed", _run(box / "in", "--out", box / "one"), "promised: 3 s wall")
    (box / "in" / "000").rename(box / "in" / "first")
    moved = _run(box / "in", "--out", box / "one")
    assert "(0 processed now" in moved.said
    _tell("a folder renamed", moved, "nothing processed")
    (box / "in" / "first").rename(box / "in" / "000")


def _kills(box: Path, kills: int) -> None:
    """Kill a run `kills` times at random moments, each time going on."""
    undisturbed = _run(box / "in", "--out", box / "undisturbed", "--jobs", 2)
    chance = random.Random(kills)  # noqa: S311
    command = [*REFERAT, "run", str(box / "in"), "--out", str(box / "killed"), "--jobs", "2"]
    done = 0
    for _ in range(kills):
        run = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        time.sleep(chance.uniform(0.1, 2 * undisturbed.wall / kills + 4))
        run.kill()
        done += run.wait() == 0
    end = _run(box / "in", "--out", box / "killed", "--jobs", 2)
    assert _bytes(box / "killed") == _bytes(box / "undisturbed")
    _tell(f"after {kills} kills ({done} came too late)", end, "the same bytes as an undisturbed run")


def _cluster(box: Path, documents: int) -> None:
    """The three lines of the README, one worker killed on the way."""
    address = "tcp://127.0.0.1:8799"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with tempfile.TemporaryDirectory() as space:
        scheduler = psutil.Popen([*DASK, "scheduler", "--port", "8799", "--no-dashboard"], cwd=space, **quiet)
        command = [*DASK, "worker", address, "--nworkers", "1", "--nthreads", "1", "--no-dashboard"]
        workers = [psutil.Popen(command, cwd=space, **quiet) for _ in range(2)]
        try:
            time.sleep(5)
            killer = subprocess.Popen(["sh", "-c", f"sleep {documents / 80:.0f}; kill -9 {workers[0].pid}"])
            run = _run(box / "in", "--out", box / "cluster", "--cluster", address)
            killer.wait()
            assert _bytes(box / "cluster") == _bytes(box / "undisturbed")
            scheduled = 1000 * sum(scheduler.cpu_times()[:2]) / documents
            _tell(
                "cluster, 1 of 2 workers killed",
                run,
                f"the same bytes; CPU a document: coordinator {1000 * run.own_cpu / documents:.2f} ms, scheduler "
                f"{scheduled:.2f} ms",
            )
        finally:
            for process in (*workers, scheduler):
                for child in (*process.children(recursive=True), process) if process.is_running() else ():
                    child.kill()
                process.wait()


def _hostile(box: Path, seconds: int) -> None:
    """Every hostile file gets its line within its limits; beside the small ones a line of 50 MB and 10,000 pages."""
    make_hostile(box / "hostile")
    words = "Udvalget drøftede sagen og gik videre til næste punkt. "
    (box / "hostile" / "line.txt").write_text(words * (50_000_000 // len(words)), "utf-8")
    page = "Referat af møde\n\n1. Eventuelt\nIntet.\n" + (words + "\n") * 35 + "\f"
    (box / "hostile" / "pages.txt").write_text(page * 10_000, "utf-8")
    run = _run(box / "hostile", "--out", box / "hostile-out", "--jobs", 2, "--time-limit", seconds, status=2)
    _tell(f"hostile files, {seconds} s each", run, "")
    print(run.said)


def main() -> None:
    """Make the documents, run everything, print a line for each promise; fail where bytes differ or a worker grows."""
    options = argparse.ArgumentParser()
    options.add_argument("--documents", type=int, default=10_000)
    options.add_argument("--kills", type=int, default=50)
    options.add_argument("--seconds", type=int, default=120, help="for each hostile file")
    given = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-batch-") as folder:
        box = Path(folder)
        make_minutes(box / "in", given.documents)
        load = os.getloadavg()[0]
        print(f"{given.documents} documents of 1,500 characters, {os.cpu_count()} cores, load before {load:.1f}")
        _speed(box, given.documents)
        _small_changes(box)
        _kills(box, given.kills)
        _cluster(box, given.documents)
        _hostile(box, given.seconds)


if __name__ == "__main__":
    main()
