"""What is made of the records of a run: `report`, `register`, `export`, `import-corrections`; and their `schema`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Literal, Optional

import typer

from pipeline.cli.app import INTERRUPTED, app

Redactions = Annotated[
    list[str], typer.Option("--redact", metavar="names|cpr", help="A public version; may be given twice.")
]

__all__ = ["export", "import_corrections", "register", "report", "schema"]


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
    redactions: Redactions = [],  # noqa: B006 -- typer copies it
) -> None:
    """Make pages to read and check: an index of the meetings, and each document with its values in their places."""
    from rich.console import Console
    from rich.progress import track

    from pipeline.lexicon import Lexicon
    from pipeline.records.lines import count_minutes
    from pipeline.redact import Records, redactions_of
    from pipeline.review import read_quarantine, write_report

    what = redactions_of(redactions)
    records = Records(out, what)
    total = count_minutes(out)
    if not total:
        typer.echo(f"referat: {out / 'minutes.jsonl'} holds no records; the report has no meetings", err=True)
    shown = Console(stderr=True)
    counted = track(records, "pages", total, console=shown, transient=True, disable=not shown.is_terminal)
    left_out = () if "names" in what else read_quarantine(out)  # names of files may name people
    try:
        page = write_report(counted, Lexicon.load(), folder or out / "report", language=language, quarantine=left_out)
    except KeyboardInterrupt:
        typer.echo("referat: interrupted; the report before, if there was one, is kept", err=True)
        raise typer.Exit(INTERRUPTED) from None
    typer.echo(f"{total} meetings; open {page}", err=True)


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
    redactions: Redactions = [],  # noqa: B006 -- typer copies it
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
