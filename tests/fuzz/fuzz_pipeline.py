"""Coverage-guided fuzzing of the readers and of the whole pipeline (atheris): `make fuzz`.

What breaks referat is left as a file crash-… (or slow-…, timeout-…) in .fuzz. Make it small (options
-minimize_crash=1 -runs=10000 and the file), add it to tests/fuzz/corpus, where `make test` runs it from then on, and
mend what it found. Arguments are libFuzzer's options, then folders: new inputs go into the first.
"""

from __future__ import annotations

import os
import random
import sys
from pathlib import Path

_OPTIONS = ("-max_len=4000", "-timeout=120", "-rss_limit_mb=4096", f"-dict={Path(__file__).with_name('words.dict')}")


def main() -> None:
    """Run libFuzzer, which ends the process."""
    try:
        import atheris
    except ImportError:
        sys.exit("not fuzzed: atheris is not installed here (pip install 'referat[fuzz]'; it runs on Linux and macOS)")
    with atheris.instrument_imports(include=["pipeline"]):
        from .one_input import take
    os.environ["PATH"] = ""  # no Tesseract: it takes seconds a page, and its faults are not referat's
    atheris.Setup([sys.argv[0], *_OPTIONS, *sys.argv[1:]], take, custom_mutator=_changed)
    atheris.Fuzz()


def _changed(data: bytes, most: int, seed: int) -> bytes:
    """An input changed by libFuzzer, or its lines by chance; its reader stays, whether it is processed may change."""
    import atheris

    chance = random.Random(seed)  # noqa: S311
    kind, file = data[:1] or b"t", data[1:]
    draw = chance.random()
    if draw < 0.05:
        return kind.swapcase() + file
    if draw < 0.2:
        lines = file.split(b"\n")
        line = lines.pop(chance.randrange(len(lines)))
        for _ in range(chance.randrange(3)):
            lines.insert(chance.randrange(len(lines) + 1), line)
        return kind + b"\n".join(lines)[: most - 1]
    return kind + bytes(atheris.Mutate(file, most - 1))


if __name__ == "__main__":
    main()
