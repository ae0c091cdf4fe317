"""Runs of their own accord: whenever something arrives in a folder."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from threading import Event

from watchfiles import watch

from pipeline.errors import ConfigurationError

__all__ = ["arrivals"]


def arrivals(
    inputs: Sequence[str], out: Path, *, quiet: float, poll: bool, stop: Event | None = None
) -> Iterator[None]:
    """At first, and whenever files under `inputs` changed, as soon as they have been left alone for `quiet` seconds.

    So a file that is still being copied is not read too early; where a copy pauses for longer, its document is done
    again when the rest arrives, as after every change. Hidden files and what lies in `out` count for nothing. `poll`
    looks for changes every few seconds, for network folders that announce none.

    Raises `ConfigurationError` for an input that does not exist or is a URL.
    """
    for given in inputs:
        if "://" in given or not Path(given).exists():
            raise ConfigurationError(
                f"{given}: only a folder or file of this machine can be watched, and it must exist"
            )
    own = os.path.realpath(out)

    def counts(_: object, path: str) -> bool:
        return not Path(path).name.startswith(".") and not (os.path.realpath(path) + os.sep).startswith(own + os.sep)

    wait, arrived = max(round(quiet * 1000), 50), True  # what was there before we came has arrived too
    for changes in watch(
        *inputs,
        watch_filter=counts,
        force_polling=poll or None,
        stop_event=stop,
        rust_timeout=wait,
        yield_on_timeout=True,  # an empty set: nothing came for so long
    ):
        if arrived and not changes:
            yield None
        arrived = bool(changes)
