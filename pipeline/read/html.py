"""HTML and Markdown: what a reader sees of the page, without navigation and scripts."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from pipeline.errors import UnreadableError
from pipeline.read.reading import needs
from pipeline.read.sheet import Sheet, letters, roman
from pipeline.read.text import decode

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["looks_like_html", "read_html", "read_markdown"]

_OPENING = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*|<%.*?%>\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_TAG = re.compile(r"</(?:p|div|td|li|h[1-6]|span)\s*>|<br\s*/?>", re.IGNORECASE)
_CHARSET = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?(?P<name>(?:iso|windows|cp|latin|mac)[\w-]{2,16})""",
    re.IGNORECASE,
)
_SERVER = re.compile(r"<%.*?%>|<\?.*?\?>", re.DOTALL)  # what a server should have taken out
_DROPPED = {
    "head",
    "script",
    "style",
    "noscript",
    "template",
    "nav",
    "button",
    "select",
    "textarea",
    "svg",
    "iframe",
    "del",
}
_APART = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "dl", "hr", "figure", "fieldset", "caption"}
_LINES = {
    "div",
    "li",
    "dt",
    "dd",
    "section",
    "article",
    "header",
    "footer",
    "main",
    "aside",
    "address",
    "form",
    "center",
}
_LISTS = {"ul", "ol", "menu"}


def looks_like_html(data: bytes, name: str) -> bool:
    """Whether a text is HTML: it opens as such, or its name says so and it has tags.

    >>> looks_like_html(b"<!DOCTYPE html><p>Hej", "x.txt"), looks_like_html(b"a <b> c", "x.html")
    (True, False)
    """
    text = data[:16_000].removeprefix(codecs.BOM_UTF8).replace(b"\0", b"").decode("latin-1").lstrip("\xfe\xff")
    named = name.lower().endswith((".html", ".htm", ".xhtml"))
    return bool(_OPENING.match(text)) or (named and bool(_TAG.search(text)))


def read_html(data: bytes) -> str:
    """The text of a page: paragraphs on a line each, lists with their numbers, tables row by row.

    The title and navigation of the page, scripts, and what is hidden or struck out as deleted are left out.

    Raises `UnreadableError` for a page without text, nested hundreds deep or with a paragraph of more than 10 MB.

    >>> read_html(b"<html><title>Web</title><ol start=3><li>Regnskab<li>Eventuelt</ol>").split()
    ['3.', 'Regnskab', '4.', 'Eventuelt']
    """
    declared = _CHARSET.search(data[:4000])
    return _printed(decode(data, declared["name"].decode("ascii") if declared else None))


def read_markdown(text: str) -> str:
    """The text as a reader of the page sees it: marks gone, tables aligned; line breaks stay.

    >>> read_markdown("## 3. Regnskab\\n**Godkendt** af *alle*.").split("\\n")
    ['3. Regnskab', '', 'Godkendt af alle.', '']
    """
    from markdown_it import MarkdownIt

    page = MarkdownIt("commonmark", {"breaks": True}).enable(["table", "strikethrough"])
    return _printed(f"<body>{page.render(text)}")


def _printed(page: str) -> str:
    with needs("web"):
        from lxml import etree, html
    parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(_SERVER.sub("", page).encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise UnreadableError(
            "the HTML page holds no text", "save the page again, or copy its text to a file"
        ) from error
    if any(entry.level_name == "FATAL" for entry in parser.error_log):
        raise UnreadableError(
            "the HTML page is nested too deeply or has a paragraph of more than 10 MB", "save it as text"
        )
    printer = _Printer()
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            printer.start(element)
        else:
            printer.end(element)
    text = printer.finished()
    if not text:
        raise UnreadableError("the HTML page holds no text", "save the page again, or copy its text to a file")
    return text + "\n"


class _Printer:
    """Prints a page while its elements go by."""

    def __init__(self) -> None:
        self._sheets = [Sheet()]
        self._tables: list[list[list[str]]] = []
        self._lists: list[list[int | str]] = []
        self._words: list[str] = []
        self._marker = ""
        self._dropped = 0
        self._kept = 0

    def start(self, element: _Element) -> None:
        tag = str(element.tag)
        if self._dropped or _is_dropped(element, tag):
            self._dropped += 1
            return
        if tag == "br":
            self._words.append("\0")
        elif tag in _LISTS or tag in _LINES or tag in _APART or tag in {"pre", "table", "tr", "td", "th"}:
            self._flush()
            self._open(element, tag)
        if element.text:
            self._say(element.text)

    def _open(self, element: _Element, tag: str) -> None:
        if tag in _LISTS:
            if not self._lists:
                self._sheets[-1].gap()
            self._lists.append([_figure(element.get("start"), 1) - 1, element.get("type", "1") if tag == "ol" else ""])
        elif tag == "li" and self._lists:
            place = self._lists[-1]
            place[0] = _figure(element.get("value"), int(place[0]) + 1)
            self._marker = _marker(int(place[0]), str(place[1]))
        elif tag == "table":
            self._sheets[-1].gap()
            self._tables.append([])
        elif tag == "tr" and self._tables:
            self._tables[-1].append([])
        elif tag in {"td", "th"} and self._tables:
            self._tables[-1] = self._tables[-1] or [[]]  # a cell that stands in no row
            self._sheets.append(Sheet())
        elif tag == "pre":
            self._kept += 1
        if tag in _APART or tag == "pre":
            self._sheets[-1].gap()

    def end(self, element: _Element) -> None:
        tag = str(element.tag)
        if self._dropped:
            self._dropped -= 1
        elif tag in _LISTS or tag in _LINES or tag in _APART or tag in {"pre", "table", "tr", "td", "th"}:
            self._flush()
            self._close(tag)
        if element.tail and not self._dropped:
            self._say(element.tail)

    def _close(self, tag: str) -> None:
        if tag in _LISTS and self._lists:
            self._lists.pop()
            if not self._lists:
                self._sheets[-1].gap()
        elif tag == "li" and self._marker:
            self._sheets[-1].write("", indent=len(self._lists) - 1, marker=self._marker)
            self._marker = ""
        elif tag in {"td", "th"} and self._tables:
            self._tables[-1][-1].append(self._sheets.pop().text())
        elif tag == "table" and self._tables:
            self._sheets[-1].table(self._tables.pop())
        elif tag == "pre":
            self._kept -= 1
        if tag in _APART or tag == "pre":
            self._sheets[-1].gap()

    def _say(self, text: str) -> None:
        self._words.append(text if self._kept else text.replace("\n", " ").replace("\t", " "))

    def _flush(self) -> None:
        said = "".join(self._words).replace("\0", "\n")
        self._words.clear()
        if not said.strip():
            return
        if self._kept:
            self._sheets[-1].keep(said)
        else:
            self._sheets[-1].write(said, indent=max(len(self._lists) - 1, 0), marker=self._marker)
        self._marker = ""

    def finished(self) -> str:
        self._flush()
        return self._sheets[0].text()


def _is_dropped(element: _Element, tag: str) -> bool:
    style = element.get("style", "").replace(" ", "").lower()
    return (
        tag in _DROPPED or element.get("role") == "navigation" or "hidden" in element.attrib or "display:none" in style
    )


def _figure(written: str | None, otherwise: int) -> int:
    return int(written) if written and re.fullmatch(r"-?[0-9]{1,6}", written) else otherwise


def _marker(number: int, kind: str) -> str:
    """The number or bullet of a list item; `kind` is HTML's, empty for a bullet."""
    if not kind:
        return "•"
    shown = {"a": letters, "i": roman}.get(kind.lower(), str)(number)
    return f"{shown.upper() if kind.isupper() else shown}."
