"""The files of a finished run. They change together: OUT holds the old set or the new one, whole, at every moment.

    OUT/minutes.jsonl ──▶ .current/minutes.jsonl      (a link that never changes)
    OUT/.current ──▶ .set-k3v9x2                      (a link that is replaced in one step)
    OUT/.set-k3v9x2/minutes.jsonl, items.jsonl, …

A new set is written beside the old one and brought to disk before `.current` moves; then the old one is removed. Who
has an old file open reads it to its end.
"""

from __future__ import annotations

import errno
import fcntl
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from pipeline.batch.outcome import TABLES
from pipeline.batch.state import State
from pipeline.batch.storage import upload
from pipeline.errors import ConfigurationError

__all__ = ["copy_output", "is_current", "is_locked", "locked", "remove_leftovers", "write_output"]

_CURRENT, _SET, _LOCK = ".current", ".set-", ".lock"
_BUFFER = 1 << 20
_NO_LINKS = {errno.EPERM, errno.ENOTSUP, errno.ENOSYS}  # what FAT, some network shares and others say


@contextmanager
def locked(out: Path) -> Iterator[None]:
    """The folder `out`, for this process alone; the system lets go of it when the process ends, however it ends.

    Raises `ConfigurationError` when another run has it.
    """
    descriptor = os.open(out / _LOCK, os.O_RDWR | os.O_CREAT, 0o640)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            owner = os.read(descriptor, 20).decode("ascii", "replace").strip() or "?"
            raise ConfigurationError(
                f"{out}: another run (process {owner}) is writing there; wait for it or name another --out"
            ) from None
        os.ftruncate(descriptor, 0)
        os.write(descriptor, f"{os.getpid()}\n".encode())
        yield
    finally:
        os.close(descriptor)


def is_locked(out: Path) -> bool:
    """Whether a run is writing into `out` now."""
    try:
        with (out / _LOCK).open("rb") as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False


def is_current(out: Path, state: State) -> bool:
    """Whether the files of `out` say what `state` says."""
    return (
        state.output is not None
        and state.output == _target(out / _CURRENT)
        and all(_target(out / f"{table}.jsonl") == f"{_CURRENT}/{table}.jsonl" for table in TABLES)
        and (out / _CURRENT).is_dir()
    )


def write_output(out: Path, state: State) -> bool:
    """Make the files of `out` say what `state` says, all at once; False where they do already.

    They are readable by their owner and group only: minutes name people. What killed runs left is removed.

    Raises `ConfigurationError` where the file system of `out` has no symbolic links.
    """
    stale = not is_current(out, state)
    if stale:
        new = out / f"{_SET}{secrets.token_hex(4)}"
        new.mkdir(mode=0o750)
        try:
            _write_set(new, state)
            _link_all(out)
            _link(out / _CURRENT, new.name)
            _sync(out)
        except BaseException:
            if _target(out / _CURRENT) != new.name:
                shutil.rmtree(new, ignore_errors=True)
            raise
        state.output = new.name
    remove_leftovers(out)
    return stale


def remove_leftovers(out: Path) -> None:
    """Remove sets that no file of `out` leads to: old ones, and what killed runs left."""
    for left in out.glob(f"{_SET}*"):
        if left.name != _target(out / _CURRENT):
            shutil.rmtree(left, ignore_errors=True)


def copy_output(out: Path, url: str) -> None:
    """Copy the files of `out` to a storage behind a URL. Raises `ConfigurationError` where it cannot be written."""
    upload([out / f"{table}.jsonl" for table in TABLES], url)


def _write_set(folder: Path, state: State) -> None:
    with ExitStack() as opened:
        paths = [folder / f"{table}.jsonl" for table in TABLES]
        for path in paths:
            path.touch(0o640)
        files = [opened.enter_context(path.open("wb", _BUFFER)) for path in paths]
        for document in state.lines():
            for file, lines in zip(files, document, strict=True):
                if lines:
                    file.write(lines)
        for file in files:
            file.flush()
            os.fsync(file.fileno())
    _sync(folder)


def _link_all(out: Path) -> None:
    """The links by which people find the files. On a first run they lead nowhere until `.current` is there."""
    for table in TABLES:
        link, target = out / f"{table}.jsonl", f"{_CURRENT}/{table}.jsonl"
        if _target(link) != target:
            _link(link, target)


def _link(link: Path, target: str) -> None:
    """Let `link` lead to `target`, in one step where it was a link or a file before."""
    if link.is_dir() and not link.is_symlink():  # a copy of OUT in which links were followed
        shutil.rmtree(link)
    temporary = link.with_name(f"{link.name}.new" if link.name.startswith(".") else f".{link.name}.new")
    temporary.unlink(missing_ok=True)
    try:
        temporary.symlink_to(target)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        raise ConfigurationError(
            f"{link.parent}: this file system has no symbolic links, by which all files change at once; "
            "name an --out on another disk. What was done is kept."
        ) from error
    temporary.replace(link)


def _target(link: Path) -> str | None:
    with suppress(OSError):
        return str(link.readlink())
    return None


def _sync(folder: Path) -> None:
    """Bring the names in a folder to disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
