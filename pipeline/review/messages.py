"""What warnings say, in Danish: records say it in English."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

__all__ = ["in_danish"]


def in_danish(message: str) -> str | None:
    """The message of a warning in Danish; None for one that messages.toml does not hold.

    >>> in_danish("item 7 follows item 5")
    'punkt 7 følger efter punkt 5'
    """
    patterns, words = _messages()
    for pattern, danish in patterns:
        if match := pattern.fullmatch(message):
            return danish.format(*(_translated(group or "", words) for group in match.groups()))
    return None


def _translated(group: str, words: Mapping[str, str]) -> str:
    """The words around what is quoted from the document, which stays as it is."""
    pieces = re.split("(“[^”]*”)", group)
    for place in range(0, len(pieces), 2):
        for english, danish in words.items():
            pieces[place] = pieces[place].replace(english, danish)
    return "".join(pieces)


@cache
def _messages() -> tuple[Sequence[tuple[re.Pattern[str], str]], Mapping[str, str]]:
    loaded = tomllib.loads(Path(__file__).with_name("messages.toml").read_text("utf-8"))
    return [(re.compile(row["en"], re.DOTALL), row["da"]) for row in loaded["message"]], loaded["words"]
