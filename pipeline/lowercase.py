"""Letters as small ones, those of other alphabets too that patterns take for them."""

from __future__ import annotations

__all__ = ["lower_case"]

_TAKEN_FOR = str.maketrans("İſ", "is")


def lower_case(text: str) -> str:
    """The text in small letters, as long as before; what is looked up behind a pattern that asks for no case.

    Such a pattern finds "aprİl" and "ſøndag", which `str.lower` leaves so or takes apart.

    >>> lower_case("ti aprİl, Søndag, ſeks") == "ti april, søndag, seks"
    True
    """
    return text.translate(_TAKEN_FOR).lower()
