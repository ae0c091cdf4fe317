"""Word files (.docx): the text as Word shows it when all changes are accepted."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from pipeline.errors import UnreadableError
from pipeline.read.archive import check_package
from pipeline.read.reading import needs
from pipeline.read.sheet import Sheet
from pipeline.read.wordlists import Lists

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

__all__ = ["read_word"]

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_GONE = {
    f"{_W}{name}" for name in ("del", "moveFrom", "pPr", "rPr", "sdtPr", "instrText", "sectPr", "tblPr", "tcPr")
} | {
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"  # the same text box a second time
}
_SIGNS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-", f"{_W}softHyphen": ""}
_TEXT_BOX = f"{_W}txbxContent"
_WRAPPERS = {f"{_W}{name}" for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag")}
_DEEPEST = 20  # tables in tables: more are no minutes
_APART = 80  # twentieths of a point: paragraphs that are so far apart have a blank line between them
_TWIPS = 560  # a level of indent
_PAGE_NUMBER = re.compile(r"(?:side|page)?\W*\d*\W*(?:af|of|/)?\W*\d*", re.IGNORECASE)


def read_word(data: bytes) -> str:
    """The text of a Word file: headings and lists with the numbers that Word shows, tables row by row.

    Headers stand at the top, once each; footers and footnotes at the end. Inserted text counts, deleted and hidden text
    and comments do not. Where pages begin is Word's secret: there are no form feeds.

    Raises `UnreadableError` for a file that is damaged, a zip bomb, or without text.
    """
    with needs("word"):
        import docx
        from lxml import etree
    check_package(data)
    damaged = UnreadableError("the Word file is damaged", "open it in Word and save it again")
    try:
        try:
            document = docx.Document(io.BytesIO(data))
        except KeyError:
            document = docx.Document(io.BytesIO(_without_loose_ends(data)))
    except Exception as error:  # of half a dozen libraries below python-docx
        raise damaged from error
    try:
        text = _printed(document)
    except (etree.LxmlError, LookupError, ValueError, AttributeError) as error:
        raise damaged from error
    except RecursionError as error:
        raise UnreadableError("the Word file is nested too deeply", "save it as plain text") from error
    if not text:
        raise UnreadableError("the Word file holds no text", "if it holds pictures of pages, save it as PDF")
    return text + "\n"


def _without_loose_ends(data: bytes) -> bytes:
    """The file without references to parts that it lacks: Word leaves some behind, and python-docx stumbles on them."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    mended = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as package, zipfile.ZipFile(mended, "w") as copy:
        names = set(package.namelist())
        for name in names:
            part = package.read(name)
            if name.endswith(".rels"):
                folder = posixpath.dirname(posixpath.dirname(name))
                links = etree.fromstring(part, parser)
                for link in list(links):
                    target = posixpath.normpath(posixpath.join("/", folder, link.get("Target", "")))
                    if link.get("TargetMode") != "External" and target.lstrip("/") not in names:
                        links.remove(link)
                part = etree.tostring(links)
            copy.writestr(name, part)
    return mended.getvalue()


def _printed(document: WordDocument) -> str:
    printer = _Printer(document)
    sections = document.sections
    for kind in ("first_page_header", "header"):
        printer.edges(getattr(section, kind) for section in sections)
    printer.blocks(document.element.body, printer.sheet, 0)
    for kind in ("first_page_footer", "footer"):
        printer.edges(getattr(section, kind) for section in sections)
    printer.footnotes()
    return printer.sheet.text()


class _Printer:
    def __init__(self, document: WordDocument) -> None:
        self.sheet = Sheet()
        self._document = document
        self._lists = Lists(document)
        self._edges: set[str] = set()
        self._notes: list[str] = []
        self._last_style: str | None = None

    def edges(self, parts: Iterator[Any]) -> None:
        """Headers or footers, each text once; those that only number the pages are left out."""
        for part in parts:
            if part.is_linked_to_previous:
                continue
            sheet = Sheet()
            self.blocks(part._element, sheet, 0)
            text = sheet.text()
            if text and text not in self._edges and not _PAGE_NUMBER.fullmatch(text):
                self._edges.add(text)
                self.sheet.gap()
                self.sheet.keep(text)
                self.sheet.gap()

    def blocks(self, parent: Any, sheet: Sheet, depth: int) -> None:
        """The paragraphs and tables in an element."""
        for element in parent:
            if element.tag == f"{_W}p":
                self._paragraph(element, sheet, depth)
            elif element.tag == f"{_W}tbl":
                if depth >= _DEEPEST:
                    raise UnreadableError("the Word file has tables nested more than 20 deep", "save it as plain text")
                sheet.table([self._row(row, depth) for row in _inside(element, f"{_W}tr")])
            elif element.tag in _WRAPPERS:
                self.blocks(element, sheet, depth)

    def _row(self, row: Any, depth: int) -> list[str]:
        cells = []
        for cell in _inside(row, f"{_W}tc"):
            sheet = Sheet()
            self.blocks(cell, sheet, depth + 1)
            cells.append(sheet.text())
        return cells

    def _paragraph(self, paragraph: Any, sheet: Sheet, depth: int) -> None:
        look = self._lists.look(paragraph)
        boxes: list[Any] = []
        text = "".join(self._text(paragraph, boxes))
        heading = look.heading and bool(text.strip())
        if (
            not text.strip()
            or heading
            or (look.before >= _APART and not (look.close and look.style == self._last_style))
        ):
            sheet.gap()
        if text.strip():
            sheet.write(text, indent=look.level or round(look.indent / _TWIPS), marker=self._lists.number(look))
            if heading or (look.after >= _APART and not look.close):
                sheet.gap()
        self._last_style = look.style
        for box in boxes:
            sheet.gap()
            self.blocks(box, sheet, depth)
            sheet.gap()

    def _text(self, parent: Any, boxes: list[Any]) -> Iterator[str]:
        for element in parent:
            tag = element.tag
            if tag in _GONE:
                continue
            if tag == f"{_W}t":
                yield element.text or ""
            elif tag in _SIGNS:
                yield _SIGNS[tag]
            elif tag == f"{_W}footnoteReference":
                self._notes.append(element.get(f"{_W}id"))
                yield f"[{len(self._notes)}]"
            elif tag == _TEXT_BOX:
                boxes.append(element)
            elif tag == f"{_W}r" and element.find(f"{_W}rPr/{_W}vanish") is not None:
                continue
            elif len(element):
                yield from self._text(element, boxes)

    def footnotes(self) -> None:
        """The notes below the text, numbered in the order in which it refers to them."""
        from docx.oxml import parse_xml

        parts = [rel.target_part for rel in self._document.part.rels.values() if rel.reltype.endswith("/footnotes")]
        if not parts or not self._notes:
            return
        notes = {note.get(f"{_W}id"): note for note in parse_xml(parts[0].blob)}
        self.sheet.gap()
        for number, key in enumerate(self._notes, 1):
            if key in notes:
                sheet = Sheet()
                self.blocks(notes[key], sheet, 0)
                self.sheet.write(sheet.text(), marker=f"[{number}]")


def _inside(parent: Any, tag: str) -> Iterator[Any]:
    """Children of a tag, also those that a content control or an accepted change wraps."""
    for element in parent:
        if element.tag == tag:
            if element.find(f"{tag}Pr/{_W}del") is None:
                yield element
        elif element.tag in _WRAPPERS:
            yield from _inside(element, tag)
