"""Text files, in whatever encoding they come."""

from __future__ import annotations

import codecs
import contextlib

import ftfy
from charset_normalizer import from_bytes

from pipeline.errors import UnreadableError

__all__ = ["decode"]

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16: its mark begins with UTF-16's
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What Danish text files are written in when they are not Unicode.
_LEGACY = ["cp1252", "cp850", "mac_roman"]
_MOST_CONTROLS = 0.005  # share of control characters above which a file is no text


def decode(data: bytes, declared: str | None = None) -> str:
    """The text of a file, line breaks and all; a byte order mark is dropped.

    UTF-8 is tried first, then the encoding that the file declares, then those of older Danish files; text that was once
    decoded wrongly ("mÃ¸de") is put right by ftfy, which leaves correct text alone.

    Raises `UnreadableError` for what is empty or binary.

    >>> decode("Mødet i Åbenrå".encode("latin-1"))
    'Mødet i Åbenrå'
    >>> decode("mÃ¸de pÃ¥ rÃ¥dhuset".encode())
    'møde på rådhuset'
    """
    if not data.strip(b"\x00 \t\r\n\x0c"):
        raise UnreadableError("the file is empty", "scan or export the minutes again")
    text = _decode(data, declared)
    # Half of the file is enough to tell text from noise, and control characters are rare in either.
    controls = sum((character < " " and character not in "\t\n\r\x0c\x0b") or character == "\x7f" for character in text)
    if controls > _MOST_CONTROLS * len(text):
        raise UnreadableError("the file is binary, not text", "export the minutes as text and try again")
    if not text.strip("\ufeff \t\r\n\x0c"):
        raise UnreadableError("the file holds no text", "scan or export the minutes again")
    return ftfy.fix_encoding(text)


def _decode(data: bytes, declared: str | None) -> str:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        if declared:
            with contextlib.suppress(LookupError, UnicodeError):
                return data.decode(declared)
        best = from_bytes(data, cp_isolation=_LEGACY).best()
    if best is None:
        raise UnreadableError("the file is binary, not text", "export the minutes as text and try again")
    return str(best)
