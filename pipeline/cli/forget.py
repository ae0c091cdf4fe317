"""A document deleted everywhere: `forget`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.app import app

__all__ = ["forget"]


@app.command(epilog="Example: referat forget out 2025/marts.txt --dry-run")
def forget(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="The --out of a run.")],
    names: Annotated[
        list[str],
        typer.Argument(metavar="DOCUMENT...", help="Ids, paths, names of files, or patterns such as '2025/*'."),
    ],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Tell what would be deleted, and delete nothing.")] = False,
) -> None:
    """Delete documents from everything that OUT holds; the source files stay."""
    from pipeline.forget import forget as forget_documents
    from pipeline.progress import printable

    done = forget_documents(out, names, dry_run=dry_run)
    for path, identity in done.documents.items():
        typer.echo(f"{'would delete' if dry_run else 'deleted'}: {printable(path)} ({identity})")
    for made in done.made:
        again = f"; make it again: {made.command}" if made.command else " (left by a command that was killed)"
        typer.echo(f"{'would delete' if dry_run else 'deleted'} too, since it may name them: {made.place}{again}")
    for path in done.copies:
        typer.echo(f"stays: {printable(path)}, which has the same content")
    if not done.wiped:
        typer.echo(f"open in another program, which keeps what it read until it closes it: {out / 'state.sqlite'}")
    typer.echo("not touched: the source files; the next run processes again what is still among its inputs")
    typer.echo("out of reach: pages, exports and copies outside OUT, backups, and what was passed on")
