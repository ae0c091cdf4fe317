"""Page images, read by Tesseract's Danish model through its command."""

from __future__ import annotations

import csv
import io
import os
import subprocess
from typing import TYPE_CHECKING

from pipeline.errors import UnreadableError
from pipeline.installed import danish_ocr
from pipeline.read.typeset import Word, print_page

if TYPE_CHECKING:
    from PIL import Image

__all__ = ["INSTALL", "MOST_PIXELS", "danish_ocr", "recognise"]

MOST_PIXELS = 60_000_000  # A4 at 600 dpi has 35 million
INSTALL = "install Tesseract with its Danish model, for instance `apt-get install tesseract-ocr tesseract-ocr-dan`"
_SECONDS = 180  # for one page; a crowded one takes 20
_DESCENT = 0.22  # of a line's height lies below its letters' feet
_ONE_THREAD = {"OMP_THREAD_LIMIT": "1"}  # more make one page no faster, and several documents slower


def recognise(image: Image.Image, dpi: int) -> str:
    """The text of a page image, laid out as it is printed; empty where no word is found.

    Raises `UnreadableError` without Tesseract, for an image of more than 60 million pixels, and where Tesseract fails.
    """
    if not danish_ocr():
        raise UnreadableError("this is a picture of a page, and no OCR is installed", INSTALL)
    if image.width * image.height > MOST_PIXELS:
        raise UnreadableError("the picture has more than 60 million pixels", "scan the page at 300 dpi")
    portable = io.BytesIO()
    image.convert("L").save(portable, "PPM")
    command = ["tesseract", "stdin", "stdout", "-l", "dan", "--psm", "4", "--dpi", str(dpi), "tsv"]
    try:
        done = subprocess.run(
            command,
            input=portable.getvalue(),
            capture_output=True,
            check=True,
            timeout=_SECONDS,
            env=os.environ | _ONE_THREAD,
        )
    except subprocess.TimeoutExpired as error:
        raise UnreadableError("OCR takes too long on a page", "scan it again, upright and at 300 dpi") from error
    except (OSError, subprocess.SubprocessError) as error:
        raise UnreadableError("Tesseract failed on a page", "try `tesseract PAGE OUT -l dan` on its image") from error
    return print_page(_words(done.stdout.decode("utf-8", "replace")))


def _words(table: str) -> list[Word]:
    """The words of Tesseract's table; each stands on its line's baseline, which is steadier than its own box."""
    words: list[Word] = []
    baseline = size = 0.0
    for row in csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE):
        if row["level"] == "4":
            size = float(row["height"])
            baseline = float(row["top"]) + size * (1 - _DESCENT)
        elif row["level"] == "5" and row["text"] and not row["text"].isspace():
            left = float(row["left"])
            words.append(Word(row["text"], left, left + float(row["width"]), baseline, size))
    return words
