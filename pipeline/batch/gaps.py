"""How much of documents was not understood: counted where one is processed, kept in the state, summed up there."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pipeline.document import Document

__all__ = ["Gaps", "find_gaps"]


class Gaps(NamedTuple):
    """What there was in documents, and beside it how much of it was missed.

    Lines that stand in no item and hold no value, capitalised names that belong to nobody known, figures and years that
    no finder claimed; items with a heading and no text; of the items that recommend something (`asking`) those in which
    no decision was found.
    """

    lines: int = 0
    lines_missed: int = 0
    names: int = 0
    names_missed: int = 0
    figures: int = 0
    figures_missed: int = 0
    items: int = 0
    items_missed: int = 0
    asking: int = 0
    asking_missed: int = 0

    @property
    def share(self) -> float:
        """Lines, names and figures missed, of all there are; 0 where there are none. One less `coverage.share`."""
        there = self.lines + self.names + self.figures
        return (self.lines_missed + self.names_missed + self.figures_missed) / there if there else 0.0

    def as_json(self) -> dict[str, object]:
        """The same for programs.

        >>> Gaps(lines=10, lines_missed=1).as_json()["lines"]
        {'of': 10, 'missed': 1}
        """
        counts = self._asdict()
        kinds = (kind for kind in counts if not kind.endswith("_missed"))
        return {"share": round(self.share, 4)} | {
            kind: {"of": counts[kind], "missed": counts[f"{kind}_missed"]} for kind in kinds
        }


def find_gaps(document: Document) -> Gaps:
    """What was not understood of a document that went through all stages."""
    coverage = document.coverage
    codes = [notice.code for notice in document.notices]
    return Gaps(
        coverage.lines,
        coverage.lines - coverage.lines_placed,
        coverage.names,
        coverage.names - coverage.names_resolved,
        coverage.figures,
        coverage.figures - coverage.figures_read,
        len(document.items),
        codes.count("item-without-text"),
        len({recommendation.item for recommendation in document.recommendations}),
        codes.count("recommendation-without-decision"),
    )
