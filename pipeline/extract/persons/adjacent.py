"""The title right before a name, and what the bracket right behind it says."""

from __future__ import annotations

import regex

from pipeline.find.brackets import BRACKET, Bracket, classify_bracket
from pipeline.find.names import NameMention
from pipeline.lexicon import Lexicon

__all__ = ["bracket_behind", "title_before"]

_TITLE = regex.compile(r"(?r)(?:^|[\s(])(?P<role>\p{L}[\p{L}-]{3,})\s$")


def title_before(text: str, start: int, lexicon: Lexicon) -> str | None:
    """The office or trade that stands right before a name; None where a first name does, or no such word.

    >>> title_before("Sekretær Ida Dam", 9, Lexicon.load())
    'Sekretær'
    """
    match = _TITLE.search(text[max(0, start - 40) : start])
    if match and lexicon.roles.group(match["role"]) and lexicon.names.first_score(match["role"]) < 0.5:
        return str(match["role"])
    return None


def bracket_behind(text: str, mention: NameMention, lexicon: Lexicon) -> Bracket | None:
    """The meaning of the bracket behind a name; None where none stands there.

    >>> bracket_behind("Ida Dam (KL)", NameMention(0, 7, "Ida Dam", "full", 0.9), Lexicon.load()).organisation
    'KL'
    """
    space = 1 if text[mention.end : mention.end + 1].isspace() else 0
    match = BRACKET.match(text, mention.end + space)
    if match is None:
        return None
    return classify_bracket(text, match.start(), match.end(), lexicon, after_name=mention.name)
