"""Files of every format become text that keeps its layout; what cannot be read gets one clear line."""

import contextlib
import io
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_files import Line, image, lines, odt, packed, pdf, scanned, word
from PIL import Image

from pipeline import Lexicon
from pipeline.document import Document
from pipeline.errors import UnreadableError
from pipeline.layout import read_lines
from pipeline.read import read
from pipeline.read.archive import load_member, member_names
from pipeline.read.ocr import INSTALL, danish_ocr
from pipeline.read.text import decode
from pipeline.stages import process, read_again

LEXICON = Lexicon.load()

MINUTES = """Referat af møde i Havneudvalget den 4. marts 2025

1. Ny kaj
Udvalget godkendte anlægget.

2. Eventuelt
Intet."""
DAMAGED = """Referat af mgde i Havneudvalget den 4. marts 2025
1. Ny kaj
Pa mgdet gnskede formanden, at anleegget blev ferdigt fgr naeste ar.
Udvalget godkendte anleegget og rejste sporgsmalet om gkonomien."""

_HTML = "<!DOCTYPE html><title>Havnen</title><nav>Forside</nav>" + "".join(f"<p>{x}</p>" for x in MINUTES.split("\n"))
_ODT = odt("".join(f"<text:p>{line}</text:p>" for line in MINUTES.split("\n")))
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

FORMATS = [
    ("a.txt", MINUTES.encode(), "text/plain", "text", None),
    ("a.txt", MINUTES.encode("utf-16"), "text/plain", "text", None),
    ("a.txt", MINUTES.encode("cp1252"), "text/plain", "text", None),
    ("a.txt", MINUTES.replace("\n2.", "\n\f2.").encode(), "text/plain", "text", 2),
    ("a.txt", b"BM " + MINUTES.encode(), "text/plain", "text", None),
    ("a.md", MINUTES.replace("1. Ny", "## 1. Ny").encode(), "text/markdown", "Markdown", None),
    ("a.html", _HTML.encode(), "text/html", "HTML", None),
    ("a.txt", _HTML.encode("utf-16"), "text/html", "HTML", None),
    ("a.aspx", b'<meta charset="iso-8859-1">' + _HTML.encode("latin-1"), "text/plain", "text", None),
    ("a.htm", b'<meta charset="iso-8859-1">' + _HTML.encode("latin-1"), "text/html", "HTML", None),
    ("a.docx", word(*MINUTES.split("\n")), _WORD, "Word", None),
    ("a.pdf", word(*MINUTES.split("\n")), _WORD, "Word", None),
    ("a.odt", _ODT, "application/vnd.oasis.opendocument.text", "ODT", None),
    ("a.pdf", pdf([lines(MINUTES)]), "application/pdf", "text layer", 1),
    ("a", b"sent by the scanner\n" + pdf([lines(MINUTES)]), "application/pdf", "text layer", 1),
]


@pytest.mark.parametrize(("name", "data", "media_type", "read_by", "pages"), FORMATS)
def test_every_format(name: str, data: bytes, media_type: str, read_by: str, pages: int | None) -> None:
    document = read(data, f"2025/{name}")
    assert (document.origin.media_type, document.origin.read_by, document.origin.pages) == (media_type, read_by, pages)
    assert document.origin.path == f"2025/{name}"
    if name != "a.aspx" and not data.startswith(b"BM"):
        assert document.source.split() == MINUTES.split()
        assert [item.title for item in process(document, LEXICON).items] == ["Ny kaj", "Eventuelt"]


@pytest.mark.parametrize("quotes", ["»Nej«, sagde hun", "“Nej”, sagde hun", "”Nej”, sagde hun", "‘a’ – ’b’ … ½ ﬁ é"])
def test_clean_text_is_left_alone(quotes: str) -> None:
    assert decode(quotes.encode()) == quotes


PDF_PAGES: dict[str, tuple[list[Line], list[str]]] = {
    "cells of a table stand below each other": (
        [(60, 60, "Navn"), (250, 60, "Rolle"), (60, 72, "Åse Brink Andersen"), (250, 72, "formand")],
        ["Navn                                  Rolle", "Åse Brink Andersen                    formand"],
    ),
    "a gap is a blank line, twice as much two": (
        [(60, 60, "Referat af møde"), (60, 72, "i udvalget"), (60, 96, "1. Kaj"), (60, 132, "2. Bro")],
        ["Referat af møde", "i udvalget", "", "1. Kaj", "", "", "2. Bro"],
    ),
    "the order on the page counts, not that in the file": (
        [(60, 84, "sidst"), (60, 60, "først"), (60, 72, "så")],
        ["først", "så", "sidst"],
    ),
    "a hyphen at a line's end stays": (
        [(60, 60, "Udvalget godkender be-"), (60, 72, "slutningen")],
        ["Udvalget godkender be-", "slutningen"],
    ),
    "double spacing is no gap": (
        [(60, 60 + 23 * n, f"linje {n}") for n in range(4)],
        [f"linje {n}" for n in range(4)],
    ),
    "what is printed twice for bold counts once": (
        [(60, 60, "Referat"), (60.3, 60, "Referat")],
        ["Referat"],
    ),
}


@pytest.mark.parametrize("name", PDF_PAGES)
def test_pdf_layout(name: str) -> None:
    placed, expected = PDF_PAGES[name]
    assert read(pdf([placed]), "a.pdf").source.rstrip("\n").split("\n") == expected


def test_newspaper_columns_are_read_one_after_the_other() -> None:
    left = [f"venstre spalte har linje nummer {n} her" for n in range(8)]
    right = [f"højre spalte har også linje nummer {n}" for n in range(8)]
    placed = [(40, 100 + 12 * n, text) for n, text in enumerate(left)]
    placed += [(320, 100 + 12 * n, text) for n, text in enumerate(right)]
    source = read(pdf([[(40, 60, "Referat"), *placed]]), "a.pdf").source
    assert [line for line in source.split("\n") if line] == ["Referat", *left, *right]


def test_pages_begin_with_a_form_feed_and_their_furniture_is_known() -> None:
    bodies = ["\n".join(f"Der blev talt om {what} og {n} veje." for n in range(20)) for what in ("bro", "kaj", "mur")]
    pages = [
        [(60, 30, "Vejlauget, bestyrelsen"), *lines(body, top=80), (300, 800, f"Side {n} af 3")]
        for n, body in enumerate(bodies, 1)
    ]
    document = read(pdf(pages), "a.pdf")
    assert document.source.count("\n\f") == 2
    furniture = [
        document.source[line.start : line.end].strip() for line in read_lines(document.source) if line.furniture
    ]
    assert sorted(furniture) == ["Side 1 af 3", "Side 2 af 3", "Side 3 af 3", *["Vejlauget, bestyrelsen"] * 2]


HTML = {
    "<p>en<br>to</p><p>tre</p>": "en\nto\n\ntre",
    "<ol start=3><li>Regnskab<ol type=a><li>del</ol><li>Bro</ol>": "3. Regnskab\n    a. del\n4. Bro",
    "<ul><li>et<li><p>to</p></ul>": "• et\n\n• to",
    "<table><tr><td>Navn<td>Rolle<tr><td>Åse Brink<td>formand</table>": "Navn        Rolle\nÅse Brink   formand",
    f"<table><tr><td>1.<td>Kaj<td>{'a' * 60}</table>": f"1.   Kaj\n{'a' * 60}",
    "<p>a<script>x</script><style>y</style><span hidden>z</span><del>q</del>b": "ab",
    "<pre>Navn    Rolle\nÅse     formand</pre>": "Navn    Rolle\nÅse     formand",
    "<%@ Page %><p>a&nbsp;&amp;\n  b &AElig;": "a & b Æ",
    "<div>a<div>b</div>c</div>": "a\nb\nc",
    "<table><tr><td>a<table><td>b</td><td>c</td></table></td><td>d</table>": "a\nb   c\nd",  # cells in no row
}


@pytest.mark.parametrize("page", HTML)
def test_html(page: str) -> None:
    assert read(f"<html><body>{page}".encode(), "a.html").source == HTML[page] + "\n"


MARKDOWN = {
    "# Referat\nTil stede: *Åse*\nAfbud: [Bo](http://a.dk)": "Referat\n\nTil stede: Åse\nAfbud: Bo",
    "3. Regnskab\n4. Bro\n   - pæl": "3. Regnskab\n4. Bro\n    • pæl",
    "| Navn | Rolle |\n|---|---|\n| Åse | formand |": "Navn   Rolle\nÅse    formand",
}


@pytest.mark.parametrize("page", MARKDOWN)
def test_markdown(page: str) -> None:
    assert read(page.encode(), "a.md").source == MARKDOWN[page] + "\n"


REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "empty"),
    "blank": (lambda: b" \n\n", "empty"),
    "noise": (lambda: bytes(range(256)) * 20, "binary"),
    "a PDF cut off": (lambda: pdf([lines(MINUTES)])[:400], "damaged"),
    "a PDF with a password": (lambda: pdf([lines(MINUTES)], encrypt="hemmelig"), "has a password.*without one"),
    "a PDF without a page's text": (lambda: pdf([[]]), "holds no text"),
    "a Word file cut off": (lambda: word("a")[:-100], "damaged"),
    "a Word file without its text": (lambda: packed({"[Content_Types].xml": "<a/>", "word/a": "b"}), "damaged"),
    "an empty Word file": (word, "holds no text"),
    "a Word bomb": (lambda: packed({"[Content_Types].xml": "<a/>", "word/document.xml": " " * 10**7}), "bomb"),
    "a Word file with a password": (lambda: b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "password"),
    "an old Word file": (lambda: b"\xd0\xcf\x11\xe0" + bytes(600), r"old Word file.*\.docx"),
    "a spreadsheet": (lambda: packed({"[Content_Types].xml": "<a/>", "xl/a": "b"}), "no text document"),
    "an ODT file with a password": (
        lambda: odt("", more={"META-INF/manifest.xml": "<manifest:encryption-data/>"}),
        "has a password",
    ),
    "an ODT file with an entity bomb": (
        lambda: packed(
            {
                "mimetype": "application/vnd.oasis.opendocument.text",
                "content.xml": '<!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;">]><a>&d;</a>',
            }
        ),
        "holds no text",
    ),
    "ODT tables a thousand deep": (lambda: odt("<table:table><table:table-row><table:table-cell>" * 1000), "damaged"),
    "ODT tables 30 deep": (
        lambda: odt(
            "<table:table><table:table-row><table:table-cell>" * 30
            + "</table:table-cell></table:table-row></table:table>" * 30
        ),
        "nested",
    ),
    "HTML tables a thousand deep": (lambda: b"<html>" + b"<table><tr><td>" * 1000 + b"a", "nested"),
    "an HTML page of scripts": (lambda: b"<html><script>alert(1)</script>", "no text"),
    "a zip": (lambda: packed({"a.txt": "a"}), "archive"),
    "an RTF file": (lambda: rb"{\rtf1 a}", "RTF"),
    "an image cut off": (lambda: image("a", "PNG")[:60], "damaged"),
    "an image bomb": (lambda: image("a", "PNG").replace(b"\x00\x00\x04\xd8", b"\x00\x00\xff\xff", 1), "pixels|damaged"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_gets_one_clear_line(name: str) -> None:
    make, said = REFUSED[name]
    with pytest.raises(UnreadableError, match=said) as refused:
        read(make(), "a.pdf")
    assert "\n" not in str(refused.value)
    assert refused.value.advice


@pytest.mark.parametrize(
    ("library", "extra", "data"),
    [
        ("pypdfium2", "pdf", pdf([lines(MINUTES)])),
        ("docx", "word", word("a")),
        ("lxml", "word", _ODT),
        ("lxml", "web", _HTML.encode()),
        ("PIL", "pdf", image("a", "PNG")),
    ],
)
def test_without_an_extra_the_line_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, library: str, extra: str, data: bytes
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(UnreadableError, match=rf"pip install 'referat\[{extra}\]'"):
        read(data, "a")


class _Ocr:
    """An OCR that reads the same on every page."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, name: str | None, text: str = MINUTES) -> None:
        for module in ("pdf", "images", "ocr"):
            monkeypatch.setattr(f"pipeline.read.{module}.danish_ocr", lambda: name)
        if name is not None:
            for module in ("pdf", "images"):
                monkeypatch.setattr(f"pipeline.read.{module}.recognise", lambda picture, dpi: text)


def test_scans_are_read_by_ocr_and_the_record_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    _Ocr(monkeypatch, "tesseract 5, dan")
    for data, media_type in ((scanned(MINUTES), "application/pdf"), (image(MINUTES, "JPEG"), "image/jpeg")):
        document = read(data, "a")
        assert (document.source, document.origin.pages) == (MINUTES + "\n", 1)
        assert (document.origin.media_type, document.origin.read_by) == (media_type, "tesseract 5, dan")


def test_without_ocr_a_scan_gets_a_line_that_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    _Ocr(monkeypatch, None)
    for data in (scanned(MINUTES), image("a", "TIFF")):
        with pytest.raises(UnreadableError) as refused:
            read(data, "a.pdf")
        assert refused.value.advice == INSTALL


def test_a_page_that_stays_unread_is_a_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    _Ocr(monkeypatch, None)
    document = read(scanned(MINUTES, layer=[(60, 20, "Bilag 3")]), "a.pdf")
    assert document.source == "Bilag 3\n"
    assert [(notice.code, notice.message.split(":")[0]) for notice in document.notices] == [
        ("unread-page", "page 1 is a picture and was not read")
    ]


@pytest.mark.parametrize(
    ("layer", "again"),
    [(DAMAGED, True), (MINUTES + "\nMødet sluttede, og alle gik hjem til aftensmad og avis.", False)],
)
def test_only_a_damaged_layer_is_read_again(monkeypatch: pytest.MonkeyPatch, layer: str, again: bool) -> None:
    _Ocr(monkeypatch, "tesseract 5, dan")
    data = scanned(MINUTES, layer=lines(layer))
    document = read(data, "a.pdf")
    assert document.origin.read_by == "text layer"
    reread = read_again(document, data, LEXICON)
    assert reread.origin.read_by == ("tesseract 5, dan" if again else "text layer")
    assert (reread.source == MINUTES + "\n") is again


def test_a_printed_pdf_is_never_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    _Ocr(monkeypatch, "tesseract 5, dan")
    data = pdf([lines(DAMAGED)])
    assert read_again(read(data, "a.pdf"), data, LEXICON).origin.read_by == "text layer"


def test_what_is_clear_in_a_picture_is_paper(monkeypatch: pytest.MonkeyPatch) -> None:
    _Ocr(monkeypatch, "tesseract 5, dan")
    monkeypatch.setattr(
        "pipeline.read.images.recognise", lambda picture, dpi: str(picture.convert("L").getpixel((4, 4)))
    )
    file = io.BytesIO()
    Image.new("RGBA", (9, 9), (0, 0, 0, 0)).save(file, "PNG")
    assert read(file.getvalue(), "a.png").source == "255\n"


@pytest.mark.skipif(not danish_ocr(), reason=f"no Danish OCR here: {INSTALL}")
def test_tesseract_reads_danish() -> None:
    document = read(image("Mødet på Åen blev afholdt.\n\nNavn: Søren Ærø", "PNG", dpi=(150, 150)), "a.png")
    assert document.source.split() == ["Mødet", "på", "Åen", "blev", "afholdt.", "Navn:", "Søren", "Ærø"]


FOLDER = Path(__file__).parent.parent / "corpus" / "formats"
BOATS, WATER = ["Regnskab", "Nyt slæbested", "Eventuelt"], ["Ny boring", "Takster"]


@pytest.mark.parametrize("path", sorted(FOLDER.iterdir()), ids=lambda path: path.name)
def test_the_formats_of_the_corpus(path: Path) -> None:
    if path.suffix == ".zip":
        members = [(name, load_member(path, name)) for name in member_names(path)]
        assert [name for name, _ in members] == ["2026/vandværk.docx", "2026/vandværk.html"]
    else:
        members = [(path.name, path.read_bytes())]
    if "skannet" in path.name and not danish_ocr():
        pytest.skip(f"no Danish OCR here: {INSTALL}")
    for name, data in members:
        document = process(read(data, name), LEXICON)
        assert [item.title for item in document.items] == (WATER if "vand" in name else BOATS)
        assert [item.number for item in document.items] == ["1", "2", "3"][: len(document.items)]
        assert {person.name for person in document.persons} == {"Åse Brink", "Jørn Ravn", "Bodil Sø-Madsen"}
        assert [amount.value for amount in document.amounts] == (["1200000", "4"] if "vand" in name else ["12400"])


_SEEDS = [data for _, data, *_ in FORMATS] + [image("a", "PNG"), image("a", "TIFF"), packed({"a.txt": "a"})]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_nothing_but_a_document_or_a_clear_line(data: st.DataObject) -> None:
    seed = data.draw(st.sampled_from(_SEEDS) | st.binary(max_size=300))
    changed = bytearray(seed[: data.draw(st.integers(0, len(seed)))] if data.draw(st.booleans()) else seed)
    for _ in range(data.draw(st.integers(0, 4))):
        if changed:
            changed[data.draw(st.integers(0, len(changed) - 1))] = data.draw(st.integers(0, 255))
    name = data.draw(st.sampled_from(["a.txt", "a.md", "a.html"]))
    with pytest.MonkeyPatch.context() as monkeypatch:
        _Ocr(monkeypatch, "tesseract 5, dan")
        with contextlib.suppress(UnreadableError):
            assert isinstance(read(bytes(changed), name), Document)
