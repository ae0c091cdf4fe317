"""Who spoke on what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from pipeline.review.language import plain
from pipeline.review.meeting_index import Entry
from pipeline.review.pictures.chart import COLOURS, Picture, Spec, dots, drawn, labels, say

__all__ = ["speech"]

_SPEAKERS, _ITEMS = 14, 22


def speech(entries: Sequence[Entry]) -> Picture | None:
    """The people who spoke most and the items that they spoke on most; None where nobody spoke."""
    said = [
        (speaker, (one.page, item), number, one) for one in entries for (speaker, item), number in one.speech.items()
    ]
    by_speaker, by_item = Counter[str](), Counter[tuple[str, str]]()
    for speaker, _, number, _ in said:
        by_speaker[speaker] += number
    speakers = sorted(by_speaker, key=lambda name: (-by_speaker[name], name))[:_SPEAKERS]
    for speaker, item, number, _ in said:
        by_item[item] += number * (speaker in speakers)
    items = sorted(by_item, key=lambda item: (-by_item[item], item))[:_ITEMS]
    shown = [row for row in said if row[0] in speakers and row[1] in items]
    if not shown:
        return None
    label = labels((item, item[1]) for item in items)
    counts = {(speaker, label[item]): number for speaker, item, number, _ in shown}
    across = [speaker for speaker in speakers if any(speaker == row[0] for row in shown)]

    def spec(language: str) -> Spec:
        return dots(
            counts, across, [label[item] for item in items], COLOURS["heard"], say("chart.statements", language)
        )

    rows = [
        (plain(speaker), one.body_said, plain(item[1]), plain(str(number)))
        for speaker, item, number, one in sorted(shown, key=lambda row: (-row[2], row[0], row[1]))
    ]
    return Picture("speech", drawn("speech", spec), ("chart.speaker", "index.body", "page.item", "chart.count"), rows)
