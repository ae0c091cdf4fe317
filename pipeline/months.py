"""The names of the months, January first."""

__all__ = ["MONTHS"]

MONTHS = (
    *("januar", "februar", "marts", "april", "maj", "juni"),
    *("juli", "august", "september", "oktober", "november", "december"),
)
