"""Names in an attendance list, with the organisation and role printed beside each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from pipeline.document import quote
from pipeline.find.brackets import names_office
from pipeline.lexicon import Lexicon
from pipeline.segment.beside import (
    Draft,
    describe,
    first_letters,
    from_where,
    in_common,
    is_initials,
    is_substitute,
    likely_name,
    names_institution,
    sender_in,
)
from pipeline.values import Attendee, Span

__all__ = ["Group", "attendees", "is_person"]

LONGEST = 3000
"""Characters of one entry; what is longer is no list of names."""

COMMON = 500
"""A name with so many bearers is a first name though it is a word too ("Liv")."""
FAMILY = 50
"""As many bear a trade's name that is no word of running text ("Fjordfoged")."""

_SEPARATOR = regex.compile(
    r"[,;|]|(?<!\p{L}-)\s+(?:og|samt|&|\+)\s+(?!(?i:søn(?:ner)?|datter|co|partnere?|sønnerne)\b)"
    r"|\s+[–—-]\s+|(?<=[^\s])[ \t]{3,}|\s/\s|(?<=\p{Ll}{2})/(?=\p{Lu}\p{Ll})"
    r"|[:.](?=\s|$)(?<!(?<![\w@])[\p{Lu}@]\.)"
)
# "@" is what OCR makes of a capital Ø
_PART = r"[\p{Lu}@](?:[\p{L}\p{M}'’´`-]*|\.\p{Lu})\.?"
_NICKNAME = r"[\"“”„»«]\p{Lu}[\p{L}-]+[\"“”„»«]"
_NAME = regex.compile(
    rf"{_PART}(?:[ \t\n]+{_NICKNAME}(?=[ \t\n]+\p{{Lu}}))?(?:[ \t\n]+(?:(?:af|de|da|den|der|di|du|el|van|von|la|le|ten|bin|al|á|à)\s+){{0,2}}{_PART}){{0,5}}"
)
_QUOTED = regex.compile(_NICKNAME)
_PLACE_WORD = regex.compile(
    r"(?i)\b(?:kommune|region|styrelsen|ministeriet|foreningen?|forbund(?:et)?|universitet(?:et)?|hospital(?:et)?|sygehus"
    r"|selskab(?:et)?|klub(?:ben)?|skole(?:n)?|råd(?:et)?|udvalg(?:et)?|gruppe(?:n)?|sekretariat(?:et)?|aps|a/s|amba"
    r"|bestyrelsen|afdeling|team|center|centret|institut|fonden|laug(?:et)?)\b"
    r"|(?:styrelsen|ministeriet|foreningen|forbundet|universitetet?|hospital|skolen|rådet|udvalget|sekretariat|fonden|laget|værket|huset|klubben)\b"
)
_BESIDE = regex.compile(r"\s*[,;]\s*|\s*(?<!\b[AIKP])/\s*|\s+og\s+(?!\p{Lu}\p{L}+s\s+\p{Ll})")
_SHORT_FORM = regex.compile(
    r"\p{Lu}|\p{Lu}*@\p{Lu}*|SF|EL|LA|DF|KF|RV|DD|NB|[\p{N}., ]+|\p{Lu}\p{L}+[Ll]isten?|(?i:løsgænger|uden for parti)"
)
_WORD = regex.compile(r"\S+")
_RUNS_ON = regex.compile(r"\s+\p{Ll}|\s+nr|\s+\d")
_ROLE_IN_FRONT = regex.compile(r"(?P<role>\p{L}[\p{L}.-]+(?:\s+\p{Ll}[\p{L}.-]*){0,3})\s+(?=\p{Lu})")
_JOINT = regex.compile(r"(?:og|samt|ved|v/|incl?\.?|inkl\.)\s*(?=\p{Lu})")
_CLOSE = regex.compile(r"[)\]]")
_NO_NAME = regex.compile(r"(?i)^(?:danske?|det|den|de|ingen|alle|resten|øvrige|vip|tap|fra)\b")
_MOVES = regex.compile(
    r"(?i)\s+(?:\p{L}+\s+){0,1}(?:ankom|kom|forlod|gik|mødte\s+(?:kl|op|ind)|tiltrådte|indtrådte|udtrådte)\b"
)
_UNKNOWN_TITLE = regex.compile(r"(?!ifølge|sammen|under|gennem|indtil)\p{Ll}[\p{Ll}-]{4,}")
"""A word before a certain name is a title, be it misread or new: "porter Ib Holst"."""
_HIS = ("Hans", "Hendes", "Deres")
"""Before a small letter no names: "Hans suppleant"."""
_HALF_FIRM = regex.compile(r"(?<=&\s*)$")
"""Behind "&" stands a first name, or the second half of a firm's name ("Sten & Kalk")."""
_INITIALS = regex.compile(r"\s+(?P<letters>\p{Lu}{2,4})[_.:|]?(?:\s+|$)")
_MARK = regex.compile(r"\s+(?P<mark>ja|nej|afbud|mødt|fraværende)$")
"""Behind somebody in a table whose gaps are lost: whether they came."""
_HOUSE = regex.compile(
    r"\p{Lu}\p{Ll}{3,}(?:hospitalet|sygehuset|skolen|huset|klubben|foreningen|cent(?:er|re)t|museet|selskabet|klinikken|hjemmet)\s"
    r"|(?:Hotel|Café|Restaurant|Hospice|Plejecenter|Campus)\s"
)
"""How the names of houses begin: "Regionshospitalet Norddal"."""
_CLASS = regex.compile(r"\s+\d{1,2}\.?\s?[a-zæøå]$")
"""A school class behind the name of a pupil: "8.a"."""


@dataclass(frozen=True, slots=True)
class Group:
    """What the label of a list says of everyone in it."""

    organisation: str | None = None
    role: str | None = None


def is_person(text: str, lexicon: Lexicon, *, listed: bool) -> bool:
    """Whether a piece of an attendance list is a name; `listed` where nothing but names is to be expected.

    >>> lexicon = Lexicon.load()
    >>> is_person("Karen Holm", lexicon, listed=True), is_person("Holbæk Kommune", lexicon, listed=True)
    (True, False)
    """
    text = " ".join(text.split())
    words = [word for word in text.split() if not _QUOTED.match(word)]
    if not _NAME.fullmatch(text) or _NO_NAME.match(text) or _PLACE_WORD.search(text) or _plays(words, lexicon):
        return False
    if len(words) > 1 and (names_institution(text) or lexicon.organisations.lookup(text) or _HOUSE.match(text)):
        return False
    if all(word.isupper() and len(word) > 1 for word in words) and lexicon.names.score(text.title()) < 0.5:
        return False
    if len(words) == 1:
        return lexicon.names.is_first(text) or (listed and len(text) > 2 and lexicon.names.is_name(text))
    if lexicon.roles.group(words[0]) or _title_in_front(words, lexicon):
        return False
    score = lexicon.names.score(" ".join(words))
    return score >= (0.3 if listed else 0.5) or (listed and _unknown(words, lexicon))


def _plays(words: list[str], lexicon: Lexicon) -> bool:
    """Whether words are a role; behind a first name a trade that many are called by is none ("Ib Drejer")."""
    trade = lexicon.names.count(words[-1])
    least = FAMILY if trade.word == 0 else COMMON
    named = len(words) > 1 and lexicon.names.is_first(words[0]) and trade.family >= least
    return lexicon.roles.group(" ".join(words)) is not None and not named


def _title_in_front(words: list[str], lexicon: Lexicon) -> bool:
    """Whether the first of three or more words is a title ("Laborant Karen Holm") and no name at all."""
    names = lexicon.names
    rest = " ".join(words[1:])
    return len(words) >= 3 and names.score(words[0]) < 0.05 and names.is_first(words[1]) and names.score(rest) >= 0.75


def _sure(text: str, span: Span, lexicon: Lexicon) -> bool:
    name = quote(text, *span)
    return " " in name and lexicon.names.score(name) >= 0.75


def _unknown(words: list[str], lexicon: Lexicon) -> bool:
    """Whether a name is foreign or damaged rather than made of common words: two to four words, none a place."""
    return 2 <= len(words) <= 4 and not any(lexicon.names.is_place(word) or word.isupper() for word in words)


def attendees(
    text: str, span: Span, lexicon: Lexicon, group: Group, rule: str, *, one: bool = False, columns: bool = False
) -> list[Attendee]:
    """The people named in one entry or one run of entries, in order; `one` where an entry is one person.

    `columns` where names may stand side by side with nothing but a space between them.

    What stands behind a name, in brackets or after a comma, is their role where it is a role word or begins with a
    small letter, else their organisation. Party letters, initials and notes ("fra kl. 10") are neither.
    """
    drafts: list[Draft] = []
    span = Span(span.start, min(span.end, span.start + LONGEST))
    pieces = [each for piece in _pieces(text, span) for each in _initialled(text, *piece, lexicon)]
    if columns:
        pieces = [each for piece in pieces for each in _apart(text, *piece, lexicon)]
    pieces = _offices(text, pieces, lexicon)
    for piece, opening in pieces:
        content = " ".join(text[piece.start : piece.end].split())
        if opening == "(":
            _bracket(text, piece, content, drafts, lexicon)
        elif drafts and is_substitute(content):
            describe(content, drafts[-1], lexicon)
        elif not in_common(content, drafts):
            sender, rest = from_where(text, piece, lexicon)
            role, name = _titled(text, rest, lexicon)
            if name is not None and drafts and one and not (opening == "&" and _sure(text, name, lexicon)):
                name = None
            if name is not None and _HALF_FIRM.search(text, 0, piece.start) and not lexicon.names.is_first(content):
                continue
            if name is not None:
                drafts.append(Draft(name, group.organisation or sender or sender_in(role, lexicon), role))
            elif drafts and (
                content == first_letters(text, drafts[-1].span)
                or (opening == "&" and _goes_on(text, piece, content, drafts[-1], lexicon))
            ):
                continue
            elif drafts and (opening == "," or lexicon.roles.group(content)):
                describe(content, drafts[-1], lexicon)
    return [
        Attendee(
            start=draft.span.start,
            end=draft.span.end,
            rule=rule,
            confidence=0.95 if lexicon.names.score(quote(text, *draft.span)) >= 0.5 else 0.8,
            name=quote(text, *draft.span),
            organisation=draft.organisation,
            role=draft.role or group.role,
        )
        for draft in drafts
    ]


def _initialled(text: str, piece: Span, opening: str, lexicon: Lexicon) -> Iterator[tuple[Span, str]]:
    """A piece, cut behind a name that its own initials follow: "Ib Holst IH Norddal Kommune"."""
    for match in _INITIALS.finditer(text, *piece) if opening != "(" else ():
        name = Span(piece.start, match.start())
        if is_initials(text, name, match["letters"]) and is_person(quote(text, *name), lexicon, listed=True):
            yield name, opening
            if match.end() < piece.end:
                yield Span(match.end(), piece.end), ","
            return
    mark = _MARK.search(text, *piece) if opening != "(" else None
    if mark:
        yield Span(piece.start, mark.start()), opening
        yield Span(*mark.span("mark")), ","
    else:
        yield piece, opening


def _offices(text: str, pieces: list[tuple[Span, str]], lexicon: Lexicon) -> list[tuple[Span, str]]:
    """The pieces, with the two halves of an office that "og" joins behind a comma as one: "Psykiatri og Social"."""
    whole: list[tuple[Span, str]] = []
    for piece, opening in pieces:
        before = whole[-1] if whole else None
        if (
            before
            and before[1] == ","
            and opening == "&"
            and names_office(quote(text, before[0].start, piece.end), lexicon)
        ):
            whole[-1] = (Span(before[0].start, piece.end), ",")
        else:
            whole.append((piece, opening))
    return whole


def _goes_on(text: str, piece: Span, content: str, draft: Draft, lexicon: Lexicon) -> bool:
    """Whether a piece behind "og" is the rest of the organisation before it ("Plan og Byg"), which then gets it."""
    before = draft.organisation
    if not before or lexicon.organisations.lookup(before) or not content[:1].isupper() or lexicon.roles.group(content):
        return False
    place = text.rfind(before, draft.span.end, piece.start)
    if place < 0 or not regex.fullmatch(r"\s+(?:og|&)\s+", text[place + len(before) : piece.start]):
        return False
    draft.organisation = quote(text, place, piece.end)
    return True


def _pieces(text: str, span: Span) -> Iterator[tuple[Span, str]]:
    """The parts between separators, trimmed, each with what opens it: "(" for a bracket, "," or "&" for "og"."""
    cuts: list[tuple[int, int, str]] = []
    position = index = span.start
    opening = ","
    while index < span.end:
        close = _CLOSE.search(text, index + 1, span.end) if text[index] in "([" else None
        separator = _SEPARATOR.match(text, index, span.end) if close is None else None
        if close:
            cuts += [(position, index, opening), (index + 1, close.start(), "(")]
            position = index = close.end()
        elif separator:
            cuts.append((position, index, opening))
            mark = separator.group().strip()
            opening = "&" if any(c.isalpha() or c in "&+" for c in mark) else "." if mark == "." else ","
            position = index = max(separator.end(), index + 1)
        else:
            index += 1
    cuts.append((position, span.end, opening))
    for start, end, mark in cuts:
        piece = _stripped(text, start, end)
        if piece.start < piece.end:
            yield piece, mark


def _apart(text: str, piece: Span, opening: str, lexicon: Lexicon) -> list[tuple[Span, str]]:
    """The names of a piece that holds several: a title or a first name begins each, a last name ends the one before."""
    words = [Span(*match.span()) for match in _WORD.finditer(text[: piece.end], pos=piece.start)]
    if opening == "(" or not 4 <= len(words) <= 16:
        return [(piece, opening)]
    best: tuple[float, int] | None = None
    for n in range(2, len(words) - 1):
        left, right = Span(piece.start, words[n - 1].end), Span(words[n].start, piece.end)
        _role, name = _titled(text, left, lexicon)
        if name is None or len(text[name.start : name.end].split()) < 2:
            continue
        last, first = text[words[n - 1].start : words[n - 1].end], text[words[n].start : words[n].end]
        titled = lexicon.roles.group(first) is not None and not lexicon.names.is_first(first)
        ends, begins = lexicon.names.count(last), lexicon.names.count(first)
        closes = lexicon.names.is_last(last) or ends.first < COMMON
        fits = titled or (closes and (lexicon.names.is_first(first) or begins.first > max(COMMON, begins.family)))
        worth = titled + lexicon.names.score(quote(text, *name)) + lexicon.names.first_score(first)
        if fits and right.end > right.start and (best is None or worth > best[0]):
            best = (worth, n)
    if best is None:
        return [(piece, opening)]
    n = best[1]
    rest = _apart(text, Span(words[n].start, piece.end), ",", lexicon)
    return [(Span(piece.start, words[n - 1].end), opening), *rest]


def _stripped(text: str, start: int, end: int) -> Span:
    while start < end and (text[start].isspace() or text[start] in ".:*_•—–-"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in "—–-"):
        end -= 1
    return Span(start, end)


def _titled(text: str, piece: Span, lexicon: Lexicon) -> tuple[str | None, Span | None]:
    """A name with the role printed in front of it ("direktør Ib Holst"), or two times None."""
    content = text[piece.start : piece.end]
    if match := _JOINT.match(content):
        piece = Span(piece.start + match.end(), piece.end)
        content = text[piece.start : piece.end]
    if is_person(content, lexicon, listed=True):
        return None, piece
    found = _ROLE_IN_FRONT.match(content)
    titled = found and (
        lexicon.roles.group(found["role"])
        or _title_in_front(content[: found.end()].split() + content[found.end() :].split(), lexicon)
        or (_UNKNOWN_TITLE.fullmatch(found["role"]) and likely_name(content[found.end() :], lexicon))
    )
    if found and titled and is_person(content[found.end() :], lexicon, listed=True):
        return " ".join(found["role"].split()), Span(piece.start + found.end(), piece.end)
    if found and titled and (full := _NAME.match(content, found.end())):
        runs_on = regex.match(r"\s+\p{Ll}", content[full.end() :])
        if runs_on and is_person(full.group(), lexicon, listed=False):
            return " ".join(found["role"].split()), Span(piece.start + found.end(), piece.start + full.end())
    behind = _NAME.match(content)
    if behind and _RUNS_ON.match(content[behind.end() :] or "x") and not _PLACE_WORD.search(content):
        name = behind.group()
        if name in _HIS:
            return None, None
        pupil = _CLASS.match(content, behind.end()) is not None
        if not _MOVES.match(content, behind.end()) and is_person(name, lexicon, listed=pupil):
            return None, Span(piece.start, piece.start + behind.end())
    return None, None


def _bracket(text: str, piece: Span, content: str, drafts: list[Draft], lexicon: Lexicon) -> None:
    before = text[max(0, piece.start - 80) : piece.start - 1].rsplit("\n", 1)[-1]
    outer = regex.split(r"[,;:+]|\s(?:og|samt)\s", before)[-1].strip()
    inside = [part for part, _ in _pieces(text, piece)]
    named = all(is_person(quote(text, *part), lexicon, listed=False) for part in inside)
    if len(inside) > 1 and named and outer and not is_person(outer, lexicon, listed=True):
        house = outer if names_institution(outer) or lexicon.organisations.lookup(outer) else None
        drafts += [Draft(part, house, closed=True) for part in inside]
        return
    if is_person(content, lexicon, listed=False) and len(content.split()) > 1:
        if outer and not is_person(outer, lexicon, listed=True):
            drafts.append(Draft(piece, outer or None, closed=True))
        return
    if not drafts or _SHORT_FORM.fullmatch(content):
        return
    if is_initials(text, drafts[-1].span, content) or in_common(content, drafts):
        return
    if names_office(content, lexicon):
        drafts[-1].role = f"{drafts[-1].role}, {content}" if drafts[-1].role else content
        return
    for part in _BESIDE.split(content):
        if not is_initials(text, drafts[-1].span, part):
            describe(part, drafts[-1], lexicon)
