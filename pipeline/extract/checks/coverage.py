"""What was not understood: lines outside the items, capitalised names, figures that no finder claimed."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from pipeline.document import Document
from pipeline.extract.passages import Cover
from pipeline.find.capitals import Word, opens_sentence, plain_name, runs, without_addresses
from pipeline.lexicon import Lexicon
from pipeline.values import Coverage, Notice, Span

__all__ = ["account"]

_LEAST_LINES, _LEAST_LETTERS = 3, 120
"""So much text in no item is worth a warning: less is a signature or a note below the minutes."""
_REPEATED = 2
"""A single capitalised word is a name where it stands so often; once it may be a title or a typing error."""
_LOOK_BACK = 16
_TITLE = 30
"""So much of an item's title tells the line of an agenda."""
_MOST_LISTED = 500
"""No agenda lists more items; in a larger document the lines of an agenda are told by the first of them."""
_LETTER = regex.compile(r"\p{L}")


def account(document: Document, lexicon: Lexicon) -> tuple[Coverage, tuple[Notice, ...]]:
    """How many lines, names and figures of a document there are, how many found their place, and notices of the rest.

    A line is placed when it is part of an item or holds a value; a capitalised word in the middle of a sentence is a
    name unless it is a Danish word, a role or a place. Figures that open a line or follow a label (nr., §, kl.) name
    something and are not counted. Notices tell of stretches of three lines and more in no item, of names of two words
    and of names that come back, of years and of figures written as money is.

    >>> from pipeline.stages import process
    >>> text = "1. Havnen\\nFirmaet Qvortz Maritim nævnte 12.400 i brevet.\\n\\n2. Eventuelt\\nIntet.\\n"
    >>> document = process(Document(id="a", source=text), Lexicon.load())
    >>> [notice.message for notice in document.notices]
    ['“12.400” is a figure that was not read']
    """
    taken = Cover(_claims(document))
    lines, lines_placed, stray = _lines(document, taken)
    names, names_placed, unknown = _names(document, lexicon, taken)
    figures, figures_placed, unread = _figures(document, lexicon, taken)
    notices = sorted([*stray, *unknown, *unread], key=lambda notice: notice.start or 0)
    return Coverage(lines, lines_placed, names, names_placed, figures, figures_placed), tuple(notices)


def _claims(document: Document) -> Iterator[Span]:
    """Where values stand that were found outside passages, and the headings."""
    meeting = document.meeting
    yield from (found.span for _, found in meeting.grounds)
    for values in (meeting.present, meeting.absent, document.amounts, document.dates):
        yield from (found.span for found in values)
    for entries in (document.persons, document.organisations):
        yield from (mention for entry in entries for mention in entry.mentions)
    yield from (item.heading for item in document.items)
    yield from (decision.span for decision in document.decisions if decision.votes)


def _lines(document: Document, taken: Cover) -> tuple[int, int, list[Notice]]:
    lines = [line for line in document.lines if not line.blank and not line.furniture]
    inside = Cover((item.start, item.end) for item in document.items)
    agenda = [item.title[:_TITLE].lower() for item in document.items[:_MOST_LISTED] if item.title]
    notices: list[Notice] = []
    placed, stray = 0, list[Span]()
    for line in lines:
        if (
            inside.touches(line.start, line.end)
            or taken.touches(line.start, line.end)
            or any(title in document.text[line.start : line.end].lower() for title in agenda)
        ):
            placed += 1
            notices += _stray(document, stray)
            stray = []
        else:
            stray.append(Span(line.body, line.end))
    return len(lines), placed, [*notices, *_stray(document, stray)]


def _stray(document: Document, stray: list[Span]) -> Iterator[Notice]:
    letters = sum(len(_LETTER.findall(document.text, *span)) for span in stray)
    if len(stray) >= _LEAST_LINES and letters >= _LEAST_LETTERS:
        message = f"{len(stray)} lines belong to no item, and nothing was read in them"
        yield Notice("text-in-no-item", message, stray[0].start, stray[-1].end)


def _names(document: Document, lexicon: Lexicon, taken: Cover) -> tuple[int, int, list[Notice]]:
    text = without_addresses(document.text)
    furniture = Cover((line.start, line.end) for line in document.lines if line.furniture)
    total = placed = 0
    unknown: dict[str, list[Span]] = {}
    for run in runs(text):
        if furniture.touches(run[0].start, run[0].end):
            continue
        words = run[1:] if opens_sentence(text, run[0].start) else run
        words = [word for word in words if _is_name(word, lexicon)]
        if not words:
            continue
        total += 1
        span = Span(words[0].start, words[-1].end)
        if taken.touches(*span):
            placed += 1
        else:
            unknown.setdefault(plain_name(text[span.start : span.end]), []).append(span)
    street = lexicon.by_name("coverage")["street"].regex
    notices = [
        Notice("unresolved-name", f"“{name}” may be a name, and nobody and nothing is known by it", *places[0])
        for name, places in unknown.items()
        if (" " in name or len(places) >= _REPEATED) and not street.search(name)
    ]
    return total, placed, notices


def _is_name(word: Word, lexicon: Lexicon) -> bool:
    form = word.form
    return (
        len(form) > 1
        and not lexicon.roles.group(form)
        and not lexicon.names.is_place(form)
        and not lexicon.words.count(form.lower())
    )


def _figures(document: Document, lexicon: Lexicon, taken: Cover) -> tuple[int, int, list[Notice]]:
    text, rules = document.text, lexicon.by_name("coverage")
    openings = {line.body for line in document.lines}
    years, label = rules["years-of-columns"].regex, rules["label"].regex
    heads = Cover(match.span() for line in document.lines for match in years.finditer(text, line.start, line.end))
    total = placed = 0
    notices: list[Notice] = []
    for match in rules["figure"].regex.finditer(text):
        if match.start() in openings or label.search(text, max(match.start() - _LOOK_BACK, 0), match.start()):
            continue
        total += 1
        if taken.touches(*match.span()):
            placed += 1
        elif not heads.touches(*match.span()) and rules["telling-figure"].regex.search(match.group()):
            notices.append(Notice("unread-figure", f"“{match.group()}” is a figure that was not read", *match.span()))
    return total, placed, notices
