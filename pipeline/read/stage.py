"""From a file to a `Document`: its text, its hash, and an id that stays the same."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from pathlib import Path, PurePosixPath

from pipeline.document import Document
from pipeline.errors import UnreadableError
from pipeline.read.text import decode
from pipeline.values import Origin

__all__ = ["document_id", "load", "read"]

MOST_BYTES = 64 * 1024 * 1024  # minutes of 20,000 pages; more is some other kind of file
_DANISH = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "Æ": "Ae", "Ø": "Oe", "Å": "Aa"})


def load(path: Path) -> bytes:
    """The bytes of a file.

    Raises `UnreadableError` when it is no file, may not be read, or is larger than 64 MiB.
    """
    try:
        if not path.is_file():
            raise UnreadableError("this is no ordinary file", "name a file that holds the minutes")
        if path.stat().st_size > MOST_BYTES:
            raise UnreadableError("the file is larger than 64 MiB", "split it into one file for each meeting")
        return path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise UnreadableError(f"the file cannot be opened ({reason})", "check that it may be read") from error


def document_id(path: str, digest: str) -> str:
    """A readable id, the same for the same path and bytes on any machine.

    >>> document_id("2025/Møde i Ældrerådet.txt", "9f" * 32)
    'moede-i-aeldreraadet-e8f20c654db7'
    """
    stem = unicodedata.normalize("NFKD", PurePosixPath(path).stem.translate(_DANISH))
    slug = re.sub(r"[^a-z0-9]+", "-", stem.encode("ascii", "ignore").decode().lower()).strip("-")[:60]
    key = hashlib.sha256("\0".join((path, digest)).encode()).hexdigest()[:12]
    return f"{slug or 'document'}-{key}"


def read(data: bytes, path: str) -> Document:
    """The document in a file's bytes, with its source text; `path` is relative to the input root.

    Raises `UnreadableError` when the bytes hold no text that can be read.
    """
    source = decode(data)
    digest = hashlib.sha256(data).hexdigest()
    pages = source.count("\f") + 1 if "\f" in source.rstrip() else None
    return Document(id=document_id(path, digest), source=source, origin=Origin(path, digest, "text/plain", pages))
