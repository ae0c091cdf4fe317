"""Small files of every format, made for tests; the people are invented."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import docx
import reportlab
from PIL import Image, ImageDraw, ImageFont
from reportlab.pdfgen.canvas import Canvas

Line = tuple[float, float, str]  # points from the left and from the top, text


def pdf(pages: Sequence[Sequence[Line]], *, size: float = 10, **options: Any) -> bytes:
    """A PDF with each text at its place, in Helvetica."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(595, 842), invariant=1, **options)
    for page in pages:
        canvas.setFont("Helvetica", size)
        for left, top, text in page:
            canvas.drawString(left, 842 - top, text)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def lines(text: str, *, left: float = 60, top: float = 60, step: float = 12) -> list[Line]:
    """Lines one below the other, indented by their blanks, as `pdf` takes them."""
    found = []
    for number, line in enumerate(text.split("\n")):
        body = line.lstrip(" ")
        found.append((left + 5 * (len(line) - len(body)), top + step * number, body))
    return found


def scanned(text: str, *, layer: Sequence[Line] = (), dpi: int = 150) -> bytes:
    """A PDF of one page that is a picture, with or without an invisible text layer."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(595, 842), invariant=1)
    canvas.drawInlineImage(picture(text, dpi=dpi), 0, 0, 595, 842)
    writer = canvas.beginText()
    writer.setTextRenderMode(3)
    for left, top, words in layer:
        writer.setTextOrigin(left, 842 - top)
        writer.textOut(words)
    canvas.drawText(writer)
    canvas.save()
    return file.getvalue()


def picture(text: str, *, dpi: int = 150) -> Image.Image:
    """A page with a text, as a scanner would deliver it."""
    page = Image.new("L", (round(595 / 72 * dpi), round(842 / 72 * dpi)), 255)
    font = ImageFont.truetype(Path(reportlab.__file__).with_name("fonts") / "Vera.ttf", dpi / 6)
    ImageDraw.Draw(page).multiline_text((dpi // 2, dpi // 2), text, fill=0, font=font, spacing=dpi // 12)
    return page


def image(text: str, kind: str, **options: Any) -> bytes:
    """`picture` as the bytes of a file; `kind` is Pillow's name of the format."""
    file = io.BytesIO()
    picture(text).save(file, kind, **options)
    return file.getvalue()


def word(*blocks: str | Sequence[Sequence[str]]) -> bytes:
    """A Word file: a string is a paragraph, behind its style ("Title|Referat"); rows are a table."""
    document = docx.Document()
    for block in blocks:
        if isinstance(block, str):
            style, _, text = block.rpartition("|")
            document.add_paragraph(text, style or None)
        else:
            table = document.add_table(0, max(map(len, block)))
            for row in block:
                for cell, text in zip(table.add_row().cells, row, strict=False):
                    cell.text = text
    return saved(document)


def saved(document: Any) -> bytes:
    """A python-docx document as the bytes of its file."""
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


_NAMESPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "text", "table", "style")
)


def odt(body: str, *, styles: str = "", automatic: str = "", more: Mapping[str, str] | None = None) -> bytes:
    """An ODT file with this content in its text, and these styles."""
    head = f'<?xml version="1.0" encoding="UTF-8"?><office:document-{{}} {_NAMESPACES}>'
    content = (
        f"{head.format('content')}<office:automatic-styles>{automatic}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    sheet = f"{head.format('styles')}<office:styles>{styles}</office:styles></office:document-styles>"
    kind = "application/vnd.oasis.opendocument.text"
    return packed({"mimetype": kind, "content.xml": content, "styles.xml": sheet, **(more or {})})


def packed(members: Mapping[str, str | bytes]) -> bytes:
    """A zip of these members."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return file.getvalue()
