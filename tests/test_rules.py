"""Every rule's own examples, as test cases; and which rules are worth trying on a sentence."""

from pathlib import Path

import pytest

from pipeline.lexicon import Lexicon, Likely, Rule
from pipeline.lexicon.likely import literals

LEXICON = Lexicon.load()
MINUTES = Path(__file__).parent.parent / "corpus" / "inbox" / "04-byraad.txt"
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


@pytest.mark.parametrize("file", FILES)
def test_no_rule_is_passed_over_that_finds_something(file: str) -> None:
    rules = LEXICON.rules(file)
    likely = Likely(rules)
    sentences = [text for rule in rules for text in (*(example.text for example in rule.examples), *rule.never)]
    sentences += MINUTES.read_text("utf-8").splitlines()
    tried = 0
    for sentence in sentences:
        within = [rule.name for rule in likely.within(sentence)]
        assert within == [rule.name for rule in rules if rule.name in within]
        assert not [rule.name for rule in rules if rule.name not in within and rule.regex.search(sentence)]
        tried += len(within)
    assert tried < len(rules) * len(sentences)


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("valgt", {"valgt"}),
        ("Valgt|(?i:AFVIST)", {"valgt", "afvist"}),
        ("(?:gen)?valgt", {"valgt"}),
        ("(?:gen)+valg", {"valg"}),
        ("(?P<a>blev) valgt", {" valgt"}),
        ("valgt?", {"valg"}),
        ("valgt{2,}e", {"valg"}),
        ("(?=kun)valgt(?<!kun)(?!kun)", {"valgt"}),
        (r"kr\Kvalg", {"valg"}),
        ("valg[te]", {"valg"}),
        ("[^v]", set()),
        ("valgt|", set()),
        (r"valgt|\d", set()),
        ("(?i)", set()),
    ],
)
def test_words_that_a_pattern_asks_for(pattern: str, words: set[str]) -> None:
    assert literals(pattern) == words
