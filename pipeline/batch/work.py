"""What is done to one file. This runs in the worker processes."""

from __future__ import annotations

import hashlib
import json
from functools import cache

from pipeline.batch.inputs import InputFile
from pipeline.batch.state import Outcome
from pipeline.errors import UnreadableError
from pipeline.lexicon import Lexicon
from pipeline.read import load, read
from pipeline.records import to_minutes
from pipeline.records.fingerprint import produced_by
from pipeline.stages import STAGES

__all__ = ["process_file"]


@cache
def _lexicon() -> Lexicon:
    """One lexicon for each worker process."""
    return Lexicon.load()


def process_file(given: InputFile, known_sha256: str | None) -> Outcome | None:
    """The outcome for one file, or None where its bytes still have the hash that is known.

    Never raises for anything about the file: what goes wrong is told in the outcome's quarantine line.
    """
    fingerprint, digest, stage = produced_by().fingerprint, "", "read"
    try:
        data = load(given.file)
        digest = hashlib.sha256(data).hexdigest()
        if digest == known_sha256:
            return None
        document = read(data, given.path)
        for step in STAGES:
            stage = step.__name__
            document = step(document, _lexicon())
        stage = "records"
        return Outcome(given.path, digest, fingerprint, to_minutes(document).model_dump_json(by_alias=True), None)
    except UnreadableError as error:
        problem, advice = error.problem, error.advice
    except Exception as error:
        problem = f"{type(error).__name__}: {error}".splitlines()[0]
        advice = "this is a fault in referat: report it with the document, or leave the document out"
    line = {"path": given.path, "sha256": digest, "stage": stage, "error": problem, "advice": advice}
    return Outcome(given.path, digest, fingerprint, None, json.dumps(line, ensure_ascii=False))
