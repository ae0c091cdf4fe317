"""Word and ODT files: the numbers that Word shows, accepted changes, tables, headers and notes."""

import io
import zipfile
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from made_files import odt, packed, saved, word

from pipeline.errors import UnreadableError
from pipeline.read.odt import read_odt
from pipeline.read.word import read_word

_LEVELS = [("decimal", "Pkt. %1", 1), ("decimal", "%1.%2", 1), ("upperRoman", "%3)", 3), ("bullet", "\uf0b7", 1)]


def _element(markup: str) -> Any:
    name, _, rest = markup[1:].partition(" ")
    return parse_xml(f"<{name} {nsdecls('w')} {rest}")


def _with_lists() -> Any:
    """A document with a list of three levels and a bullet, and one that restarts it at 7."""
    document = docx.Document()
    levels = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="{start}"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for i, (kind, text, start) in enumerate(_LEVELS)
    )
    numbering = document.part.numbering_part.element
    numbering.insert(0, _element(f'<w:abstractNum w:abstractNumId="90">{levels}</w:abstractNum>'))
    numbering.append(_element('<w:num w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))
    restart = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride>'
    numbering.append(_element(f'<w:num w:numId="91"><w:abstractNumId w:val="90"/>{restart}</w:num>'))
    return document


def _listed(document: Any, text: str, level: int, number: int = 90) -> None:
    properties = document.add_paragraph(text)._p.get_or_add_pPr()
    properties.append(_element(f'<w:numPr ><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'))


def _lines(data: bytes) -> list[str]:
    return [line for line in read_word(data).split("\n") if line]


def test_lists_have_the_numbers_that_word_shows() -> None:
    document = _with_lists()
    for text, level, number in (
        *(("Regnskab", 0, 90), ("drift", 1, 90), ("anlæg", 1, 90), ("kaj", 2, 90), ("sten", 3, 90)),
        *(("Bro", 0, 90), ("under", 1, 90), ("Valg", 0, 91), ("Eventuelt", 0, 91)),
    ):
        _listed(document, text, level, number)
    assert _lines(saved(document)) == [
        "Pkt. 1 Regnskab",
        "    1.1 drift",
        "    1.2 anlæg",
        "        III) kaj",
        "            • sten",
        "Pkt. 2 Bro",
        "    2.1 under",
        "Pkt. 7 Valg",
        "Pkt. 8 Eventuelt",
    ]


@pytest.mark.parametrize(
    ("run", "shown"),
    [
        ("<w:del ><w:r><w:delText>nej</w:delText></w:r></w:del>", "a"),
        ("<w:moveFrom ><w:r><w:t>nej</w:t></w:r></w:moveFrom>", "a"),
        ("<w:ins ><w:r><w:t>ja</w:t></w:r></w:ins>", "aja"),
        ("<w:r ><w:rPr><w:vanish/></w:rPr><w:t>nej</w:t></w:r>", "a"),
        ("<w:r ><w:tab/><w:t>ja</w:t></w:r>", "a   ja"),
        ("<w:r ><w:noBreakHyphen/><w:t>ja</w:t></w:r>", "a-ja"),
        ("<w:r ><w:instrText>PAGE</w:instrText></w:r>", "a"),
        ("<w:hyperlink ><w:r><w:t>ja</w:t></w:r></w:hyperlink>", "aja"),
    ],
)
def test_runs(run: str, shown: str) -> None:
    document = docx.Document()
    document.add_paragraph("a")._p.append(_element(run))
    assert _lines(saved(document)) == [shown]


def test_headers_headings_and_tables() -> None:
    document = docx.Document(
        io.BytesIO(word("Title|Referat", "Heading 1|1. Kaj", [["Navn", "Rolle"], ["Åse", "formand"]]))
    )
    section = document.sections[0]
    section.header.paragraphs[0].text = "Havneudvalget"
    section.footer.paragraphs[0].text = "Side 1 af 2"
    assert read_word(saved(document)) == "Havneudvalget\n\nReferat\n\n1. Kaj\n\nNavn   Rolle\nÅse    formand\n"


def test_a_reference_to_a_part_that_is_missing_is_passed_over() -> None:
    with zipfile.ZipFile(io.BytesIO(word("Mødet blev hævet."))) as package:
        members = {name: package.read(name) for name in package.namelist() if "thumbnail" not in name}
    assert read_word(packed(members)) == "Mødet blev hævet.\n"


@pytest.mark.parametrize(("deep", "problem"), [(30, "nested"), (1000, "damaged")])
def test_tables_in_tables_end_somewhere(deep: int, problem: str) -> None:
    with zipfile.ZipFile(io.BytesIO(word("a"))) as package:
        members = {name: package.read(name) for name in package.namelist()}
    nested = "<w:tbl><w:tr><w:tc>" * deep + "<w:p/>" + "<w:p/></w:tc></w:tr></w:tbl>" * deep
    body = members["word/document.xml"].replace(b"<w:body>", b"<w:body>" + nested.encode())
    with pytest.raises(UnreadableError, match=problem):
        read_word(packed({**members, "word/document.xml": body}))


_STYLES = """<text:outline-style><text:outline-level-style text:level="1" style:num-format="1" style:num-suffix="."/>
</text:outline-style>"""
_LIST = """<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="1"
style:num-suffix=")"/><text:list-level-style-number text:level="2" style:num-format="a" text:display-levels="2"/>
<text:list-level-style-bullet text:level="3"/></text:list-style>"""
_NESTED = """<text:list text:style-name="L"><text:list-item><text:p>et</text:p><text:list><text:list-item>
<text:p>under</text:p><text:list><text:list-item><text:p>dybt</text:p></text:list-item></text:list></text:list-item>
</text:list></text:list-item><text:list-item><text:p>to</text:p></text:list-item></text:list>"""


def _row(*cells: str) -> str:
    texts = "".join(f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>" for cell in cells)
    return f"<table:table-row>{texts}</table:table-row>"


ODT = {
    '<text:h text:outline-level="1">Kaj</text:h><text:h text:outline-level="1">Bro</text:h>': ["1. Kaj", "2. Bro"],
    _NESTED: ["1) et", "    1.a under", "        • dybt", "2) to"],
    _NESTED * 2: ["1) et", "    1.a under", "        • dybt", "2) to"] * 2,
    f"<table:table>{_row('Navn', 'Rolle')}{_row('Åse', 'formand')}</table:table>": ["Navn   Rolle", "Åse    formand"],
    "<text:p>a<text:s text:c='4'/>b<text:tab/>c<text:line-break/>d</text:p>": ["a b   c", "d"],
    "<text:tracked-changes><text:p>nej</text:p></text:tracked-changes><text:p>ja</text:p>": ["ja"],
    "<text:p>a<office:annotation><text:p>nej</text:p></office:annotation>b</text:p>": ["ab"],
    "<text:p>a<text:note><text:note-body><text:p>note</text:p></text:note-body></text:note></text:p>": [
        "a[1]",
        "[1] note",
    ],
    "<text:section><text:p>ja</text:p></text:section>": ["ja"],
}


@pytest.mark.parametrize("body", ODT)
def test_odt(body: str) -> None:
    text = read_odt(odt(body, styles=_STYLES, automatic=_LIST))
    assert [line for line in text.split("\n") if line] == ODT[body]
