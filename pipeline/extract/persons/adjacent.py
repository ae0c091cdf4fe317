"""The title right before a name, and what the bracket right behind it says."""

from __future__ import annotations

import regex

from pipeline.find.brackets import BRACKET, Bracket, classify_bracket
from pipeline.find.names import NameMention
from pipeline.lexicon import Lexicon

__all__ = ["bracket_behind", "office_apposed", "title_before"]

_TITLE = regex.compile(r"(?r)(?:^|[\s(])(?P<role>\p{L}[\p{L}-]{3,})\s$")

_APPOSED = regex.compile(r"(?r)(?<!\p{L}[,;:]\s)(?<!\p{L})(?P<role>\p{L}{5,}e[nt]),\s$")
"""Opens or ends a clause, and no entry of a list: "Formanden, ", "forelagt af kassereren, "."""
_CLOSES = regex.compile(r"\s?[,.:;]")


def title_before(text: str, start: int, lexicon: Lexicon) -> str | None:
    """The office or trade that stands right before a name; None where a first name does, or no such word.

    >>> title_before("Sekretær Ida Dam", 9, Lexicon.load())
    'Sekretær'
    """
    match = _TITLE.search(text[max(0, start - 40) : start])
    if match and lexicon.roles.group(match["role"]) and lexicon.names.first_score(match["role"]) < 0.5:
        return str(match["role"])
    return None


def office_apposed(text: str, mention: NameMention, lexicon: Lexicon) -> str | None:
    """The office in the definite form that a name explains; None in a list, where it belongs to the one before.

    >>> ida = NameMention(11, 18, "Ida Dam", "full", 0.9)
    >>> office_apposed("Formanden, Ida Dam, bød velkommen.", ida, Lexicon.load())
    'Formanden'
    """
    match = _APPOSED.search(text[max(0, mention.start - 40) : mention.start])
    if match and _CLOSES.match(text, mention.end) and lexicon.roles.group(match["role"]):
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
