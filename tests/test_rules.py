"""Every rule's own examples, as test cases."""

from pathlib import Path

import pytest

from pipeline.lexicon import Lexicon, Rule

LEXICON = Lexicon.load()
FILES = sorted(path.stem for path in Path(LEXICON.directory, "rules").glob("*.toml"))
CASES = [
    pytest.param(rule, example.text, example.finds, id=f"{file}-{rule.name}-{n}")
    for file in FILES
    for rule in LEXICON.rules(file)
    for n, example in enumerate(rule.examples)
]
NEVER = [
    pytest.param(rule, text, id=f"{file}-{rule.name}-{n}")
    for file in FILES
    for rule in LEXICON.rules(file)
    for n, text in enumerate(rule.never)
]


@pytest.mark.parametrize(("rule", "text", "finds"), CASES)
def test_example(rule: Rule, text: str, finds: str) -> None:
    match = rule.regex.search(text)
    assert match is not None
    assert match.group() == finds


@pytest.mark.parametrize(("rule", "text"), NEVER)
def test_never(rule: Rule, text: str) -> None:
    assert rule.regex.search(text) is None
