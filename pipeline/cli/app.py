"""The command itself, and the exit statuses that all of its commands share."""

from __future__ import annotations

import typer

__all__ = ["INTERRUPTED", "NOTHING_USABLE", "OK", "SOME_QUARANTINED", "USAGE", "app", "train"]

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
