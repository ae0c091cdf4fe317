"""The case tables under tests/cases: found in the wild, negative, known failure (a strict xfail)."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

__all__ = ["text_and_finds"]


def text_and_finds(name: str) -> list[Any]:
    """Parameters (text, finds) of each case of tests/cases/NAME.toml."""
    table = tomllib.loads((Path(__file__).parent / "cases" / f"{name}.toml").read_text("utf-8"))
    return [
        pytest.param(
            case["text"],
            case["finds"],
            id=f"{kind}-{n}",
            marks=[pytest.mark.xfail(strict=True)] if kind == "known_failure" else [],
        )
        for kind, cases in table.items()
        for n, case in enumerate(cases)
    ]
