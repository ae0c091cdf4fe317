"""A report: a folder of pages that people read, made from the records of a run."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import ConfigurationError
from pipeline.lexicon import Lexicon
from pipeline.records import Minutes
from pipeline.register import Digest, digest, register_of
from pipeline.review.doubts import doubts_of
from pipeline.review.folder import page_name, replacing_folder, write_page
from pipeline.review.followed import followed
from pipeline.review.meeting_index import Entry, entry, facets, search_data
from pipeline.review.meeting_page import meeting_page, panel_data
from pipeline.review.pictures import pictures
from pipeline.review.quarantine import Quarantined
from pipeline.review.values import values_of

if TYPE_CHECKING:
    from pipeline.review.pages import Pages

__all__ = ["index_page", "write_report"]

_NEEDED = {"jinja2": "jinja2", "vl_convert": "vl-convert-python"}  # modules of the extra `report`
_CHECKED = 300  # doubts on the page that gathers them


def write_report(
    records: Iterable[Minutes],
    lexicon: Lexicon,
    folder: Path,
    *,
    language: str = "da",
    quarantine: Sequence[Quarantined] = (),
) -> Path:
    """Write the pages of `records`, and of the register of them, into `folder`, and give the page to open.

    The folder is replaced when all pages are written: it is never half a report. Records are gone through once, one at
    a time; what stays in memory is what the index shows and the register follows.

    Raises `ConfigurationError` where the folder is no report and not empty, or the extra `report` is missing.
    """
    if missing := [package for module, package in _NEEDED.items() if find_spec(module) is None]:
        raise ConfigurationError(f"the report needs {' and '.join(missing)}: pip install 'referat[report]'")
    from pipeline.review.pages import Pages

    pages = Pages(language)
    entries: list[Entry] = []
    digests: list[Digest] = []
    with replacing_folder(folder) as new:
        (new / "meetings").mkdir(mode=0o750)
        for record in records:
            values = values_of(record)
            doubts = doubts_of(values)
            name = f"meetings/{page_name(record.id)}"
            page = meeting_page(record, values, doubts)
            html = pages.render("meeting.html", ("meeting.js",), page=page, rows=panel_data(values), here="", up="../")
            write_page(new / name, html)
            entries.append(entry(record, values, doubts, name))
            digests.append(digest(record, lexicon))
        entries.sort(key=lambda one: (one.date, one.page), reverse=True)
        write_page(new / "index.html", index_page(pages, entries, quarantine))
        write_page(new / "check.html", _check_page(pages, entries))
        bodies = followed(register_of(digests), entries)
        write_page(new / "follow.html", pages.render("follow.html", (), bodies=bodies, here="follow", up=""))
        drawn = pages.render("pictures.html", (), pictures=pictures(entries), here="pictures", up="")
        write_page(new / "pictures.html", drawn)
    return folder / "index.html"


def index_page(pages: Pages, entries: Sequence[Entry], quarantine: Sequence[Quarantined]) -> str:
    """The page of all meetings, as HTML, in the order given."""
    data, offered = search_data(entries), facets(entries)
    given = {"entries": entries, "facets": offered, "data": data, "quarantine": quarantine}
    return pages.render("index.html", ("index.js",), **given, here="meetings", up="")


def _check_page(pages: Pages, entries: Sequence[Entry]) -> str:
    rows = sorted(((one, row) for one in entries for row in one.doubts), key=lambda pair: -pair[1].risk)
    total = sum(one.doubts_total for one in entries)
    return pages.render("check.html", (), rows=rows[:_CHECKED], total=total, here="check", up="")
