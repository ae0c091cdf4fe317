"""What tests of runs share."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest

from pipeline.batch import Limits, run
from pipeline.batch.executors import Submit, local


@pytest.fixture(scope="session")
def workers() -> Iterator[Submit]:
    """Two workers that stay: to load the models takes longer than all else in tests of runs."""
    with local(2, Limits()) as submit:
        yield submit


@pytest.fixture(scope="session")
def run_in(workers: Submit) -> Callable[[Path], None]:
    """Runs the folder `in` of a folder into its `out` with them, for fixtures that live longer than a test."""

    def run_there(folder: Path) -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("pipeline.batch.runner.local", lambda jobs, limits: nullcontext(workers))
            run([folder / "in"], folder / "out")

    return run_there


@pytest.fixture
def box(done: Path, tmp_path: Path) -> Path:
    """A copy, to change, of the module's fixture `done`: documents in `in`, and what a run made of them in `out`."""
    shutil.copytree(done, tmp_path / "box", symlinks=True)
    return tmp_path / "box"


@pytest.fixture(autouse=True)
def _staying_workers(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, workers: Submit) -> None:
    """Runs use them, but for those that are marked with `own_workers`."""
    if "own_workers" not in request.keywords:
        monkeypatch.setattr("pipeline.batch.runner.local", lambda jobs, limits: nullcontext(workers))
