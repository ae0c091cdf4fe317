"""A folder of pages that takes the place of the one before when it is complete."""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.errors import ConfigurationError
from pipeline.files import make_folder

__all__ = ["page_name", "replacing_folder", "report_folders", "write_page"]

_MARK = ".referat-report"  # a folder that holds this file was made here and may be replaced
_LONGEST = 80


def page_name(document_id: str) -> str:
    """The file name of a document's page: letters, digits, `-` and `_` of its id, a hash where others were lost.

    >>> page_name("havneudvalget-1f0c2b9e4d7a")
    'havneudvalget-1f0c2b9e4d7a.html'
    >>> page_name('../<img src=x onerror="alert(1)">')
    'img-src-x-onerror-alert-1-a5e22b14.html'
    """
    name = re.sub(r"[^a-z0-9_]+", "-", document_id.lower()).strip("-")[:_LONGEST].strip("-")
    if name != document_id:
        name = f"{name}-{hashlib.sha256(document_id.encode('utf-8', 'replace')).hexdigest()[:8]}".strip("-")
    return f"{name}.html"


def write_page(path: Path, html: str) -> None:
    """Write a page that its owner and group can read: minutes name people."""
    path.touch(0o640)
    path.write_text(html, encoding="utf-8", errors="replace", newline="\n")


@contextmanager
def replacing_folder(target: Path) -> Iterator[Path]:
    """A new folder to fill, which takes the place of `target` when it is complete; else nothing changes.

    Between the two renames `target` is missing for an instant; who is stopped just there finds the old one again with
    the next run.

    Raises `ConfigurationError` where `target` is something else than a report made before, or cannot be written.
    """
    if target.is_symlink() or (target.exists() and not _is_ours(target)):
        raise ConfigurationError(f"{target}: is there already and is no report; name another folder with --out")
    new, old = _beside(target)
    try:
        if old.exists() and not target.exists():  # of a run that was killed
            old.rename(target)
        for left in (new, old):
            shutil.rmtree(left, ignore_errors=True)
        make_folder(new)
        (new / _MARK).touch(0o640)
        yield new
        if target.exists():
            target.rename(old)
        new.rename(target)
    except OSError as error:
        raise ConfigurationError(
            f"{target}: cannot be written ({error.strerror or error}); make room there or name another --out"
        ) from error
    finally:
        if old.exists() and not target.exists():
            old.rename(target)
        for left in (new, old):
            shutil.rmtree(left, ignore_errors=True)


def report_folders(target: Path) -> list[Path]:
    """The report at `target`, and what a killed run left beside it, where they are there."""
    ours = [target] if not target.is_symlink() and (target / _MARK).is_file() else []
    return ours + [left for left in _beside(target) if left.exists()]


def _beside(target: Path) -> tuple[Path, Path]:
    """Where a new report is written, and where the old one waits until the new one is in its place."""
    return target.with_name(f".{target.name}.part"), target.with_name(f".{target.name}.old")


def _is_ours(target: Path) -> bool:
    return target.is_dir() and ((target / _MARK).is_file() or not any(target.iterdir()))
