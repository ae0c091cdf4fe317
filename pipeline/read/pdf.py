"""PDF files: the text layer as it is printed, and OCR for pages that are pictures."""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from pipeline.errors import UnreadableError
from pipeline.read.ocr import INSTALL, MOST_PIXELS, danish_ocr, recognise
from pipeline.read.reading import Reading, needs
from pipeline.read.typeset import Word, print_page

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage, PdfTextPage

__all__ = ["TEXT_LAYER", "read_pdf"]

TEXT_LAYER = "text layer"
_DPI = 300
_POINTS = 72
_SCANNED = 0.5  # of a page that pictures cover: the page is scanned
_STAMP = 100  # letters: a scanned page with fewer has no text layer, only a stamp or a file number
_GARBLED = 0.2  # share of characters without a meaning: the layer says nothing, whatever the page shows


def read_pdf(data: bytes, *, ocr: bool = False) -> Reading:
    """The text of a PDF; each page but the first begins with a form feed. Hyphens at line ends stay as printed.

    A page that is only a picture is read by OCR; with `ocr` every scanned page is, also where it has a text layer
    (which another OCR model made). Pages that stay unread because no OCR is installed are told in `unread`. Fields of
    forms and notes in the margin are not read.

    Raises `UnreadableError` for a PDF that has a password, is damaged or holds no text, and where OCR is needed and
    missing.
    """
    with needs("pdf"):
        from pypdfium2 import PdfDocument, PdfiumError
    pages: list[str] = []
    how: list[str] = []
    unread: list[int] = []
    try:
        document = PdfDocument(data)
        try:
            for number in range(len(document)):
                text, scanned = _page(document, number)
                if scanned and (ocr or len(text) < _STAMP or not _is_layer(text)):
                    if danish_ocr():
                        text = recognise(_image(document, number), _DPI)
                        how.append(str(danish_ocr()))
                    else:
                        unread.append(number + 1)
                elif text:
                    how.append(TEXT_LAYER)
                pages.append(text)
        finally:
            document.close()
    except PdfiumError as error:
        if "password" in str(error).lower():
            raise UnreadableError("the PDF has a password", "open it and save a copy without one") from error
        raise UnreadableError("the PDF is damaged", "export or scan it again, or print it to a new PDF") from error
    if not any(pages):
        if unread:
            raise UnreadableError("the PDF holds pictures of pages, and no OCR is installed", INSTALL)
        raise UnreadableError("the PDF holds no text", "scan or export the minutes again")
    read_by = " and ".join(dict.fromkeys(how))
    return Reading("\n\f".join(pages) + "\n", "application/pdf", read_by, len(pages), tuple(unread))


def _page(document: PdfDocument, number: int) -> tuple[str, bool]:
    """The text layer of a page, and whether the page is one that OCR can read."""
    page = document[number]
    try:
        layer = page.get_textpage()
        try:
            text = _layer(layer)
        finally:
            layer.close()
        drawn = (not text or not _is_layer(text)) and next(page.get_objects(), None) is not None
        return text, drawn or _cover(page) >= _SCANNED
    finally:
        page.close()


def _is_layer(text: str) -> bool:
    """Whether a text layer says what the page shows: it is more than a stamp, and its letters have a meaning."""
    kinds = [unicodedata.category(letter) for letter in text if not letter.isspace()]
    garbled = sum(kind in {"Co", "Cn", "Cc", "So"} for kind in kinds)
    return garbled < _GARBLED * len(kinds)


def _cover(page: PdfPage) -> float:
    """The part of a page that pictures cover."""
    from pypdfium2 import raw

    width, height = page.get_size()
    area = 0.0
    for picture in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = picture.get_bounds()
        area += max(0.0, min(right, width) - max(left, 0.0)) * max(0.0, min(top, height) - max(bottom, 0.0))
    return area / (width * height) if width * height else 0.0


def _image(document: PdfDocument, number: int) -> Any:
    """A page as a grey picture, at 300 dpi where that is not too large."""
    page = document[number]
    try:
        width, height = page.get_size()
        scale = min(_DPI / _POINTS, math.sqrt(MOST_PIXELS / max(width * height, 1)) * 0.99)
        return page.render(scale=scale, grayscale=True).to_pil()
    finally:
        page.close()


def _layer(layer: PdfTextPage) -> str:
    """The text layer of a page; text that is turned on it stands below the rest."""
    turned = defaultdict(list)
    for turn, word in _words(layer):
        turned[turn].append(word)
    order = sorted(turned, key=lambda turn: -sum(len(word.text) for word in turned[turn]))
    return "\n\n".join(print_page(turned[turn]) for turn in order)


def _words(layer: PdfTextPage) -> Iterator[tuple[int, Word]]:
    """Every word with the quarter turns of its type, in the order of the file.

    pdfium puts a blank where the type leaves a gap, and marks a hyphen at a line's end by U+0002.
    """
    from pypdfium2 import raw

    box, x, y = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    letters: list[str] = []
    turn = 0
    left = right = baseline = size = 0.0

    def finished() -> tuple[int, Word]:
        text = "".join(letters).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        letters.clear()
        return turn, Word(text, left, right, baseline, size)

    for index in range(raw.FPDFText_CountChars(layer)):
        letter = chr(raw.FPDFText_GetUnicode(layer, index)).replace("\2", "-")
        if letter.isspace() or letter < " ":
            if letters:
                yield finished()
            continue
        raw.FPDFText_GetLooseCharBox(layer, index, box)
        raw.FPDFText_GetCharOrigin(layer, index, x, y)
        now = round(raw.FPDFText_GetCharAngle(layer, index) / (math.pi / 2)) % 4
        start, end, base, height = _upright(now, box, x.value, y.value)
        if not math.isfinite(start + end + base + height):
            continue
        if letters and (now != turn or abs(base - baseline) > 0.5 * size or not -0.5 * size < start - right < size):
            yield finished()
        if not letters:
            turn, left, right, baseline, size = now, start, end, base, height
        letters.append(letter)
        right, size = max(right, end), max(size, height)
    if letters:
        yield finished()


_LEADED = 1.2  # pdfium's box of a letter is as high as a line


def _upright(turn: int, box: Any, x: float, y: float) -> tuple[float, float, float, float]:
    """Left, right, baseline from the top and size of a letter, the page turned so that its type is upright."""
    if turn % 2:
        height = (box.right - box.left) / _LEADED
        return (-box.top, -box.bottom, -x, height) if turn == 1 else (box.bottom, box.top, x, height)
    height = (box.top - box.bottom) / _LEADED
    return (-box.right, -box.left, y, height) if turn else (box.left, box.right, -y, height)
