"""Short minutes for tests and benchmarks of runs: paragraphs of our own corpus, shuffled."""

from __future__ import annotations

import random
from pathlib import Path

__all__ = ["make_minutes"]

INBOX = Path(__file__).parent.parent / "corpus" / "inbox"


def make_minutes(folder: Path, count: int, *, characters: int = 1_500, seed: int = 1) -> list[Path]:
    """Write `count` documents of about `characters` each, 500 to a subfolder; the same for the same seed."""
    paragraphs = [
        paragraph
        for file in sorted(INBOX.glob("*.txt"))
        for paragraph in file.read_text("utf-8").split("\n\n")
        if paragraph.strip() and len(paragraph) < characters
    ]
    chance = random.Random(seed)  # noqa: S311 -- nothing is secret here
    files = []
    for number in range(count):
        text = f"Referat af møde nr. {number} i Havneudvalget\n\n"
        while len(text) < characters:
            text += chance.choice(paragraphs) + "\n\n"
        file = folder / f"{number // 500:03}" / f"{number:05}.txt"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
        files.append(file)
    return files
