"""One document: `repair`, `explain`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.app import app

if TYPE_CHECKING:
    from pipeline.document import Document

__all__ = ["Reread", "explain", "repair", "require_ocr"]

MinutesFile = Annotated[str, typer.Argument(metavar="FILE|-", help="Minutes in any format, or - for standard input.")]
Reread = Annotated[bool, typer.Option("--reread", help="Read scanned PDFs with a damaged text layer again, by OCR.")]


@app.command(epilog="Example: referat repair scanned.txt --diff")
def repair(
    file: MinutesFile,
    diff: Annotated[bool, typer.Option("--diff", help="Show the edits in colour, line by line.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the edits as JSON.")] = False,
    reread: Reread = False,
) -> None:
    """Print the text with its Danish letters back; clean text comes out as it went in."""
    from pipeline.lexicon import Lexicon
    from pipeline.repair import repair as repair_document
    from pipeline.terminal import edits_as_json, show_diff

    document = repair_document(_document(file, reread=reread), Lexicon.load())
    if as_json:
        sys.stdout.write(edits_as_json(document))
    elif diff:
        show_diff(document)
    else:
        sys.stdout.reconfigure(encoding="utf-8", newline="")  # type: ignore[union-attr]
        sys.stdout.write(document.text)


@app.command(epilog="Example: referat explain minutes.txt | less -R")
def explain(file: MinutesFile, reread: Reread = False) -> None:
    """Show each edit and each value with its rule, confidence and line: the place to start a new rule."""
    from pipeline.lexicon import Lexicon
    from pipeline.stages import process
    from pipeline.terminal import show_explanation

    show_explanation(process(_document(file, reread=reread), Lexicon.load()))


def _document(file: str, *, reread: bool) -> Document:
    from pipeline.errors import ConfigurationError, UnreadableError
    from pipeline.lexicon import Lexicon
    from pipeline.read import load, read
    from pipeline.stages import read_again

    if reread:
        require_ocr()
    try:
        data = sys.stdin.buffer.read() if file == "-" else load(Path(file))
        document = read(data, file if file == "-" else Path(file).name)
        return read_again(document, data, Lexicon.load()) if reread else document
    except UnreadableError as error:
        raise ConfigurationError(f"{file}: {error}") from error


def require_ocr() -> None:
    """Raises `ConfigurationError` where no OCR is installed."""
    from pipeline.errors import ConfigurationError
    from pipeline.read.ocr import INSTALL, danish_ocr

    if not danish_ocr():
        raise ConfigurationError(f"--reread needs OCR, which is not installed: {INSTALL}")
