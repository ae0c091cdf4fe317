"""No connection, no code in data, no file for the world."""

from __future__ import annotations

import ast
import os
import shutil
import socket
from pathlib import Path
from typing import NoReturn

import pytest

import pipeline
from pipeline.batch import run

PACKAGE = Path(pipeline.__file__).parent
INBOX = PACKAGE.parent / "corpus" / "inbox"
FORBIDDEN = {"pickle", "cPickle", "dill", "shelve", "marshal", "joblib", "cloudpickle"}
CALLS = {"eval", "exec", "compile", "__import__"}
ATTRIBUTES = {("yaml", "load"), ("yaml", "unsafe_load"), ("os", "system"), ("os", "popen")}


def test_a_run_opens_no_connection(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> NoReturn:
        raise AssertionError("a run opens no connection")

    for name in ("connect", "connect_ex", "bind", "sendto"):
        monkeypatch.setattr(socket.socket, name, refuse)
    for name in ("create_connection", "getaddrinfo", "gethostbyname"):
        monkeypatch.setattr(socket, name, refuse)
    with pytest.raises(AssertionError, match="no connection"):
        socket.create_connection(("127.0.0.1", 9))
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for path in sorted(INBOX.glob("*.txt"))[:3]:
        shutil.copy(path, inbox)
    summary = run([inbox], tmp_path / "out")
    assert (summary.processed, summary.quarantined) == (3, 0)


def test_what_a_run_writes_is_not_for_the_world(tmp_path: Path) -> None:
    shutil.copy(min(INBOX.glob("*.txt")), tmp_path / "minutes.txt")
    mask = os.umask(0)
    try:
        run([tmp_path / "minutes.txt"], tmp_path / "out")
    finally:
        os.umask(mask)
    written = [path for path in (tmp_path / "out").rglob("*") if path.is_file()]
    assert {"minutes.jsonl", "state.sqlite"} <= {path.name for path in written}
    assert not [path.name for path in written if path.stat().st_mode & 0o007]


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
