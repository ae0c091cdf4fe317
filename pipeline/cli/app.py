"""The command itself, and the exit statuses that all of its commands share."""

from __future__ import annotations

from typing import Annotated

import typer

from pipeline.installed import version

__all__ = ["INTERRUPTED", "NOTHING_USABLE", "OK", "SOME_QUARANTINED", "USAGE", "app", "train"]

OK, USAGE, SOME_QUARANTINED, NOTHING_USABLE, INTERRUPTED = 0, 1, 2, 3, 130

app = typer.Typer(
    name="referat",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
train = typer.Typer(
    help="Rebuild what lies under models/ (needs the extra `train`).", no_args_is_help=True, rich_markup_mode=None
)
app.add_typer(train, name="train")


def _tell_version(asked: bool) -> None:
    if asked:
        typer.echo(f"referat {version()}")
        raise typer.Exit(OK)


@app.callback()
def referat(
    _: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_tell_version, help="Print the version.")
    ] = False,
) -> None:
    """Danish minutes into data: OCR damage repaired, agenda, decisions, people, amounts and dates."""
