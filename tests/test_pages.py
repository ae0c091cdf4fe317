"""The examples of the pages for users run as they stand."""

from __future__ import annotations

import importlib.util
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.batch import run
from pipeline.export import export
from pipeline.lexicon import Lexicon
from pipeline.records.lines import read_minutes
from pipeline.register import make_register, write_register

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "pipeline" / "export" / "README.md"
EXAMPLES = re.findall(r"^```(sql|sh|python)\n(.*?)^```$", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run over two documents of the corpus, its register, and the exports that the page reads."""
    folder = tmp_path_factory.mktemp("pages")
    inbox = ROOT / "corpus" / "inbox"
    run([inbox / "24-styregruppe-journaldeling-opfoelgning.txt", inbox / "27-baadelaug-bestyrelse.txt"], folder)
    write_register(make_register(read_minutes(folder), Lexicon.load()), folder / "register")
    export(folder, "docbin")
    if importlib.util.find_spec("duckdb"):
        export(folder, "parquet")
    return folder


def test_there_are_examples() -> None:
    assert {kind for kind, _ in EXAMPLES} == {"sql", "sh", "python"}


@pytest.mark.parametrize(("kind", "code"), EXAMPLES, ids=[f"{kind}-{n}" for n, (kind, _) in enumerate(EXAMPLES)])
def test_an_example_runs(kind: str, code: str, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(out)
    if kind == "sql":
        duckdb = pytest.importorskip("duckdb")
        with duckdb.connect() as database:
            rows = database.execute(code).fetchall()
        assert rows or "overdue" in code or "postponed" in code
        return
    if kind == "sh":
        if not shutil.which("jq"):
            pytest.skip("jq is not installed")
        command = ["sh", "-c", code]
    else:
        for library in re.findall(r"^import (\w+)", code, re.MULTILINE):
            pytest.importorskip(library)
        command = [sys.executable, "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, bool(done.stdout)) == (0, True), done.stderr


@pytest.mark.parametrize("page", sorted(ROOT.glob("pipeline/**/*.md")), ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)", page.read_text("utf-8"))
    assert not [link for link in links if "://" not in link and not (page.parent / link).exists()]
