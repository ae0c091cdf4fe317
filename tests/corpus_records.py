"""Records for the tests of what people see: of the corpus (held documents are not shown), of a text, of an attack."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from pipeline import Document, Lexicon, process
from pipeline.read import read
from pipeline.records import Minutes, to_minutes
from pipeline.review import write_report

__all__ = ["EVIL", "SAMPLE", "corpus_records", "hostile_record", "made_record", "write_pages"]

SAMPLE = """Referat af møde i Havneudvalget den 4. marts 2025

Til stede: Åse Brink (Havnestyrelsen), formand, Jørn Ravn (KL)

1. Ny kaj (B)

Åse Brink (Havnestyrelsen) oplyste, at kajen koster 1,2 mio. kr.

Udvalget godkendte en bevilling på 300.000 kr. til kajen. Jørn Ravn udarbejder en plan inden 1. maj 2025.

2. Eventuelt
Åse Brink (Havnestyrelsen) spurgte KL om prisen.
"""
EVIL = "</script><script>hit=1</script><img src=x onerror=hit=1> &\"'\u2028\u202e javascript:hit=1 data:text/html,x"

_CORPUS = Path(__file__).parent.parent / "corpus"
_LEXICON = Lexicon.load()


@cache
def corpus_records() -> tuple[Minutes, ...]:
    """The records of the first half of the documents that may be looked at, in the order of their names: enough."""
    names = sorted(path.name.removesuffix(".gold.json") for path in (_CORPUS / "gold").glob("??-*.gold.json"))[:54]
    paths = [_CORPUS / "inbox" / f"{name}.txt" for name in names]
    return tuple(to_minutes(process(read(path.read_bytes(), path.name), _LEXICON)) for path in paths)


def made_record(text: str, name: str = "made") -> Minutes:
    """The record of a text."""
    return to_minutes(process(Document(id=name, source=text), _LEXICON))


def write_pages(records: Iterable[Minutes], folder: Path, **given: Any) -> Path:
    """The report of some records."""
    return write_report(records, _LEXICON, folder, **given)


# Everything that a record holds as it is printed, or that a record of other hands could hold.
_FREE = [
    "act",
    "actor",
    "addressee",
    "aliases",
    "body",
    "chair",
    "code",
    "condition",
    "cvr",
    "date",
    "due",
    "forms",
    "heading",
    "iso",
    "message",
    "name",
    "number",
    "organisation",
    "organisations",
    "path",
    "place",
    "reason",
    "role",
    "roles",
    "rule",
    "speaker",
    "title",
    "unit",
    "what",
    "who",
]
_OFFSETS = ("start", "end", "source_start", "source_end")


def hostile_record() -> Minutes:
    """Minutes whose every name, title, path and quotation tries to break out of the page."""
    record = json.loads(made_record(SAMPLE, "../evil/<b onmouseover=hit=1>").model_dump_json(by_alias=True))
    before = f"{EVIL}\n"

    def poisoned(node: Any, key: str = "") -> Any:
        if isinstance(node, dict):
            return {
                name: value + len(before) if name in _OFFSETS and value is not None else poisoned(value, name)
                for name, value in node.items()
            }
        if isinstance(node, list):
            return [poisoned(entry, key) for entry in node]
        return f"{EVIL}{node}" if isinstance(node, str) and key in _FREE else node

    record = poisoned(record)
    record["text"] = record["source_text"] = before + record["text"]
    record["warnings"].append({"code": EVIL, "message": EVIL, "start": 0, "end": len(EVIL)})
    return Minutes.model_validate(record)
