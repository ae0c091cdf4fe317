"""ODT files (LibreOffice Writer): the text as Writer shows it when all changes are accepted."""

from __future__ import annotations

import io
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from typing import Any, NamedTuple

from pipeline.errors import UnreadableError
from pipeline.read.archive import DAMAGED, check_package
from pipeline.read.reading import needs
from pipeline.read.sheet import Sheet, letters, roman

__all__ = ["read_odt"]

_NS = "urn:oasis:names:tc:opendocument:xmlns:"
_T, _TABLE, _O, _S = (f"{{{_NS}{name}:1.0}}" for name in ("text", "table", "office", "style"))
_GONE = {f"{_T}tracked-changes", f"{_O}annotation", f"{_T}sequence-decls", f"{_T}number"}
_OUTLINE = "\0"  # no list style has this name
_DEEPEST = 20  # tables in tables: more are no minutes
_MOST_CELLS = 1000  # of a row: a spreadsheet repeats an empty cell to the right edge of the world


class _Level(NamedTuple):
    """How a list numbers one of its levels; `format` is empty for none, "•" for a bullet."""

    format: str
    prefix: str
    suffix: str
    levels: int
    start: int


def read_odt(data: bytes) -> str:
    """The text of an ODT file: headings and lists with their numbers, tables row by row, notes at the end.

    Inserted text counts, deleted text and comments do not. Headers and footers stand in no order with the text and are
    left out, as are page breaks.

    Raises `UnreadableError` for a file that has a password, is damaged, a zip bomb, or without text.
    """
    with needs("word"):
        from lxml import etree
    check_package(data)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = package.namelist()
            if "META-INF/manifest.xml" in names and b"encryption-data" in package.read("META-INF/manifest.xml"):
                raise UnreadableError("the ODT file has a password", "open it and save a copy without one")
            content = etree.fromstring(package.read("content.xml"), parser)
            styles = etree.fromstring(package.read("styles.xml"), parser) if "styles.xml" in names else None
        printer = _Printer([root for root in (styles, content) if root is not None])
        body = content.find(f"{_O}body/{_O}text")
        if body is not None:
            printer.blocks(body, printer.sheet, 0)
    except (etree.LxmlError, *DAMAGED, LookupError, RuntimeError) as error:
        raise UnreadableError("the ODT file is damaged", "open it in LibreOffice and save it again") from error
    text = printer.finished()
    if not text:
        raise UnreadableError("the ODT file holds no text", "if it holds pictures of pages, save it as PDF")
    return text + "\n"


class _Printer:
    def __init__(self, roots: list[Any]) -> None:
        self.sheet = Sheet()
        self._styles: dict[str, dict[int, _Level]] = {}
        self._outline: dict[int, _Level] = {}
        for root in roots:
            for style in root.iter(f"{_T}list-style"):
                self._styles[style.get(f"{_S}name", "")] = dict(_levels(style))
            for style in root.iter(f"{_T}outline-style"):
                self._outline = dict(_levels(style))
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        self._notes: list[str] = []

    def blocks(self, parent: Any, sheet: Sheet, depth: int) -> None:
        """The paragraphs, lists and tables in an element."""
        for element in parent:
            tag = element.tag
            if tag in _GONE:
                continue
            if tag == f"{_T}h":
                level = _whole(element.get(f"{_T}outline-level"), 1)
                sheet.gap()
                sheet.write(
                    self._said(element, sheet, depth), marker=self._number(_OUTLINE, self._outline, level, element)
                )
                sheet.gap()
            elif tag == f"{_T}p":
                text = self._said(element, sheet, depth)
                if text.strip():
                    sheet.write(text)
                else:
                    sheet.gap()
            elif tag == f"{_T}list":
                self._list(element, sheet, depth, 1, "")
            elif tag == f"{_TABLE}table":
                if depth >= _DEEPEST:
                    raise UnreadableError("the ODT file has tables nested more than 20 deep", "save it as plain text")
                sheet.table(
                    [self._row(row, depth) for row in element.iter(f"{_TABLE}table-row") if _owner(row) is element]
                )
            elif isinstance(tag, str) and len(element):
                self.blocks(element, sheet, depth)

    def _row(self, row: Any, depth: int) -> list[str]:
        cells: list[str] = []
        for cell in row:
            if cell.tag == f"{_TABLE}table-cell" and len(cells) < _MOST_CELLS:
                sheet = Sheet()
                self.blocks(cell, sheet, depth + 1)
                repeated = _whole(cell.get(f"{_TABLE}number-columns-repeated"), 1)
                cells += [sheet.text()] * min(repeated, _MOST_CELLS - len(cells))
        return cells

    def _list(self, element: Any, sheet: Sheet, depth: int, level: int, style: str) -> None:
        style = element.get(f"{_T}style-name") or style
        goes_on = element.get(f"{_T}continue-numbering") == "true" or element.get(f"{_T}continue-list")
        if level == 1 and not goes_on:
            self._counts[style].clear()
        if level > _DEEPEST:
            raise UnreadableError("the ODT file has lists nested more than 20 deep", "save it as plain text")
        levels = self._styles.get(style, {})
        for item in element:
            marker = ""
            if item.tag == f"{_T}list-item" and any(child.tag in {f"{_T}p", f"{_T}h"} for child in item):
                marker = self._number(style, levels, level, item)
            for child in item:
                if child.tag == f"{_T}list":
                    self._list(child, sheet, depth, level + 1, style)
                elif child.tag in {f"{_T}p", f"{_T}h"}:
                    if child.tag == f"{_T}h":
                        sheet.gap()
                    sheet.write(self._said(child, sheet, depth), indent=level - 1, marker=marker)
                    marker = ""

    def _number(self, style: str, levels: dict[int, _Level], level: int, element: Any) -> str:
        """The number or bullet of the next item or heading of a level."""
        this = levels.get(level)
        counts = self._counts[style]
        first = this.start if this else 1
        start = element.get(f"{_T}start-value")
        counts[level] = _whole(start, first) if start else counts.get(level, first - 1) + 1
        for deeper in [one for one in counts if one > level]:
            del counts[deeper]
        if this is None or not this.format:
            return ""
        if this.format == "•":
            return "•"
        shown = [
            _figure(counts.get(one, 1), levels[one].format)
            for one in range(max(level - this.levels + 1, 1), level + 1)
            if one in levels and levels[one].format not in {"", "•"}
        ]
        return f"{this.prefix}{'.'.join(shown)}{this.suffix}".strip()

    def _said(self, parent: Any, sheet: Sheet, depth: int) -> str:
        """The text of a paragraph; text boxes in it are printed above it, notes are kept for the end."""
        return "".join(self._pieces(parent, sheet, depth))

    def _pieces(self, parent: Any, sheet: Sheet, depth: int) -> Iterator[str]:
        if parent.text:
            yield parent.text.replace("\n", " ").replace("\t", " ")
        for element in parent:
            tag = element.tag
            if tag == f"{_T}s":
                yield " "
            elif tag == f"{_T}tab":
                yield "\t"
            elif tag == f"{_T}line-break":
                yield "\n"
            elif tag == f"{_T}note":
                note = Sheet()
                self.blocks(element, note, depth)
                self._notes.append(note.text())
                yield f"[{len(self._notes)}]"
            elif tag.endswith("}text-box"):
                self.blocks(element, sheet, depth)
            elif tag not in _GONE and not tag.endswith(("}desc", "}title")):
                yield from self._pieces(element, sheet, depth)
            if element.tail:
                yield element.tail.replace("\n", " ").replace("\t", " ")

    def finished(self) -> str:
        """Everything, with the notes at the end."""
        self.sheet.gap()
        for number, note in enumerate(self._notes, 1):
            self.sheet.write(note, marker=f"[{number}]")
        return self.sheet.text()


def _levels(style: Any) -> Iterator[tuple[int, _Level]]:
    for level in style:
        if isinstance(level.tag, str):
            form = "•" if level.tag.endswith("bullet") else level.get(f"{_S}num-format", "")
            yield (
                _whole(level.get(f"{_T}level"), 1),
                _Level(
                    form,
                    level.get(f"{_S}num-prefix", ""),
                    level.get(f"{_S}num-suffix", ""),
                    _whole(level.get(f"{_T}display-levels"), 1),
                    _whole(level.get(f"{_T}start-value"), 1),
                ),
            )


def _owner(row: Any) -> Any:
    """The table to which a row belongs."""
    return next(row.iterancestors(f"{_TABLE}table"), None)


def _figure(number: int, form: str) -> str:
    shown = {"a": letters, "i": roman}.get(form.lower(), str)(number)
    return shown.upper() if form.isupper() else shown


def _whole(written: str | None, otherwise: int) -> int:
    return int(written) if written and written.isascii() and written.isdigit() and len(written) < 7 else otherwise
