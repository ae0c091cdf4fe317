"""Where running text begins behind a title on its line, with nothing but a capital to part them."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from pipeline.segment.headings import Page

__all__ = ["DONE", "opens_with_doer", "title_before_text"]

LONGEST = 90
MOST_WORDS = 10
"""A title in front of text has so many words at most."""
ORDINARY = 2
"""A word that is no name is so many times as often one as it is a name."""
COMMON = 1000
"""So often does a word occur that is hardly ever part of a name."""

_WORD = regex.compile(r"\S+?(?:(?=\s|$)|(?<=\p{Ll}{4}|\d)(?=\p{Lu}\p{Ll}{2}))")
"""A word, or one of two between which a line break was lost: "SkuretTrænger til maling"."""
_JOINS = regex.compile(
    r"(?i)(?:og|eller|samt|at|af|for|i|på|til|med|den|det|de|en|et|om|ved|fra|hos|under|efter|mellem|mod|vedr\.?|vedrørende"
    r"|ang\.?|angående|v|v/|s|hr|fru|dr|vor[et]?s?|dens|deres|\S*[(/–&-]|\W+)"
)
"""Behind such a word a capital goes on with the title: "Temadag i Ribe", "Syn - Kirker"."""
_STOPS = regex.compile(
    r"(?:(?<!\b(?:\p{L}|\p{L}{2}|evt|vedr|ang|godk|ref|best|inkl|incl|ekskl|pkt|\d{1,2}))[.]|[:;!?])\W?$"
)
"""A word that ends so ends the title."""
_OPENS = regex.compile(r"[\"”»“]?(?P<word>\p{Lu}[\p{L}-]*)(?=[\s.,:;!?)\"”»“]|$)")
_TOLD = regex.compile(r"(?P<name>\p{Lu}[\p{L}-]*)(?:\s\p{Lu}[\p{L}.-]*){0,2}\s(?P<verb>\p{Ll}{2,20})\b")
_VERBAL = regex.compile(r"\p{Ll}(?:er|ede|te)$")
"""Behind a name, a word that may be its verb."""
_DEFINITE = regex.compile(r"\p{Ll}{2}(?:en|et|ne)$")
_SENTENCE = regex.compile(r"(?:\S+\s+){5,60}?\S*(?:\p{L}{2}|\d{4})[.!?](?:\s|$)")
DONE = regex.compile(
    r"(?i)^(?:\p{L}+\s)?(?:godkendt|genvalgt|valgt|vedtaget|afvist|udsat|udskudt|fremlagt|oplæst|drøftet|gennemgået|udgår"
    r"|(?:taget\s)?til efterretning|intet|ingen|uændret|ok)\b"
)
"""A verdict, and no title."""


def title_before_text(page: Page, start: int, end: int) -> int | None:
    """The end of the title where a sentence follows it on the line.

    "Temadag i Ribe Vi har fået 27 tilmeldinger." ends behind "Ribe". None where the line may be one title: without
    text that has a verb or a full stop, or with a name where the sentence would begin.
    """
    line = page.text[start:end]
    for at in _breaks(page, line):
        title, rest = line[:at].rstrip(), line[at:]
        done = page.match("items", "usual", title) is not None and DONE.match(rest)
        if (page.match("items", "finite", title) and not done) or _names_someone(page, title):
            return None
        if done or _is_text(page, rest):
            return start + len(title)
    return None


def _breaks(page: Page, line: str) -> Iterator[int]:
    """Where a sentence may begin: at a capital inside the line, behind a word that does not ask for a name."""
    before = ""
    for n, match in enumerate(_WORD.finditer(line[:LONGEST])):
        opens = _OPENS.match(line, match.start())
        capitals = before.isupper() and match.group().isupper()
        if (
            n
            and opens
            and not capitals
            and not _JOINS.fullmatch(before)
            and (line[match.start() - 1].isspace() or _ends(page, line[: match.start()]))
            and _may_open(page, line, opens, before if n > 1 else "")
        ):
            yield match.start()
        before = match.group()
        if n >= MOST_WORDS or _STOPS.search(before):
            return


def _ends(page: Page, title: str) -> bool:
    """Whether a title may end inside a word: with a definite noun, a figure, or as one that agendas usually have."""
    known = page.match("items", "usual", title) is not None
    return known or title[-1].isdigit() or _DEFINITE.search(title) is not None


def _may_open(page: Page, line: str, opens: regex.Match[str], before: str) -> bool:
    """Whether a word with a capital opens a sentence: an ordinary word, or a first name that is followed by a verb.

    `before` is the word before it, empty for the first of the title: behind one with a capital it may be of the same
    name, if it is no common word.
    """
    word, words, names = opens["word"], page.lexicon.words, page.lexicon.names
    if names.is_first(word):
        return not names.is_name(before) and opens_with_doer(page, line[opens.start("word") :])
    count = words.count(word)
    named = before[:1].isupper() and (names.is_name(before) or not _DEFINITE.search(before))
    common = count >= COMMON or not named or _DEFINITE.search(word) is not None
    return common and count > ORDINARY * words.proper_count(word)


def opens_with_doer(page: Page, text: str) -> bool:
    """Whether a text opens with somebody's first name and a word that may be the verb: "Ib river skuret ned"."""
    told = _TOLD.match(text)
    if told is None or not page.lexicon.names.is_first(told["name"]):
        return False
    return bool(_VERBAL.search(told["verb"])) or page.match("items", "finite", told["verb"]) is not None


def _names_someone(page: Page, title: str) -> bool:
    """Whether what stands before the text is who did it: "Formanden", "Ib Holst", "Kasserer Holst"."""
    first = title.split(maxsplit=1)[0]
    return page.lexicon.names.is_first(first) or page.lexicon.roles.group(first) is not None


def _is_text(page: Page, rest: str) -> bool:
    return bool(_SENTENCE.match(rest)) or (len(rest.split()) > 2 and page.match("items", "finite", rest) is not None)
