"""Zip archives of minutes: which documents are in one, and the bytes of each. Nothing is unpacked to disk.

What makes the whole archive suspect refuses it: a name that leaves the archive, two documents of one name, too many
members, too much in all, a member that is packed like a zip bomb. What concerns one member refuses only that one, when
it is loaded: a password, a link, damage, more than 64 MiB. An archive in an archive is listed like any member, and
`read` refuses it.
"""

from __future__ import annotations

import contextlib
import io
import lzma
import re
import stat
import unicodedata
import zipfile
import zlib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import IO, NamedTuple

from pipeline.errors import UnreadableError

__all__ = ["DAMAGED", "MOST_BYTES", "check_package", "is_archive", "load_member", "member_names", "zip_type"]

MOST_BYTES = 64 * 1024 * 1024  # of one document: minutes of 20,000 pages; more is some other kind of file
_MOST_MEMBERS = 20_000
_MOST_IN_ALL = 8 * 1024**3  # bytes, as the archive's directory says; a member's own are counted when it is loaded
_MOST_IN_PACKAGE = 256 * 1024 * 1024  # bytes in a Word or ODT file, pictures and all
_MOST_RATIO = 200  # unpacked to packed: text is 3 to 10, a page without a word 100, a zip bomb 1,000
_SMALL = 1024 * 1024  # below this a high ratio is harmless
_SIGNATURES = (b"PK\x03\x04", b"PK\x05\x06")  # with and without members
_UNPACK = "unpack it and name the folder instead"
DAMAGED = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError, NotImplementedError)
"""What zipfile raises on archives that are cut off, altered, or packed in a way that it does not know."""


class _Archive(NamedTuple):
    file: zipfile.ZipFile
    members: Mapping[str, zipfile.ZipInfo]


def is_archive(file: Path) -> bool:
    """Whether a file is a zip of documents, told by its content: Word and ODT files are zips too and are none.

    False for what cannot be opened, or is cut off: `load` and `read` say what is wrong with it.
    """
    try:
        with file.open("rb") as opened:
            return opened.read(4) in _SIGNATURES and zip_type(opened) == "application/zip"
    except (OSError, UnreadableError):
        return False


def zip_type(file: IO[bytes]) -> str:
    """The media type of a zip: that of Word, of another Office file, of ODT, or `application/zip`.

    Raises `UnreadableError` where the zip is damaged.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist())
            if "[Content_Types].xml" in names:
                kind = next(
                    (kind for kind in ("word", "xl", "ppt") if any(n.startswith(f"{kind}/") for n in names)), ""
                )
                return _OFFICE.get(kind, "application/zip")
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
                return archive.read("mimetype").decode("ascii", "replace").strip()
            return "application/zip"
    except (*DAMAGED, RuntimeError, KeyError) as error:
        raise UnreadableError(
            "the file is damaged: it is no complete zip, Word or ODT file", "copy it again"
        ) from error


_OFFICE = {
    "word": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}


def check_package(data: bytes) -> None:
    """Raise `UnreadableError` where a Word or ODT file is damaged, or a zip bomb."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            infos = package.infolist()
    except (*DAMAGED, RuntimeError) as error:
        raise UnreadableError("the file is damaged", "copy it again, or save it again") from error
    if sum(info.file_size for info in infos) > _MOST_IN_PACKAGE or any(map(_is_bomb, infos)):
        raise UnreadableError("the file may be a zip bomb", "if you trust it, open it and save it as plain text")


def _is_bomb(info: zipfile.ZipInfo) -> bool:
    return info.file_size > max(_SMALL, _MOST_RATIO * info.compress_size)


def member_names(file: Path) -> list[str]:
    """The documents in a zip, sorted, with `/` between folders; hidden files and folders and `__MACOSX` passed over.

    Names of old archives are read as UTF-8 where they can be, else in the code page of Danish DOS (850).

    Raises `UnreadableError` when the archive is damaged or refused (see the top of this file).
    """
    return sorted(_opened(file).members)


def load_member(file: Path, name: str) -> bytes:
    """The bytes of one of `member_names(file)`.

    Raises `UnreadableError` when it has a password, is a link, is damaged or larger than 64 MiB.
    """
    archive, members = _opened(file)
    if name not in members:
        raise UnreadableError(f"the archive has no {name}", "was it replaced? run again")
    member = members[name]
    if member.flag_bits & 0x1:
        raise UnreadableError("the file in the archive has a password", f"{_UNPACK} ({name})")
    if stat.S_ISLNK(member.external_attr >> 16):
        raise UnreadableError("the file in the archive is only a link", "put the document itself in the archive")
    try:
        with archive.open(member) as opened:
            data = opened.read(MOST_BYTES + 1)
    except (*DAMAGED, RuntimeError) as error:
        raise UnreadableError("the file in the archive is damaged", "pack the archive again") from error
    if len(data) > MOST_BYTES:
        raise UnreadableError(
            "the file in the archive is larger than 64 MiB", "split it into one file for each meeting"
        )
    return data


def _opened(file: Path) -> _Archive:
    try:
        status = file.stat()
        return _open(file, status.st_mtime_ns, status.st_size)
    except (*DAMAGED, RuntimeError) as error:
        raise UnreadableError("the archive is damaged or cannot be opened", f"copy it again, or {_UNPACK}") from error


@lru_cache(maxsize=1)  # the members of an archive are loaded one after another: its directory is read once
def _open(file: Path, changed: int, size: int) -> _Archive:
    archive = zipfile.ZipFile(file, metadata_encoding="cp850")
    members: dict[str, zipfile.ZipInfo] = {}
    infos = archive.infolist()
    if len(infos) > _MOST_MEMBERS:
        raise UnreadableError(f"the archive has more than {_MOST_MEMBERS} members", _UNPACK)
    if sum(info.file_size for info in infos) > _MOST_IN_ALL:
        raise UnreadableError(f"the archive unpacks to more than {_MOST_IN_ALL // 1024**3} GiB", _UNPACK)
    for info in infos:
        name = _name(info)
        parts = re.split(r"[/\\]", name)
        if ".." in parts or not parts[0] or ":" in parts[0] or "\0" in name:
            raise UnreadableError(
                f"the archive has a name that leaves it ({name!r})", "do not trust it; ask its sender"
            )
        if _is_bomb(info):
            raise UnreadableError(f"the archive may be a zip bomb ({name!r})", f"if you trust it, {_UNPACK}")
        if info.is_dir() or any(part.startswith(".") or part == "__MACOSX" for part in parts):
            continue
        if name in members:
            raise UnreadableError(f"the archive has two files of one name ({name!r})", _UNPACK)
        members[name] = info
    return _Archive(archive, members)


def _name(info: zipfile.ZipInfo) -> str:
    """A member's name. Archives made on a Mac hold UTF-8 and don't say so."""
    name = info.filename
    if not info.flag_bits & 0x800 and not name.isascii():
        with contextlib.suppress(UnicodeError):
            name = name.encode("cp850").decode("utf-8")
    return unicodedata.normalize("NFC", name)
