"""Today's output of three documents of the corpus: a change that moves a value shows up in the review.

When a change is meant, `REFERAT_NEW_GOLDENS=1 make test` writes the files anew: look at the difference, then commit.
"""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from pipeline import Lexicon, process
from pipeline.read import read
from pipeline.records import to_minutes

ROOT = Path(__file__).parent.parent
GOLDENS = Path(__file__).parent / "goldens"
LEXICON = Lexicon.load()
NAMES = ("01-styregruppe-journaldeling", "03-udvalg-teknik-miljoe", "05-generalforsamling-haveforening")


def _summary(record: dict[str, Any]) -> dict[str, Any]:
    """What a reader would look at, without offsets."""
    meeting = record["meeting"]
    people = {side: [attendee["name"] for attendee in meeting.pop(side)] for side in ("present", "absent")}
    meeting.pop("grounds")
    return {
        "damage": record["damage"]["reason"],
        "meeting": meeting | people,
        "items": [
            {
                "heading": f"{item['number']} | {item['title']} | {item['kind']}",
                "sections": [section["kind"] for section in item["sections"]],
                "statements": [f"{one['speaker']} ({one['organisation']}): {one['act']}" for one in item["statements"]],
                "recommendations": [one["text"] for one in item["recommendations"]],
                "decisions": [f"{one['outcome']}: {one['text']}" for one in item["decisions"]],
                "actions": [f"{', '.join(one['who'])}: {one['what']} ({one['due']})" for one in item["actions"]],
            }
            for item in record["items"]
        ],
        "persons": [f"{one['name']}: {', '.join(one['organisations'])}" for one in record["persons"]],
        "organisations": [f"{one['name']}: {', '.join(one['aliases'])}" for one in record["organisations"]],
        "amounts": [f"{one['value'] or one['low']} {one['unit']}: {one['text']}" for one in record["amounts"]],
        "dates": [f"{one['iso']}: {one['text']}" for one in record["dates"]],
    }


@pytest.mark.parametrize("name", NAMES)
def test_golden(name: str) -> None:
    data = (ROOT / "corpus" / "inbox" / f"{name}.txt").read_bytes()
    record = to_minutes(process(read(data, f"{name}.txt"), LEXICON))
    found = _summary(json.loads(record.model_dump_json(by_alias=True)))
    golden = GOLDENS / f"{name}.json"
    if os.environ.get("REFERAT_NEW_GOLDENS"):
        GOLDENS.mkdir(exist_ok=True)
        golden.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", "utf-8")
    assert found == json.loads(golden.read_text("utf-8"))
