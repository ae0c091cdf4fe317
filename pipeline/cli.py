"""The command `referat`.

Heavy imports stand inside the commands, so that `--help` answers at once. Data goes to stdout, everything for
people to stderr.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

if TYPE_CHECKING:
    from pipeline.document import Document

__all__ = ["app", "main"]

# Typer brings its own click and names only some of its errors; this is the one behind every wrong call.
_UsageError: type[BaseException] = typer.BadParameter.__mro__[1]

OK, USAGE, SOME_QUARANTINED, NOTHING_USABLE, INTERRUPTED = 0, 1, 2, 3, 130

app = typer.Typer(
    name="referat",
    help="Danish minutes into data: OCR damage repaired, agenda, decisions, people, amounts and dates.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

train = typer.Typer(
    help="Rebuild what lies under models/ (needs the extra `train`).", no_args_is_help=True, rich_markup_mode=None
)
app.add_typer(train, name="train")

TextFile = Annotated[str, typer.Argument(metavar="FILE|-", help="A text file, or - for standard input.")]


@app.command(epilog="Example: referat run minutes/ --out out --jobs 2")
def run(
    inputs: Annotated[list[Path], typer.Argument(metavar="INPUT...", help="Files and folders of minutes.")],
    out: Annotated[Path, typer.Option(help="Folder for minutes.jsonl and the record streams.")],
    jobs: Annotated[int, typer.Option(min=1, help="How many documents to process at a time.")] = 1,
    force: Annotated[bool, typer.Option("--force", help="Process unchanged documents again.")] = False,
) -> None:
    """Turn files and folders of minutes into records.

    Exit status: 0 all read, 1 wrong call, 2 some documents quarantined, 3 nothing usable, 130 interrupted.
    """
    from pipeline.batch import run as run_batch
    from pipeline.terminal import RunProgress, summarise

    try:
        with RunProgress() as progress:
            summary = run_batch(inputs, out, jobs=jobs, force=force, progress=progress)
    except KeyboardInterrupt:
        typer.echo("referat: interrupted; what was done is kept, the same command continues", err=True)
        raise typer.Exit(INTERRUPTED) from None
    summarise(summary, inputs, out)
    usable = summary.processed + summary.unchanged - summary.quarantined
    if not usable:
        raise typer.Exit(NOTHING_USABLE)
    raise typer.Exit(SOME_QUARANTINED if summary.quarantined else OK)


@app.command(epilog="Example: referat repair scanned.txt --diff")
def repair(
    file: TextFile,
    diff: Annotated[bool, typer.Option("--diff", help="Show the edits in colour, line by line.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the edits as JSON.")] = False,
) -> None:
    """Print the text with its Danish letters back; clean text comes out as it went in."""
    from pipeline.lexicon import Lexicon
    from pipeline.repair import repair as repair_document
    from pipeline.terminal import edits_as_json, show_diff

    document = repair_document(_document(file), Lexicon.load())
    if as_json:
        sys.stdout.write(edits_as_json(document))
    elif diff:
        show_diff(document)
    else:
        sys.stdout.reconfigure(encoding="utf-8", newline="")  # type: ignore[union-attr]
        sys.stdout.write(document.text)


@app.command(epilog="Example: referat explain minutes.txt | less -R")
def explain(file: TextFile) -> None:
    """Show each edit and each value with its rule, confidence and line: the place to start a new rule."""
    from pipeline.lexicon import Lexicon
    from pipeline.stages import process
    from pipeline.terminal import show_explanation

    show_explanation(process(_document(file), Lexicon.load()))


@app.command(epilog="Example: referat evaluate corpus/gold --floors tests/floors.toml")
def evaluate(
    gold: Annotated[list[Path], typer.Argument(metavar="GOLD_DIR...", help="Folders with NAME.gold.json.")],
    inbox: Annotated[
        Optional[Path],  # noqa: UP045 -- typer reads the annotation at run time
        typer.Option(help="Folder with the documents NAME.txt. Default: ocr or inbox beside GOLD_DIR."),
    ] = None,
    clean: Annotated[bool, typer.Option("--clean", help="Read NAME.clean.txt of the gold folder instead.")] = False,
    floors: Annotated[Optional[Path], typer.Option(help="TOML file of floors; fail below them.")] = None,  # noqa: UP045
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
) -> None:
    """Measure referat against gold minutes: precision, recall and F1 by field, and the repair figures."""
    from pipeline.evaluate import evaluate_folders, missed_floors, render

    report = evaluate_folders(gold, inbox=inbox, clean=clean)
    sys.stdout.write(json.dumps(report.as_dict(), ensure_ascii=False, indent=1) + "\n" if as_json else render(report))
    if floors:
        missed = missed_floors(report, floors)
        for line in missed:
            typer.echo(f"referat: below the floor: {line}", err=True)
        if missed:
            raise typer.Exit(USAGE)


@app.command(epilog="Example: referat schema > minutes.schema.json")
def schema(
    page: Annotated[bool, typer.Option("--page", help="Explain each field instead, in Markdown.")] = False,
) -> None:
    """Print the JSON Schema of a line of minutes.jsonl."""
    from pipeline.records.page import contract_page
    from pipeline.records.schema import json_schema

    sys.stdout.write(contract_page() if page else json_schema())


@train.command("repair", epilog="Example: referat train repair --data ../shared/data --ocr ../shared/ocr")
def train_repair(
    data: Annotated[Path, typer.Option(metavar="DIR", help="Folder with text/*.txt and lists/*.tsv.")],
    ocr: Annotated[
        Optional[Path],  # noqa: UP045 -- typer reads the annotation at run time
        typer.Option(metavar="DIR", help="Folder with pairs/*.jsonl. Default: ocr beside DATA."),
    ] = None,
    corpus: Annotated[Path, typer.Option(metavar="DIR", help="Our own minutes and sentences.")] = Path("corpus"),
    work: Annotated[Path, typer.Option(metavar="DIR", help="Checkpoints, to go on from.")] = Path(".train"),
    out: Annotated[
        Optional[Path],  # noqa: UP045 -- typer reads the annotation at run time
        typer.Option(metavar="DIR", help="Where to write. Default: the models of this installation."),
    ] = None,
) -> None:
    """Rebuild the models of repair from text and from pages read by the wrong OCR model.

    Takes an hour on two cores; an interrupted training goes on where it was.
    """
    from pipeline.lexicon import Lexicon
    from pipeline.train.repair import train_repair as rebuild

    target = out or Lexicon.load().directory
    rebuild(data, ocr or data.parent / "ocr", corpus, work, target, lambda message: typer.echo(message, err=True))


@train.command("ner", epilog="Example: referat train ner --data ../shared/data")
def train_names(
    data: Annotated[Path, typer.Option(metavar="DIR", help="Folder with ner/*.conllu.")],
    corpus: Annotated[Path, typer.Option(metavar="DIR", help="Our own sentences.")] = Path("corpus"),
    work: Annotated[Path, typer.Option(metavar="DIR", help="What is made on the way.")] = Path(".train"),
    out: Annotated[
        Optional[Path],  # noqa: UP045 -- typer reads the annotation at run time
        typer.Option(metavar="DIR", help="Models folder to write to. Default: the models of this installation."),
    ] = None,
) -> None:
    """Rebuild the network for names from labelled and invented sentences.

    Takes ten minutes on one core. Sentences that were made are used again; the training itself starts over.
    """
    from pipeline.lexicon import Lexicon
    from pipeline.train.ner import train_ner

    target = out or Lexicon.load().directory
    train_ner(data, corpus, work, target, lambda message: typer.echo(message, err=True))


def _document(file: str) -> Document:
    from pipeline.errors import ConfigurationError, UnreadableError
    from pipeline.read import load, read

    try:
        if file == "-":
            return read(sys.stdin.buffer.read(), "-")
        return read(load(Path(file)), Path(file).name)
    except UnreadableError as error:
        raise ConfigurationError(f"{file}: {error}") from error


def main() -> None:
    """Run the command line and leave with its exit status; an error is one line on stderr."""
    from pipeline.errors import ReferatError

    try:
        status = app(standalone_mode=False)
    except _UsageError as error:
        error.show()  # type: ignore[attr-defined]
        status = USAGE
    except ReferatError as error:
        typer.echo(f"referat: {error}", err=True)
        status = USAGE
    except (KeyboardInterrupt, typer.Abort):
        status = INTERRUPTED
    except BrokenPipeError:
        sys.stderr.close()  # the reader of a pipe has left; there is nobody to tell
        status = OK
    sys.exit(status)
