"""Danish words, names, organisations and rules, read from models/."""

from pipeline.lexicon.lexicon import Lexicon
from pipeline.lexicon.likely import Likely, Needed
from pipeline.lexicon.rules import Example, Rule

__all__ = ["Example", "Lexicon", "Likely", "Needed", "Rule"]
