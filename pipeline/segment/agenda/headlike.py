"""Whether lines read as a heading that carries no number."""

from __future__ import annotations

import regex

from pipeline.months import MONTHS
from pipeline.segment.headings import Page, is_case_number, label_at
from pipeline.values import Line

__all__ = [
    "LONGEST",
    "NAME_LIST",
    "SENTENCE",
    "SHORT",
    "headlike",
    "in_capitals",
    "is_usual",
    "names_topic",
    "of_head",
    "reads_as_title",
    "title_of",
]

LONGEST = 110
SHORT = 50
"""A heading right above its text, without a mark or number, is shorter than this."""
SENTENCE = regex.compile(r"(?<!\b(?:v|vedr|ved|kl|nr|d|ca|pkt|evt|ang|\d{1,2}))[.!?]\s+\p{Lu}|[,;]$")
_QUESTION = regex.compile(
    r"(?i)^(?:h[vw]\p{L}+|skal|kan|må|er|har|vil|bør|får|bliver)\b[^.!?]*\?$|^\p{Lu}[^.!?:]{3,40}\?$"
)
NAME_LIST = regex.compile(r"^(?:\d{1,2}[.)]\s+)?[\p{Lu}][\p{L}.-]+(?:\s+[\p{Lu}][\p{L}.-]+){1,3}\s*(?:\(.*\))?,?$")


_WORD = regex.compile(r"\p{L}{3}")
_PAGE = regex.compile(r"(?i)(?:blad|side)\s?\d{1,3}\b|\d{1,3}\s?(?:/|af)\s?\d{1,3}$")
_FIELD = regex.compile(
    r"(?i)(?:tovholder|ansvarlig|ansv|deadline|frist|referent|ordstyrer|bilag|vedhæftet|sagsbehandler)e?r?\s?\.?:"
    r"|(?:kl\.?\s?)?\d{1,2}[.:]\d\d\s?[–-]\s?\d{1,2}[.:]\d\d(?:\s?\([^()]*\))?$"
)
"""What is told of an item, or when it was due: "Tovholder: Ib", "17.20 - 19.15"."""
_DAY = regex.compile(rf"(?i)\d{{1,2}}\.?\s?(?:[–-]\s?\d{{1,2}}\.\s?)?(?:{'|'.join(MONTHS)})\b")
"""A day in front: what is planned for it."""
_POINT = regex.compile(r"(?:\p{Ll}|\d{1,2})[.)]\s+\S")
"""A point of a list: "a. Læst og godkendt"."""


def names_topic(page: Page, index: int) -> bool:
    """Whether a short line is no sentence, no name and no label, and running text stands below it."""
    title, below = page.content(index).rstrip(":"), page.following[index]
    return (
        2 < len(title) <= SHORT
        and (title[0].isupper() or page.in_lower_case)
        and (
            _asks(page, index)
            or (title[-1] not in ".,;!?" and not page.match("items", "finite", title))
            or page.match("items", "closing", title) is not None
        )
        and not NAME_LIST.match(title)
        and below < len(page.lines)
        and (
            not page.content(below)[0].islower()
            or page.in_lower_case
            or page.lines[below].bullet != ""
            or _is_point(page.content(below))
        )
        and page.match("items", "agenda", title) is None
    )


def _is_point(content: str) -> bool:
    return _POINT.match(content) is not None


def _asks(page: Page, index: int) -> bool:
    """Whether a line that stands apart is a question: "Hvem står for festen?" heads an item."""
    return page.space_before(index) and _QUESTION.match(page.content(index)) is not None


def of_head(page: Page, index: int) -> bool:
    """Whether a line is a title or a label of the meeting's head."""
    content = page.content(index)
    if content.casefold().startswith("næste møde"):
        return ":" in content
    return (
        page.match_any("header", ("generic", "title", "label", "date-label", "place"), content) is not None
        or label_at(page, index) is not None
    )


def title_of(page: Page, first: int, last: int) -> str:
    return " ".join(page.content(i) for i in range(first, last + 1))


def headlike(page: Page, first: int, last: int, topics: tuple[str, ...] = ()) -> bool:
    """Whether lines read as a heading, and not as one of a section, unless of a kind that may be a topic here."""
    return reads_as_title(page, first, last) and page.section(title_of(page, first, last)) in (None, *topics)


def reads_as_title(page: Page, first: int, last: int) -> bool:
    """Whether lines may be a title: no sentence, no number of a case, nothing that somebody says."""
    if (first, last) not in page.titles:
        page.titles[first, last] = _may_be_title(page, page.lines[first], title_of(page, first, last), last - first + 1)
    return page.titles[first, last]


def _may_be_title(page: Page, line: Line, title: str, lines: int) -> bool:
    return (
        (not line.bullet or in_capitals(title))
        and len(title) <= LONGEST * lines
        and (title[0].isupper() or title[0].isdigit() or page.in_lower_case)
        and not SENTENCE.search(title)
        and not page.match("items", "turn", title)
        and not is_case_number(title)
        and _WORD.search(title) is not None
        and not _PAGE.match(title)
        and not _FIELD.match(title)
        and not _DAY.match(title)
    )


def is_usual(page: Page, index: int) -> bool:
    return page.match("items", "usual", page.content(index)) is not None


def in_capitals(title: str) -> bool:
    letters = list(filter(str.isalpha, title))
    return len(letters) >= 3 and sum(map(str.isupper, letters)) >= 0.9 * len(letters)
