"""The last day of a period in EDTF."""

from __future__ import annotations

import datetime
import re

__all__ = ["last_day"]

_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_WEEK = re.compile(r"(\d{4})-W(\d{2})")
_QUARTER = re.compile(r"(\d{4})-Q([1-4])")
_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")
_YEAR = re.compile(r"\d{4}")


def last_day(edtf: str) -> str | None:
    """The last day of a date as an ISO day; None for seasons, open periods and what is no date.

    >>> [last_day(date) for date in ("2025-05-01", "2025-W33", "2025-06", "2025-Q4", "2025", "2025-21", "2025-05/..")]
    ['2025-05-01', '2025-08-17', '2025-06-30', '2025-12-31', '2025-12-31', None, None]
    """
    edtf = edtf.rpartition("/")[2]
    try:
        if _DAY.fullmatch(edtf):
            return datetime.date.fromisoformat(edtf).isoformat()
        if match := _WEEK.fullmatch(edtf):
            return datetime.date.fromisocalendar(int(match[1]), int(match[2]), 7).isoformat()
        if match := _QUARTER.fullmatch(edtf):
            return _end_of_month(int(match[1]), 3 * int(match[2]))
        if match := _MONTH.fullmatch(edtf):
            return _end_of_month(int(match[1]), int(match[2]))
        return _end_of_month(int(edtf), 12) if _YEAR.fullmatch(edtf) else None
    except ValueError:
        return None


def _end_of_month(year: int, month: int) -> str:
    following = datetime.date(year + month // 12, month % 12 + 1, 1)
    return (following - datetime.timedelta(days=1)).isoformat()
