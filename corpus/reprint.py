"""Print the clean texts of the corpus on A4 pages and read the pages with an English OCR model.

    python corpus/reprint.py [NAME …]
    python corpus/reprint.py --short

`corpus.toml` says how each document is printed and scanned; without names all are. The result, `inbox/NAME.txt`,
is what Tesseract read, damage and all: nobody edits it. The same text, fonts and programs give the same result. With
`--short` the short minutes of `heads/` and `forms/` are printed, each as its name draws it; what was read lies beside
the text of the heads, and in `forms/inbox/`.
"""

from __future__ import annotations

import argparse
import io
import os
import random
import shutil
import subprocess
import sys
import tempfile
import tomllib
import zlib
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageFilter
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

__all__ = ["CORPUS", "Setting", "clean_path", "inbox_path", "pages_of", "read_settings", "reprint"]

CORPUS = Path(__file__).resolve().parent
FONTS = Path("/usr/share/fonts")
MARGIN = 50.0  # points, on all four sides
LEADING = 1.22  # line distance in font sizes
PROCESSES = 2

PROGRAMS = {"tesseract": "tesseract-ocr", "pdftoppm": "poppler-utils"}
FONT_PACKAGES = {
    "Liberation": "fonts-liberation",
    "Carlito": "fonts-crosextra-carlito",
    "Caladea": "fonts-crosextra-caladea",
    "OpenSans": "fonts-open-sans",
    "DejaVu": "fonts-dejavu",
}

SHORT_FONTS = (
    *("LiberationSans-Regular.ttf", "LiberationSerif-Regular.ttf", "Carlito-Regular.ttf"),
    *("DejaVuSansCondensed.ttf", "Caladea-Regular.ttf"),
)


class ReprintError(Exception):
    """Something that the person at the keyboard can mend: a missing program, font or text, a line too wide."""


@dataclass(frozen=True)
class Setting:
    """How one document of `corpus.toml` looks, is printed and is scanned.

    `pt` is the font size in points, `dpi` the resolution of the scan, `blur` a radius in pixels, `noise` a standard
    deviation in grey levels (of 255), `jpeg` a quality from 1 to 95 (0: none), `skew` an angle in degrees. The text
    lies in `folder`.
    """

    name: str
    layout: str
    font: str
    pt: float
    dpi: int
    blur: float = 0.0
    noise: float = 0.0
    jpeg: int = 0
    skew: float = 0.0
    folder: str = "gold"


def read_settings(path: Path = CORPUS / "corpus.toml") -> dict[str, Setting]:
    """The documents of the corpus by name, in the order of the file.

    Raises `ReprintError` when a document has a key that no setting knows, or lacks one.
    """
    table = tomllib.loads(path.read_text("utf-8"))
    settings = {}
    for name, own in table["document"].items():
        values: dict[str, Any] = {**table["defaults"], **own}
        try:
            settings[name] = Setting(name=name, **values)
        except TypeError as error:
            raise ReprintError(f"{path.name}, document {name}: {error}") from error
    return settings


def clean_path(setting: Setting) -> Path:
    """Where the text lies that is printed."""
    return CORPUS / setting.folder / f"{setting.name}.clean.txt"


def inbox_path(setting: Setting) -> Path:
    """Where the text lies that was read."""
    room = setting.folder.split("/")[0]
    folder = {"heads": setting.folder, "forms": "forms/inbox"}.get(room, "inbox")
    return CORPUS / folder / f"{setting.name}.txt"


def short_settings() -> Iterator[Setting]:
    """A setting for each of the short minutes, drawn by its name; none where a line is too wide for any size."""
    for path in sorted(path for room in ("heads", "forms") for path in (CORPUS / room).glob("*/*.clean.txt")):
        name = path.name.removesuffix(".clean.txt")
        draw = random.Random(name)  # noqa: S311 -- the same print every time
        font, pt, dpi = draw.choice(SHORT_FONTS), draw.choice([9.5, 10, 10.5]), draw.choice([150, 200])
        blur, noise, jpeg = draw.choice([0, 0.3]), draw.choice([0, 4]), draw.choice([0, 50])
        pdfmetrics.registerFont(TTFont(font, str(find_font(font))))
        widest = max(pdfmetrics.stringWidth(line.rstrip(), font, 1) for line in path.read_text("utf-8").split("\n"))
        size = next((size for size in (pt, 9, 8.5, 8) if widest * size <= A4[0] - 2 * MARGIN), None)
        if size:
            folder = path.parent.relative_to(CORPUS).as_posix()
            yield Setting(name, "", font, size, dpi, blur, noise, jpeg, folder=folder)


def pages_of(text: str, lines_per_page: int) -> Iterator[list[tuple[int, str]]]:
    """The printed pages, each a list of (line number from 1, line); blank pages are left out.

    A line that holds only a form feed ends its page, and so does a full page.

    >>> [[line for _, line in page] for page in pages_of("a\\nb\\nc\\n\\f\\nd", 2)]
    [['a', 'b'], ['c'], ['d']]
    """
    page: list[tuple[int, str]] = []
    for number, line in enumerate(text.split("\n"), start=1):
        forced = line.strip(" ") == "\f"
        if forced or len(page) >= lines_per_page:
            if any(printed.strip() for _, printed in page):
                yield page
            page = []
        if not forced:
            page.append((number, line.rstrip()))
    if any(printed.strip() for _, printed in page):
        yield page


def find_font(file_name: str) -> Path:
    """The installed font file of that name; raises `ReprintError` that says which package has it."""
    for path in sorted(FONTS.rglob(file_name)):
        return path
    package = next((p for start, p in FONT_PACKAGES.items() if file_name.startswith(start)), None)
    advice = f"apt-get install {package}" if package else "install it there, or choose another in corpus.toml"
    raise ReprintError(f"font {file_name} is not under {FONTS}: {advice}")


def check_programs() -> None:
    """Raise `ReprintError` when a program is missing, with the package that brings it."""
    for program, package in PROGRAMS.items():
        if shutil.which(program) is None:
            raise ReprintError(f"{program} is not installed: apt-get install {package}")


def print_page(page: Sequence[tuple[int, str]], setting: Setting, target: Path) -> None:
    """Write one page as PDF, line by line as given.

    Raises `ReprintError` when a line is wider than the page: nothing is wrapped again, so that the clean text is
    what stands on the page.
    """
    width, height = A4
    canvas = Canvas(str(target), pagesize=A4, invariant=1)
    canvas.setFont(setting.font, setting.pt)
    for row, (number, line) in enumerate(page):
        excess = pdfmetrics.stringWidth(line, setting.font, setting.pt) - (width - 2 * MARGIN)
        if excess > 0:
            raise ReprintError(
                f"{clean_path(setting).name}, line {number}: {excess:.0f} points too wide for the page "
                f"in {setting.font} {setting.pt:g}: {line!r}"
            )
        canvas.drawString(MARGIN, height - MARGIN - setting.pt - row * setting.pt * LEADING, line)
    canvas.save()


def scan(pdf: Path, setting: Setting, seed: int) -> Image.Image:
    """The page as a scanner would deliver it: grey, turned, unsharp, noisy, compressed, in this order."""
    command = ["pdftoppm", "-r", str(setting.dpi), "-gray", "-singlefile", str(pdf), str(pdf.with_suffix(""))]
    subprocess.run(command, check=True)
    with Image.open(pdf.with_suffix(".pgm")) as opened:
        image: Image.Image = opened.convert("L")
    if setting.skew:
        image = image.rotate(setting.skew, resample=Image.Resampling.BICUBIC, fillcolor=255)
    if setting.blur:
        image = image.filter(ImageFilter.GaussianBlur(setting.blur))
    if setting.noise:
        grain = np.random.default_rng(seed).normal(0.0, setting.noise, (image.height, image.width))
        image = Image.fromarray((np.asarray(image, dtype=np.float64) + grain).clip(0, 255).astype(np.uint8))
    if setting.jpeg:
        compressed = io.BytesIO()
        image.save(compressed, "JPEG", quality=setting.jpeg)
        image = Image.open(compressed).convert("L")
    return image


def read_page(image: Image.Image, setting: Setting, target: Path) -> str:
    """What Tesseract's English model reads on a page."""
    image.save(target, dpi=(setting.dpi, setting.dpi))
    command = ["tesseract", str(target), "stdout", "-l", "eng", "--psm", "4"]
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    done = subprocess.run(command, capture_output=True, check=False, env=environment)
    if done.returncode != 0:
        raise ReprintError(f"tesseract failed on {setting.name}: {done.stderr.decode(errors='replace').strip()}")
    return done.stdout.decode("utf-8").replace("\f", "").strip("\n")


def reprint(setting: Setting) -> int:
    """Print and read one document, write its inbox file, and return the number of pages.

    Raises `ReprintError` when the text, the font or a program is missing, or a line is too wide.
    """
    source = clean_path(setting)
    if not source.exists():
        raise ReprintError(f"{source.relative_to(CORPUS)} does not exist: {setting.name} has no text to print")
    pdfmetrics.registerFont(TTFont(setting.font, str(find_font(setting.font))))
    lines_per_page = int((A4[1] - 2 * MARGIN) / (setting.pt * LEADING))
    read = []
    with tempfile.TemporaryDirectory() as folder:
        for number, page in enumerate(pages_of(source.read_text("utf-8"), lines_per_page)):
            pdf = Path(folder) / f"{number}.pdf"
            print_page(page, setting, pdf)
            image = scan(pdf, setting, zlib.crc32(f"{setting.name} {number}".encode()))
            read.append(read_page(image, setting, pdf.with_suffix(".png")))
    inbox_path(setting).parent.mkdir(exist_ok=True)
    inbox_path(setting).write_text("\n\n".join(read) + "\n", "utf-8")
    return len(read)


def chosen(names: Sequence[str]) -> list[Setting]:
    """The settings of the documents that were asked for; all without names."""
    settings = read_settings()
    unknown = [name for name in names if name not in settings]
    if unknown:
        raise ReprintError(f"not in corpus.toml: {', '.join(unknown)}; it has {', '.join(settings)}")
    return [settings[name] for name in names] if names else list(settings.values())


def main(arguments: Sequence[str] | None = None) -> int:
    """Reprint the named documents; 0 when all went well, else 1 and a line on stderr for each that did not."""
    parser = argparse.ArgumentParser(description="Print the corpus and read it again with an English OCR model.")
    parser.add_argument("name", nargs="*", help="documents of corpus.toml (default: all)")
    parser.add_argument("--short", action="store_true", help="the short minutes of heads/ and forms/ instead")
    failed, asked = 0, parser.parse_args(arguments)
    try:
        settings = list(short_settings()) if asked.short else chosen(asked.name)
        check_programs()
    except ReprintError as error:
        print(f"reprint: {error}", file=sys.stderr)
        return 1
    with ProcessPoolExecutor(PROCESSES) as pool:
        running = [(setting, pool.submit(reprint, setting)) for setting in settings]
        for done, (setting, result) in enumerate(running, start=1):
            try:
                outcome = f"{result.result()} pages"
            except ReprintError as error:
                failed, outcome = failed + 1, f"failed: {error}"
            print(f"{done}/{len(settings)} {setting.name}: {outcome}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
