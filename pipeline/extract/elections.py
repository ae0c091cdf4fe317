"""Elections that are minuted as nothing but a name under a heading."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.document import AgendaItem, Decision, Document
from pipeline.extract.passages import Passage
from pipeline.extract.verdicts import decision_rule
from pipeline.lexicon import Lexicon

__all__ = ["elected_by_name"]


def elected_by_name(
    document: Document, item: AgendaItem, sentences: Sequence[Passage], found: Sequence[Decision], lexicon: Lexicon
) -> Iterator[Decision]:
    """A decision for each line of an election that holds nothing but a person's name.

    Names that stand under "På valg" or the like are candidates, and where a sentence elects all who are listed
    ("Begge blev genvalgt") it is the decision.
    """
    under_heading = decision_rule(lexicon, "election-heading").regex
    election = bool(under_heading.search(item.title or ""))
    standing = False
    collective = any(
        d.outcome == "elected" and decision_rule(lexicon, "collective").regex.search(document.quote(d.start, d.end))
        for d in found
    )
    for passage in sentences:
        named = _is_name(document, passage, lexicon)
        if not named and len(passage.flat) <= 90:
            if under_heading.search(passage.flat):
                election, standing = True, False
            elif passage.flat.endswith(":"):
                standing = decision_rule(lexicon, "standing").regex.search(passage.flat) is not None
            elif not _is_election(item, lexicon):
                election = False
        taken = any(d.start < passage.end and passage.start < d.end for d in found)
        if not election or standing or collective or taken:
            continue
        if named or decision_rule(lexicon, "is-officer").regex.match(passage.flat):
            yield Decision(
                start=passage.start,
                end=passage.end,
                rule="is-officer" if not named else "elected-name",
                confidence=0.75,
                item=passage.item,
                outcome="elected",
            )


def _is_election(item: AgendaItem, lexicon: Lexicon) -> bool:
    return decision_rule(lexicon, "election-heading").regex.search(item.title or "") is not None


def _is_name(document: Document, passage: Passage, lexicon: Lexicon) -> bool:
    spans = [s for p in document.persons for s in p.mentions if passage.start <= s.start < passage.end]
    if not spans or len(passage.flat) > 80:
        return False
    rest = passage.flat
    for span in sorted(spans, reverse=True):
        start, end = passage.locate(span.start), passage.locate(min(span.end, passage.end) - 1) + 1
        rest = rest[:start] + " " + rest[end:]
    return decision_rule(lexicon, "beside-a-name").regex.match(rest) is not None
