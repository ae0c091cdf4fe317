"""From the records of a run to a file or a folder in another format."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from pipeline.errors import ConfigurationError
from pipeline.files import leftovers
from pipeline.records import Minutes
from pipeline.redact import Records, redactions_of

__all__ = ["FORMATS", "export", "exports_in"]


class _Format(NamedTuple):
    target: str
    """Where it goes below OUT/export: a file, or a folder where the name has no ending."""
    module: str
    """Its `write(records, target)`; imported when asked for."""
    files: tuple[str, ...] = ()
    """Patterns of the files that it writes into its folder."""


FORMATS = {
    "parquet": _Format("parquet", "parquet", ("*.parquet",)),
    "sqlite": _Format("referat.sqlite", "sqlite"),
    "csv": _Format("csv", "csv_tables", ("*.csv",)),
    "xlsx": _Format("referat.xlsx", "workbook"),
    "docbin": _Format("referat.spacy", "docbin"),
    "label-studio": _Format("label-studio", "label_studio", ("config.xml", "tasks.json")),
    "akn": _Format("akn", "akoma_ntoso", ("*.xml",)),
}


def export(out: Path, format_name: str, *, to: Path | None = None, redactions: Collection[str] = ()) -> Path:
    """Write the records of OUT/minutes.jsonl in a format; gives the file or folder that was written.

    `to` is that file or folder, by default one below OUT/export. Each file is the old one or the complete new one at
    every moment, and readable by its owner and group only. Files of an earlier export that this one does not write
    stay: name a new folder where documents have left. `redactions` makes a public version (see `pipeline.redact`).

    Raises `ConfigurationError` for an unknown format or redaction, a library that is missing, no records, or a place
    that cannot be written.
    """
    what = redactions_of(redactions)
    if format_name not in FORMATS:
        raise ConfigurationError(f"no format {format_name!r}: one of {', '.join(FORMATS)}")
    chosen = FORMATS[format_name]
    target = to or out / "export" / chosen.target
    if target.is_dir() != (not Path(chosen.target).suffix) and target.exists():
        kind = "a file" if Path(chosen.target).suffix else "a folder"
        raise ConfigurationError(f"{target}: {format_name} writes {kind}; name another place with --to")
    try:
        write: Callable[[Iterable[Minutes], Path], None] = import_module(f"pipeline.export.{chosen.module}").write
    except ModuleNotFoundError as error:
        raise ConfigurationError(
            f"{format_name} needs the library {error.name}: install it with pip install 'referat[export]'"
        ) from error
    try:
        write(Records(out, what), target)
    except OSError as error:
        raise ConfigurationError(
            f"{target}: cannot be written ({error.strerror or error}); make room there or name another place with --to"
        ) from error
    return target


def exports_in(out: Path) -> dict[str, tuple[Path, list[Path]]]:
    """What was exported below OUT/export, by format: where it is, and its files; '' for what killed commands left."""
    folder = out / "export"
    found = {"": (folder, leftovers(folder))}
    for name, one in FORMATS.items():
        target = folder / one.target
        inside = [path for pattern in one.files for path in sorted(target.glob(pattern))] + leftovers(target)
        found[name] = target, inside if one.files else [target] if target.is_file() else []
    return {name: (target, files) for name, (target, files) in found.items() if files}
