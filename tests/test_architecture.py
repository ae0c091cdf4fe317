"""Imports point down, and the lists that name things are complete."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

import pipeline

PACKAGE = Path(pipeline.__file__).parent
ROOT = PACKAGE.parent

# Each room may import from rooms with a smaller number, and from itself.
LAYERS = {
    "values": 0,
    "errors": 0,
    "document": 1,
    "months": 0,
    "lowercase": 0,
    "collector": 1,
    "installed": 1,
    "files": 2,
    "lexicon": 2,
    "layout": 3,
    "find": 4,
    "read": 5,
    "repair": 5,
    "segment": 5,
    "extract": 5,
    "calibrate": 5,
    "stages": 6,
    "records": 7,
    "batch": 8,
    "redact": 8,
    "register": 8,
    "evaluate": 9,
    "train": 10,
    "progress": 9,
    "review": 9,
    "export": 10,
    "terminal": 10,
    "forget": 11,
    "cli": 12,
}

# Inside a room, its parts build on each other; "" is the room's own files, which only the stage puts together.
PARTS = {
    "find": ["", "dates", "amounts", "organisations"],
    "segment": ["people", "", "attendance", "head", "agenda"],
    "extract": ["", "decisions", "actions", "persons", "organisations", "checks"],
}


def _room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def _imports(path: Path) -> Iterator[str]:
    """Rooms of the pipeline that a module imports, also inside functions."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{path}: relative import"
            names = [node.module] if node.module != "pipeline" else [f"pipeline.{alias.name}" for alias in node.names]
        for name in names:
            if name.startswith("pipeline."):
                yield name.split(".")[1]


MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path != PACKAGE / "__init__.py")


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_imports_point_down(path: Path) -> None:
    room = _room(path)
    above = {other for other in _imports(path) if other != room and LAYERS[other] >= LAYERS[room]}
    assert not above, f"{room} may not import {above}"


def _part(module: str) -> tuple[str, str] | None:
    """Room and part of "pipeline.segment.head.body": ("segment", "head"); None for rooms without parts."""
    _, room, *rest = module.split(".")
    if room not in PARTS or not rest or rest == ["stage"]:
        return None
    return room, rest[0] if rest[0] in PARTS[room] else ""


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_parts_of_a_room_build_on_each_other(path: Path) -> None:
    here = _part("pipeline." + ".".join(path.relative_to(PACKAGE).with_suffix("").parts))
    if here is None or path.stem == "__init__":
        return
    order = PARTS[here[0]]
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("pipeline."):
            there = _part(node.module)
            if there and there[0] == here[0]:
                assert order.index(there[1]) <= order.index(here[1]), f"{path.stem} may not import {node.module}"


def test_there_is_no_drawer_for_odds_and_ends() -> None:
    assert not [path for path in MODULES if path.stem in {"utils", "util", "helpers", "common", "misc"}]


def test_files_are_of_a_size_to_be_read() -> None:
    lengths = {path.relative_to(PACKAGE).as_posix(): len(path.read_text("utf-8").splitlines()) for path in MODULES}
    assert not {name: length for name, length in lengths.items() if length > 300}


def test_help_imports_nothing_heavy() -> None:
    code = "import sys, pipeline.cli; print(*sorted({'spacy', 'numpy', 'pydantic', 'ftfy'} & sys.modules.keys()))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert loaded.strip() == ""


def test_every_make_target_and_command_is_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    targets = re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert targets
    assert not [target for target in targets if f"make {target}" not in readme]
    code = "".join(path.read_text("utf-8") for path in (PACKAGE / "cli").glob("*.py"))
    commands = re.findall(r"^@app\.command.*\ndef (\w+)\(", code, re.MULTILINE)
    assert commands
    assert not [command for command in commands if f"referat {command.replace('_', '-')}" not in readme]


def test_every_folder_of_models_has_a_card() -> None:
    folders = [path for path in (ROOT / "models").iterdir() if path.is_dir() and path.name != "rules"]
    assert folders
    assert not [path.name for path in folders if not (path / "CARD.md").is_file()]


def test_statements_without_a_mutant_to_kill_still_stand_in_the_code() -> None:
    for one in tomllib.loads((ROOT / "tests/mutants.toml").read_text("utf-8"))["mutant"]:
        statements = ast.unparse(ast.parse((ROOT / one["file"]).read_text("utf-8"))).splitlines()
        assert one["before"] in {line.strip() for line in statements}, one["file"]
