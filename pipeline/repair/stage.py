from __future__ import annotations

from pipeline.document import Document
from pipeline.lexicon import Lexicon

__all__ = ["repair"]


def repair(document: Document, lexicon: Lexicon) -> Document:
    return document
