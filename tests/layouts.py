"""Minutes of the corpus with their headings printed in another layout: what the items are is known beforehand.

    python -m tests.layouts [GOLD_DIR …]

prints precision, recall and F1 of the items for each layout, over all documents whose headings can be told apart.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import regex

from pipeline.evaluate.compare import match_texts
from pipeline.lexicon import Lexicon
from pipeline.read import read
from pipeline.repair import repair
from pipeline.segment import segment

__all__ = ["LAYOUTS", "Layout", "Printed", "figures", "items_of", "printed", "read_printed"]

GOLD = Path(__file__).parent.parent / "corpus" / "gold"
ALIKE = 85.0  # per cent, as in the figures
LONGEST_TITLE, LONGEST_REST = 80, 25
MOST = 16  # Roman figures that are written out below
ROMAN = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI")


class Layout(NamedTuple):
    """Blank lines above, the lines of a heading, blank lines below; whether the text goes on behind the heading."""

    above: int
    heading: Callable[[int, str], list[str]]
    below: int
    run_in: bool = False


def _line(form: str) -> Callable[[int, str], list[str]]:
    """Lines parted by "/": `n` is the number, `r` the Roman one, `t` the title, `T` the title in capitals."""

    def heading(number: int, title: str) -> list[str]:
        filled = {"{n}": str(number), "{r}": ROMAN[number], "{t}": title, "{T}": title.upper(), "{-}": "-" * len(title)}
        return [regex.sub(r"\{.\}", lambda m: filled[m.group()], line) for line in form.split("\n")]

    return heading


LAYOUTS = {
    "number and full stop": Layout(1, _line("{n}. {t}"), 0),
    "the same, a space below": Layout(1, _line("{n}. {t}"), 1),
    "the same, no space": Layout(0, _line("{n}. {t}"), 0),
    "bracket": Layout(1, _line("{n}) {t}"), 0),
    "number alone in front": Layout(1, _line("{n} {t}"), 0),
    "number on a line of its own": Layout(1, _line("{n}\n{t}"), 0),
    "number, mark and title": Layout(1, _line("{n} (Åbent punkt)\n{t}"), 1),
    "Nr.": Layout(1, _line("Nr. {n}. {t}"), 0),
    "Punkt above the title": Layout(1, _line("Punkt {n}\n{t}"), 1),
    "Pkt.": Layout(1, _line("Pkt. {n}: {t}"), 1),
    "Ad": Layout(1, _line("Ad {n}. {t}"), 0),
    "section sign": Layout(1, _line("§ {n}. {t}"), 1),
    "Roman": Layout(1, _line("{r}. {t}"), 0),
    "capitals behind Punkt": Layout(1, _line("PUNKT {n} – {T}"), 1),
    "number, case below": Layout(1, _line("{n}. {t}\nSagsnr. 25/10{n}"), 1),
    "text behind a colon": Layout(1, _line("{n}. {t}: "), 0, run_in=True),
    "title alone": Layout(1, _line("{t}"), 1),
    "title above its text": Layout(1, _line("{t}"), 0),
    "title below two spaces": Layout(2, _line("{t}"), 0),
    "capitals": Layout(1, _line("{T}"), 1),
    "capitals behind a star": Layout(1, _line("* {T}"), 0),
    "title and colon": Layout(1, _line("{t}:"), 0),
    "underlined": Layout(1, _line("{t}\n{-}"), 0),
    "below a line": Layout(1, _line("{-}\n{t}"), 1),
    "bullet": Layout(1, _line("• {t}"), 0),
    "title, case below": Layout(1, _line("{t}\nSagsnr.: 25/10{n}"), 1),
    "Emne": Layout(1, _line("Emne: {t}"), 0),
    "mark behind": Layout(1, _line("{t} (B)"), 0),
}


class Printed(NamedTuple):
    """A document: its lines, and of each heading the first line, how many it takes, and the title."""

    name: str
    lines: tuple[str, ...]
    heads: tuple[tuple[int, int, str], ...]

    @property
    def titles(self) -> list[str]:
        return [title for *_, title in self.heads]


def read_printed(file: Path) -> Printed | None:
    """The document of a gold file; None where its headings cannot be cut out."""
    gold = json.loads(file.read_text("utf-8"))
    name = file.name.removesuffix(".gold.json")
    lines = (file.parent / f"{name}.clean.txt").read_text("utf-8").split("\n")
    heads = []
    for item in gold["items"]:
        first = item["line"] - 1
        whole = [" ".join(" ".join(lines[first : first + n]).split()) for n in (1, 2, 3)]
        many = next((n for n, text in enumerate(whole, 1) if item["title"] and item["title"] in text), None)
        if many is None or len(item["title"]) > LONGEST_TITLE:
            return None
        if len(whole[many - 1].partition(item["title"])[2]) > LONGEST_REST:
            return None
        heads.append((first, many, item["title"]))
    apart = all(a[0] + a[1] <= b[0] for a, b in pairwise(heads))
    return Printed(name, tuple(lines), tuple(heads)) if apart and 4 <= len(heads) <= MOST else None


def printed(document: Printed, layout: Layout) -> str:
    """The text with every heading in the layout."""
    out = _trimmed(document.lines[: document.heads[0][0]])
    ends = [*(first for first, *_ in document.heads[1:]), len(document.lines)]
    for number, ((first, many, title), end) in enumerate(zip(document.heads, ends, strict=True), 1):
        body = _trimmed(document.lines[first + many : end])
        heading = layout.heading(number, title)
        out += [""] * layout.above
        if layout.run_in:
            out += [*heading[:-1], heading[-1] + "".join(body[:1]).strip(), *body[1:]]
        else:
            out += [*heading, *[""] * layout.below, *body]
    return "\n".join(out) + "\n"


def _trimmed(lines: Sequence[str]) -> list[str]:
    filled = [n for n, line in enumerate(lines) if line.strip()]
    return list(lines[filled[0] : filled[-1] + 1]) if filled else []


def items_of(text: str, lexicon: Lexicon) -> list[str | None]:
    """The titles of the items that are found in a text."""
    return [item.title for item in segment(repair(read(text.encode(), "minutes.txt"), lexicon), lexicon).items]


def figures(documents: Sequence[Printed], layout: Layout, lexicon: Lexicon) -> tuple[float, float]:
    """Precision and recall of the items in a layout."""
    right = found = wanted = 0
    for document in documents:
        titles = items_of(printed(document, layout), lexicon)
        right += len(match_texts(document.titles, titles, ALIKE))
        found += len(titles)
        wanted += len(document.titles)
    return right / max(found, 1), right / max(wanted, 1)


def _rows(folders: Sequence[Path]) -> Iterator[str]:
    lexicon = Lexicon.load()
    files = [file for folder in folders for file in sorted(folder.glob("*.gold.json"))]
    documents = [document for file in files if (document := read_printed(file))]
    yield f"{len(documents)} documents"
    for name, layout in LAYOUTS.items():
        precision, recall = figures(documents, layout, lexicon)
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        yield f"{name:32}{precision:8.3f}{recall:8.3f}{f1:8.3f}"


if __name__ == "__main__":
    for row in _rows([Path(name) for name in sys.argv[1:]] or [GOLD]):
        print(row, flush=True)
