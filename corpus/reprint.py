"""Print the corpus on paper that never existed, and read it again with the wrong OCR model.

    python corpus/reprint.py [NAME ...]

Each document named in corpus.toml is printed line by line with its font, turned into page images with the scan
quality that stands there, and read by Tesseract's English model, which has never seen æ, ø and å. What it read goes to
inbox/NAME.txt and is never edited by hand.
"""

from __future__ import annotations

import argparse
import io
import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
import zlib
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, ImageFilter
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

CORPUS = Path(__file__).parent
FONTS = Path("/usr/share/fonts")
WIDTH, HEIGHT = A4
MARGIN = 56.0
LEADING = 1.22
NEEDED = {"tesseract": "tesseract-ocr", "pdftoppm": "poppler-utils"}


class CorpusError(Exception):
    """Something that the author of a document can mend: which document, and what."""


@dataclass(frozen=True)
class Setting:
    """How one document is printed and scanned, as in corpus.toml."""

    layout: str
    font: str
    pt: float
    dpi: int
    blur: float
    noise: float
    jpeg: int
    skew: float
    held: bool = False


def settings() -> dict[str, Setting]:
    """Name → setting of every document, the defaults filled in."""
    listed = tomllib.loads((CORPUS / "corpus.toml").read_text("utf-8"))
    return {name: Setting(**(listed["defaults"] | own)) for name, own in listed["document"].items()}


def folder(setting: Setting) -> Path:
    """Where the clean text and the gold of a document lie."""
    return CORPUS / ("held" if setting.held else "gold")


def pages(name: str, setting: Setting) -> list[list[str]]:
    """The printed lines of each page: a form feed ends a page, and so does its lower margin."""
    text = (folder(setting) / f"{name}.clean.txt").read_text("utf-8")
    most = int((HEIGHT - 2 * MARGIN) / (setting.pt * LEADING))
    found: list[list[str]] = []
    for sheet in text.split("\f"):
        lines = sheet.strip("\n").split("\n")
        found += [lines[start : start + most] for start in range(0, len(lines), most)]
    return [page for page in found if any(line.strip() for line in page)]


def print_page(lines: list[str], name: str, setting: Setting, target: Path) -> None:
    """One page as a PDF. Raises `CorpusError` for a line that is wider than the paper."""
    pdfmetrics.registerFont(TTFont("F", find_font(setting.font)))
    canvas = Canvas(str(target), pagesize=A4, invariant=True)
    height = HEIGHT - MARGIN
    for line in (line.rstrip().expandtabs(4) for line in lines):
        if pdfmetrics.stringWidth(line, "F", setting.pt) > WIDTH - MARGIN:
            raise CorpusError(f"{name}: this line is wider than the page: {line.strip()}")
        canvas.setFont("F", setting.pt)
        canvas.drawString(MARGIN, height, line)
        height -= setting.pt * LEADING
    canvas.showPage()
    canvas.save()


def scan(image: Image.Image, setting: Setting, seed: int) -> Image.Image:
    """What a scanner makes of a page; the same for the same seed."""
    if setting.skew:
        image = image.rotate(setting.skew, resample=Image.Resampling.BICUBIC, fillcolor=255)
    if setting.blur:
        image = image.filter(ImageFilter.GaussianBlur(setting.blur))
    if setting.noise:
        grain = np.random.default_rng(seed).normal(0, setting.noise, (image.height, image.width))
        image = Image.fromarray((np.asarray(image, dtype="float32") + grain).clip(0, 255).astype("uint8"))
    if setting.jpeg:
        squeezed = io.BytesIO()
        image.save(squeezed, "JPEG", quality=setting.jpeg)
        image = Image.open(squeezed).convert("L")
    return image


def read_page(lines: list[str], name: str, number: int, setting: Setting) -> str:
    """What Tesseract's English model reads on one printed and scanned page."""
    with tempfile.TemporaryDirectory() as scratch:
        sheet = Path(scratch, "page")
        print_page(lines, name, setting, sheet.with_suffix(".pdf"))
        subprocess.run(["pdftoppm", "-r", str(setting.dpi), "-gray", "-singlefile", f"{sheet}.pdf", sheet], check=True)
        image = scan(Image.open(f"{sheet}.pgm"), setting, zlib.crc32(f"{name} {number}".encode()))
        image.save(f"{sheet}.png", dpi=(setting.dpi, setting.dpi))
        read = subprocess.run(
            ["tesseract", f"{sheet}.png", "stdout", "-l", "eng", "--psm", "4"],
            capture_output=True,
            check=True,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
    return read.stdout.decode("utf-8").replace("\f", "").strip("\n")


def reprint(name: str, setting: Setting) -> str:
    """Print and read one document; gives its name when inbox/ holds it."""
    read = [read_page(lines, name, number, setting) for number, lines in enumerate(pages(name, setting))]
    (CORPUS / "inbox" / f"{name}.txt").write_text("\n\n".join(read) + "\n", "utf-8")
    return name


def find_font(file: str) -> str:
    """Path of a font by its file name. Raises `CorpusError` when it is not installed."""
    found = next(FONTS.rglob(file), None)
    if not found:
        raise CorpusError(
            f"the font {file} is missing: apt-get install fonts-liberation fonts-dejavu-core "
            "fonts-crosextra-carlito fonts-crosextra-caladea fonts-open-sans"
        )
    return str(found)


def main() -> int:
    """Reprint the named documents, or all; 1 when something is missing."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", metavar="NAME", nargs="*", help="documents of corpus.toml; all when none is named")
    known = settings()
    wanted = parser.parse_args().names or list(known)
    try:
        if strange := [name for name in wanted if name not in known]:
            raise CorpusError(f"{strange[0]} is not in corpus.toml")
        for program, package in NEEDED.items():
            if not shutil.which(program):
                raise CorpusError(f"{program} is missing: apt-get install {package}")
        (CORPUS / "inbox").mkdir(exist_ok=True)
        with ProcessPoolExecutor(2) as executor:
            for done, name in enumerate(executor.map(reprint, wanted, [known[name] for name in wanted]), 1):
                print(f"{done}/{len(wanted)} {name}", file=sys.stderr)
    except (CorpusError, FileNotFoundError) as error:
        print(f"reprint: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
