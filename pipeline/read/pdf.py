"""PDF files: the text layer as it is printed, page by page; page images for OCR."""

from __future__ import annotations

import ctypes
import math
from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.read.typeset import Word, print_page

if TYPE_CHECKING:
    import pypdfium2 as pdfium


def page_text(page: pdfium.PdfPage) -> str:
    text_page = page.get_textpage()
    try:
        turned = defaultdict(list)
        for turn, word in _words(text_page):
            turned[turn].append(word)
    finally:
        text_page.close()
    order = sorted(turned, key=lambda turn: -sum(len(word.text) for word in turned[turn]))
    return "\n\n".join(print_page(turned[turn]) for turn in order)


def _words(text_page: pdfium.PdfTextPage) -> Iterator[tuple[int, Word]]:
    """Every word with the quarter turns of its type, in the order of the file."""
    import pypdfium2.raw as raw

    handle = text_page.raw
    box, x, y = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    letters: list[str] = []
    turn = 0
    left = right = baseline = size = 0.0

    def finished() -> tuple[int, Word]:
        text = "".join(letters).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        letters.clear()
        return turn, Word(text, left, right, baseline, size)

    for index in range(raw.FPDFText_CountChars(handle)):
        code = raw.FPDFText_GetUnicode(handle, index)
        letter = "-" if code == 2 else chr(code)
        if letter.isspace() or code < 32 and code != 2:
            if letters:
                yield finished()
            continue
        raw.FPDFText_GetLooseCharBox(handle, index, box)
        raw.FPDFText_GetCharOrigin(handle, index, x, y)
        now = round(raw.FPDFText_GetCharAngle(handle, index) / (math.pi / 2)) % 4
        start, end, base, height = _UPRIGHT[now](box, x.value, y.value)
        if letters and (now != turn or abs(base - baseline) > 0.5 * size or not -0.5 * size < start - right < size):
            yield finished()
        if not letters:
            turn, left, right, baseline, size = now, start, end, base, height
        letters.append(letter)
        right, size = max(right, end), max(size, height)
    if letters:
        yield finished()


_LEADED = 1.2  # pdfium's box of a letter is the height of its line
_UPRIGHT = (  # left, right, baseline from the top and size of a letter, by clockwise quarter turns of its type
    lambda box, x, y: (box.left, box.right, -y, (box.top - box.bottom) / _LEADED),
    lambda box, x, y: (-box.top, -box.bottom, -x, (box.right - box.left) / _LEADED),
    lambda box, x, y: (-box.right, -box.left, y, (box.top - box.bottom) / _LEADED),
    lambda box, x, y: (box.bottom, box.top, x, (box.right - box.left) / _LEADED),
)
