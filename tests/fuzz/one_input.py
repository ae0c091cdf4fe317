"""What must hold of any bytes: one input of the fuzzer, read and processed to its records.

The first byte names the reader (`KINDS`; a capital one only reads, which is fast), the rest is the file. Word and ODT
files come as the XML of their parts with a null byte between two: in a packed file a changed byte would only break the
packing.
"""

from __future__ import annotations

import io
import json
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from pathlib import Path

from pipeline.document import Document, apply_edits
from pipeline.errors import UnreadableError
from pipeline.evaluate.grounding import check_grounding
from pipeline.lexicon import Lexicon
from pipeline.read import read
from pipeline.read.archive import load_member, member_names
from pipeline.records import STREAMS, rows, to_minutes
from pipeline.repair import repair
from pipeline.stages import process

__all__ = ["KINDS", "hold", "take"]

LEXICON = Lexicon.load()
process(Document(id="first", source="Referat"), LEXICON)  # loads what is loaded at first use
_SECONDS, _SECONDS_A_CHARACTER = 2.0, 0.002
"""Of CPU time: a page takes 0.06, and five times that while the fuzzer looks on."""
_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_WORD = ("document", "numbering", "styles", "footnotes", "header")
_ODT = ("content.xml", "styles.xml", "META-INF/manifest.xml")


def take(data: bytes) -> None:
    """Read and process one input; raises `AssertionError`, or what referat raises, where something does not hold."""
    kind = KINDS.get(data[:1].lower(), _text)
    for file, name in kind(data[1:]):
        try:
            document = read(file, name)
        except UnreadableError:
            continue
        document.source.encode()  # no half of a pair of surrogates
        if not data[:1].isupper():
            hold(document)


def hold(document: Document) -> None:
    """Process a document that was read and assert what holds of every one."""
    document, spent = _timed(document)
    if spent > _SECONDS + _SECONDS_A_CHARACTER * len(document.source):
        document, spent = _timed(document)  # once may be the machine's fault
    assert spent < _SECONDS + _SECONDS_A_CHARACTER * len(document.source), f"{spent:.1f} s of CPU time"
    record = to_minutes(document).model_dump(mode="json", by_alias=True)
    json.dumps(record, allow_nan=False).encode()
    for stream in STREAMS:
        json.dumps(list(rows(record, stream)), allow_nan=False)
    faults = check_grounding(record)[1]
    assert not faults, faults[0]
    for start, end, source_start, source_end in _places(record):
        assert 0 <= start <= end <= len(document.text)
        assert document.source_span(start, end) == (source_start, source_end)
        assert document.text[start:end] in _repaired(document, source_start, source_end)
    _tiled(document)
    again = repair(Document(id="again", source=document.text), LEXICON)
    assert not again.edits, again.edits[0]


def _timed(document: Document) -> tuple[Document, float]:
    """The document processed, and the CPU seconds that it took to its record."""
    started = time.process_time()
    done = process(Document(id=document.id, source=document.source, origin=document.origin), LEXICON)
    to_minutes(done)
    return done, time.process_time() - started


def _places(node: object) -> Iterator[tuple[int, int, int, int]]:
    """The spans of every grounded value of a record."""
    if isinstance(node, Mapping):
        if "source_start" in node:
            yield node["start"], node["end"], node["source_start"], node["source_end"]
        for value in node.values():
            yield from _places(value)
    elif isinstance(node, list):
        for value in node:
            yield from _places(value)


def _repaired(document: Document, start: int, end: int) -> str:
    """What the edits make of a stretch of the source."""
    inside = [edit for edit in document.edits if start <= edit.start and edit.end <= end]
    return apply_edits(
        document.source[start:end], (edit._replace(start=edit.start - start, end=edit.end - start) for edit in inside)
    )


def _tiled(document: Document) -> None:
    """Assert that items follow one another and that the sections of each fill it, and that notices point inside."""
    spans = [(item.start, item.end) for item in document.items]
    assert spans == sorted(spans)
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))
    for item in document.items:
        edges = [item.heading.end if item.sections[0].start else 0, *(section.end for section in item.sections)]
        assert item.sections[-1].end == item.end
        assert [section.start for section in item.sections[1:]] == edges[1:-1]
    for notice in document.notices:
        assert notice.start is None or 0 <= notice.start <= (notice.end or 0) <= len(document.text)


Files = Iterator[tuple[bytes, str]]


def _text(data: bytes) -> Files:
    yield data, "fuzz.txt"


def _markdown(data: bytes) -> Files:
    yield data, "fuzz.md"


def _html(data: bytes) -> Files:
    yield data, "fuzz.html"


def _word(data: bytes) -> Files:
    parts = dict(zip(_WORD, data.split(b"\0"), strict=False))
    main = "/word/document.xml"
    types = "".join(
        f'<Override PartName="/word/{part}.xml" ContentType="{_KIND}{part}{".main" * (part == _WORD[0])}+xml"/>'
        for part in parts
    )
    relations = "".join(
        f'<Relationship Id="r{part}" Type="{_RELATION}{part}" Target="{part}.xml"/>'
        for part in _WORD[1:]
        if part in parts
    )
    head = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    yield (
        _packed(
            {
                "[Content_Types].xml": (
                    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
                    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
                    f"{types}</Types>"
                ),
                "_rels/.rels": (
                    f'{head}<Relationship Id="r" Type="{_RELATION}officeDocument" Target="{main}"/></Relationships>'
                ),
                "word/_rels/document.xml.rels": f"{head}{relations}</Relationships>",
                **{f"word/{part}.xml": content for part, content in parts.items()},
            }
        ),
        "fuzz.docx",
    )


def _odt(data: bytes) -> Files:
    parts = dict(zip(_ODT, data.split(b"\0"), strict=False))
    yield _packed({"mimetype": "application/vnd.oasis.opendocument.text", **parts}), "fuzz.odt"


def _packed(members: Mapping[str, str | bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def _archive(data: bytes) -> Files:
    """The members of a zip, and the zip itself as a file."""
    yield data, "fuzz.zip"
    with tempfile.NamedTemporaryFile(suffix=".zip") as file:
        file.write(data)
        file.flush()
        try:
            names = member_names(Path(file.name))
        except UnreadableError:
            return
        for name in names:
            try:
                yield load_member(Path(file.name), name), name
            except UnreadableError:
                continue


KINDS: dict[bytes, Callable[[bytes], Files]] = {
    b"t": _text,  # PDF too: the content says what it is
    b"m": _markdown,
    b"h": _html,
    b"w": _word,
    b"o": _odt,
    b"z": _archive,
}
