"""Coverage-guided fuzzing of the whole pipeline (atheris): bytes in, a record whose every span is true out.

    pip install 'referat[fuzz]'
    python tests/fuzz/fuzz_pipeline.py tests/fuzz/corpus -max_total_time=60

A crash leaves the bytes that made it in the working directory; add them to tests/fuzz/corpus, where `make test` runs
them from then on.
"""

from __future__ import annotations

import sys

from pipeline.document import apply_edits
from pipeline.errors import UnreadableError
from pipeline.evaluate.grounding import check_grounding
from pipeline.lexicon import Lexicon
from pipeline.read import read
from pipeline.records.convert import to_minutes
from pipeline.stages import process

__all__ = ["take"]

LEXICON = Lexicon.load()


def take(data: bytes) -> None:
    """Process bytes as a text file; raises `AssertionError` where the record is untrue."""
    try:
        document = process(read(data, "fuzz.txt"), LEXICON)
    except UnreadableError:
        return
    assert document.text == apply_edits(document.source, document.edits)
    faults = check_grounding(to_minutes(document).model_dump(mode="json", by_alias=True))[1]
    assert not faults, faults[0]


if __name__ == "__main__":
    import atheris

    atheris.instrument_all()
    atheris.Setup(sys.argv, take)
    atheris.Fuzz()
