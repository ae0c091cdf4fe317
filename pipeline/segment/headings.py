"""Lines that may open an agenda item: what is printed before the title, and how the line stands on the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import regex

from pipeline.lexicon import Rule
from pipeline.months import MONTHS
from pipeline.segment.misread import label_meant
from pipeline.segment.numerals import as_roman, figures, is_letter, is_roman, to_roman
from pipeline.segment.page import Page
from pipeline.segment.unparted import parted_again

__all__ = ["Candidate", "Page", "is_case_number", "label_at", "numbered_candidates", "titled_below", "with_own_text"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A line that begins with an agenda number. `own` counts the characters up to the next candidate."""

    line: int
    style: str
    word: str
    number: str
    parts: tuple[int, ...]
    suffix: str
    title_start: int
    indent: int
    apart: bool
    usual: bool
    own: int = 0
    confidence: float = 0.9
    capital: bool = True


BULLETED = "•"
"""What stands for the word of numbers behind bullets."""
LOST = "••"
"""The same for bare numbers behind bullets, which count only where a dot is lost."""
FEWEST = 3
"""So many of them are an agenda."""
MOST_AT_ONCE = 6
"""So many items are taken together at most: "pkt. 3-5"."""
_LABELS = ("present", "absent", "minute_taker", "chair", "facilitators", "officers", "stop")
_STYLES = ("roman", "levels", "dot", "word", "paren", "colon", "dash", "bare", "alone")
_LISTED = regex.compile(r"\s(\d+)[.)]\s+\p{Lu}")
_FIGURES = regex.compile(r"\d+")
_COLUMN = regex.compile(r"(?i)(?:(?:dagsordens)?punkt|pkt\.?|nr\.?|sag(?:snr\.?)?|#)\s?:?")
"""The head of a column that stands above each number where a table was flattened."""
_WORD_END = regex.compile(r"[.,\s]")
_ROMAN_TWO = regex.compile(
    r"(?m)^[ \t]*(?:(?i:ad|pkt|punkt)\b\.?[ \t]?)?(?:I[ILl|]|IV|VI{1,3}|[Il|]{3})(?:[.):]|[ \t]+(?:[–-]|\p{Lu}))"
)
"""Without a second Roman figure, "I." is what OCR makes of "1."."""
_WROTE = regex.compile(r"(?i)(?:referat|noter|notater)\s(?=\S+\s\S+(?:\s\S+)?$)")
"""In front of nothing but a name the label of whoever wrote."""
_PARTED = (":", "–", "-", ")")
"""Behind one of these a title in lower case follows a number with a word: "pkt. 2 - nyt fra havnen"."""
_AD = regex.compile(r"(?i)ad[. ]{0,2}\d{1,2}(?:\.\s|\s{2}|\s(?:og|\+|&)\s\d{1,2}[.\s])")
"""Behind such a number at the head of a paragraph stands what was said, with a small letter too."""
_WORDS = {
    **dict.fromkeys(("pkt", "punk", "punkl", "punki", "pukt"), "punkt"),
    "dagsordenspunkt": "punkt",
    "dagsordenspkt": "punkt",
    "dagsordenens": "punkt",
    "dagsorden": "punkt",
    "dagsordens": "punkt",
}
_WORDS |= dict.fromkeys("8$&", "§")
_CASE_NUMBER = regex.compile(
    r"(?i)^\W*(?:sag\s(?:nr\.?\s)?\d{1,4}\W*$|(?:sags?(?:nr|nummer|-?id)|brevid|j\.?nr|journal-?(?:nr|nummer)|dok(?:ument)?\.?(?:nr|id)|acadre(?:nr)?|esdh)\b)"
)
_MONTHS = tuple(month[:3] for month in MONTHS)


def label_at(page: Page, index: int) -> tuple[Rule, int] | None:
    """The rule of the label that a line opens with, and the offset behind the label."""
    if index not in page.labels:
        line = page.lines[index]
        content = page.text[line.body : min(line.end, line.body + 300)].rstrip()
        found = _label_in(page, content)
        if found is None and (meant := label_meant(content, page.lexicon)):
            again = _label_in(page, meant[0])
            found = (again[0], again[1] - meant[1]) if again else None
        if found is None and page.in_head(index):
            found = _unparted(page, content)
        page.labels[index] = (found[0], line.body + found[1]) if found else None
    return page.labels[index]


def _unparted(page: Page, content: str) -> tuple[Rule, int] | None:
    """The label of a list, which neither a colon nor a gap parts from the name behind it."""
    for printed, grown in parted_again(content, page.lexicon):
        found = _label_in(page, printed)
        if wrote := _WROTE.match(content):
            return next(
                rule for rule in page.rules("attendance", "minute_taker") if rule.name.endswith("-bare")
            ), wrote.end()
        if found and found[0].value in ("present", "absent") and found[1] - grown > 0 and printed[found[1] - 1] == " ":
            return found[0], found[1] - grown
    return None


def _label_in(page: Page, content: str) -> tuple[Rule, int] | None:
    matches = ((rule, rule.regex.match(content)) for rule in page.needed("attendance", *_LABELS).worth(content))
    return next(((rule, match.end()) for rule, match in matches if match), None)


def numbered_candidates(page: Page) -> list[Candidate]:
    """Every line that begins as a numbered heading may, in order."""
    in_roman = _ROMAN_TWO.search(page.text) is not None
    in_use = _STYLES if in_roman else _STYLES[1:]
    styles = {style: page.rules("items", style) for style in in_use}
    raw: list[Candidate] = []
    for i, line in enumerate(page.lines):
        if not page.printed(i):
            continue
        head = page.text[line.body : min(line.end, line.body + 200)]
        if not (head[0].isdigit() or head[0] in "(§$&IlLTPpAaSsDdEeNnVX|]"):
            continue
        for style in in_use:
            if found := _candidate(page, i, head, style, styles[style], in_roman=in_roman):
                raw.append(found)
                break
    return _whole(_strokes(_bulleted(_dotted(raw))))


def _dotted(raw: list[Candidate]) -> list[Candidate]:
    """The candidates with the dot that OCR lost behind a bullet: "11", "12" below 1 are 1.1 and 1.2, others go."""
    kept: list[Candidate] = []
    place = [0, 0]
    for candidate in raw:
        if candidate.word != LOST:
            place = [*candidate.parts, 0][:2]
            kept.append(candidate)
        elif candidate.number == f"{place[0]}{place[1] + 1}":
            place[1] += 1
            number = f"{place[0]}.{place[1]}"
            kept.append(replace(candidate, style="levels", word="", parts=(place[0], place[1]), number=number))
    return kept


def _bulleted(raw: list[Candidate]) -> list[Candidate]:
    """The candidates without those behind bullets, unless these count from 1 on through the whole text."""
    behind = [candidate.parts for candidate in raw if candidate.word == BULLETED]
    counted = len(behind) >= FEWEST and behind == [(number,) for number in range(1, len(behind) + 1)]
    return raw if counted else [candidate for candidate in raw if candidate.word != BULLETED]


def _strokes(raw: list[Candidate]) -> list[Candidate]:
    """The candidates with the Roman figures of which OCR lost a stroke: "I." between I and III is II."""
    roman = [n for n, candidate in enumerate(raw) if candidate.style == "roman"]
    for a, b, c in zip(roman, roman[1:], roman[2:], strict=False):
        before, lost, after = raw[a].parts[0], raw[b].parts[0], raw[c].parts[0]
        if lost == before == after - 2 and raw[b].number == raw[a].number:
            raw[b] = replace(raw[b], parts=(lost + 1,), number=to_roman(lost + 1))
    return raw


def _whole(raw: list[Candidate]) -> list[Candidate]:
    """The candidates with "1.0", "2.0", … as whole numbers, where a document counts so."""
    zero = [candidate.parts[0] for candidate in raw if candidate.parts[1:] == (0,)]
    if len(zero) < 3 or 1 not in zero:
        return raw
    return [replace(one, parts=one.parts[:1]) if one.parts[1:] == (0,) else one for one in raw]


def _candidate(
    page: Page, index: int, head: str, style: str, rules: tuple[Rule, ...], *, in_roman: bool
) -> Candidate | None:
    line = page.lines[index]
    if line.bullet and style not in ("levels", "word", "dot", "paren", "alone", "bare"):
        return None
    for rule in rules:
        match = rule.regex.match(head)
        if not match:
            continue
        groups = match.groupdict()
        title = head[match.end() :]
        apart = page.space_before(index)
        if title and title[0].islower() and not _may_be_lower(page, style, match.group(), title, apart=apart):
            return None
        roman = style == "roman" or (in_roman and style == "word" and is_roman(groups["number"]))
        printed = as_roman(groups["number"]) if roman else groups["number"]
        told = style == "alone" and (
            apart or line.bullet or _COLUMN.fullmatch(page.content(max(page.previous[index], 0)))
        )
        if (roman and not is_roman(printed)) or (style == "alone" and not (told and titled_below(page, index))):
            return None
        digits = figures(printed, roman=roman)
        if _runs_on(title, digits):
            return None
        more = (groups.get("more") or "").strip()
        lettered = is_letter(printed) and not roman
        number = f"{printed if roman or lettered or '/' in printed else digits} {more}".strip()
        suffix = groups.get("suffix") or ""
        parts = tuple(int(part) for part in digits.split("."))
        word = _WORD_END.split((groups.get("word") or "").casefold())[0]
        if line.bullet and style in ("dot", "paren", "alone"):
            word = BULLETED
        if line.bullet and style == "bare":
            word = LOST
        last = [int(part) for part in _FIGURES.findall(more)]
        if (groups.get("more") or "")[:1] in ("-", "–") and not 0 < last[-1] - parts[-1] <= MOST_AT_ONCE:
            return None  # "sag nr. 25-17": the year, and the number in it
        if last and "-" not in more and "–" not in more and last[-1] - parts[-1] != len(last):
            last = []  # "Pkt. 2 og 5": the next one may be 3
        return Candidate(
            line=index,
            style="levels" if style == "word" and len(parts) > 1 else style,
            word=_WORDS.get(word, word) + " a" * lettered,
            number=number + suffix,
            parts=(*parts[:-1], last[-1]) if last else parts,
            suffix=suffix.casefold(),
            title_start=line.body + match.end(),
            indent=line.indent,
            apart=apart,
            usual=page.match("items", "usual", title) is not None,
            confidence=rule.confidence,
            capital=not title[:1].islower() or _AD.match(head) is not None,
        )
    return None


def titled_below(page: Page, index: int) -> bool:
    """Whether the line below a lone number, or the number of its case, may be a title: it opens with a capital."""
    below = page.following[index]
    if below == index + 1 < len(page.lines) and is_case_number(page.content(below)):
        index, below = below, page.following[below]
    return below <= index + 2 and below < len(page.lines) and page.content(below)[0].isupper()


def _may_be_lower(page: Page, style: str, number: str, title: str, *, apart: bool) -> bool:
    """Whether a title in lower case follows a number: below a space, and behind a word only where a sign parts them."""
    if style != "word":
        return apart and title[:3] not in _MONTHS
    if apart and _AD.match(number):
        return True
    plain = apart and title.rstrip()[-1] not in ".,;" and not page.match("items", "finite", title)
    return number.rstrip().endswith(_PARTED) or (number[-1] == " " and "." not in number[-3:] and plain)


def _runs_on(title: str, digits: str) -> bool:
    """Whether a line lists the next items too: "1. Valg 2. Beretning 3. Eventuelt"."""
    if not digits.isdigit():
        return False
    return {str(int(digits) + 1), str(int(digits) + 2)} <= set(_LISTED.findall(title))


def is_case_number(text: str) -> bool:
    """Whether a line gives the number of the case under a heading.

    >>> is_case_number("Sagsnr.: 26/001187"), is_case_number("Sagsfremstilling")
    (True, False)
    """
    return _CASE_NUMBER.match(text) is not None


def with_own_text(page: Page, raw: Sequence[Candidate]) -> list[Candidate]:
    """The candidates with the length of the text that each one heads; links and furniture count for nothing."""
    found = []
    for n, candidate in enumerate(raw):
        end = raw[n + 1].line if n + 1 < len(raw) else min(len(page.lines), candidate.line + 40)
        own = 0
        for i in range(candidate.line, end):
            if page.printed(i) and not page.match(
                "items", "link", page.text[page.lines[i].body : page.lines[i].body + 20]
            ):
                own += page.lines[i].end - page.lines[i].body
            if own > 600:
                break
        found.append(replace(candidate, own=own))
    return found
