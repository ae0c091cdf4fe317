"""The command `referat`.

Heavy imports stand inside the commands, so that `--help` answers at once. Data goes to stdout, everything for
people to stderr.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, Optional

import typer

if TYPE_CHECKING:
    from pipeline.batch import Summary
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

Log = Literal["auto", "plain", "json"]

MinutesFile = Annotated[str, typer.Argument(metavar="FILE|-", help="Minutes in any format, or - for standard input.")]
Reread = Annotated[bool, typer.Option("--reread", help="Read scanned PDFs with a damaged text layer again, by OCR.")]


Inputs = Annotated[
    list[str], typer.Argument(metavar="INPUT...", help="Files, folders and zip archives of minutes, or URLs of such.")
]
Out = Annotated[Path, typer.Option(help="Folder for minutes.jsonl and the record streams.")]
Jobs = Annotated[int, typer.Option(min=1, help="How many documents to process at a time.")]
Cluster = Annotated[
    Optional[str],  # noqa: UP045 -- typer reads the annotation at run time
    typer.Option(metavar="ADDRESS", help="Process on the Dask cluster with this scheduler, e.g. tcp://host:8786."),
]
TimeLimit = Annotated[float, typer.Option(min=1, metavar="SECONDS", help="The most that one document may take.")]
MemoryLimit = Annotated[int, typer.Option(min=1, metavar="MIB", help="The most memory that one document may take.")]
LogAs = Annotated[Log, typer.Option(help="Progress on stderr: a bar or lines, always lines, or JSON lines.")]


@app.command(epilog="Example: referat run minutes/ --out out --jobs 2")
def run(
    inputs: Inputs,
    out: Out,
    jobs: Jobs = 1,
    cluster: Cluster = None,
    time_limit: TimeLimit = 600,
    memory_limit: MemoryLimit = 2048,
    force: Annotated[bool, typer.Option("--force", help="Process unchanged documents again.")] = False,
    retry: Annotated[bool, typer.Option("--retry", help="Try what is in quarantine again.")] = False,
    copy_to: Annotated[
        Optional[str],  # noqa: UP045 -- as above
        typer.Option(metavar="URL", help="Copy the finished files there too, e.g. s3://bucket/records."),
    ] = None,
    log: LogAs = "auto",
) -> None:
    """Turn files and folders of minutes into records.

    Exit status: 0 all read, 1 wrong call, 2 some documents quarantined, 3 nothing usable, 130 interrupted.
    """
    from pipeline.batch import Limits
    from pipeline.batch.storage import copy_output

    limits = Limits(time_limit, memory_limit)
    summary = _run(inputs, out, log, jobs=jobs, cluster_address=cluster, limits=limits, force=force, retry=retry)
    if copy_to:
        copy_output(out, copy_to)
    usable = summary.processed + summary.unchanged - summary.quarantined
    if not usable:
        raise typer.Exit(NOTHING_USABLE)
    raise typer.Exit(SOME_QUARANTINED if summary.quarantined else OK)


@app.command(epilog="Example: referat watch inbox/ --out out")
def watch(
    inputs: Annotated[list[str], typer.Argument(metavar="INBOX...", help="Folders in which minutes arrive.")],
    out: Out,
    jobs: Jobs = 1,
    time_limit: TimeLimit = 600,
    memory_limit: MemoryLimit = 2048,
    quiet: Annotated[float, typer.Option(min=0.1, help="Seconds to wait after the last change.")] = 3,
    poll: Annotated[bool, typer.Option("--poll", help="For network folders, which announce no changes.")] = False,
    log: LogAs = "auto",
) -> None:
    """Process what arrives in a folder, until Ctrl-C."""
    from pipeline.batch import Limits
    from pipeline.batch.watch import arrivals
    from pipeline.errors import ConfigurationError

    for _ in arrivals(inputs, out, quiet=quiet, poll=poll):
        try:
            _run(inputs, out, log, jobs=jobs, limits=Limits(time_limit, memory_limit))
        except ConfigurationError as error:  # a full disk, a second run: may be over when the next document arrives
            typer.echo(f"referat: {error}", err=True)
        typer.echo(f"watching {', '.join(inputs)}; Ctrl-C ends it", err=True)


def _run(inputs: list[str], out: Path, log: Log, **how: Any) -> Summary:
    """A run with its progress and its summary on stderr."""
    from pipeline.batch import run as run_batch
    from pipeline.progress import RunProgress, summarise

    try:
        with RunProgress(log) as progress:
            summary = run_batch(inputs, out, progress=progress, **how)
    except KeyboardInterrupt:
        typer.echo("referat: interrupted; what was done is kept, the same command continues", err=True)
        raise typer.Exit(INTERRUPTED) from None
    summarise(summary, inputs, out, log)
    return summary


@app.command(epilog="Example: referat status out")
def status(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="The --out of a run.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print it as JSON.")] = False,
) -> None:
    """Tell what a folder of records holds, what is in quarantine, and whether a run is writing there now."""
    from pipeline.batch import status as status_of
    from pipeline.progress import show_status

    show_status(status_of(out), out, as_json=as_json)


@app.command(epilog="Example: referat report out --lang en")
def report(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="The folder that `referat run --out` made.")],
    folder: Annotated[
        Optional[Path],  # noqa: UP045 -- typer reads the annotation at run time
        typer.Option("--out", metavar="FOLDER", help="Where the pages go. Default: OUT/report."),
    ] = None,
    language: Annotated[
        Literal["da", "en"], typer.Option("--lang", help="The language that the pages open in.")
    ] = "da",
) -> None:
    """Make pages to read and check: an index of the meetings, and each document with its values in their places."""
    from rich.console import Console
    from rich.progress import track

    from pipeline.lexicon import Lexicon
    from pipeline.records.lines import read_minutes
    from pipeline.register import make_register
    from pipeline.review import read_quarantine, write_report

    followed = make_register(read_minutes(out), Lexicon.load())
    with (out / "minutes.jsonl").open(encoding="utf-8") as lines:
        total = sum(1 for _ in lines)
    if not total:
        typer.echo(f"referat: {out / 'minutes.jsonl'} holds no records; the report has no meetings", err=True)
    shown = Console(stderr=True)
    records = track(read_minutes(out), "pages", total, console=shown, transient=True, disable=not shown.is_terminal)
    target = folder or out / "report"
    try:
        page = write_report(records, followed, target, language=language, quarantine=read_quarantine(out))
    except KeyboardInterrupt:
        typer.echo("referat: interrupted; the report before, if there was one, is kept", err=True)
        raise typer.Exit(INTERRUPTED) from None
    typer.echo(f"{total} meetings; open {page}", err=True)


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


@app.command(epilog="Example: referat register out")
def register(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="The folder that `referat run` wrote.")],
) -> None:
    """Follow tasks, matters, people and organisations through all documents, into OUT/register.

    Writes bodies, actions, decisions, persons and organisations, one JSON object a line. A task is done only where a
    later meeting of the same body says so.
    """
    from pipeline.lexicon import Lexicon
    from pipeline.records.lines import read_minutes
    from pipeline.register import make_register, write_register

    found = make_register(read_minutes(out), Lexicon.load())
    write_register(found, out / "register")
    typer.echo(f"{found.summary()}: {out / 'register'}", err=True)


@app.command(epilog="Example: referat export out --format xlsx --redact cpr")
def export(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="The folder that `referat run` wrote.")],
    format_name: Annotated[
        str, typer.Option("--format", help="parquet, sqlite, csv, xlsx, docbin, label-studio or akn.")
    ],
    to: Annotated[
        Optional[Path],  # noqa: UP045 -- typer reads the annotation at run time
        typer.Option(metavar="PATH", help="The file or folder to write. Default: OUT/export/..."),
    ] = None,
    redactions: Annotated[
        list[str], typer.Option("--redact", metavar="names|cpr", help="A public version; may be given twice.")
    ] = [],  # noqa: B006 -- typer copies it
) -> None:
    """Write the records for another tool, or as a public version without names of people or CPR numbers."""
    from pipeline.export import export as write_export

    typer.echo(f"written: {write_export(out, format_name, to=to, redactions=redactions)}", err=True)


@app.command(epilog="Example: referat import-corrections project.json --out mine, then referat evaluate mine/gold")
def import_corrections(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What Label Studio exported, as JSON.")],
    out: Annotated[Path, typer.Option(metavar="DIR", help="Where gold/ and inbox/ are written.")],
) -> None:
    """Turn what was corrected in Label Studio into gold minutes and their documents."""
    from pipeline.export import import_corrections as import_file

    done = import_file(file, out)
    typer.echo(
        f"{done.written} corrected documents: {out / 'gold'}; {done.uncorrected} tasks not corrected yet", err=True
    )


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


def _document(file: str, *, reread: bool) -> Document:
    from pipeline.errors import ConfigurationError, UnreadableError
    from pipeline.lexicon import Lexicon
    from pipeline.read import load, read
    from pipeline.stages import read_again

    if reread:
        _require_ocr()
    try:
        data = sys.stdin.buffer.read() if file == "-" else load(Path(file))
        document = read(data, file if file == "-" else Path(file).name)
        return read_again(document, data, Lexicon.load()) if reread else document
    except UnreadableError as error:
        raise ConfigurationError(f"{file}: {error}") from error


def _require_ocr() -> None:
    from pipeline.errors import ConfigurationError
    from pipeline.read.ocr import INSTALL, danish_ocr

    if not danish_ocr():
        raise ConfigurationError(f"--reread needs OCR, which is not installed: {INSTALL}")


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
