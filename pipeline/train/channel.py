"""Learns the channel: what the wrong OCR model makes of Danish letters, and how often."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from rapidfuzz.distance import Levenshtein

__all__ = ["learn_channel"]

DANISH = "æøåÆØÅ"
# Seen on real scans and on none of the training pages: in other print å also comes out as d, éa, é and 4.
_ALSO_SEEN = (
    ("å", "d", 0.01),
    ("å", "éa", 0.005),
    ("å", "é", 0.005),
    ("å", "4", 0.003),
    ("ø", "¢", 0.002),
    ("ø", "@a", 0.001),
    ("ø", "6", 0.002),
    ("ø", "oe", 0.001),
    ("Å", "@", 0.002),
    ("Ø", "G", 0.1),
    ("Ø", "S", 0.01),
    ("Ø", "@O", 0.005),
    ("Ø", "@M", 0.005),
    ("Ø", "S@", 0.005),
    ("ø", "eo", 0.0005),
    ("ø", "ae", 0.0005),
    ("Æ", "AA", 0.02),
    ("Æ", "@", 0.005),
    ("Æ", "Z", 0.01),
)


def learn_channel(ocr: Path, tell: Callable[[str], None]) -> list[tuple[str, str, float]]:
    """P(seen | meant) of every confusion of a Danish letter that was seen twice, counted on the training pages.

    `meant` is a Danish letter, or one with the letter before it where both were read as something else.
    """
    seen: Counter[tuple[str, str]] = Counter()
    printed: Counter[str] = Counter()
    for file in sorted((ocr / "pairs").glob("*.jsonl")):
        if file.name.startswith("held"):
            continue
        tell(f"aligning {file.name}")
        for page in file.open(encoding="utf-8"):
            for line in json.loads(page)["lines"]:
                truth = line["truth"]
                if line.get("eng"):
                    for place, letter in enumerate(truth):
                        if letter in DANISH:
                            printed[letter] += 1
                            printed[truth[max(place - 1, 0) : place + 1]] += place > 0
                    seen.update(_confusions(truth, line["eng"]))
    found = {(meant, read): count / printed[meant] for (meant, read), count in seen.items() if count > 1}
    for meant, read, probability in _ALSO_SEEN:
        found[meant, read] = max(probability, found.get((meant, read), 0.0))
    return sorted(
        ((meant, read, share) for (meant, read), share in found.items()),
        key=lambda row: (row[0].lower(), -row[2], row[1]),
    )


def _confusions(truth: str, read: str) -> Iterator[tuple[str, str]]:
    """(meant, seen) of each place where a Danish letter, or one with the letter before it, was misread."""
    blocks: list[list[int]] = []
    for step in Levenshtein.opcodes(truth, read):
        if step.tag == "equal":
            continue
        if blocks and blocks[-1][1] == step.src_start and blocks[-1][3] == step.dest_start:
            blocks[-1][1], blocks[-1][3] = step.src_end, step.dest_end
        else:
            blocks.append([step.src_start, step.src_end, step.dest_start, step.dest_end])
    for start, end, read_start, read_end in blocks:
        meant, got = truth[start:end], read[read_start:read_end]
        if len(meant) > 2 or len(got) > 3 or not meant or meant[-1] not in DANISH or " " in meant + got or ":" in got:
            continue
        if len(meant) == 1 or (meant[0].isalpha() and meant[0] not in DANISH and got):
            yield meant, got
