"""Which files a run is about, and the path under which each is known."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from pipeline.errors import ConfigurationError

__all__ = ["InputFile", "find_inputs"]


class InputFile(NamedTuple):
    """A file to read, and its path relative to the input root, with `/` separators."""

    file: Path
    path: str


def find_inputs(inputs: Sequence[Path]) -> list[InputFile]:
    """Every file in the inputs, folders recursively, sorted by relative path; hidden files are passed over.

    A relative path that two inputs share gets the name of its input folder in front.

    Raises `ConfigurationError` for an input that does not exist, and where two files would still share a path.
    """
    found: list[tuple[Path, Path, Path]] = []
    for given in inputs:
        if given.is_dir():
            found += [(given, file, file.relative_to(given)) for file in _files(given)]
        elif given.exists():
            found.append((given.parent, given, Path(given.name)))
        else:
            raise ConfigurationError(f"{given}: there is no such file or folder")
    distinct = {os.path.realpath(file): (root, file, relative) for root, file, relative in found}
    shared = _repeated(relative.as_posix() for _, _, relative in distinct.values())
    files = [
        InputFile(file, f"{root.resolve().name}/{path}" if (path := relative.as_posix()) in shared else path)
        for root, file, relative in distinct.values()
    ]
    if clash := _repeated(file.path for file in files):
        raise ConfigurationError(f"{min(clash)}: two inputs hold a file of this path; run them one at a time")
    return sorted(files, key=lambda file: file.path)


def _files(folder: Path) -> Iterable[Path]:
    for directory, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (Path(directory, name) for name in names if not name.startswith("."))


def _repeated(values: Iterable[str]) -> set[str]:
    return {value for value, count in Counter(values).items() if count > 1}
