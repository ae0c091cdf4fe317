"""The command `referat`: each module holds the commands of one kind.

Heavy imports stand inside the commands, so that `--help` answers at once. Data goes to stdout, everything for
people to stderr.
"""

from __future__ import annotations

import sys

import typer

from pipeline.cli import batch, documents, forget, quality, records  # each enters its commands
from pipeline.cli.app import INTERRUPTED, OK, USAGE, app
from pipeline.collector import spare

__all__ = ["app", "batch", "documents", "forget", "main", "quality", "records"]

# Typer brings its own click and names only some of its errors; this is the one behind every wrong call.
_UsageError: type[BaseException] = typer.BadParameter.__mro__[1]


def main() -> None:
    """Run the command line and leave with its exit status; an error is one line on stderr."""
    from pipeline.errors import ReferatError

    spare()
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
