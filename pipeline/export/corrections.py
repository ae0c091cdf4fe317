"""From corrections made in Label Studio to gold minutes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import ValidationError

from pipeline.document import quote
from pipeline.errors import ConfigurationError
from pipeline.evaluate.gold import Gold
from pipeline.export.labels import HEADER, ITEM_KINDS, LABELS, OUTCOMES
from pipeline.files import replacing

__all__ = ["Imported", "import_corrections"]

Json = dict[str, Any]
_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,199}")


class Imported(NamedTuple):
    """How many documents were written, and how many tasks nobody has corrected yet."""

    written: int
    uncorrected: int


@dataclass
class _Region:
    """A labelled span of the text with its fields."""

    label: str
    start: int
    end: int
    fields: dict[str, list[str]] = field(default_factory=dict)

    def one(self, name: str) -> str | None:
        return next((value.strip() for value in self.fields.get(name, []) if value.strip()), None)


def import_corrections(file: Path, out: Path) -> Imported:
    """Turn an export of Label Studio (its format JSON) into OUT/gold/NAME.gold.json and OUT/inbox/NAME.txt.

    `referat evaluate OUT/gold` then scores the corrected documents. NAME is the record's id. Of several annotations
    of a task the last one counts; cancelled ones and mere predictions do not. Nothing is written unless everything
    can be read. There is no clean text among the gold: values were corrected, not letters.

    Raises `ConfigurationError` naming the file, the task and what is wrong.
    """
    gold: list[tuple[str, bytes, bytes]] = []
    uncorrected = 0
    for number, task in enumerate(_tasks(file), 1):
        where = f"{file}, task {task.get('id', number) if isinstance(task, Mapping) else number}"
        try:
            data = task["data"]
            name, text, source = data["minutes_id"], data["text"], data.get("source_text") or data["text"]
            annotations = [a for a in task.get("annotations") or [] if not a.get("was_cancelled")]
            if not annotations:
                uncorrected += 1
                continue
            latest = max(
                annotations, key=lambda a: (a.get("updated_at") or a.get("created_at") or "", a.get("id") or 0)
            )
            if not _NAME.fullmatch(name):
                raise ConfigurationError(f"{where}: minutes_id {name!r} is no name for a file")
            made = _gold(name, text, latest["result"], where)
            Gold.model_validate(made)
            written = json.dumps(made, ensure_ascii=False, indent=1) + "\n"
            gold.append((name, source.encode("utf-8"), written.encode("utf-8")))
        except ValidationError as error:
            first = error.errors()[0]
            at = ".".join(map(str, first["loc"]))
            raise ConfigurationError(
                f"{where}, {at}: {first['msg']}; correct it in Label Studio and export again"
            ) from error
        except UnicodeEncodeError as error:
            raise ConfigurationError(f"{where}: holds half a character ({error.reason}); export it again") from error
        except (KeyError, TypeError, AttributeError) as error:
            raise ConfigurationError(
                f"{where}: is no task that referat exported ({type(error).__name__}: {error}); export as JSON"
            ) from error
    for name, text_file, gold_file in gold:
        with replacing(out / "gold" / f"{name}.gold.json") as part:
            part.write_bytes(gold_file)
        with replacing(out / "inbox" / f"{name}.txt") as part:
            part.write_bytes(text_file)
    return Imported(len(gold), uncorrected)


def _tasks(file: Path) -> list[Any]:
    try:
        tasks = json.loads(file.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{file}: cannot be read ({getattr(error, 'strerror', None) or error})") from error
    except (ValueError, RecursionError) as error:  # a number of thousands of digits is a bare ValueError
        raise ConfigurationError(f"{file}: is no JSON ({error}); export from Label Studio as JSON") from error
    if not isinstance(tasks, list):
        raise ConfigurationError(f"{file}: is no list of tasks; export from Label Studio as JSON")
    return tasks


def _regions(text: str, result: list[Json], where: str) -> tuple[list[_Region], dict[str, str]]:
    """The regions by place, and the fields of the whole document."""
    regions: dict[str, _Region] = {}
    header: dict[str, str] = {}
    for entry in result:
        if entry.get("type") == "labels":
            [label] = entry["value"]["labels"][:1] or [""]
            if label not in LABELS:
                raise ConfigurationError(f"{where}, region {entry['id']}: the label {label!r} is none of referat's")
            start, end = _span(text, entry["value"], f"{where}, region {entry['id']}")
            regions[entry["id"]] = _Region(label, start, end)
    for entry in result:
        name, value = entry.get("from_name", ""), entry.get("value", {})
        if entry.get("type") in ("textarea", "choices"):
            values = value.get("choices") or value.get("text") or []
            values = [values] if isinstance(values, str) else values
            if name.startswith("meeting_") and values and values[0].strip():
                header[name.removeprefix("meeting_")] = values[0].strip()
            elif entry["id"] in regions:
                regions[entry["id"]].fields[name] = values
    return sorted(regions.values(), key=lambda region: (region.start, region.end)), header


def _span(text: str, value: Json, where: str) -> tuple[int, int]:
    """The span in code points; where it does not quote the text, it may count UTF-16 units, as older versions did."""
    start, end, quoted = value["start"], value["end"], value.get("text")
    units = text.encode("utf-16-le", "surrogatepass")
    older = tuple(len(units[: 2 * offset].decode("utf-16-le", "replace")) for offset in (start, end))
    for first, last in ((start, end), older):
        if 0 <= first < last <= len(text) and (not quoted or _letters(text[first:last]) == _letters(quoted)):
            return first, last
    raise ConfigurationError(f"{where}: {start} to {end} is not the place of {quoted!r} in the text")


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.replace("\\n", "\n")))


def _gold(name: str, text: str, result: list[Json], where: str) -> Json:
    regions, header = _regions(text, result, where)

    def labelled(*labels: str) -> Iterator[_Region]:
        return (region for region in regions if region.label in labels)

    def words(region: _Region) -> str:
        return quote(text, region.start, region.end)

    def line(region: _Region) -> int:
        return text.count("\n", 0, region.start) + 1

    headings = list(labelled("Item"))
    items = []
    for number, heading in enumerate(headings):
        end = headings[number + 1].start if number + 1 < len(headings) else len(text)
        within = [region for region in regions if heading.end <= region.start < end]
        items.append(_item(heading, within, words, line))
    meeting: Json = {key: header.get(key) for key in HEADER}
    for status in ("Present", "Absent"):
        meeting[status.lower()] = [
            {"name": r.one("name") or words(r), "organisation": r.one("organisation"), "role": r.one("role")}
            for r in labelled(status)
        ]
    return {
        "doc": name,
        "anchor": meeting["date"],
        "meeting": meeting,
        "items": items,
        "persons": _entries(labelled("Person"), words, with_roles=True),
        "organisations": _entries(labelled("Organisation"), words, with_roles=False),
        "amounts": [
            {
                "text": words(r),
                "value": _filled(r, "value", where),
                "unit": r.one("unit") or "",
                "kind": r.label.lower(),
                "line": line(r),
            }
            for r in labelled("Money", "Percent", "Quantity")
        ],
        "dates": [{"text": words(r), "iso": _filled(r, "iso", where), "line": line(r)} for r in labelled("Date")],
    }


def _item(heading: _Region, within: list[_Region], words: Any, line: Any) -> Json:
    kind = heading.one("item_kind")
    return {
        "number": heading.one("number"),
        "title": heading.one("title") or words(heading),
        "kind": kind if kind in ITEM_KINDS else None,
        "line": line(heading),
        "statements": [
            {"speaker": r.one("speaker") or words(r), "organisation": r.one("organisation"), "line": line(r)}
            for r in within
            if r.label == "Statement"
        ],
        "recommendations": [words(r) for r in within if r.label == "Recommendation"],
        "decisions": [
            {"text": words(r), "outcome": o if (o := r.one("outcome")) in OUTCOMES else None}
            for r in within
            if r.label == "Decision"
        ],
        "actions": [
            {"who": ", ".join(r.fields.get("who", [])) or None, "what": words(r), "due": r.one("due")}
            for r in within
            if r.label == "Action"
        ],
    }


def _filled(region: _Region, name: str, where: str) -> str:
    value = region.one(name)
    if value is None:
        raise ConfigurationError(
            f"{where}: a {region.label} at {region.start} has no {name}; fill it in and export again"
        )
    return value


def _entries(regions: Iterator[_Region], words: Any, *, with_roles: bool) -> list[Json]:
    """One entry for each name, with every form that was labelled."""
    found: dict[str, Json] = {}
    for region in regions:
        name = region.one("name") or words(region)
        entry = found.setdefault(name, {"name": name, "organisations": [], "roles": [], "forms": []})
        for key, values in (
            ("forms", [words(region)]),
            ("organisations", region.fields.get("organisation", [])),
            ("roles", region.fields.get("role", [])),
        ):
            entry[key] += [value for value in dict.fromkeys(values) if value not in entry[key]]
    if with_roles:
        return list(found.values())
    return [{"name": name, "aliases": [f for f in entry["forms"] if f != name]} for name, entry in found.items()]
