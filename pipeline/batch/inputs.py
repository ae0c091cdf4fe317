"""Which documents a run is about, the path under which each is known, and how its bytes are had.

A document is a file, a file in a zip archive, or an object in a storage that fsspec knows (`s3://bucket/minutes`).
"""

from __future__ import annotations

import hashlib
import os
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from pipeline.batch import storage
from pipeline.errors import ConfigurationError, UnreadableError

__all__ = ["InputFile", "digest", "find_inputs", "load_input", "stamp"]

_MOST_DIGESTED = 1024**3  # bytes: a larger file is never read, were it a hole that costs its sender nothing
_SETTLED = 2.0  # seconds after which a file's times tell of every later change, on any file system


class InputFile(NamedTuple):
    """A document to read: its file or URL, its path relative to the input root with `/` between folders, its name in
    the archive where the file is one, and whether a damaged text layer is read again by OCR.
    """

    location: str
    path: str
    member: str | None = None
    reread: bool = False


def find_inputs(inputs: Sequence[str | Path], *, leave: Path | None = None) -> list[InputFile]:
    """Every document in the inputs, folders recursively and archives opened, sorted by path.

    Hidden files are passed over, and the folder `leave`. A folder or an archive that cannot be opened is listed itself:
    reading it tells why. A file that two inputs hold is listed once; a path that two files share gets the name of its
    input folder in front.

    Raises `ConfigurationError` for an input that does not exist, and where two documents would still share a path.
    """
    found = [(root, file) for given in inputs for root, file in _found(given, leave)]
    if len(inputs) > 1:  # they may overlap
        found = list({(os.path.realpath(file.location), file.member): (root, file) for root, file in found}.values())
    shared = _repeated(file.path for _, file in found)
    files = [file._replace(path=f"{root}/{file.path}") if file.path in shared else file for root, file in found]
    if clash := _repeated(file.path for file in files):
        raise ConfigurationError(f"{min(clash)}: two inputs hold a file of this path; run them one at a time")
    return sorted(files, key=lambda file: file.path)


def _found(given: str | Path, leave: Path | None) -> Iterator[tuple[str, InputFile]]:
    """Name of the input's root, and each document in it."""
    if "://" in str(given):
        folder, names = storage.listed(str(given))
        yield from (
            (folder, InputFile(url, path))
            for url, path in names
            if not any(part.startswith(".") for part in path.split("/"))
        )
        return
    root = Path(given)
    if root.is_dir():
        name, files = root.resolve().name, _files(root, leave)
    elif os.path.lexists(root):
        name, files = root.resolve().parent.name, iter([str(root)])
        root = root.parent
    else:
        raise ConfigurationError(f"{given}: there is no such file or folder")
    start = len(os.path.join(root, ""))  # noqa: PTH118 -- ten thousand paths: strings are faster
    for file in files:
        path = _readable(file[start:] if root != Path() or file.startswith("./") else file)
        for member in _members(file):
            yield name, InputFile(file, f"{path}/{member}" if member else path, member)


def _files(folder: Path, leave: Path | None) -> Iterator[str]:
    unlisted: list[str] = []
    left = leave.resolve() if leave else None
    for directory, folders, names in os.walk(folder, onerror=lambda error: unlisted.append(error.filename)):
        folders[:] = [
            name
            for name in folders
            if not name.startswith(".") and not (left and name == left.name and Path(directory, name).resolve() == left)
        ]
        yield from (os.path.join(directory, name) for name in names if not name.startswith("."))  # noqa: PTH118
    yield from unlisted


def _members(file: str) -> Sequence[str | None]:
    """The documents in an archive; for any other file, and an archive that cannot be opened, just itself."""
    if file.lower().endswith(".zip"):
        from pipeline.read.archive import is_archive, member_names

        with suppress(UnreadableError):
            return member_names(Path(file)) if is_archive(Path(file)) else [None]
    return [None]


def _readable(path: str) -> str:
    r"""A path as text: bytes of a name that are no UTF-8 are written `\xe5`."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def _repeated(values: Iterable[str]) -> set[str]:
    return {value for value, count in Counter(values).items() if count > 1}


def load_input(given: InputFile) -> bytes:
    """The bytes of a document. Raises `UnreadableError` where they cannot be had."""
    from pipeline.read import load
    from pipeline.read.archive import load_member, member_names

    if given.member is not None:
        return load_member(Path(given.location), given.member)
    if "://" in given.location:
        return storage.download(given.location)
    data = load(Path(given.location))
    if given.location.lower().endswith(".zip") and data[:2] == b"PK":
        member_names(Path(given.location))  # it was listed as itself because this fails: say why
    return data


def digest(given: InputFile) -> str:
    """The SHA-256 of a document's bytes, '' where they cannot be had, or are too many to be read in a moment."""
    try:
        if given.member is None and "://" not in given.location:
            if not Path(given.location).is_file() or Path(given.location).stat().st_size > _MOST_DIGESTED:
                return ""
            with Path(given.location).open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest()
        return hashlib.sha256(load_input(given)).hexdigest()
    except (OSError, UnreadableError):
        return ""


def stamp(given: InputFile) -> tuple[int, str]:
    """Size in bytes, and a word that changes whenever the bytes may have: while it is the same, so are they.

    The word is '' where the file was written so lately that its times may not tell of a second change, and the size
    -1 where neither can be known without reading.
    """
    if "://" in given.location:
        return storage.stamp(given.location)
    try:
        status = os.stat(given.location)  # noqa: PTH116 -- as above
    except OSError:
        return -1, ""
    size = status.st_size if given.member is None else -1
    if time.time() - max(status.st_mtime, status.st_ctime) < _SETTLED:
        return size, ""
    return size, f"{status.st_size} {status.st_mtime_ns} {status.st_ctime_ns} {status.st_ino}"
