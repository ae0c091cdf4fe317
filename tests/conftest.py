"""What tests of runs share."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext

import pytest

from pipeline.batch import Limits
from pipeline.batch.executors import Submit, local


@pytest.fixture(scope="session")
def workers() -> Iterator[Submit]:
    """Two workers that stay: to load the models takes longer than all else in tests of runs."""
    with local(2, Limits()) as submit:
        yield submit


@pytest.fixture(autouse=True)
def _staying_workers(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, workers: Submit) -> None:
    """Runs use them, but for those that are marked with `own_workers`."""
    if "own_workers" not in request.keywords:
        monkeypatch.setattr("pipeline.batch.runner.local", lambda jobs, limits: nullcontext(workers))
