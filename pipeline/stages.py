"""The stages in their order, and the one function that runs them."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce

from pipeline.calibrate import calibrate
from pipeline.document import Document
from pipeline.extract import extract
from pipeline.lexicon import Lexicon
from pipeline.repair import repair
from pipeline.segment import segment

__all__ = ["STAGES", "Stage", "process"]

Stage = Callable[[Document, Lexicon], Document]
STAGES: tuple[Stage, ...] = (repair, segment, extract, calibrate)


def process(document: Document, lexicon: Lexicon) -> Document:
    """The document with every stage's fields filled: repaired, segmented, its values extracted, their odds weighed.

    >>> document = Document(id="a", source="1. Regnskab\\nGodkendt.\\n\\n2. Eventuelt\\nIntet.\\n")
    >>> [item.title for item in process(document, Lexicon.load()).items]
    ['Regnskab', 'Eventuelt']
    """
    return reduce(lambda done, stage: stage(done, lexicon), STAGES, document)
