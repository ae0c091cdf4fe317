"""What made a record: the version, and a hash of everything that its values depend on."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pipeline
from pipeline.lexicon import Lexicon
from pipeline.read.ocr import danish_ocr
from pipeline.records.minutes import ProducedBy

__all__ = ["produced_by"]

_LIBRARIES = (
    *("charset-normalizer", "ftfy", "markdown-it-py", "numpy", "rapidfuzz", "regex"),
    *(
        "lxml",
        "pillow",
        "pypdfium2",
        "python-docx",
    ),  # extras: one that is installed later reads what was refused before
)
_NOT_IN_RECORDS = {
    "batch",
    "cli",
    "evaluate",
    "export",
    "files.py",
    "redact",
    "register",
    "review",
    "train",
}  # rooms that no value passes through


@cache
def produced_by() -> ProducedBy:
    """Version and fingerprint: equal fingerprints mean equal output for equal input.

    The fingerprint covers the code of the stages, the rules and models, and the versions of the libraries that
    values depend on, Tesseract among them. Computed once for a process.
    """
    digest = hashlib.sha256()
    package = Path(pipeline.__file__).parent
    code = [path for path in package.rglob("*.py") if path.relative_to(package).parts[0] not in _NOT_IN_RECORDS]
    models = Lexicon.load().directory
    knowledge = [path for path in models.rglob("*") if path.is_file() and path.suffix != ".md"]
    for root, files in ((package, code), (models, knowledge)):
        for path in sorted(files):
            digest.update(path.relative_to(root).as_posix().encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    for library in _LIBRARIES:
        digest.update(f"{library} {_version(library)}".encode())
    digest.update(str(danish_ocr()).encode())
    return ProducedBy(version=pipeline.__version__, fingerprint=digest.hexdigest()[:16])


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return "none"
