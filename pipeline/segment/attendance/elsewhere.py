"""What the text below a list of who was there has of a name that the list leaves in doubt."""

from __future__ import annotations

import regex

from pipeline.segment.headings import Page

__all__ = ["acts", "elsewhere"]

READ = 100_000
"""So many characters are searched for what a name or an organisation in a row is called elsewhere."""


def acts(page: Page, name: str, end: int) -> bool:
    """Whether the text below says that somebody did something: "Ib Holst oplyste", "Ib Holst og Karen Dam gik"."""
    speaks = page.lexicon.by_name("persons")["speaks"]
    printed = r"\s+".join(map(regex.escape, name.split()))
    behind = regex.compile(rf"(?<!\p{{L}}){printed}(?:\s+og(?:\s+\p{{Lu}}[\p{{L}}-]+){{1,4}})?(?!\p{{L}})")
    below = page.text[end : end + READ]
    return any(speaks.regex.match(below[m.end() : m.end() + 100]) for m in behind.finditer(below))


def elsewhere(page: Page, end: int, pattern: str) -> bool:
    """Whether the text below a row has what a pattern finds."""
    return regex.search(rf"(?<!\p{{L}}){pattern}(?!\p{{L}})", page.text[: end + READ], pos=end) is not None
