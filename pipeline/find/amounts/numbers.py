"""Danish figures and number words as exact decimals."""

from __future__ import annotations

from decimal import Decimal

import regex

from pipeline.lowercase import lower_case

__all__ = ["plain", "read_figure", "read_words"]

_DECIMAL_POINT = regex.compile(r"\d+\.\d{1,2}")
_FORM = regex.compile(r"(?a)(?:\d{1,3}(?:[. \xa0’']\d{3})++|\d++)(?:,\d++)?|\d++\.\d{1,2}|\d{1,3}(?:,\d{3}){2,}+")
_LOOKALIKES = str.maketrans({"O": "0", "o": "0", "I": "1", "l": "1", "S": "5"})
_GROUPING = str.maketrans("", "", ". \xa0’'")

_UNITS = {word: value for value, word in enumerate(["en", "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni"], 1)}
_UNITS |= {word: value for value, word in enumerate(["ti", "elleve", "tolv", "tretten", "fjorten", "femten"], 10)}
_UNITS |= {"seksten": 16, "sytten": 17, "atten": 18, "nitten": 19, "et": 1, "én": 1, "ét": 1}
_TENS = {
    "tyve": 20,
    "tredive": 30,
    "fyrre": 40,
    "halvtreds": 50,
    "tres": 60,
    "halvfjerds": 70,
    "firs": 80,
    "halvfems": 90,
}
_SCALES = {"hundred": 100, "tusind": 1000, "million": 10**6, "mio": 10**6, "milliard": 10**9, "mia": 10**9}
_PIECE = regex.compile(
    "(?P<half>halvand(?:en|et))|(?P<and>og)|(?P<tens>"
    + "|".join(_TENS)
    + ")(?:indstyve)?|(?P<unit>"
    + "|".join(sorted(_UNITS, key=len, reverse=True))
    + r")|(?P<scale>hundred|tusind|million|milliard|mio|mia)(?:er|e)?\.?|(?P<halves>halvt?)|[ -]+"
)


def read_figure(printed: str) -> Decimal | None:
    """The value of Danish figures: a point or space between groups of three, a decimal comma.

    One point before one or two digits is a decimal point ("3.5"). Letters that OCR mistakes digits for (O, l, I, S)
    are read as digits when at least one true digit stands beside them. None where it is no number.

    >>> read_figure("28.483,71"), read_figure("5OO.000"), read_figure("3.10.2025")
    (Decimal('28483.71'), Decimal('500000'), None)
    """
    half = printed.endswith(("½", " 1/2"))
    digits = printed.removesuffix("½").removesuffix("1/2").strip() if half else printed.strip()
    digits = digits or ("0" if half else "")
    if any(character.isdigit() for character in digits):
        digits = digits.translate(_LOOKALIKES)
    if not _FORM.fullmatch(digits):
        return None
    if digits.count(",") > 1:
        digits = digits.replace(",", "")
    whole, _, part = digits.partition(",")
    if not part and _DECIMAL_POINT.fullmatch(whole):
        whole, _, part = whole.partition(".")
    value = Decimal(whole.translate(_GROUPING) + ("." + part if part else ""))
    return value + Decimal("0.5") if half else value


def read_words(words: str) -> Decimal | None:
    """The value of Danish number words, together or apart. None where a piece is no number word.

    >>> read_words("femoghalvtreds"), read_words("to hundrede tusind"), read_words("halvanden million")
    (Decimal('55'), Decimal('200000'), Decimal('1500000.0'))
    >>> read_words("ottende") is None
    True
    """
    total, group, position, seen = Decimal(0), Decimal(0), 0, False
    lowered = lower_case(words).strip()
    while position < len(lowered):
        match = _PIECE.match(lowered, position)
        if match is None:
            return None
        position = match.end()
        name, piece = match.lastgroup, match.group(match.lastgroup) if match.lastgroup else ""
        seen = seen or name in {"half", "halves", "tens", "unit", "scale"}
        if name == "half":
            group += Decimal("1.5")
        elif name == "halves":  # "en halv million" is half of one, "to en halv" two and a half
            group += Decimal("-0.5") if group else Decimal("0.5")
        elif name == "tens":
            group += _TENS[piece]
        elif name == "unit":
            group += _UNITS[piece]
        elif name == "scale":
            scale = _SCALES[piece]
            if scale == 100:
                group = max(group, Decimal(1)) * scale
            else:
                total, group = total + (group or Decimal(1)) * scale, Decimal(0)
    return total + group if seen else None


def plain(value: Decimal) -> str:
    """The value as the records hold it: no exponent, no zeros that only a multiplication left behind.

    >>> plain(Decimal("1.2") * 10**6), plain(Decimal("250.00"))
    ('1200000', '250.00')
    """
    return format(
        value if value != value.to_integral() or value.as_tuple().exponent == -2 else value.to_integral(), "f"
    )
