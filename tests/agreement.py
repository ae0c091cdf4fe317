"""How far two annotators of the same minutes agree: each scored against the other as if it were a record.

    python -m tests.agreement

prints for each field the mean of both directions, over the documents of corpus/second. Entries that one of them marks
as optional count neither way, as in the figures.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipeline.evaluate.fields import FIELDS, score_fields
from pipeline.evaluate.gold import Gold, read_gold
from pipeline.evaluate.tally import Tally

__all__ = ["agreement"]

CORPUS = Path(__file__).parent.parent / "corpus"
SECOND = CORPUS / "second"


def agreement() -> dict[str, float]:
    """F1 by field, the mean of one against the other and the other against the one."""
    totals = [dict.fromkeys(FIELDS, Tally()), dict.fromkeys(FIELDS, Tally())]
    for first, second in _pairs():
        for total, gold, record in zip(totals, (first, second), (second, first), strict=True):
            tallies = score_fields(gold[0], record[1])
            total |= {field: total[field].plus(tallies[field]) for field in FIELDS}
    return {field: sum(total[field].f1 or 0.0 for total in totals) / len(totals) for field in FIELDS}


def _pairs() -> Iterator[tuple[tuple[Gold, dict[str, Any]], tuple[Gold, dict[str, Any]]]]:
    golds = {gold.name: gold for folder in ("gold", "unseen") for gold in read_gold(CORPUS / folder)}
    for second in read_gold(SECOND):
        folder = next(f for f in ("gold", "unseen") if (CORPUS / f / f"{second.name}.gold.json").exists())
        yield (
            (golds[second.name], _as_record(CORPUS / folder / f"{second.name}.gold.json")),
            (second, _as_record(SECOND / f"{second.name}.gold.json")),
        )


def _as_record(file: Path) -> dict[str, Any]:
    """What a gold file says for certain, as the fields of a record."""
    record: dict[str, Any] = json.loads(file.read_text("utf-8"))
    for item in record["items"]:
        for field in ("statements", "recommendations", "decisions", "actions"):
            item[field] = _certain(item.get(field))
        item["recommendations"] = [{"text": r} if isinstance(r, str) else r for r in item["recommendations"]]
    for field in ("amounts", "dates", "organisations"):
        record[field] = _certain(record.get(field))
    return record


def _certain(entries: list[Any] | None) -> list[Any]:
    return [one for one in entries or [] if not (isinstance(one, dict) and one.get("optional"))]


if __name__ == "__main__":
    found = agreement()
    for name, f1 in found.items():
        print(f"{name:24}{f1:.3f}")
    print(f"{'mean':24}{sum(found.values()) / len(found):.3f}")
