"""Every rule's own examples, as test cases; and which rules are worth trying on a sentence."""

from pathlib import Path

import pytest
import regex
from linear_time import assert_linear

from pipeline.errors import ConfigurationError
from pipeline.lexicon import Lexicon, Likely, Rule
from pipeline.lexicon.rules import load_rules
from pipeline.lexicon.ways import WRITTEN, read_off, read_written
from pipeline.train.rules import written

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
def test_rules_find_the_same_where_they_are_tried_as_everywhere(file: str) -> None:
    rules = LEXICON.rules(file)
    likely = Likely(rules)
    sentences = [text for rule in rules for text in (*(example.text for example in rule.examples), *rule.never)]
    text = MINUTES.read_text("utf-8")
    for each in (*sentences, *map(str.upper, sentences), "ı", *text.splitlines(), text, " ".join(sentences)):
        everywhere = [(rule.name, match.span()) for rule in rules for match in rule.regex.finditer(each)]
        assert [(rule.name, match.span()) for rule, match in likely.matches(each)] == everywhere


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        (r"(?i)blev\W+valgt", "Blev\n \nvalgt", ["Blev\n \nvalgt"]),
        (r"(?i)blev\W+valgt", "blev\n\n\n  valgt", ["blev\n\n\n  valgt"]),
        (r"(?i)blev\W+valgt", "blev\n\n-\n\nvalgt", []),
        (r"(?i)\bblev\W+valgt", "blev\n\n-\n\nvalgt", []),
        (r"(?i)\b(?:blev|\p{L}r) valgt", "ÆR BLEV VALGT, er valgt", ["BLEV VALGT", "er valgt"]),
        (r"(?i)\bvalgt(?:es)?\b", "İ ẞ valgt genvalgt Valgtes", ["valgt", "Valgtes"]),
    ],
)
def test_a_match_reaches_into_the_next_paragraph_and_offsets_stay(pattern: str, text: str, found: list[str]) -> None:
    rule = LEXICON.rules("votes")[0].model_copy(update={"pattern": pattern, "regex": regex.compile(pattern)})
    assert [match.group() for _, match in Likely([rule]).matches(text)] == found


def test_what_is_written_down_is_what_the_patterns_say() -> None:
    text = (LEXICON.directory / WRITTEN).read_text("utf-8")
    assert text == written(LEXICON.directory), "after a change of rules: referat train rules"


@pytest.mark.parametrize("text", ["", "<<<<<<< HEAD\n{}", "[1]"])
def test_a_file_of_ways_in_pieces_says_nothing(text: str, tmp_path: Path) -> None:
    (tmp_path / "ways.json").write_text(text, "utf-8")
    assert read_written(tmp_path / "ways.json") == {}
    assert read_written(tmp_path / "missing.json") == {}


def test_a_rule_whose_words_are_not_written_down_is_read_at_once(tmp_path: Path) -> None:
    wrong = '[[rule]]\nname = "open"\npattern = "("\nconfidence = 0.9\nexamples = [{ text = "a", finds = "a" }]\n'
    (tmp_path / "wrong.toml").write_text(wrong, "utf-8")
    with pytest.raises(ConfigurationError, match=r"wrong.toml, rule 'open', pattern: missing \)"):
        load_rules(tmp_path / "wrong.toml")


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("valgt", {"valgt"}),
        ("Valgt|(?i:AFVIST)", {"valgt", "afvist"}),
        ("(?:gen)?valgt", {"valgt"}),
        ("(?:gen)+valg", {"valg"}),
        ("(?P<a>blev) valgt", {"blev valgt"}),
        ("valgt?", {"valg"}),
        ("valgt{2,}e", {"valg"}),
        ("(?<!kun)valgt(?!bestyrelse)", {"valgt"}),
        (r"\d+(?= moms)", {" moms"}),
        (r"(?<=moms )\d+", {"moms "}),
        (r"kr\Kvalg", {"valg"}),
        ("valg[te]", {"valg"}),
        (r"\b(?:gen)*valgt", {"valgt"}),
    ],
)
def test_words_that_a_pattern_needs(pattern: str, words: set[str]) -> None:
    (way,) = read_off(pattern)
    assert (set(way.opens), set(way.needs)) == (set(), words)


@pytest.mark.parametrize("pattern", ["[^v]", "valgt|", r"valgt|\d", "(?i)", r"\b(?:gen|\d)"])
def test_a_pattern_may_do_without_words(pattern: str) -> None:
    assert read_off(pattern) == ()


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        (r"(?i)\bVALG", [({"valg"}, set())]),
        (r"\b(?:gen|af)?valg", [({"valg", "genvalg", "afvalg"}, set())]),
        (r"\b(?:blev (?!ikke)|er )v[ae]lgt", [({"blev v", "er val", "er vel"}, {"lgt"})]),
        (r"\b(?:blev|er) \w+ (?:gen)?valgt", [({"blev ", "er "}, {"valgt"})]),
        (r"\b(?:gen)+valgt", [({"gen"}, {"valgt"})]),
        (r"\b(?:gen|\d) valgt", [({"gen va"}, {"gen valgt"}), (set(), {" valgt"})]),
        (r"(?<![\p{L}\d])[1-3]\. kvartal", [({"1. kva", "2. kva", "3. kva"}, {". kvartal"})]),
        (r"(?<!\p{L})(?P<a>(?>ny|nye))\d", [({"ny", "nye"}, set())]),
        (r"\bgen\Kvalgt", [({"gen"}, {"valgt"})]),
        (r"\bgen|valgt", [({"gen"}, set()), (set(), {"valgt"})]),
        (r"^(?:\w+ )?valgt|^afvist", [({""}, {"valgt"}), ({""}, {"afvist"})]),
    ],
)
def test_words_that_a_pattern_begins_with(pattern: str, found: list[tuple[set[str], set[str]]]) -> None:
    assert [(set(way.opens), set(way.needs)) for way in read_off(pattern)] == found


def test_words_that_stand_apart_take_linear_time() -> None:
    """Many places where a rule may begin, and as many stretches with a word that it needs."""
    rules = Likely(LEXICON.rules("dates"))

    def made(size: int, n: int) -> str:
        return (f"Svar {n} inden påske til Ib, til Bo og til Ea.\n" + "a\n" * 4) * size

    assert_linear(lambda text: list(rules.matches(text)), made, 1000, 8, limit=16)
