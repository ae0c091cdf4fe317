"""Runs over many documents: `run`, `watch`, `status`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, Optional

import typer

from pipeline.cli.app import INTERRUPTED, NOTHING_USABLE, OK, SOME_QUARANTINED, app
from pipeline.cli.documents import Reread, require_ocr

if TYPE_CHECKING:
    from pipeline.batch import Summary

__all__ = ["run", "status", "watch"]

Log = Literal["auto", "plain", "json"]
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
    reread: Reread = False,
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
    from pipeline.batch.output import copy_output

    if reread:
        require_ocr()
    limits = Limits(time_limit, memory_limit)
    summary = _run(
        inputs, out, log, jobs=jobs, cluster_address=cluster, limits=limits, force=force, retry=retry, reread=reread
    )
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
    gaps: Annotated[
        int, typer.Option("--gaps", min=0, metavar="N", help="List N documents of which most was not understood.")
    ] = 0,
) -> None:
    """Tell what a folder of records holds, how much was not understood, and whether a run is writing there now."""
    from pipeline.batch import status as status_of
    from pipeline.progress import show_status

    show_status(status_of(out, most=gaps), out, as_json=as_json)
