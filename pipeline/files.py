"""Files that are the old ones or the complete new ones at every moment."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.errors import ConfigurationError

__all__ = ["replacing"]


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """A path to write to; what was written takes the place of `target` when the block ends without an error.

    The file is readable by its owner and group only: minutes name people. The folder is made where it is missing.
    Raises `ConfigurationError` where the file cannot be written.
    """
    part = target.with_name(f".{target.name}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        part.unlink(missing_ok=True)
        part.touch(0o640)
        yield part
        part.chmod(0o640)  # some libraries make the file anew
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        part.replace(target)
    except OSError as error:
        raise ConfigurationError(
            f"{target}: cannot be written ({error.strerror or error}); make room there or name another place"
        ) from error
    finally:
        part.unlink(missing_ok=True)
