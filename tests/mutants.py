"""Whether the tests of repair, amounts and dates notice a change: python -m tests.mutants [--files NAME …]

A mutant is a file with one thing changed: a comparison, an operator, a condition, a number or a truth value. Every
mutant of the files asked for (of all files where none is named; with `--sample` so many, drawn evenly) goes through the
tests of its file, in a fork of one process that has read libraries, rules and word lists. Prints each mutant that they
let live, as the statement before and after, and a table by file. Those that do what the original does for every input
stand in `mutants.toml` with the reason and are not run.

Why not mutmut or cosmic-ray: mutmut (3.8) changes the bodies of functions alone, and much of what a finder or repair
knows are tables, weights and limits beside them; cosmic-ray (8.7) starts pytest for each mutant, and that takes seconds
here, most of them for imports and word lists.
"""

from __future__ import annotations

import argparse
import ast
import importlib
import multiprocessing
import os
import random
import sys
import time
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from multiprocessing.connection import wait
from multiprocessing.context import ForkProcess
from pathlib import Path
from signal import SIGKILL
from types import CodeType
from typing import Any, NamedTuple

import hypothesis
import pytest
from rapidfuzz.distance import Postfix, Prefix

from pipeline.lexicon import Lexicon

ROOT = Path(__file__).parents[1]
FIND, REPAIR = "pipeline/find", "pipeline/repair"
GOLDENS = "tests/test_repair_goldens.py"
TESTS = {
    **{
        f"{FIND}/amounts/{name}.py": ["tests/test_numbers.py", "tests/test_amounts.py", "tests/test_accounts.py"]
        for name in ("amounts", "accounts", "numbers")
    },
    **{
        f"{FIND}/dates/{name}.py": ["tests/test_dates.py", "tests/test_years.py"]
        for name in ("dates", "days", "periods", "reading", "readings", "relative", "years")
    },
    **{f"{REPAIR}/{name}.py": ["tests/test_repair_channel.py", GOLDENS] for name in ("channel", "forms", "letters")},
    **{f"{REPAIR}/{name}.py": ["tests/test_repair_edits.py", GOLDENS] for name in ("calibration", "edits", "strokes")},
    **{f"{REPAIR}/{name}.py": [f"tests/test_repair_{name}.py", GOLDENS] for name in ("context", "gate")},
    **{f"{REPAIR}/{name}.py": [GOLDENS, "tests/test_repair_channel.py"] for name in ("neighbours", "speller")},
    f"{REPAIR}/candidates.py": ["tests/test_repair_candidates.py", "tests/test_repair_compounds.py", GOLDENS],
    f"{REPAIR}/reading.py": ["tests/test_repair_reading.py", "tests/test_repair_splits.py", GOLDENS],
    f"{REPAIR}/stage.py": ["tests/test_repair_gate.py", "tests/test_repair.py"],
    f"{REPAIR}/tokens.py": ["tests/test_repair_tokens.py"],
}
EQUIVALENT = ROOT / "tests" / "mutants.toml"
_BELOW = ("collector", "document", "errors", "installed", "lexicon", "months", "values")  # never changed, stay imported
_ENDS = ("killed", "slow", "alive", "equivalent")
_OPERATORS: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
    ast.And: ast.Or,
    ast.Or: ast.And,
}


class Mutant(NamedTuple):
    """A file with one node changed; the statement that it stands in before and after, on one line each."""

    path: str
    line: int
    before: str
    after: str
    code: CodeType


def mutants(path: str) -> Iterator[Mutant]:
    """Every mutant of a file, but for `strict` of a zip (an assertion) and `maxsize` of a cache (no answer changes)."""
    tree = ast.parse((ROOT / path).read_text("utf-8"))
    original = ast.unparse(tree).splitlines()
    words = [node for node in ast.walk(tree) if isinstance(node, ast.keyword)]
    left_out = {id(word.value) for word in words if word.arg in {"strict", "maxsize"}}
    for node in ast.walk(tree):
        if id(node) in left_out:
            continue
        for field, value in _changes(node):
            kept = getattr(node, field)
            setattr(node, field, value)
            ast.fix_missing_locations(tree)
            lines = zip(original, ast.unparse(tree).splitlines(), strict=True)
            before, after = next((one.strip(), other.strip()) for one, other in lines if one != other)
            line = node.target.lineno if isinstance(node, ast.comprehension) else getattr(node, "lineno", 0)
            yield Mutant(path, line, before, after, compile(tree, str(ROOT / path), "exec"))
            setattr(node, field, kept)


def _changes(node: ast.AST) -> Iterator[tuple[str, Any]]:
    """Fields of a node with what to change them to."""
    if isinstance(node, ast.Compare):
        for n, operator in enumerate(node.ops):
            yield "ops", [*node.ops[:n], _OPERATORS[type(operator)](), *node.ops[n + 1 :]]
    elif isinstance(node, ast.BinOp | ast.AugAssign | ast.BoolOp):
        if type(node.op) in _OPERATORS:
            yield "op", _OPERATORS[type(node.op)]()
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield "operand", ast.UnaryOp(ast.Not(), node.operand)
    elif isinstance(node, ast.If | ast.IfExp | ast.While) and _is_plain(node.test):
        yield "test", ast.UnaryOp(ast.Not(), node.test)
    elif isinstance(node, ast.comprehension):
        for n, test in enumerate(node.ifs):
            if _is_plain(test):
                yield "ifs", [*node.ifs[:n], ast.UnaryOp(ast.Not(), test), *node.ifs[n + 1 :]]
    elif isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield "value", not node.value
    elif isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        yield "value", node.value + 1


def _is_plain(test: ast.expr) -> bool:
    """Whether a condition has no operator of its own that is changed anyway."""
    return not isinstance(test, ast.Compare | ast.BoolOp | ast.UnaryOp)


class _Mutated(SourceFileLoader):
    """Imports a mutant in place of its file."""

    def __init__(self, mutant: Mutant) -> None:
        super().__init__(_module(mutant.path), str(ROOT / mutant.path))
        self.mutant = mutant

    def find_spec(self, fullname: str, *_: Any) -> ModuleSpec | None:
        return spec_from_file_location(fullname, self.path, loader=self) if fullname == self.name else None

    def get_code(self, fullname: str) -> CodeType:
        return self.mutant.code


class _TablesFirst:
    """A plugin of pytest: properties come last, for they take longer than tables and seldom notice more."""

    @staticmethod
    def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
        items.sort(key=lambda item: hasattr(getattr(item, "function", None), "hypothesis"))


def _module(path: str) -> str:
    return path.removesuffix(".py").replace("/", ".")


def _test(path: str, mutant: Mutant | None = None) -> None:
    """In a fork: run the tests of a file, and leave with pytest's exit status."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    status = 1
    try:
        if mutant:
            sys.meta_path.insert(0, _Mutated(mutant))
        importlib.import_module(_module(path))
        # Tests of linear time and of the tables themselves notice no mutant, and take longer than all others together.
        options = ["-x", "-q", "-p", "no:cacheprovider", "--assert=plain", "-k", "not hostile and not edtf"]
        status = pytest.main([*options, *TESTS[path], path], plugins=[_TablesFirst()])
    finally:
        os._exit(status)


def _warm_up(paths: Iterable[str]) -> None:
    """Import what the tests need and read the lexicon, then forget every module that may be mutated or uses one."""
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    hypothesis.settings.register_profile(
        "mutants",
        derandomize=True,
        database=None,
        phases=(hypothesis.Phase.explicit, hypothesis.Phase.generate),  # what fails is not made smaller
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    hypothesis.settings.load_profile("mutants")
    sys.path.insert(0, str(ROOT / "tests"))  # as pytest does: tests import what makes their documents
    lexicon = Lexicon.load()
    for rules in (ROOT / "models/rules").glob("*.toml"):
        lexicon.rules(rules.stem)
    Lexicon.load = classmethod(lambda cls, directory=None: Lexicon(directory) if directory else lexicon)  # type: ignore[method-assign, assignment]
    for test in {test for path in paths for test in TESTS[path]}:
        importlib.import_module(_module(test))
    importlib.import_module("pipeline.batch.executors")  # what conftest.py imports
    for name in list(sys.modules):
        room, *rest = name.split(".")
        if room == "tests" or room.startswith("made_") or (room == "pipeline" and rest and rest[0] not in _BELOW):
            del sys.modules[name]


def run(drawn: Sequence[Mutant], jobs: int) -> Iterator[tuple[Mutant, str]]:
    """Each mutant, as it ends, and whether it is "alive", "killed", or "slow": stopped after five times the usual.

    Raises `SystemExit` where the tests fail without any change.
    """
    fork = multiprocessing.get_context("fork")
    limits = {}
    for path in {mutant.path: None for mutant in drawn}:
        began = time.monotonic()
        process = fork.Process(target=_test, args=(path,))
        process.start()
        process.join()
        if process.exitcode:
            sys.exit(f"{path}: its tests fail as it is: {' '.join(TESTS[path])}")
        limits[path] = 10 + 5 * (time.monotonic() - began)
    waiting = list(reversed(drawn))
    running: dict[int, tuple[ForkProcess, Mutant, float]] = {}
    while waiting or running:
        while waiting and len(running) < jobs:
            mutant = waiting.pop()
            process = fork.Process(target=_test, args=(mutant.path, mutant))
            process.start()
            running[process.sentinel] = (process, mutant, time.monotonic() + limits[mutant.path])
        wait(list(running), timeout=1)
        for sentinel, (process, mutant, end) in list(running.items()):
            if process.is_alive() and time.monotonic() > end:
                process.kill()
                process.join()
            if not process.is_alive():
                del running[sentinel]
                yield mutant, {0: "alive", -SIGKILL: "slow"}.get(process.exitcode or 0, "killed")


def _equivalent() -> set[tuple[str, str, str]]:
    table = tomllib.loads(EQUIVALENT.read_text("utf-8"))
    return {(one["file"], one["before"], one["after"]) for one in table["mutant"]}


def _difference(before: str, after: str) -> str:
    """Both lines, cut to 60 characters around what differs."""
    start, tail = max(0, Prefix.similarity(before, after) - 60), Postfix.similarity(before, after)
    return "\n".join(
        f"  {sign} {'…' if start else ''}{line[start : len(line) - tail + 60]}{'…' if tail > 60 else ''}"
        for sign, line in (("-", before), ("+", after))
    )


def main() -> None:
    """Draw, run and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutants")
    parser.add_argument("--files", nargs="+", default=[""], metavar="NAME", help="a path, or a part of one")
    parser.add_argument("--sample", type=int, metavar="NUMBER", help="only so many mutants, drawn evenly")
    parser.add_argument("--seed", type=int, default=0, help="of the sample")
    parser.add_argument("--jobs", type=int, default=2, help="processes at a time")
    asked = parser.parse_args()
    paths = [path for path in TESTS if any(name in path for name in asked.files)]
    known = _equivalent()
    every = [mutant for path in paths for mutant in mutants(path)]
    equivalent = [mutant for mutant in every if mutant[:1] + mutant[2:4] in known]
    for path, before, _ in known - {mutant[:1] + mutant[2:4] for mutant in equivalent}:
        if path in paths:
            sys.exit(f"{EQUIVALENT.name}: no such mutant any more: {path}: {before}")
    drawn = [mutant for mutant in every if mutant not in equivalent]
    if asked.sample is not None:
        drawn = random.Random(asked.seed).sample(drawn, asked.sample)  # noqa: S311
    _warm_up(paths)
    counts = Counter((mutant.path, "equivalent") for mutant in equivalent)
    for mutant, end in run(drawn, asked.jobs):
        counts[mutant.path, end] += 1
        if end == "alive":
            print(f"{mutant.path}:{mutant.line}\n{_difference(mutant.before, mutant.after)}", flush=True)
    print(f"{'file':32}" + "".join(f"{end:>12}" for end in _ENDS))
    for path in paths:
        print(f"{path:32}" + "".join(f"{counts[path, end]:12}" for end in _ENDS))
    print(f"{'all':32}" + "".join(f"{sum(counts[path, end] for path in paths):12}" for end in _ENDS))


if __name__ == "__main__":
    main()
