"""What the word lists say of each word, as a tag: the network for names reads it beside the word itself."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from spacy.language import Language

from pipeline.lexicon import Lexicon

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["WordClasses", "word_class"]

SELDOM, OFTEN = 1, 30
"""From so many occurrences in 10 million tokens a form is known, and well known, as a word or as a name."""


@lru_cache(maxsize=200_000)
def word_class(form: str, lexicon: Lexicon) -> str:
    """One letter for each list: first name, family name, place, organisation, role, common word, proper name.

    0 is unknown; 1 and 2 are little and well known.

    >>> lexicon = Lexicon.load()
    >>> word_class("Karen", lexicon), word_class("bestyrelsen", lexicon), word_class("Norddal", lexicon)
    ('2200012', '0000022', '0200000')
    """
    bare = form[:-1] if len(form) > 3 and form[-1] == "s" else form
    counts = lexicon.words.figures(form.lower())
    common, proper = _grade(counts.common), _grade(counts.proper)
    if not form[:1].isupper():
        role = int(len(form) > 3 and lexicon.roles.group(form) is not None)
        return f"0000{role}{common}{proper}"
    names, organisations = lexicon.names, lexicon.organisations
    first, last = (max(score(form), score(bare)) for score in (names.first_score, names.last_score))
    place = int(names.is_place(form) or names.is_place(bare))
    head = form.partition("-")[0]
    organisation = int(any(organisations.lookup(one) for one in (form, bare, head) if len(one) > 1))
    role = int(len(form) > 3 and lexicon.roles.group(form) is not None)
    return f"{_score(first)}{_score(last)}{place}{organisation}{role}{common}{proper}"


def _grade(count: float) -> int:
    return (count >= SELDOM) + (count >= OFTEN)


def _score(score: float) -> int:
    return (score > 0.1) + (score >= 0.5)


class WordClasses:
    """Component: gives each token its `word_class` as tag, for the layers behind it to embed."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def __call__(self, doc: Doc) -> Doc:
        for token in doc:
            token.tag_ = word_class(token.text, self._lexicon)
        return doc


@Language.factory("word_classes")
def make_word_classes(nlp: Language, name: str) -> WordClasses:
    """The component, as spaCy makes it from a config."""
    return WordClasses(Lexicon.load())
