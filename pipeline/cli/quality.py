"""How good it is, and how it is made better: `evaluate`, `train`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated, Optional

import typer

from pipeline.cli.app import USAGE, app, train

__all__ = ["evaluate", "train_confidence", "train_names", "train_repair", "train_rules", "train_words"]


Texts = Annotated[Path, typer.Option(metavar="DIR", help="Folder with text/*.txt and lists/*.tsv.")]
Pages = Annotated[
    Optional[Path],  # noqa: UP045 -- typer reads the annotation at run time
    typer.Option(metavar="DIR", help="Folder with pairs/*.jsonl. Default: ocr beside DATA."),
]
OwnTexts = Annotated[Path, typer.Option(metavar="DIR", help="Our own minutes and sentences.")]
Work = Annotated[Path, typer.Option(metavar="DIR", help="What is made on the way, to go on from.")]
Models = Annotated[
    Optional[Path],  # noqa: UP045 -- typer reads the annotation at run time
    typer.Option(metavar="DIR", help="Models folder to write to. Default: the models of this installation."),
]


@app.command(epilog="Example: referat evaluate corpus/gold --floors tests/floors.toml")
def evaluate(
    gold: Annotated[list[Path], typer.Argument(metavar="GOLD_DIR...", help="Folders with NAME.gold.json.")],
    inbox: Annotated[
        Optional[Path],  # noqa: UP045 -- typer reads the annotation at run time
        typer.Option(help="Folder with the documents NAME.txt. Default: ocr or inbox beside GOLD_DIR."),
    ] = None,
    clean: Annotated[bool, typer.Option("--clean", help="Read NAME.clean.txt of the gold folder instead.")] = False,
    floors: Annotated[Optional[Path], typer.Option(help="TOML file of floors; fail below them.")] = None,  # noqa: UP045
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
) -> None:
    """Measure referat against gold minutes: precision, recall and F1 by field, and the repair figures."""
    from pipeline.evaluate import evaluate_folders, missed_floors, render

    report = evaluate_folders(gold, inbox=inbox, clean=clean)
    sys.stdout.write(json.dumps(report.as_dict(), ensure_ascii=False, indent=1) + "\n" if as_json else render(report))
    if floors:
        missed = missed_floors(report, floors)
        for line in missed:
            typer.echo(f"referat: below the floor: {line}", err=True)
        if missed:
            raise typer.Exit(USAGE)


@train.command("repair", epilog="Example: referat train repair --data ../shared/data --ocr ../shared/ocr")
def train_repair(
    data: Texts,
    ocr: Pages = None,
    corpus: OwnTexts = Path("corpus"),
    work: Work = Path(".train"),
    out: Models = None,
) -> None:
    """Rebuild the models of repair from text and from pages read by the wrong OCR model.

    Takes an hour on two cores; an interrupted training goes on where it was.
    """
    from pipeline.installed import models
    from pipeline.train.repair import train_repair as rebuild

    rebuild(data, ocr or data.parent / "ocr", corpus, work, out or models(), _tell)


@train.command("words", epilog="Example: referat train words --data ../shared/data --ocr ../shared/ocr")
def train_words(
    data: Texts,
    ocr: Pages = None,
    corpus: OwnTexts = Path("corpus"),
    out: Models = None,
) -> None:
    """Count the words of repair anew, after names were added to models/names; its networks stay.

    Takes a minute on one core.
    """
    from pipeline.installed import models
    from pipeline.train.words import train_words as count

    count(data, ocr or data.parent / "ocr", corpus, out or models(), _tell)


@train.command("ner", epilog="Example: referat train ner --data ../shared/data")
def train_names(
    data: Annotated[Path, typer.Option(metavar="DIR", help="Folder with ner/*.conllu.")],
    corpus: OwnTexts = Path("corpus"),
    work: Work = Path(".train"),
    out: Models = None,
) -> None:
    """Rebuild the network for names from news, minutes and invented sentences.

    Takes fifteen minutes on one core. Sentences that were made are used again; the training itself starts over.
    """
    from pipeline.installed import models
    from pipeline.train.ner import train_ner

    train_ner(data, corpus, work, out or models(), _tell)


@train.command("confidence", epilog="Example: referat train confidence corpus/gold --unseen corpus/unseen")
def train_confidence(
    gold: Annotated[list[Path], typer.Argument(metavar="GOLD_DIR...", help="Folders with NAME.gold.json.")],
    unseen: Annotated[
        list[Path] | None, typer.Option(metavar="GOLD_DIR", help="The same of documents that no rule was made with.")
    ] = None,
    out: Models = None,
) -> None:
    """Fit the confidence of values to gold minutes, and tell how well it holds on documents not fitted on.

    Documents that no rule was made with tell how right each kind of value is; all tell which rules are righter.
    """
    from pipeline.installed import models
    from pipeline.train.values import train_values

    train_values(gold, out or models(), _tell, unseen or ())


@train.command("rules", epilog="Example: referat train rules")
def train_rules(out: Models = None) -> None:
    """Write down what the patterns of the rules begin with and need, so that no run has to read it off them."""
    from pipeline.installed import models
    from pipeline.train.rules import train_rules as write

    write(out or models(), _tell)


def _tell(message: str) -> None:
    typer.echo(message, err=True)
