"""Whether the tests of repair, amounts and dates notice a change: python -m tests.mutants [NUMBER] [SEED]

Mutants are drawn evenly from the files below: a comparison, an operator, a number or a truth value is changed, and the
tests that the file belongs to run on a copy of the checkout. Prints each mutant that they let live, and the share.
By hand: a hundred take ten minutes.
"""

from __future__ import annotations

import ast
import copy
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
FIND, REPAIR = "pipeline/find", "pipeline/repair"
TESTS = {
    **{
        f"{FIND}/{name}.py": ["tests/test_amounts.py", "tests/test_numbers.py"]
        for name in ("amounts", "accounts", "numbers")
    },
    **{
        f"{FIND}/{name}.py": ["tests/test_dates.py"]
        for name in ("dates", "days", "periods", "reading", "readings", "relative", "years")
    },
    **{
        f"{REPAIR}/{name}.py": ["tests/test_repair.py"]
        for name in ("calibration", "candidates", "channel", "context", "edits", "forms", "gate", "letters", "reading")
    },
    **{f"{REPAIR}/{name}.py": ["tests/test_repair.py"] for name in ("stage", "strokes", "tokens")},
}
_COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
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
}
_OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.Div: ast.Mult,
}


class Mutant(NamedTuple):
    """A file with one node changed."""

    path: str
    line: int
    what: str
    code: str


def mutants(path: str) -> Iterator[Mutant]:
    """Every mutant of a file."""
    tree = ast.parse((ROOT / path).read_text("utf-8"))
    for index, node in enumerate(ast.walk(tree)):
        changed = copy.deepcopy(tree)
        other = next(one for n, one in enumerate(ast.walk(changed)) if n == index)
        if _change(other):
            what = f"{ast.unparse(node)} → {ast.unparse(other)}"
            yield Mutant(path, getattr(node, "lineno", 0), what, ast.unparse(changed))


def _change(node: ast.AST) -> bool:
    if isinstance(node, ast.Compare) and type(node.ops[0]) in _COMPARISONS:
        node.ops[0] = _COMPARISONS[type(node.ops[0])]()
    elif isinstance(node, ast.BinOp) and type(node.op) in _OPERATORS:
        node.op = _OPERATORS[type(node.op)]()
    elif isinstance(node, ast.BoolOp):
        node.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        node.op = ast.UAdd()
        node.operand = ast.Call(ast.Name("bool", ast.Load()), [node.operand], [])
    elif isinstance(node, ast.Constant) and isinstance(node.value, bool):
        node.value = not node.value
    elif isinstance(node, ast.Constant) and isinstance(node.value, int):
        node.value += 1
    else:
        return False
    return True


def lives(mutant: Mutant, checkout: Path) -> bool:
    """Whether its tests pass on a mutant."""
    file = checkout / mutant.path
    before = file.read_text("utf-8")
    file.write_text(mutant.code, "utf-8")
    try:
        tests = [*TESTS[mutant.path], mutant.path]
        command = [sys.executable, "-B", "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *tests]
        return subprocess.run(command, cwd=checkout, capture_output=True, check=False, timeout=120).returncode == 0
    except subprocess.TimeoutExpired:
        return False
    finally:
        file.write_text(before, "utf-8")


def main(number: int, seed: int) -> None:
    """Draw, run and print."""
    chance = random.Random(seed)  # noqa: S311
    drawn = chance.sample([mutant for path in TESTS for mutant in mutants(path)], number)
    alive = 0
    with tempfile.TemporaryDirectory() as folder:
        checkout = Path(folder, "checkout")
        left_out = shutil.ignore_patterns(".*", "out", "__pycache__", "prose", "formats")
        shutil.copytree(ROOT, checkout, ignore=left_out)
        for mutant in drawn:
            if lives(mutant, checkout):
                alive += 1
                print(f"{mutant.path}:{mutant.line}: {mutant.what}", flush=True)
    print(f"{alive} of {number} mutants live")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100, int(sys.argv[2]) if len(sys.argv) > 2 else 0)
