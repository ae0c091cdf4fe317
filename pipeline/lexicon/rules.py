"""Rules are data: TOML files under models/rules, each rule with the examples that test it.

    [parts]                                   # optional: named fragments, used in patterns as {{month}}
    month = 'januar|februar|...'

    [[rule]]
    name = "quarter"                          # unique in the file; appears as `rule` in the records
    pattern = '''(?P<q>[1-4])\\. kvartal'''    # `regex` syntax, matched with VERSION1 flags as written
    confidence = 0.97                         # probability that a match is right
    value = "quarter"                         # optional: the label that a match gets (an outcome, an act, a kind)
    note = "why, or the evidence"             # optional
    examples = [{ text = "i 4. kvartal 2027", finds = "4. kvartal" }]
    never = ["kvartalet"]                     # texts in which the rule finds nothing

`tests/test_rules.py` turns every example and every `never` into a test case.
"""

from __future__ import annotations

import tomllib
from functools import cached_property
from pathlib import Path
from typing import Any

import regex
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pipeline.errors import ConfigurationError
from pipeline.lexicon.ways import is_written

__all__ = ["Example", "Rule", "load_rules"]


class Example(BaseModel):
    """A text and what the rule finds in it first."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    text: str
    finds: str


class Rule(BaseModel):
    """One rule as written in a rule file, its pattern with the file's parts filled in."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    pattern: str
    confidence: float = Field(gt=0, le=1)
    value: str | None = None
    note: str | None = None
    examples: tuple[Example, ...] = Field(min_length=1)
    never: tuple[str, ...] = ()

    @cached_property
    def regex(self) -> regex.Pattern[str]:
        return regex.compile(self.pattern)


class _RuleFile(BaseModel):
    model_config = ConfigDict(extra="forbid")

    parts: dict[str, str] = {}
    rule: list[dict[str, Any]]


def load_rules(path: Path) -> tuple[Rule, ...]:
    """The rules of one file in their order.

    Raises `ConfigurationError` naming the file, the rule and the field that is wrong.
    """
    try:
        file = _RuleFile.model_validate(tomllib.loads(path.read_text("utf-8")))
        rules = []
        for raw in file.rule:
            for part, fragment in file.parts.items():
                raw["pattern"] = str(raw.get("pattern", "")).replace("{{" + part + "}}", f"(?:{fragment})")
            rule = Rule.model_validate(raw)
            if not is_written(rule.pattern):  # new: what is wrong with it is told here
                _ = rule.regex
            rules.append(rule)
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise ConfigurationError(f"rule file {path.name}: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise ConfigurationError(f"rule file {path.name}, rule {raw.get('name')!r}, {where}: {first['msg']}") from error
    except regex.error as error:
        raise ConfigurationError(f"rule file {path.name}, rule {raw['name']!r}, pattern: {error}") from error
    names = [rule.name for rule in rules]
    if doubled := {name for name in names if names.count(name) > 1}:
        raise ConfigurationError(f"rule file {path.name}: the name {doubled.pop()!r} is used twice")
    return tuple(rules)
