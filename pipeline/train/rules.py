"""Writes down the words that the patterns of the rules begin with and need, which take a second to read off them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from pipeline.lexicon import Lexicon
from pipeline.lexicon.ways import WRITTEN, key, read_off

__all__ = ["train_rules", "written"]


def train_rules(directory: Path, tell: Callable[[str], None]) -> None:
    """Write rules/ways.json of the models in `directory`. Raises `ConfigurationError` when a rule file is wrong."""
    (directory / WRITTEN).write_text(written(directory), "utf-8")
    tell(f"written: {directory / WRITTEN}")


def written(directory: Path) -> str:
    """The file: a line for each pattern, in the order of their keys."""
    lexicon = Lexicon.load(directory)
    patterns = {rule.pattern for file in (directory / "rules").glob("*.toml") for rule in lexicon.rules(file.stem)}
    told = {key(one): [[sorted(way.opens), sorted(way.needs)] for way in read_off(one)] for one in patterns}
    lines = (f"{json.dumps(each)}: {json.dumps(told[each], ensure_ascii=False)}" for each in sorted(told))
    return "{\n" + ",\n".join(lines) + "\n}\n"
