"""What is to be done in a run: which documents are new or changed, and which are known, also under another path."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import NamedTuple

from pipeline.batch.inputs import InputFile, digest, stamp
from pipeline.batch.outcome import Outcome, renamed
from pipeline.batch.state import Known

__all__ = ["Finding", "survey"]


class Finding(NamedTuple):
    """What the state knows of an input, as it stands now.

    With `known` its bytes are those that were done; with `outcome` they were done under another path; with neither it
    is to be processed.
    """

    given: InputFile
    size: int
    stamp: str
    known: Known | None = None
    outcome: Outcome | None = None


def survey(
    files: list[InputFile],
    known: Mapping[str, Known],
    fingerprint: str,
    same_content: Callable[[str, str], Iterable[Outcome]],
) -> Iterator[Finding]:
    """A finding for each input, in order.

    What decides is the SHA-256 of the bytes. A file is not read where its stamp says that they are the same, nor
    where nothing of its size was ever done.
    """
    done = {path: entry for path, entry in known.items() if entry.fingerprint == fingerprint}
    sizes = {entry.size for entry in done.values()}
    for given in files:
        size, word = stamp(given)
        finding = Finding(given, size, word)
        before = done.get(given.path)
        if before and before.sha256 and word and word == before.stamp:
            yield finding._replace(known=before)
            continue
        if not done or (size >= 0 and size not in sizes):
            yield finding
            continue
        sha256 = digest(given)
        if before and before.sha256 == sha256:
            yield finding._replace(known=before)
        elif sha256 and (found := _under_other_path(same_content(sha256, fingerprint), given.path)):
            yield finding._replace(outcome=found._replace(size=size, stamp=word))
        else:
            yield finding


def _under_other_path(outcomes: Iterable[Outcome], path: str) -> Outcome | None:
    """How a document is read may depend on the ending of its name, and on nothing else of its path."""
    ending = PurePosixPath(path).suffix.lower()
    same = (outcome for outcome in outcomes if PurePosixPath(outcome.path).suffix.lower() == ending)
    return next((renamed(outcome, path) for outcome in same), None)
