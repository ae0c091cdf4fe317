"""Numbered headings inside lines, where a program lost the line breaks: "… tak for kaffen. 8. Ungdom"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

__all__ = ["unrolled"]

LONG = 400
"""A line of so many characters is a page whose line breaks are lost."""
FEWEST = 3
"""So many numbers that count on in such lines head items."""
APART = 120
"""Between two of them stand so many characters on the average, or they list an agenda."""
SKIP = 2

_WITHIN = regex.compile(r"(?<=[^\s\d][.!?:)»”\"]?)[ ](?P<number>\d{1,2})(?P<sign>[.:)])[ ]{1,3}(?=\p{Lu}\p{Ll}*[\s,.])")
_FIRST = regex.compile(r"(?m)^[ \t]{0,8}(?P<number>\d{1,2})(?P<sign>[.:)])[ \t]{1,8}(?=\p{Lu})")
_ENDS_LINE = regex.compile(
    r"(?m)(?<=\p{Ll}[.!?])[ ](?P<number>\d{1,2})\.[ ]{1,3}(?=\p{Lu}\p{L}{2,20}(?:[ /]{1,3}[\p{L}&/-]{1,20}){0,5}$)"
)


def unrolled(text: str) -> str:
    r"""A text as long as it was, with line breaks for the blanks before numbers of items that stand within lines.

    Nothing changes where fewer than three count on in lines as long as a page, or, in shorter ones, where the number is
    not the one that lacks between those of the lines above and below.

    >>> unrolled("7. Hus\nGulvet males. 8. Ungdom\nIntet.\n9. Eventuelt\n")
    '7. Hus\nGulvet males.\n8. Ungdom\nIntet.\n9. Eventuelt\n'
    """
    breaks = [*_in_long_lines(text), *_lacking(text)]
    if not breaks:
        return text
    letters = list(text)
    for place in breaks:
        letters[place] = "\n"
    return "".join(letters)


def _in_long_lines(text: str) -> Iterator[int]:
    if max(map(len, text.split("\n")), default=0) < LONG:
        return
    numbers: list[regex.Match[str]] = []
    begin = 0
    for line in text.split("\n"):
        found = [_FIRST.match(text, begin, begin + len(line))]
        if len(line) >= LONG:
            found += _WITHIN.finditer(text, begin, begin + len(line))
        numbers += [match for match in found if match]
        begin += len(line) + 1
    for chain in _chains(numbers):
        length = (chain[-1].start() - chain[0].start()) / (len(chain) - 1)
        if length >= APART:
            yield from (match.start() for match in chain if text[match.start()] == " " and match.re is _WITHIN)


def _chains(numbers: Sequence[regex.Match[str]]) -> Iterator[list[regex.Match[str]]]:
    """Runs of numbers behind the same sign that rise by one, or by two where one is lost."""
    chain: list[regex.Match[str]] = []
    for match in numbers:
        number = int(match["number"])
        if chain and match["sign"] == chain[-1]["sign"] and 1 <= number - int(chain[-1]["number"]) <= SKIP:
            chain.append(match)
        elif number == 1:
            if len(chain) >= FEWEST:
                yield chain
            chain = [match]
    if len(chain) >= FEWEST:
        yield chain


def _lacking(text: str) -> Iterator[int]:
    inside = list(_ENDS_LINE.finditer(text))
    if not inside:
        return
    first = [(match.start(), int(match["number"])) for match in _FIRST.finditer(text) if match["sign"] == "."]
    for match in inside:
        number = int(match["number"])
        above = [n for place, n in first if place < match.start()][-1:]
        below = [n for place, n in first if place > match.start()][:1]
        if above == [number - 1] and below == [number + 1]:
            yield match.start()
