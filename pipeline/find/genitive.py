"""Names without the s of the genitive."""

from __future__ import annotations

import regex

from pipeline.lexicon.names import Names

__all__ = ["without_genitive"]

_APOSTROPHE = regex.compile(r"['’]s?$")


def without_genitive(form: str, names: Names, parts: set[str]) -> str:
    """The word without the s of the genitive, where what is left is the better name.

    `parts` are words that are names elsewhere in the same text.

    >>> from pipeline.lexicon import Lexicon
    >>> names = Lexicon.load().names
    >>> without_genitive("Idas", names, set()), without_genitive("Jens", names, set())
    ('Ida', 'Jens')
    """
    bare = _APOSTROPHE.sub("", form)
    if bare != form:
        return bare
    if form in parts or not form.endswith("s"):
        return form
    stem = form[:-1]
    known, stem_known = names.count(form), names.count(stem)
    if stem in parts or stem_known.first + stem_known.family > 3 * (known.first + known.family):
        return stem
    return form
