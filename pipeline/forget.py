"""A document deleted everywhere in a folder of records: from what runs keep, and what was made from its records."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from contextlib import nullcontext, suppress
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from pipeline.batch.inputs import InputFile, digest
from pipeline.batch.output import locked, remove_leftovers, write_output
from pipeline.batch.runner import clear_errors
from pipeline.batch.state import State
from pipeline.errors import ConfigurationError
from pipeline.export import exports_in
from pipeline.read import document_id
from pipeline.register import register_files
from pipeline.review import report_folders

__all__ = ["Forgotten", "Made", "forget"]


class Made(NamedTuple):
    """What was made from records and may name their documents: where it is, its files, the command that makes it."""

    place: Path
    files: Sequence[Path]
    command: str


class Forgotten(NamedTuple):
    """What was deleted, or would be.

    `documents` are paths with the ids of their records, `made` is what had been made from records, `copies` are the
    paths of documents with the same bytes that stay. `wiped` is False where another program has the state open: then
    its pages of before stay on disk until that program lets go.
    """

    documents: Mapping[str, str]
    made: Sequence[Made]
    copies: Sequence[str]
    wiped: bool = True


def forget(out: Path, names: Sequence[str], *, dry_run: bool = False) -> Forgotten:
    """Delete documents from `out`: records, tables, quarantine, state, and what was made there from records.

    A name is a document's id, its path as in `source.path`, its file, the name of its file, or a pattern (`2025/*`) of
    one of them. Report, register and exports in `out` go as a whole, since any of them may name a document; a file
    that referat did not make stays. The records leave all files of the output at once, whatever ends the command, and
    the files hold then what is done, also where the last run did not end. `dry_run` only tells.

    The source files stay: while one is among the inputs, the next run processes it again.

    Raises `ConfigurationError` where no run has written, a name tells no document, or a file's name several, where a
    run is writing, and where something cannot be deleted. No record is deleted then.
    """
    if not (out / "state.sqlite").is_file():
        raise ConfigurationError(f"{out}: no run has written here; name the --out of a run")
    with (
        clear_errors(out),
        nullcontext() if dry_run else locked(out),
        State(out / "state.sqlite", existing=True) as state,
    ):
        digests = state.digests()
        if not dry_run:
            remove_leftovers(out)  # where this very command was killed, its documents are known no more
        chosen = _chosen(names, digests, out)
        contents = {digests[path] for path in chosen} - {""}
        copies = [path for path, sha256 in digests.items() if sha256 in contents and path not in chosen]
        made = _made(out)
        if dry_run:
            return Forgotten(chosen, made, copies)
        for one in made:
            _delete(one)
        with suppress(OSError):  # something else lies in it, or there is none
            (out / "export").rmdir()
        with state.forgetting(chosen):
            write_output(out, state)
        return Forgotten(chosen, made, copies, state.wipe())


def _chosen(names: Sequence[str], digests: Mapping[str, str], out: Path) -> dict[str, str]:
    """The documents that the names tell: their paths with their ids."""
    ids = {path: document_id(path, sha256) for path, sha256 in digests.items()}
    chosen: dict[str, str] = {}
    for name in names:
        found = [path for path, identity in ids.items() if name in (path, identity)]
        if not found and any(sign in name for sign in "*?["):
            found = [
                path
                for path, identity in ids.items()
                if any(fnmatchcase(one, name) for one in (path, PurePosixPath(path).name, identity))
            ]
        found = found or _of_file(Path(name), digests)
        if not found:
            found = [path for path in ids if PurePosixPath(path).name == name]
            if len(found) > 1:
                raise ConfigurationError(
                    f"{name}: {len(found)} documents in {out} are called so; name the path of one, such as {found[0]}, "
                    f"or all by a pattern, '*/{name}'. Nothing was deleted."
                )
        if not found:
            raise ConfigurationError(
                f"{name}: no such document in {out}; name one by its path or id in minutes.jsonl, its path in "
                "quarantine.jsonl, or by a pattern such as '2025/*'. Nothing was deleted."
            )
        chosen |= {path: ids[path] for path in found}
    return chosen


def _of_file(file: Path, digests: Mapping[str, str]) -> list[str]:
    """The document that was read from a file which is still there: its bytes, and the end of its path."""
    try:
        whole = file.resolve().as_posix()
    except (OSError, RuntimeError):  # a link that leads to itself
        return []
    sha256 = digest(InputFile(str(file), file.name))  # '' for what is no ordinary file
    found = [path for path, known in digests.items() if sha256 and known == sha256 and whole.endswith(f"/{path}")]
    return sorted(found, key=len)[-1:]


def _made(out: Path) -> list[Made]:
    """What was made in `out` from records."""
    exports = [
        Made(place, files, f"referat export {out} --format {name}" if name else "")
        for name, (place, files) in exports_in(out).items()
    ]
    register, report = out / "register", out / "report"
    found = [
        Made(report, report_folders(report), f"referat report {out}"),
        Made(register, register_files(register), f"referat register {out}"),
        *exports,
    ]
    return [one for one in found if one.files]


def _delete(made: Made) -> None:
    """Delete its files, and its folder unless something else lies in it."""
    try:
        for path in made.files:
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink()
    except OSError as error:
        raise ConfigurationError(
            f"{error.filename}: cannot be deleted ({error.strerror}); no record was deleted: see to it and forget again"
        ) from error
    with suppress(OSError):
        made.place.rmdir()
