"""What is installed: the folder of models, the version, and a hash of everything that a record's values depend on."""

from __future__ import annotations

import hashlib
import subprocess
from functools import cache
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed_version
from pathlib import Path

import pipeline
from pipeline.errors import ConfigurationError

__all__ = ["danish_ocr", "fingerprint", "models", "version"]

_LIBRARIES = ("charset-normalizer", "ftfy", "markdown-it-py", "numpy", "rapidfuzz", "regex")
_EXTRAS = ("lxml", "pillow", "pypdfium2", "python-docx")  # one that is installed later reads what was refused before
_NOT_IN_RECORDS = {  # rooms that no value passes through
    *("batch", "cli", "evaluate", "export", "redact", "register", "review", "train"),
    *("collector.py", "files.py", "forget.py", "progress.py", "terminal.py"),
}

_NOT_READ = {"ner"}  # folders of models/ that no stage reads


@cache
def models() -> Path:
    """The models folder: inside the package where it was installed from a wheel, else beside it.

    Raises `ConfigurationError` where there is none.
    """
    package = Path(pipeline.__file__).parent
    for folder in (package / "models", package.parent / "models"):
        if (folder / "rules").is_dir():
            return folder
    raise ConfigurationError("the folder models/ is missing: install referat again, or run from its checkout")


def version() -> str:
    """The version of referat.

    >>> version()
    '0...'
    """
    return pipeline.__version__


@cache
def fingerprint() -> str:
    """A hash for the code of the stages, the rules and models, and what values depend on: libraries, Tesseract.

    Equal fingerprints mean equal output for equal input. Computed once for a process.
    """
    digest = hashlib.sha256()
    package = Path(pipeline.__file__).parent
    code = [path for path in package.rglob("*.py") if path.relative_to(package).parts[0] not in _NOT_IN_RECORDS]
    knowledge = [
        path
        for path in models().rglob("*")
        if path.is_file() and path.suffix != ".md" and path.relative_to(models()).parts[0] not in _NOT_READ
    ]
    for root, files in ((package, code), (models(), knowledge)):
        for path in sorted(files):
            digest.update(path.relative_to(root).as_posix().encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    for library in (*_LIBRARIES, *_EXTRAS):
        digest.update(f"{library} {_version_of(library)}".encode())
    digest.update(str(danish_ocr()).encode())
    return digest.hexdigest()[:16]


def _version_of(library: str) -> str:
    try:
        return installed_version(library)
    except PackageNotFoundError:
        return "none"


@cache
def danish_ocr() -> str | None:
    """What reads images here, as records name it ("tesseract 5.3.0, dan"); None without Tesseract or Danish model."""
    try:
        version = subprocess.run(["tesseract", "--version"], capture_output=True, text=True, check=True, timeout=30)
        models = subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True, check=True, timeout=30)
    except (OSError, subprocess.SubprocessError):
        return None
    if "dan" not in (models.stdout + models.stderr).split():
        return None
    return f"{' '.join((version.stdout or version.stderr).split()[:2])}, dan"
