"""referat: Danish minutes into data.

    from pipeline import Document, Lexicon, process

    minutes = process(Document(id="a", source="…"), Lexicon.load())

Names are loaded when first asked for, so that the command starts quickly.
"""

import os
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.document import Document
    from pipeline.lexicon import Lexicon
    from pipeline.stages import STAGES, process

# Matrices here are small: more threads only wait for one another. Takes effect where numpy was not loaded before.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

__all__ = ["STAGES", "Document", "Lexicon", "process"]
__version__ = "0.1.0"

_HOMES = {
    "Document": "pipeline.document",
    "Lexicon": "pipeline.lexicon",
    "STAGES": "pipeline.stages",
    "process": "pipeline.stages",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'pipeline' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
