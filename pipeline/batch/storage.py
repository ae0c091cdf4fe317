"""Storage behind URLs, by fsspec: `s3://`, `gs://`, `https://`, `sftp://` and whatever else it has a package for."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any

from pipeline.errors import ConfigurationError, UnreadableError
from pipeline.files import make_folder

__all__ = ["download", "listed", "stamp", "upload"]


def listed(url: str) -> tuple[str, list[tuple[str, str]]]:
    """The last name in `url`, and the URL of each file below it with its path from there, or of the one file it names.

    Raises `ConfigurationError` where there is nothing, or the storage cannot be reached.
    """
    system, root = _file_system(url)
    with _reached(url):
        names = sorted(system.find(root))
    if not names:
        raise ConfigurationError(f"{url}: there is no such file or folder, or nothing is in it")
    folder = PurePosixPath(root)
    above = folder.parent if names == [root] else folder
    return above.name, [
        (system.unstrip_protocol(name), PurePosixPath(name).relative_to(above).as_posix()) for name in names
    ]


def download(url: str) -> bytes:
    """The bytes of a file. Raises `UnreadableError` where they cannot be had, or are more than 64 MiB."""
    from pipeline.read.archive import MOST_BYTES

    system, path = _file_system(url)
    try:
        size = system.size(path)
        if size is None:  # a server need not tell, and may send without end
            with system.open(path, "rb") as file:
                data: bytes = file.read(MOST_BYTES + 1)
        else:
            data = system.cat_file(path) if size <= MOST_BYTES else b""
    except OSError as error:
        raise UnreadableError(f"the file cannot be had ({error})", "check that it may be read, then --retry") from error
    if max(size or 0, len(data)) > MOST_BYTES:
        raise UnreadableError("the file is larger than 64 MiB", "split it into one file for each meeting")
    return data


def stamp(url: str) -> tuple[int, str]:
    """Size, and a word that changes with every change of the file, as the storage tells them; -1 and '' where not."""
    system, path = _file_system(url)
    try:
        size = system.size(path)
        return -1 if size is None else size, str(system.ukey(path))
    except (OSError, NotImplementedError):
        return -1, ""


def upload(files: Sequence[Path], url: str) -> None:
    """Copy files below `url`: each appears there when it is whole, all at the end; on this machine with their rights.

    Raises `ConfigurationError` where the storage cannot be written.
    """
    system, root = _file_system(url)
    with _reached(url):
        here = "file" in system.protocol
        if here:
            make_folder(Path(root))
        system.makedirs(root, exist_ok=True)
        with system.transaction:
            for path in files:
                with path.open("rb") as file, system.open(f"{root}/{path.name}", "wb") as copy:
                    shutil.copyfileobj(file, copy)
        for path in files if here else ():  # elsewhere the storage says who may read
            shutil.copymode(path, Path(root, path.name))


def _file_system(url: str) -> tuple[Any, str]:
    try:
        from fsspec.core import url_to_fs
    except ImportError:
        raise ConfigurationError(
            f"{url}: storage behind URLs needs the extra `remote`: python -m pip install 'referat[remote]'"
        ) from None
    try:
        system, path = url_to_fs(url)
    except (ImportError, ValueError) as error:  # a package for this kind of storage is missing, or there is none
        raise ConfigurationError(f"{url}: {error}") from error
    return system, path


@contextmanager
def _reached(url: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise ConfigurationError(f"{url}: the storage cannot be used ({error})") from error
