"""The stage `segment`: lines, meeting header and agenda items."""

from __future__ import annotations

from dataclasses import replace

from pipeline.document import Document
from pipeline.layout import read_lines
from pipeline.lexicon import Lexicon
from pipeline.segment.headings import Page
from pipeline.segment.items import agenda_items

__all__ = ["segment"]


def segment(document: Document, lexicon: Lexicon) -> Document:
    r"""The document with its lines, its meeting's header and its agenda items.

    >>> lexicon = Lexicon.load()
    >>> done = segment(Document(id="a", source="1. Broen (B)\nDen males.\n\n2. Eventuelt\nIntet.\n"), lexicon)
    >>> [(item.number, item.title, item.kind) for item in done.items]
    [('1', 'Broen', 'decision'), ('2', 'Eventuelt', None)]
    """
    page = Page(document.text, read_lines(document.text), lexicon)
    return replace(document, lines=page.lines, items=agenda_items(page))
