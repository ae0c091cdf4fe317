"""Trains the network for names: news, minutes and invented sentences, clean, damaged and repaired.

Whatever is made stays in the folder for work in progress; spaCy keeps the best network so far beside it.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import ConfigurationError
from pipeline.files import make_folder
from pipeline.lexicon import Lexicon
from pipeline.train.invented import Inventor, read_frames
from pipeline.train.labelled import Labelled, damaged, read_conllu, repaired
from pipeline.train.minutes import DEVELOP, read_minutes

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

__all__ = ["train_ner"]

_FILLED = 8  # times that each frame is filled with invented names
_RENAMED = 2  # times that a gold sentence gets other names
_TRAIN, _DEV = "ddt_train_ner_pos_cdtdep.conllu", "ddt_dev_ner_pos_cdtdep.conllu"


def train_ner(data: Path, corpus: Path, work: Path, target: Path, tell: Callable[[str], None]) -> None:
    """Rebuild ner/ under `target`, a models folder, from its config.cfg.

    `data` holds ner/ddt_{train,dev}_ner_pos_cdtdep.conllu, `corpus` gold/, names/sentences.txt and names/pieces.toml.
    Raises `ConfigurationError` when one of them is missing.
    """
    config = target / "ner" / "config.cfg"
    for needed in (
        data / "ner" / _TRAIN,
        data / "ner" / _DEV,
        corpus / "names",
        corpus / "gold",
        config,
    ):
        if not needed.exists():
            raise ConfigurationError(f"{needed} is missing; see models/ner/CARD.md for what training reads")
    import spacy
    from spacy.training.initialize import init_nlp
    from spacy.training.loop import train
    from spacy.util import load_config

    import pipeline.find.word_classes  # noqa: F401 -- registers the component that the config names

    made = work / "ner"
    make_folder(made)
    lexicon = Lexicon.load(target)
    blank = spacy.blank("da")
    for name, examples in (("train", _training), ("dev", _development)):
        if not (made / f"{name}.spacy").exists():
            tell(f"{name}: making sentences")
            _save(examples(data, corpus, lexicon), blank, made / f"{name}.spacy")
    paths = {f"paths.{name}": str(made / f"{name}.spacy") for name in ("train", "dev")}
    network = init_nlp(load_config(config, overrides=paths))
    train(network, made, stdout=sys.stderr, stderr=sys.stderr)
    _publish(spacy.load(made / "model-best"), config.parent)
    tell(f"done; {made} may be removed")


def _training(data: Path, corpus: Path, lexicon: Lexicon) -> list[Labelled]:
    """All sentences to learn from: clean, some damaged, and repaired where repair left something wrong."""
    news = list(read_conllu(data / "ner" / _TRAIN))
    minutes = read_minutes(corpus / "gold", lexicon, last=DEVELOP - 1)
    inventor = Inventor(lexicon, corpus / "names" / "pieces.toml")
    made = [inventor.fill(frame) for _ in range(_FILLED) for frame in read_frames(corpus / "names" / "sentences.txt")]
    renamed = [inventor.renamed(one) for one in (*news, *minutes) if one.labels for _ in range(_RENAMED)]
    clean = [*news, *minutes, *renamed, *made]
    spoilt = list(damaged(clean, lexicon.directory / "repair" / "channel.tsv"))
    mended = list(repaired(spoilt, lexicon))
    sentences = [*clean, *news, *_changed(clean, spoilt)[::4], *_changed(clean, mended)]
    random.Random(5).shuffle(sentences)  # noqa: S311 -- an order, no secret
    return sentences


def _development(data: Path, corpus: Path, lexicon: Lexicon) -> list[Labelled]:
    """The sentences that say which network is best: news, clean and damaged and repaired, and minutes."""
    clean = list(read_conllu(data / "ner" / _DEV))
    spoilt = list(damaged(clean, lexicon.directory / "repair" / "channel.tsv"))
    return [*clean, *repaired(spoilt, lexicon), *read_minutes(corpus / "gold", lexicon, first=DEVELOP)]


def _changed(clean: Sequence[Labelled], other: Sequence[Labelled]) -> list[Labelled]:
    return [now for was, now in zip(clean, other, strict=True) if was.text != now.text]


def _save(sentences: Iterable[Labelled], blank: Language, path: Path) -> None:
    from spacy.tokens import DocBin

    DocBin(attrs=["ENT_TYPE", "ENT_IOB"], docs=(_doc(sentence, blank) for sentence in sentences)).to_disk(path)


def _doc(sentence: Labelled, blank: Language) -> Doc:
    """The sentence as spaCy has it; a name that ends inside a token takes the whole token."""
    from spacy.util import filter_spans

    doc = blank.make_doc(sentence.text)
    found = [doc.char_span(*label, alignment_mode="expand") for label in sentence.labels]
    spans = filter_spans([span for span in found if span is not None])
    sure, unsure = [span for span in spans if span.label_], [span for span in spans if not span.label_]
    doc.set_ents(sure, missing=unsure, default="outside")
    return doc


def _publish(network: Language, folder: Path) -> None:
    """Write the network without what only its training needs; the config is complete, so that it can train again."""
    network.config["paths"] |= {"train": None, "dev": None}
    network.meta |= {"name": "referat_names", "license": "CC BY-SA 4.0", "performance": {}, "vectors": {}}
    network.to_disk(folder, exclude=["vocab"])
