"""Gold minutes: what a careful reader wrote down about a document, read from NAME.gold.json and NAME.clean.txt."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from pipeline.errors import ConfigurationError

__all__ = [
    "Gold",
    "GoldAction",
    "GoldAmount",
    "GoldAttendee",
    "GoldDate",
    "GoldItem",
    "GoldMeeting",
    "GoldOrganisation",
    "GoldPassage",
    "GoldPerson",
    "GoldStatement",
    "read_gold",
]

_SUFFIX = ".gold.json"


class _Gold(BaseModel):
    """`optional` marks what counts neither way: found it is right, missed it is no error."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    optional: bool = False


class GoldAttendee(_Gold):
    name: str


class GoldMeeting(_Gold):
    body: str | None = None
    date: str | None = None
    start: str | None = None
    end: str | None = None
    place: str | None = None
    chair: str | None = None
    minute_taker: str | None = None
    present: tuple[GoldAttendee, ...] = ()
    absent: tuple[GoldAttendee, ...] = ()


class GoldStatement(_Gold):
    speaker: str
    organisation: str | None = None


class GoldPassage(_Gold):
    """A recommendation, or a decision with its outcome."""

    text: str
    outcome: str | None = None


class GoldAction(_Gold):
    what: str


class GoldItem(_Gold):
    title: str | None
    number: str | None = None
    kind: str | None = None
    statements: tuple[GoldStatement, ...] = ()
    recommendations: tuple[GoldPassage, ...] = ()
    decisions: tuple[GoldPassage, ...] = ()
    actions: tuple[GoldAction, ...] = ()

    @field_validator("recommendations", mode="before")
    @classmethod
    def _plain_texts(cls, value: object) -> object:
        """A recommendation may stand as its text alone."""
        return [{"text": v} if isinstance(v, str) else v for v in value] if isinstance(value, list) else value


class GoldPerson(_Gold):
    name: str
    forms: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()


class GoldOrganisation(_Gold):
    name: str
    aliases: tuple[str, ...] = ()


class GoldAmount(_Gold):
    value: str
    kind: Literal["money", "percent", "quantity"]


class GoldDate(_Gold):
    """`alt` holds other readings that are as right as `iso`."""

    iso: str
    alt: tuple[str, ...] = ()


class Gold(_Gold):
    """One document's gold; `name` is the stem of its file, `clean` the undamaged text or None."""

    name: str = ""
    clean: str | None = None
    meeting: GoldMeeting = Field(default_factory=GoldMeeting)
    items: tuple[GoldItem, ...] = ()
    persons: tuple[GoldPerson, ...] = ()
    organisations: tuple[GoldOrganisation, ...] = ()
    amounts: tuple[GoldAmount, ...] = ()
    dates: tuple[GoldDate, ...] = ()


def read_gold(directory: Path) -> list[Gold]:
    """The gold documents of a folder, by name.

    Raises `ConfigurationError` naming the file and the field that is wrong, or the folder when it holds no gold.
    """
    paths = sorted(directory.glob(f"*{_SUFFIX}"))
    if not paths:
        raise ConfigurationError(f"{directory}: no file *{_SUFFIX} here; name the folder that holds the gold minutes")
    return [_read(path) for path in paths]


def _read(path: Path) -> Gold:
    name = path.name.removesuffix(_SUFFIX)
    clean = path.with_name(f"{name}.clean.txt")
    try:
        gold = Gold.model_validate_json(path.read_text("utf-8"))
        return gold.model_copy(
            update={"name": name, "clean": clean.read_text("utf-8") if clean.is_file() else None},
        )
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "the file"
        raise ConfigurationError(f"gold file {path}, {where}: {first['msg']}") from error
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"gold file {path}: {error}") from error
