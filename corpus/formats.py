"""Make corpus/formats/: the same kind of invented minutes in every format that referat reads.

    python corpus/formats.py

The files are the same, byte for byte, whenever they are made. Everything in them is invented.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

FORMATS = Path(__file__).resolve().parent / "formats"
VERA = "Vera"  # comes with reportlab
_THEN = (1980, 1, 1, 0, 0, 0)

Item = tuple[str, tuple[str, ...]]

PEOPLE = (("Åse Brink", "formand"), ("Jørn Ravn", "kasserer"), ("Bodil Sø-Madsen", "referent"))
ITEMS: dict[str, tuple[Item, ...]] = {
    "Bådelauget Ternen": (
        (
            "Regnskab",
            ("Jørn Ravn fremlagde regnskabet. Overskuddet er 12.400 kr.", "Regnskabet blev godkendt."),
        ),
        ("Nyt slæbested", ("Bestyrelsen indhenter tre tilbud. Åse Brink kontakter havnen inden 1. maj 2026.",)),
        ("Eventuelt", ("Intet.",)),
    ),
    "Vandværket i Nørre Ås": (
        ("Ny boring", ("Det indstilles, at boringen udføres for op til 1,2 mio. kr.", "Indstillingen blev tiltrådt.")),
        ("Takster", ("Bodil Sø-Madsen oplyste, at taksten stiger med 4 %.", "Taget til efterretning.")),
    ),
}
DATES = {"Bådelauget Ternen": "tirsdag den 3. marts 2026", "Vandværket i Nørre Ås": "onsdag den 8. april 2026"}


def title(body: str) -> str:
    """The heading of the minutes of a body."""
    return f"Referat af bestyrelsesmøde i {body} {DATES[body]}"


def as_word(body: str) -> bytes:
    """A Word file: the items are numbered by Word, attendance is a table."""
    document = docx.Document()
    document.add_paragraph(title(body), "Title")
    table = document.add_table(0, 2)
    for person in PEOPLE:
        for cell, text in zip(table.add_row().cells, person, strict=True):
            cell.text = text
    numbering: Any = document.part.numbering_part.element
    level = '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
    numbering.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90">{level}</w:abstractNum>'))
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))
    for heading, paragraphs in ITEMS[body]:
        properties: Any = document.add_paragraph(heading, "Heading 2")._p.get_or_add_pPr()
        properties.append(parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="0"/><w:numId w:val="90"/></w:numPr>'))
        for paragraph in paragraphs:
            document.add_paragraph(paragraph)
    file = io.BytesIO()
    document.save(file)
    with zipfile.ZipFile(file) as package:
        return packed({name: package.read(name) for name in package.namelist()})


def as_odt(body: str) -> bytes:
    """An ODT file: the items are headings that Writer numbers."""
    names = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "text", "table", "style")
    )
    rows = "".join(
        f"<table:table-row>{''.join(f'<table:table-cell><text:p>{x}</text:p></table:table-cell>' for x in person)}"
        "</table:table-row>"
        for person in PEOPLE
    )
    items = "".join(
        f'<text:h text:outline-level="1">{heading}</text:h>{"".join(f"<text:p>{p}</text:p>" for p in paragraphs)}'
        for heading, paragraphs in ITEMS[body]
    )
    text = f"<text:p>{title(body)}</text:p><text:p/><table:table>{rows}</table:table>{items}"
    level = '<text:outline-level-style text:level="1" style:num-format="1" style:num-suffix="."/>'
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    return packed(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"{head}<office:document-content {names}><office:body><office:text>{text}</office:text>"
            "</office:body></office:document-content>",
            "styles.xml": f"{head}<office:document-styles {names}><office:styles><text:outline-style>{level}"
            "</text:outline-style></office:styles></office:document-styles>",
        }
    )


def as_lines(body: str) -> list[str]:
    """The minutes as printed lines."""
    found = [title(body), "", "Til stede: " + ", ".join(f"{name} ({role})" for name, role in PEOPLE), ""]
    for number, (heading, paragraphs) in enumerate(ITEMS[body], 1):
        found += [f"{number}. {heading}", *paragraphs, ""]
    return found


def as_markdown(body: str) -> str:
    """The minutes in Markdown."""
    table = "\n".join(f"| {name} | {role} |" for name, role in (("Til stede", "Rolle"), ("---", "---"), *PEOPLE))
    items = "\n".join(
        f"## {number}. {heading}\n\n" + "\n\n".join(paragraphs) + "\n"
        for number, (heading, paragraphs) in enumerate(ITEMS[body], 1)
    )
    return f"# {title(body)}\n\n{table}\n\n{items}"


def as_html(body: str) -> str:
    """The minutes as a web page with what web pages have around."""
    items = "".join(f"<li><b>{h}</b>{''.join(f'<p>{p}</p>' for p in paragraphs)}</li>" for h, paragraphs in ITEMS[body])
    people = "".join(f"<li>{name} ({role})</li>" for name, role in PEOPLE)
    return (
        f'<!DOCTYPE html>\n<html lang="da"><head><meta charset="utf-8"><title>{body}</title></head>\n<body>'
        f"<nav><a href='/'>Forside</a></nav>\n<h1>{title(body)}</h1>\n<p>Til stede:</p><ul>{people}</ul>\n"
        f"<ol>{items}</ol>\n<script>count()</script></body></html>\n"
    )


def as_pdf(body: str) -> bytes:
    """A PDF of two pages with a running header and page numbers."""
    pdfmetrics.registerFont(TTFont(VERA, "Vera.ttf"))
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4, invariant=1)
    half = as_lines(body).index(f"2. {ITEMS[body][1][0]}")
    for page, lines in enumerate((as_lines(body)[:half], as_lines(body)[half:]), 1):
        canvas.setFont(VERA, 10)
        canvas.drawString(60, 800, f"{body} · bestyrelsen")
        for row, line in enumerate(lines):
            canvas.drawString(60, 760 - 14 * row, line)
        canvas.drawString(270, 40, f"Side {page} af 2")
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def as_scan(body: str) -> bytes:
    """A PDF that holds only the picture of a page."""
    dots = 150
    page = Image.new("L", (round(A4[0] / 72 * dots), round(A4[1] / 72 * dots)), 255)
    font = ImageFont.truetype(str(Path(pdfmetrics.__file__).parent.parent / "fonts" / "Vera.ttf"), 21)
    ImageDraw.Draw(page).multiline_text((90, 110), "\n".join(as_lines(body)), fill=0, font=font, spacing=10)
    page = page.point(lambda shade: 255 if shade > 127 else 0).convert("1")
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4, invariant=1)
    canvas.drawImage(ImageReader(page), 0, 0, *A4)
    canvas.save()
    return file.getvalue()


def packed(members: Mapping[str, str | bytes]) -> bytes:
    """A zip of these members, each of the same date."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name, _THEN), data, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def main() -> None:
    """Write the files."""
    boats, water = ITEMS
    FORMATS.mkdir(exist_ok=True)
    for name, data in {
        "baadelaug.docx": as_word(boats),
        "baadelaug.odt": as_odt(boats),
        "baadelaug.pdf": as_pdf(boats),
        "baadelaug.html": as_html(boats).encode(),
        "vandvaerk.md": as_markdown(water).encode(),
        "vandvaerk-skannet.pdf": as_scan(water),
        "arkiv.zip": packed({"2026/vandværk.docx": as_word(water), "2026/vandværk.html": as_html(water)}),
    }.items():
        (FORMATS / name).write_bytes(data)


if __name__ == "__main__":
    main()
