"""What stands beside a name in an attendance list: a role, an organisation, initials, or a note."""

from __future__ import annotations

from dataclasses import dataclass

import regex

from pipeline.document import quote_name
from pipeline.find.brackets import RINGS, seat_of, tells_of_person
from pipeline.find.organisations.bodies import is_body
from pipeline.lexicon import Lexicon
from pipeline.values import Span

__all__ = [
    "OF_HOUSE",
    "TOWN",
    "Draft",
    "describe",
    "first_letters",
    "in_common",
    "is_house",
    "is_initials",
    "is_substitute",
    "likely_name",
    "names_firm",
    "names_institution",
]

_NOTE = regex.compile(
    r"(?i)^(?:(?:der|som|idet|fra|til|under|indtil|deltog|deltager|gik|kom|forlod|ankom|på|via|online|virtuelt|digitalt"
    r"|teams|zoom|skype|webex|google meet|hybrid|video|videolink|telefon"
    r"|pkt|punkt|ikke|med|uden|ca|syg|sygemeldt|ferie|bortrejst|kun)\b"
    r"|t[li]f\b|mobil\b|j\.\s?nr|sagsnr|www\.|kl\.?\s*\d|\d)"
)
_PARTLY = regex.compile(
    r"(?i)\b(?:pkt|punkt|punkterne|kl|sag|dagsordenens)\b\.?\s*\d|\bunder\s+(?:behandlingen|drøftelsen)|\bdelvist?\b"
)
_DEGREE = regex.compile(
    r"(?i)^(?:b\.?\s?sc|m\.?\s?sc|b\.?a|m\.?a|ph\.?\s?d|mba|mpa|mph|hd|cand\.?\s?\p{L}+|dr\.?\s?\p{L}+)\.?$"
)
_SENT_BY = regex.compile(
    r"(?:(?:som|der)\s+)?(?:udp\.|repr\.|udpeget|valgt|indstillet|udlånt|ansat|repræsentere[rd]e?|repræsentant"
    r"|på vegne|kommer|kom)\s+(?:(?:af|for|fra|hos|i|ved)\s+)?"
    r"(?P<who>(?=\p{Lu})[^,;()]{2,60})$"
)
"""An organisation and what it has to do with the name: "udpeget af Norddal Kommune"."""
_WHO_IS = regex.compile(r"^(?:(?:som|der)\s+er|som)\s+(?:vores\s+)?(?:nye?\s+)?(?=\p{Ll}+$)")
_SERVED = regex.compile(
    r"(?i)(?:(?:som|der)\s+)?(?:(?:tog|tager|skrev|skriver|førte|fører|holdt|lavede)"
    r"(?:\s+(?:referat|noter|notater|pen|protokol)\p{L}*)?"
    r"|(?:ledede|leder|ledte|styrede|styrer)\s+(?:mødet|ordet))"
)
"""What somebody did for the meeting: "som tog referat"."""
_SUBSTITUTE = regex.compile(
    r"(?i)^(?:stedfortræder|suppleant|i\s+stedet|vikar|afløser)\b.*\bfor\b|^i\s+st\.\s?f(?:or|\.)\s|^for\s+\p{Lu}"
)
_IN_COMMON = regex.compile(
    r"(?:alle(?:\s+(?:tre|fire|fem|seks))?|samtlige|(?P<both>begge(?:\s+to)?))(?:\s+(?:fra|i|ved|af|for))?\s+(?P<who>\p{Lu}.*)"
)
"""What is said of all the people before it, or of the last two: "begge Norddal Kommune"."""
ACRONYM = 4
"""Capitals behind a name, so many at most, are no common word: "LO"."""
_PARTY = regex.compile(r"\p{Lu}|(?i:løsgænger|uden for (?:parti|grupperne)\p{L}*)")
"""Behind a name no organisation, but the letter of a party."""
_TELLS = regex.compile(r"\p{Ll}\s(?:deltog|mødte|kom|var|er|blev|afløste|afløser)\s\p{Ll}")
"""In a bracket a sentence: "Ib Holst deltog i stedet for Karen Dam"."""
_OF_OTHERS = regex.compile(r"(?i)afbud fra\s")
"""In a bracket at the end of a list: somebody else was away."""
_STAYED_AWAY = regex.compile(
    r"(?i)(?:ikke|ej) (?:til ?stede|mødt)|fraværende|udeblevet|syg(?:emeldt)?|forhindret|bortrejst|(?:har )?meldt fra"
    r"|(?:på )?(?:\p{Ll}{0,12}ferie|barsel|orlov)"
)
"""Behind a name: this one was away."""
_DEPARTMENT = regex.compile(r"(?i)(?:\bafd\.|(?:afdeling|afsnit|klinik|kontor|enhed|sektion|team)(?:en|et)?\b)")
"""A part of the house whose name the label of the list has given already."""
_CODE = regex.compile(r"\p{Lu}{1,3}\d\p{Lu}{2,4}|[\p{L} ]{1,30}[¢®©¥|_=*]")
"""A call sign, or what OCR made of initials or of somebody's name: no organisation."""
_FIRM_WORD = regex.compile(
    r"(?:leverandøren|firmaet|virksomheden|selskabet|konsulentfirmaet|rådgiveren|foreningen|organisationen)\s(?=\p{Lu})"
    r"|(?=(?:\p{Ll}{3,20}(?:stedet|hjemmet|skolen|klubben|foreningen|centret|haven|rådet|gruppen|laget))\s\p{Lu})"
)
"""In front of a name what it is of: "leverandøren Norddata"; a house keeps it: "bostedet Havly"."""
_KIN = regex.compile(
    r"(?i)s\s+(?:\p{L}*(?:mor|mødre|far|fædre|forældre|kone|mand|hustru|kæreste|søn|datter|søster|bror|ven|veninde"
    r"|værge|plejefamilie))$|^(?:mor|far|forælder|forældre|mormor|farmor|morfar|farfar|værge)\s+til\b"
)
"""Whose kin somebody is: "Karens mor"."""

_POST = regex.compile(r"(?P<role>\p{Lu}\p{Ll}{3,30})\s(?:i|for|ved|hos|af)\s(?P<who>.{3,60})")
"""A post and where it is held: "Chef for Jobcentret"."""
OF_HOUSE = regex.compile(
    r"(?P<who>\p{Lu}[\p{L}-]{2,30}(?: \p{Lu}[\p{L}-]{2,30}){0,2})s (?P<part>\p{Ll}{4,}(?: \p{Ll}{4,})?)"
)
"""A house and a part of it, or what somebody is there: "Kystrådets bestyrelse", "Kystrådets direktør"."""
_INSTITUTION = regex.compile(  # read from the end, where it stands
    r"(?ri)(?:(?<!be)styrelse|ministeri|direktorat|tilsyn|forening|forbund|union|kommune|region|universitet|skole|hospital"
    r"|sygehus|klubb?|selskab|samvirke|råd|udvalg|nævn|sekretariat|forsikring|forsyning|administration|bank|sparekasse|fond"
    r"|værft|værk|laug|muse|bibliotek|center|centr|institut|huset|parti|gymnasi|akademi|tegnestue|firma|virksomhed|apotek"
    r"|menighed|provsti|havn)(?:en|et|n|t|um|er|erne|s)?$"
)
_FIRM = regex.compile(
    r"(?ri)(?:^|\s)(?:a/s|aps|i/s|p/s|k/s|a\.?m\.?b\.?a|f\.?m\.?b\.?a|ivs|gmbh|ltd|inc|ab|systems|solutions|consult(?:ing)?|group"
    r"|hosting|software|partners|revision|rådgivning|consulting|entreprise|arkitekter|ingeniører|advokater|revisorer"
    r"|teknik|transport|maskiner|kabel|elektro|invest|ejendomme|ejendomsadministration|logistik|marine|kommunikation)\.?$"
)

TOWN = regex.compile(
    r"(?i)(?:vej|gade|by|skov|strand|mark|mose|sø|bakken?|torv|plads|land|ø|ås|dal|bjerg|huse|haver?|kær|vang|park|allé|amt|sogn"
    r"|bro|rup|lev|sted|bæk|borg|løse|toft|hede|eng|kyst|fjord|stræde|gård|kirke|lund|holm|næs|nord|syd|øst|vest|midt)(?:en|et|n)?$"
)
"""How the names of places end."""


@dataclass
class Draft:
    """A name in a list, while what stands beside it is read."""

    span: Span
    organisation: str | None = None
    role: str | None = None
    closed: bool = False
    """Whether a bracket holds the name, so that nothing behind it belongs to it."""

    def plays(self, role: str) -> None:
        """Add a role behind those that are known."""
        self.role = f"{self.role}, {role}" if self.role else role


def is_initials(text: str, name: Span, content: str) -> bool:
    """Whether a piece behind a name is a short form of it ("PH" behind Palle Holm)."""
    full = (first_letters(text, name) + quote_name(text, *name).upper()).translate(RINGS)
    return content.isupper() and " " not in content and _subsequence(content.translate(RINGS), full)


def first_letters(text: str, name: Span) -> str:
    return "".join(word[0] for word in quote_name(text, *name).split()).upper()


def _subsequence(short: str, long: str) -> bool:
    rest = iter(long)
    return len(short) <= 4 and all(letter in rest for letter in short)


def is_substitute(content: str) -> bool:
    """Whether a piece says for whom the one before it came: "i stedet for Ib Holst"."""
    return _SUBSTITUTE.match(content) is not None


def in_common(content: str, drafts: list[Draft]) -> bool:
    """Whether a piece gives all people before it, or the last two, one organisation: "begge Norddal Kommune"."""
    common = _IN_COMMON.fullmatch(content) if drafts else None
    if common is None:
        return False
    for draft in drafts[-2:] if common["both"] else drafts:
        draft.organisation = draft.organisation or common["who"]
    return True


def describe(content: str, draft: Draft, lexicon: Lexicon) -> None:
    """Give a role or an organisation to a name."""
    content = _WHO_IS.sub("", content)
    if draft.closed or not content or len(content) > 80 or not any(c.isalpha() for c in content):
        return
    if (
        _PARTY.fullmatch(content)
        or _TELLS.search(content)
        or _OF_OTHERS.match(content)
        or ("@" in content[1:] and "." in content)
    ):
        return
    if tells_of_person(content, lexicon) and not is_house(content, lexicon):
        return
    if _STAYED_AWAY.fullmatch(content):
        draft.plays(content)
        return
    if seat := seat_of(content, lexicon):
        draft.organisation = draft.organisation or seat[1]
        draft.plays(seat[0])
        return
    if (post := _POST.fullmatch(content)) and lexicon.roles.group(post["role"]):
        who = post["who"]
        house = is_house(who, lexicon) or (is_body(who[:1].casefold() + who[1:], lexicon) and who[:1].isupper())
        draft.organisation = draft.organisation or (who if house else None)
        draft.plays(content)
        return
    if (officer := OF_HOUSE.fullmatch(content)) and lexicon.roles.group(officer["part"]):
        draft.organisation = draft.organisation or (officer["who"] if is_house(officer["who"], lexicon) else None)
        draft.plays(content)
        return
    where, _, what = content.rpartition("/")
    if len(where) > 1 and where[0].isupper() and what[:1].islower() and lexicon.roles.group(what.split()[0]):
        draft.organisation = draft.organisation or where.strip()
        draft.plays(what)
        return
    if _PARTLY.search(content) or _DEGREE.match(content) or _CODE.fullmatch(content):
        return
    if _SERVED.fullmatch(content) or _KIN.search(content):
        draft.role = f"{draft.role}, {content}" if draft.role and " " not in content else draft.role or content
    elif is_substitute(content):
        draft.role = draft.role or content.split(maxsplit=1)[0].casefold()
    elif sent := _SENT_BY.match(content):
        draft.organisation = draft.organisation or sent["who"]
    elif not draft.organisation and (is_body(content, lexicon) or _is_named(content, lexicon)):
        draft.organisation = content
    elif (kind := _FIRM_WORD.match(content)) and not draft.organisation:
        draft.organisation = content[kind.end() :]
    elif (
        lexicon.roles.group(content)
        or (not _NOTE.match(content) and (content[0].islower() or _is_task(content, lexicon)))
    ) or (draft.organisation and _DEPARTMENT.search(content)):
        draft.plays(content)
    elif (content[0].isupper() and not _NOTE.match(content) and not _someone(content, lexicon)) or regex.fullmatch(
        r"\d\p{Lu}(?: \p{Lu}[\p{L}-]+)*", content
    ):  # 3F
        short = _is_acronym(content) or _is_acronym(draft.organisation or "")
        kept = short and lexicon.organisations.lookup(content) is None
        draft.organisation = (draft.organisation if kept else None) or content


def _is_named(content: str, lexicon: Lexicon) -> bool:
    """Whether a firm is named by a trade ("Rådgiver A/S"), or an organisation with a small letter ("e-Boks")."""
    return (content[0].isupper() and names_firm(content)) or (
        content[0].islower() and not content.islower() and lexicon.organisations.lookup(content) is not None
    )


def _is_acronym(content: str) -> bool:
    return content.isupper() and len(content) <= ACRONYM


def _someone(content: str, lexicon: Lexicon) -> bool:
    """Whether two or three words are surely a person's: first names, or a first name and a family name."""
    words = content.split()
    sure = 2 <= len(words) <= 3 and lexicon.names.is_first(words[0]) and lexicon.names.score(content) >= 0.9
    return sure and not is_house(content, lexicon)


def likely_name(name: str, lexicon: Lexicon) -> bool:
    """Whether a name is sure, or a known first name has one unknown word behind it."""
    return lexicon.names.score(name) >= 0.75 or (
        name.count(" ") == 1 and lexicon.names.is_first(name.partition(" ")[0])
    )


def _is_task(content: str, lexicon: Lexicon) -> bool:
    """Whether one common word says what somebody sees to: "Lokaler"."""
    words = lexicon.words
    common = (
        " " not in content
        and not _is_acronym(content)
        and not content.endswith(("en", "et", "erne", "ene"))
        and words.count(content.casefold()) > words.proper_count(content)
    )
    return common and not is_house(content, lexicon)


def names_institution(words: str) -> bool:
    """Whether words end as the names of institutions and firms do: "Strandby Sejlklub", "Norddal Byg A/S".

    >>> names_institution("Strandby Sejlklub"), names_institution("Norddal Byg A/S"), names_institution("Ib Holst")
    (True, True, False)
    """
    return _INSTITUTION.search(words) is not None or names_firm(words)


def is_house(words: str, lexicon: Lexicon) -> bool:
    """Whether words are an organisation that is known, or end as the names of institutions and firms do.

    >>> lexicon = Lexicon.load()
    >>> is_house("KL", lexicon), is_house("Strandby Sejlklub", lexicon), is_house("Ib Holst", lexicon)
    (True, True, False)
    """
    if lexicon.organisations.lookup(words) is not None:
        return True
    post = _POST.fullmatch(words)
    return not (post and lexicon.roles.group(post["role"])) and (
        names_institution(words) or words.startswith("Region ")
    )


def names_firm(words: str) -> bool:
    """Whether words end as the names of firms do."""
    return _FIRM.search(words) is not None
