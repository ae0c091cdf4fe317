"""How heads and headings are read that are printed in ways of their own: 160 short minutes, no two alike.

    python -m tests.heads

prints for each field precision, recall and F1 on corpus/heads, on the clean text and on what OCR read: of the documents
whose errors were read while rules were made, and of the others, which say how far the rules carry.
"""

from __future__ import annotations

from itertools import product
from pathlib import Path

from pipeline.document import Document
from pipeline.evaluate.fields import score_fields
from pipeline.evaluate.gold import read_gold
from pipeline.evaluate.tally import Tally
from pipeline.lexicon import Lexicon
from pipeline.records import to_minutes
from pipeline.stages import process

__all__ = ["FIELDS", "HEADS", "figures"]

HEADS = Path(__file__).parent.parent / "corpus" / "heads"
FIELDS = (
    *("items", "item_numbers", "item_kinds", "present", "absent", "person_organisations"),
    *("meeting_date", "meeting_roles"),
)
"""What the gold of these documents says; it has no statements, decisions, amounts."""


def figures(folder: Path, lexicon: Lexicon, end: str = ".clean.txt") -> dict[str, Tally]:
    """What was right, missed and wrong in the documents of a folder, field by field; `end` is ".txt" for what OCR read
    of the documents that could be printed."""
    total = dict.fromkeys(FIELDS, Tally())
    for gold in read_gold(folder):
        path = folder / f"{gold.name}{end}"
        if end != ".clean.txt" and not path.exists():
            continue
        text = path.read_text("utf-8")
        record = to_minutes(process(Document(id=gold.name, source=text), lexicon)).model_dump(mode="json")
        tallies = score_fields(gold, record)
        total = {field: total[field].plus(tallies[field]) for field in FIELDS}
    return total


if __name__ == "__main__":
    for part, end in product(("read", "unread"), (".clean.txt", ".txt")):
        print(f"{part + ', OCR' * (end == '.txt'):22}{'right':>7}{'P':>8}{'R':>8}{'F1':>8}")
        for field, tally in figures(HEADS / part, Lexicon.load(), end).items():
            shares = (f"{share or 0:8.3f}" for share in (tally.precision, tally.recall, tally.f1))
            print(f"{field:22}{tally.right:7}{''.join(shares)}")
