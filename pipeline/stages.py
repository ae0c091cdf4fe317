"""The stages in their order, and the one function that runs them."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce

from pipeline.document import Document
from pipeline.extract import extract
from pipeline.lexicon import Lexicon
from pipeline.read import TEXT_LAYER, read
from pipeline.repair import repair
from pipeline.segment import segment

__all__ = ["STAGES", "Stage", "process", "read_again"]

Stage = Callable[[Document, Lexicon], Document]
STAGES: tuple[Stage, ...] = (repair, segment, extract)


def process(document: Document, lexicon: Lexicon) -> Document:
    """The document with every stage's fields filled: repaired, segmented, its values extracted.

    >>> document = Document(id="a", source="1. Regnskab\\nGodkendt.\\n\\n2. Eventuelt\\nIntet.\\n")
    >>> [item.title for item in process(document, Lexicon.load()).items]
    ['Regnskab', 'Eventuelt']
    """
    return reduce(lambda done, stage: stage(done, lexicon), STAGES, document)


def read_again(document: Document, data: bytes, lexicon: Lexicon) -> Document:
    """The document as the Danish OCR model reads its page images, where its text layer is damaged; else as it is.

    Only the damage gate knows what damage is, and it belongs to repair, which reading may not ask: so the two meet
    here. A sound layer stays, because OCR makes it worse; repairing a layer only to ask the gate costs a hundredth of
    reading a page again. `data` are the bytes that the document was read from.

    Raises `UnreadableError` as `read` does.
    """
    if TEXT_LAYER not in document.origin.read_by:
        return document
    damage = repair(document, lexicon).damage
    return read(data, document.origin.path, ocr=True) if damage and damage.damaged else document
