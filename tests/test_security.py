"""No connection, no code in data, no file for the world."""

from __future__ import annotations

import ast
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from no_network import CAN_FORBID

import pipeline
from pipeline.batch import run
from pipeline.batch.output import copy_output
from pipeline.batch.state import State
from pipeline.export import FORMATS, export, import_corrections
from pipeline.lexicon import Lexicon
from pipeline.read.ocr import danish_ocr
from pipeline.records.lines import read_minutes
from pipeline.register import make_register, write_register
from pipeline.review import write_report

PACKAGE = Path(pipeline.__file__).parent
LEXICON = Lexicon.load()
INBOX = PACKAGE.parent / "corpus" / "inbox"
FORBIDDEN = {"pickle", "cPickle", "dill", "shelve", "marshal", "joblib", "cloudpickle"}
CALLS = {"eval", "exec", "compile", "__import__"}
ATTRIBUTES = {("yaml", "load"), ("yaml", "unsafe_load"), ("os", "system"), ("os", "popen")}


def _without_network(code: str, *arguments: str, deadly: bool = True) -> subprocess.CompletedProcess[str]:
    start = "import sys; sys.path.insert(0, sys.argv[1]); from no_network import forbid_network\n"
    forbid = f"forbid_network(deadly={deadly})\n"
    command = [sys.executable, "-c", start + forbid + code, str(Path(__file__).parent), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


WHOLE_JOB = """
from pathlib import Path
from pipeline.cli import main
from pipeline.export import FORMATS
box, gold = map(Path, sys.argv[2:])
out, first = str(box / "out"), str(min((box / "in").glob("*.txt")))
export = [["export", out, "--format", name] for name in FORMATS if name != "docbin"]
public = [["export", out, "--format", name, "--redact", "names", "--redact", "cpr"] for name in ("csv", "xlsx")]
for command in (
    ["run", str(box / "in"), "--out", out, "--jobs", "2"], ["status", out], ["register", out], ["report", out],
    ["report", out, "--redact", "names", "--out", str(box / "public")], *export, *public,
    ["repair", first], ["explain", first], ["evaluate", str(gold)], ["schema"],
    ["forget", out, "*.html"], ["run", str(box / "in"), "--out", out, "--force"],
):
    sys.argv = ["referat", *command]
    try:
        main()
    except SystemExit as end:
        print(command, end.code, file=sys.stderr if end.code else sys.stdout, flush=True)
print("all done", flush=True)
"""


@pytest.mark.skipif(not CAN_FORBID, reason="needs Linux on x86_64 or ARM, whose kernel forbids sockets")
def test_the_whole_job_opens_no_connection(tmp_path: Path) -> None:
    """Every command over every format, with its workers and whatever they start."""
    tried = _without_network("import socket; socket.socket(socket.AF_INET)")
    assert tried.returncode == -signal.SIGSYS, tried.stderr
    (tmp_path / "in").mkdir()
    formats = [path for path in (INBOX.parent / "formats").iterdir() if path.is_file() and path.suffix != ".md"]
    scans = () if danish_ocr() else (".png", ".jpg", ".tiff")
    for path in (*sorted(INBOX.glob("*.txt"))[:2], *(path for path in formats if path.suffix not in scans)):
        shutil.copy(path, tmp_path / "in")
    gold = tmp_path / "gold"
    gold.mkdir()
    given = min((INBOX.parent / "gold").glob("*.gold.json"))
    shutil.copy(given, gold)
    (tmp_path / "inbox").mkdir()
    shutil.copy(INBOX / given.name.replace(".gold.json", ".txt"), tmp_path / "inbox")
    done = _without_network(WHOLE_JOB, str(tmp_path), str(gold))
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith("all done\n")
    assert not [line for line in done.stderr.splitlines() if line.startswith("[")], done.stderr
    assert "killed" not in done.stderr


@pytest.mark.skipif(not CAN_FORBID, reason="as above")
def test_spacy_needs_no_socket(run_in: Callable[[Path], None], tmp_path: Path) -> None:
    """What it imports asks this machine for a socket, to see if it has IPv6; without an answer it works as well."""
    (tmp_path / "in").mkdir()
    shutil.copy(min(INBOX.glob("*.txt")), tmp_path / "in")
    run_in(tmp_path)
    code = "from pipeline.export import export; from pathlib import Path; print(export(Path(sys.argv[2]), 'docbin'))"
    assert _without_network(code, str(tmp_path / "out")).returncode == -signal.SIGSYS, "if it is 0, one test will do"
    done = _without_network(code, str(tmp_path / "out"), deadly=False)
    assert done.returncode == 0, done.stderr
    assert Path(done.stdout.strip()).stat().st_size


@pytest.mark.parametrize(("mask", "forbidden"), [(0, 0o007), (0o077, 0o077)], ids=["open", "closed"])
def test_what_is_written_is_not_for_the_world(tmp_path: Path, mask: int, forbidden: int) -> None:
    """Whatever the umask allows, others may read nothing; what it takes away besides stays away."""
    (tmp_path / "in").mkdir()
    shutil.copy(min(INBOX.glob("*.txt")), tmp_path / "in" / "minutes.txt")
    (tmp_path / "in" / "empty.txt").touch()
    out, copies = tmp_path / "new" / "out", tmp_path / "copies" / "minutes"
    before = os.umask(mask)
    try:
        run([tmp_path / "in"], out)
        records = list(read_minutes(out))
        write_report(records, LEXICON, out / "report")
        write_report(records, LEXICON, tmp_path / "pages" / "report")
        write_register(make_register(records, LEXICON), out / "register")
        for name in FORMATS:
            export(out, name)
            export(out, name, to=tmp_path / "exports" / FORMATS[name].target)
        tasks = json.loads((out / "export" / "label-studio" / "tasks.json").read_text("utf-8"))
        corrected = [task | {"annotations": task["predictions"]} for task in tasks]
        (tmp_path / "corrected.json").write_text(json.dumps(corrected), "utf-8")
        import_corrections(tmp_path / "corrected.json", tmp_path / "corrected")
        copy_output(out, f"file://{copies}")
        with State(out / "state.sqlite") as state:
            state.stamp([("minutes.txt", 1, "")])
            live = [path for path in out.iterdir() if path.name.startswith("state.sqlite")]
            assert len(live) == 3, "the state, its log and the index of that"
            modes = {path.stat().st_mode for path in live}
    finally:
        os.umask(before)
    written = [
        path
        for folder in ("new", "copies", "pages", "exports", "corrected")
        for path in (tmp_path / folder, *(tmp_path / folder).rglob("*"))
        if not path.is_symlink()
    ]
    assert {"minutes.jsonl", "state.sqlite", "index.html", "persons.jsonl", "referat.xlsx", "gold", "tasks.json"} <= {
        path.name for path in written
    }
    assert not [path.relative_to(tmp_path) for path in written if path.stat().st_mode & forbidden]
    assert not [mode for mode in modes if mode & forbidden]


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_data_never_becomes_code(path: Path) -> None:
    assert not list(_dangers(path.read_text("utf-8")))


@pytest.mark.parametrize(
    ("code", "dangers"),
    [
        ("import pickle", ["pickle"]),
        ("from joblib import load", ["joblib"]),
        ("eval('1')", ["eval"]),
        ("yaml.load(text)", ["yaml.load"]),
        ("np.load(file, allow_pickle=True)", ["allow_pickle"]),
        ("run('ls', shell=True)", ["shell"]),
        ("re.compile('a'); np.load(file, allow_pickle=False); model.eval()", []),
    ],
)
def test_dangers_are_seen(code: str, dangers: list[str]) -> None:
    assert _dangers(code) == dangers


def _dangers(code: str) -> list[str]:
    """Imports, calls and arguments by which data would be run as code."""
    found = []
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names if alias.name.split(".")[0] in FORBIDDEN]
        elif isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in FORBIDDEN:
            found.append(node.module or "")
        elif isinstance(node, ast.Call):
            function = node.func
            if isinstance(function, ast.Name) and function.id in CALLS:
                found.append(function.id)
            if isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name):
                name = (function.value.id, function.attr)
                found += [".".join(name)] * (name in ATTRIBUTES)
            found += [
                keyword.arg
                for keyword in node.keywords
                if keyword.arg in ("allow_pickle", "shell") and getattr(keyword.value, "value", True) is not False
            ]
    return found
