"""Files that are the old ones or the complete new ones at every moment, and folders that others cannot look into."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.errors import ConfigurationError

__all__ = ["leftovers", "make_folder", "replacing", "scratch"]


def make_folder(folder: Path) -> None:
    """Make a folder, and what is missing above it, for owner and group only: names of files may name people, too.

    What the umask takes away besides stays away. A folder that is there keeps its rights.
    """
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    for one in reversed(missing):
        one.mkdir(mode=0o750, exist_ok=True)


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """A path to write to; what was written takes the place of `target` when the block ends without an error.

    The file is readable by its owner and group only: minutes name people. The folder is made where it is missing.
    Raises `ConfigurationError` where the file cannot be written.
    """
    part = target.with_name(f".{target.name}.part")
    try:
        make_folder(target.parent)
        part.unlink(missing_ok=True)
        part.touch(0o640)
        rights = part.stat().st_mode
        yield part
        part.chmod(rights)  # some libraries make the file anew
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        part.replace(target)
    except OSError as error:
        raise ConfigurationError(
            f"{target}: cannot be written ({error.strerror or error}); make room there or name another place"
        ) from error
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def scratch(folder: Path) -> Iterator[Path]:
    """A folder inside `folder` for files that are needed for a while, for the owner only; gone when the block ends."""
    make_folder(folder)
    with tempfile.TemporaryDirectory(prefix=".", suffix=".part", dir=folder) as name:
        yield Path(name)


def leftovers(folder: Path) -> list[Path]:
    """What `replacing` and `scratch` left in a folder where they were killed."""
    return sorted(folder.glob(".*.part*"))
