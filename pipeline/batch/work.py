"""What is done to one document. This runs in the worker processes: see `worker.py`."""

from __future__ import annotations

import hashlib
import json
from functools import cache

from pipeline.batch.gaps import find_gaps
from pipeline.batch.inputs import InputFile, digest, load_input
from pipeline.batch.outcome import Outcome, made_by, quarantined
from pipeline.errors import UnreadableError
from pipeline.lexicon import Lexicon
from pipeline.read import read
from pipeline.records import STREAMS, rows, to_minutes
from pipeline.stages import STAGES, read_again

__all__ = ["process_file"]

_PAGE = 2_000  # characters, where a document does not say how many pages it has


@cache
def _lexicon() -> Lexicon:
    """One lexicon for each worker process."""
    return Lexicon.load()


def process_file(given: InputFile) -> Outcome:
    """The outcome for one document.

    Never raises for anything about the document but want of memory, which leaves a process that cannot be relied on:
    what goes wrong is told in the outcome's quarantine line.
    """
    sha256, stage = "", "read"
    try:
        data = load_input(given)
        sha256 = hashlib.sha256(data).hexdigest()
        document = read(data, given.path)
        if given.reread:
            document = read_again(document, data, _lexicon())
        for step in STAGES:
            stage = step.__name__
            document = step(document, _lexicon())
        stage = "records"
        record = to_minutes(document).model_dump_json(by_alias=True)
        values = json.loads(record)
        lines = {"minutes": f"{record}\n"} | {stream: "".join(map(_line, rows(values, stream))) for stream in STREAMS}
        pages = document.origin.pages or -(-len(document.source) // _PAGE)
        made = made_by(reread=given.reread)
        return Outcome(given.path, sha256, made, pages, lines, gaps=find_gaps(document))
    except UnreadableError as error:
        problem, advice = error.problem, error.advice
    except MemoryError:
        raise
    except Exception as error:
        problem = f"{type(error).__name__}: {error}".splitlines()[0]
        advice = "this is a fault in referat: report it with the document, or leave the document out"
    return quarantined(given, sha256 or digest(given), stage, problem, advice)


def _line(row: object) -> str:
    return json.dumps(row, ensure_ascii=False) + "\n"
