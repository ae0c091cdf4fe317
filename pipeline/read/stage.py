"""From a file to a `Document`: its text, its hash, and an id that stays the same."""

from __future__ import annotations

import hashlib
import io
import re
import unicodedata
from pathlib import Path, PurePosixPath

from pipeline.document import Document
from pipeline.errors import UnreadableError
from pipeline.read.archive import MOST_BYTES, zip_type
from pipeline.read.html import looks_like_html, read_html, read_markdown
from pipeline.read.images import read_image
from pipeline.read.ocr import INSTALL
from pipeline.read.odt import read_odt
from pipeline.read.pdf import read_pdf
from pipeline.read.reading import Reading
from pipeline.read.text import decode
from pipeline.read.word import read_word
from pipeline.values import Notice, Origin

__all__ = ["document_id", "load", "read"]

_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"II*\0", b"MM\0*", b"GIF87a", b"GIF89a")
_REFUSED = {
    rb"{\rtf": ("an RTF file", "open it and save it as .docx or PDF"),
    b"Rar!": ("a RAR archive", "unpack it, or pack it as zip"),
    b"7z\xbc\xaf": ("a 7z archive", "unpack it, or pack it as zip"),
    b"\x1f\x8b": ("a gzip file", "unpack it, or pack it as zip"),
    b"\0\0\0\x18ftyp": ("a film, or a photo in HEIC", "save the photo as JPEG"),
}
_DANISH = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "Æ": "Ae", "Ø": "Oe", "Å": "Aa"})


def load(path: Path) -> bytes:
    """The bytes of a file.

    Raises `UnreadableError` when it is no file, may not be read, or is larger than 64 MiB.
    """
    try:
        if not path.is_file():
            raise UnreadableError("this is no ordinary file", "name a file that holds the minutes")
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)  # whatever size it is said to have: it may be growing
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise UnreadableError(f"the file cannot be opened ({reason})", "check that it may be read") from error
    if len(data) > MOST_BYTES:
        raise UnreadableError("the file is larger than 64 MiB", "split it into one file for each meeting")
    return data


def document_id(path: str, digest: str) -> str:
    """A readable id, the same for the same path and bytes on any machine.

    >>> document_id("2025/Møde i Ældrerådet.txt", "9f" * 32)
    'moede-i-aeldreraadet-e8f20c654db7'
    """
    stem = unicodedata.normalize("NFKD", PurePosixPath(path).stem.translate(_DANISH))
    slug = re.sub(r"[^a-z0-9]+", "-", stem.encode("ascii", "ignore").decode().lower()).strip("-")[:60]
    key = hashlib.sha256("\0".join((path, digest)).encode()).hexdigest()[:12]
    return f"{slug or 'document'}-{key}"


def read(data: bytes, path: str, *, ocr: bool = False) -> Document:
    """The document in a file's bytes, with its source text; `path` is relative to the input root.

    The bytes decide which reader it is; the name settles only what kind of text a text is. With `ocr`, scanned pages of
    a PDF are read by the Danish OCR model even where another one has left a text layer.

    Raises `UnreadableError` when the bytes hold no text that can be read.
    """
    reading = _reading(data, path, ocr=ocr)
    digest = hashlib.sha256(data).hexdigest()
    origin = Origin(path, digest, reading.media_type, reading.pages, reading.read_by)
    notices = tuple(
        Notice("unread-page", f"page {page} is a picture and was not read: {INSTALL}", None, None)
        for page in reading.unread
    )
    return Document(id=document_id(path, digest), source=reading.text, origin=origin, notices=notices)


def _reading(data: bytes, path: str, *, ocr: bool) -> Reading:
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        kind = zip_type(io.BytesIO(data))
        if kind.endswith("wordprocessingml.document"):
            return Reading(read_word(data), kind, "Word")
        if kind == "application/vnd.oasis.opendocument.text":
            return Reading(read_odt(data), kind, "ODT")
        if kind != "application/zip":
            raise UnreadableError(
                "this is an Office or e-book file, but no text document", "save the minutes as PDF or .docx"
            )
        raise UnreadableError(
            "this is an archive", "`referat run` reads archives; one in another must be unpacked first"
        )
    if data.startswith(b"%PDF-") or (b"%PDF-" in data[:1024] and b" obj" in data):  # some scanners put a line in front
        return read_pdf(data, ocr=ocr)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise UnreadableError("the Word file has a password", "open it and save a copy without one")
        raise UnreadableError("this is an old Word file (.doc)", "open it and save it as .docx or PDF")
    for signature, (kind, advice) in _REFUSED.items():
        if data.startswith(signature):
            raise UnreadableError(f"this is {kind}", advice)
    if data.startswith(_IMAGES) or (data[:4] + data[8:12] == b"RIFFWEBP") or (data[:2] + data[6:10] == b"BM\0\0\0\0"):
        return read_image(data)
    return _text(data, PurePosixPath(path).name)


def _text(data: bytes, name: str) -> Reading:
    if looks_like_html(data, name):
        return Reading(read_html(data), "text/html", "HTML")
    text = decode(data)
    if name.lower().endswith((".md", ".markdown")):
        return Reading(read_markdown(text), "text/markdown", "Markdown")
    pages = text.count("\f") + 1 if "\f" in text.rstrip() else None
    return Reading(text, "text/plain", "text", pages)
