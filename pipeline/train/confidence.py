"""Fits how sure repair may say it is: the share of its edits that are right, by what the lattice says of them.

Fitted on pages with their truth: the file held_libsans150 and every third page of the others.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Callable, Iterator
from itertools import accumulate, groupby
from pathlib import Path

import regex
from rapidfuzz.distance import Levenshtein

from pipeline.document import Document
from pipeline.lexicon import Lexicon
from pipeline.repair import repair

__all__ = ["fit", "train_confidence"]

_WORD = regex.compile(r"\S+")
_CELL = 150  # edits behind each point of the table at least
_TEST = "heldclean"  # never fitted on


def train_confidence(ocr: Path, directory: Path, tell: Callable[[str], None]) -> None:
    """Write repair/confidence.tsv of the models in `directory`."""
    lexicon = Lexicon.load(directory)
    target = directory / "repair" / "confidence.tsv"
    target.write_text("said\tright\n0\t0\n1\t1\n", "utf-8")  # what the lattice says, as it says it
    cases: list[tuple[float, bool]] = []
    for file in sorted((ocr / "pairs").glob("*.jsonl")):
        if file.name.startswith(_TEST):
            continue
        pages = [json.loads(line) for line in file.open(encoding="utf-8")]
        tell(f"confidence: repairing {file.name}")
        for page in pages if file.name.startswith("held") else pages[::3]:
            cases += _judged(repair(Document(id="page", source=page["eng"]), lexicon), page["truth"])
    rows = "".join(f"{said:.4f}\t{right:.4f}\n" for said, right in fit(cases))
    target.write_text(f"said\tright\n{rows}", "utf-8")


def _judged(document: Document, truth: str) -> Iterator[tuple[float, bool]]:
    """For each edit what was said of it, and whether the word that it made stands in the truth."""
    words = list(_WORD.finditer(document.text))
    starts = [word.start() for word in words]
    wrong: set[int] = set()
    for step in Levenshtein.opcodes([word.group() for word in words], truth.split()):
        if step.tag != "equal":
            wrong.update(range(step.src_start, step.src_end))
    shifts = accumulate((len(edit.after) - len(edit.before) for edit in document.edits), initial=0)
    for edit, shift in zip(document.edits, shifts, strict=False):
        yield edit.confidence, bisect_right(starts, edit.start + shift) - 1 not in wrong


def fit(cases: list[tuple[float, bool]]) -> list[tuple[float, float]]:
    """Points (said, right) of isotonic regression: cells of cases, joined until the shares rise.

    >>> fit([(0.5, False), (0.5, True), (0.9, True), (0.9, True)] * 150)
    [(0.5, 0.5), (0.9, 1.0)]
    """
    cells: list[list[float]] = []  # sum of said, number right, number
    filling = [0.0, 0.0, 0.0]
    for said, alike in groupby(sorted(cases), key=lambda case: case[0]):  # what is said alike stays together
        judged = [right for _, right in alike]
        filling = [filling[0] + said * len(judged), filling[1] + sum(judged), filling[2] + len(judged)]
        if filling[2] >= _CELL:
            cells.append(filling)
            filling = [0.0, 0.0, 0.0]
        while len(cells) > 1 and cells[-1][1] / cells[-1][2] <= cells[-2][1] / cells[-2][2]:
            last = cells.pop()
            cells[-1] = [one + other for one, other in zip(cells[-1], last, strict=True)]
    if cells and filling[2]:
        cells[-1] = [one + other for one, other in zip(cells[-1], filling, strict=True)]
    return [(round(said / number, 4), round(right / number, 4)) for said, right, number in cells]
