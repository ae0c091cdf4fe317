"""What Word's styles and lists say of a paragraph: heading, indent, space, and the number that Word shows."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline.read.sheet import letters, roman

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

__all__ = ["Lists", "Look"]

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PLACE = re.compile(r"%([1-9])")
_LONGEST_CHAIN = 12  # of styles that are based on each other: more is a circle


class Look(NamedTuple):
    """How a paragraph stands on the page; space and indent in twentieths of a point."""

    style: str
    heading: bool
    list: str | None
    level: int
    indent: int
    before: int
    after: int
    close: bool
    """No space between paragraphs of this style."""


class _Level(NamedTuple):
    format: str
    text: str
    start: int
    legal: bool


class Lists:
    """The lists of a document, counted while its paragraphs go by."""

    def __init__(self, document: WordDocument) -> None:
        styles = document.styles.element
        self._styles = {_value(style, "styleId"): style for style in styles.iter(f"{_W}style")}
        self._default = next((key for key, one in self._styles.items() if _is_default(one)), "")
        self._defaults = styles.find(f"{_W}docDefaults/{_W}pPrDefault/{_W}pPr")
        self._levels: dict[str, dict[int, _Level]] = {}
        self._abstract: dict[str, str] = {}
        self._restarts: dict[str, dict[int, int]] = {}
        self._heading_levels: dict[tuple[str, str], int] = {}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        self._begun: set[str] = set()
        try:
            numbering = document.part.numbering_part.element
        except (KeyError, NotImplementedError):
            return
        self._read(numbering)

    def _read(self, numbering: Any) -> None:
        abstract = {_value(one, "abstractNumId"): one for one in numbering.iter(f"{_W}abstractNum")}
        linked = {_val(one.find(f"{_W}styleLink")): key for key, one in abstract.items()}
        for num in numbering.iter(f"{_W}num"):
            key, base = _value(num, "numId"), _val(num.find(f"{_W}abstractNumId"))
            if base in abstract and (link := _val(abstract[base].find(f"{_W}numStyleLink"))):
                base = linked.get(link, base)
            if base not in abstract:
                continue
            levels = {int(_value(level, "ilvl")): level for level in abstract[base].iter(f"{_W}lvl")}
            restarts = {}
            for override in num.iter(f"{_W}lvlOverride"):
                index = int(_value(override, "ilvl"))
                if (level := override.find(f"{_W}lvl")) is not None:
                    levels[index] = level
                if start := _val(override.find(f"{_W}startOverride")):
                    restarts[index] = int(start)
            for index, level in levels.items():
                if style := _val(level.find(f"{_W}pStyle")):
                    self._heading_levels[key, style] = index
            self._levels[key] = {index: _level(level) for index, level in levels.items()}
            self._abstract[key], self._restarts[key] = base, restarts

    def look(self, paragraph: Any) -> Look:
        """What the paragraph and its styles say; what none says is 0."""
        own = paragraph.find(f"{_W}pPr")
        style = _val(own.find(f"{_W}pStyle")) if own is not None else ""
        style = style if style in self._styles else self._default
        chain = [] if own is None else [own]
        name, heading = style, False
        for _ in range(_LONGEST_CHAIN):
            if name not in self._styles:
                break
            entry = self._styles[name]
            title = _val(entry.find(f"{_W}name")).lower()
            heading = heading or title.startswith(("heading", "overskrift", "title", "titel"))
            if (properties := entry.find(f"{_W}pPr")) is not None:
                chain.append(properties)
            name = _val(entry.find(f"{_W}basedOn"))
        if self._defaults is not None:
            chain.append(self._defaults)
        listed = _first(chain, "numPr/numId", "val")
        level = _first(chain, "numPr/ilvl", "val")
        if not level and listed and (listed, style) in self._heading_levels:
            level = str(self._heading_levels[listed, style])
        return Look(
            style,
            heading,
            listed if listed and listed in self._levels else None,
            _whole(level),
            _whole(_first(chain, "ind", "left") or _first(chain, "ind", "start")),
            _whole(_first(chain, "spacing", "before")),
            _whole(_first(chain, "spacing", "after")),
            any(one.find(f"{_W}contextualSpacing") is not None for one in chain),
        )

    def number(self, look: Look) -> str:
        """The number or bullet in front of the next paragraph that looks so; empty where it has none."""
        if look.list is None or look.level not in self._levels[look.list]:
            return ""
        levels, counts = self._levels[look.list], self._counts[self._abstract[look.list]]
        if look.list not in self._begun:
            self._begun.add(look.list)
            for index, start in self._restarts[look.list].items():
                counts[index] = start - 1
        counts[look.level] = counts.get(look.level, levels[look.level].start - 1) + 1
        for deeper in [index for index in counts if index > look.level]:
            del counts[deeper]
        this = levels[look.level]
        if this.format == "bullet":
            return "•"

        def shown(match: re.Match[str]) -> str:
            index = int(match.group(1)) - 1
            level = levels.get(index)
            if level is None:
                return ""
            return _figure(counts.setdefault(index, level.start), "decimal" if this.legal else level.format)

        return _PLACE.sub(shown, this.text).strip()


def _level(level: Any) -> _Level:
    start = _val(level.find(f"{_W}start"))
    return _Level(
        _val(level.find(f"{_W}numFmt")) or "decimal",
        _val(level.find(f"{_W}lvlText")),
        int(start) if start else 0,
        level.find(f"{_W}isLgl") is not None,
    )


def _figure(number: int, kind: str) -> str:
    if kind in {"lowerLetter", "upperLetter"}:
        shown = letters(number)
    elif kind in {"lowerRoman", "upperRoman"}:
        shown = roman(number)
    elif kind == "decimalZero":
        shown = f"{number:02}"
    else:
        shown = "" if kind == "none" else str(number)
    return shown.upper() if kind.startswith("upper") else shown


def _is_default(style: Any) -> bool:
    return _value(style, "default") in {"1", "true"} and _value(style, "type") == "paragraph"


def _first(chain: list[Any], path: str, name: str) -> str:
    """The nearest value that a paragraph or one of its styles gives."""
    where = "/".join(f"{_W}{step}" for step in path.split("/"))
    for properties in chain:
        element = properties.find(where)
        if element is not None and (value := _value(element, name)):
            return value
    return ""


def _value(element: Any, name: str) -> str:
    return str(element.get(f"{_W}{name}", ""))


def _val(element: Any) -> str:
    return "" if element is None else _value(element, "val")


def _whole(written: str) -> int:
    return int(float(written)) if re.fullmatch(r"-?\d{1,6}(?:\.\d+)?", written) else 0
