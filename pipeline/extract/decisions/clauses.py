"""Where in its sentence a decision begins."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from pipeline.extract.decisions.votes import read_votes
from pipeline.extract.subjects import Subject
from pipeline.extract.verdicts import ELECTED_WHO, Verdict, decision_rule
from pipeline.lexicon import Lexicon

__all__ = ["after_report", "clause_start"]

CLAUSE = 25
"""Behind a label that names the case, so many characters are a decision of their own; "Bevilget." is none."""
REFERS = frozenset({"rejected", "referred", "elected"})
"""Behind these "det" means what the clause before it says: the decision is both."""
_IT = regex.compile(r"det (?:blev|bliver|er|var)\b")
_CONCLUDES = regex.compile(r"(?<=^Efter .{,200})|konkluderede\b|(?i:dirigenten|formanden|mødelederen|ordstyreren) ")
_OWN_CLAUSE = regex.compile(
    r"(?i)(?:(?:[,;]? )(?:og|men|hvorefter|så)|[;:]) (?=(?:det|der) )"
    r"|, (?=(?:det|den|vi) (?!(?:der|som)\b)(?:\p{Ll}+er|går|gør|blev|tog|sagde)\b)"
    r"|, og (?!(?:han|hun|de) )(?=(?:[\w.]+ ){1,6}?(?:blev|bliver|er|opnåede|fik|kunne) )"
)
_SO_CHANGED = regex.compile(r"(?:med|under) (?:den|denne|dette|de|disse) \p{L}+ (?:blev|bliver|er|kunne)\b")
"""Behind what is to be changed: the verdict holds for both."""
_AD = regex.compile(r"[Aa]d\.? \d")
_PRONOUN = regex.compile(r"(?:han|hun|de) ")
_FIRST = regex.compile(r"(?!.{0,80} (?:at|om|hvordan|hvornår) )[^,;:.?]{2,60} (?:blev|bliver)(?: \p{Ll}+){0,3} $")
"""Before a verdict that is the first verb of its sentence: what the one that it names says then is another matter."""
_SINCE = regex.compile(
    r", (?:og |men |så )?(?:i stedet|herefter|derefter|derfor|dermed) (?:(?:blev|bliver) )?(?:\p{Ll}+ ){0,2}$"
)
_CLOSES_REPORT = regex.compile(r", og (?:\w+ ){1,4}(?:blev|er|bliver) (?:\w+ )?$")
_THEN_PASSED = regex.compile(r"(?<=, )(?:der|som) (?:\p{Ll}+ )?(?:blev|bliver|er) (?:\p{Ll}+ )?$")
"""Behind what somebody presented: what became of it."""
_IMPERSONAL = regex.compile(r"(?i)(?:det|der) (?:blev|er|var) ")
_RESERVES = regex.compile(r", (?:dog|men|mens|hvorefter|hvorpå|og|idet|da) (?:\p{Ll}+ ){0,2}$")
"""Between a verdict and the first one who speaks, who does so in a clause behind it."""
_SPEAKS = frozenset({"person", "role", "organisation", "pronoun"})


def clause_start(flat: str, found: Verdict, begin: int, names: Sequence[Subject], lexicon: Lexicon) -> tuple[int, bool]:
    """Where the clause of a verdict starts, behind labels and what else the sentence says first; and whether it takes
    that in, because its "det" means it.

    >>> from pipeline.extract.verdicts import verdicts
    >>> flat, lexicon = "Ib er træt af det, vi tager den op igen næste gang.", Lexicon.load()
    >>> clause_start(flat, verdicts(flat, lexicon)[0], 0, (), lexicon)
    (19, False)
    """
    start = max(begin, found.start)
    if label := decision_rule(lexicon, "list-label").regex.match(flat[start : found.at]):
        case = decision_rule(lexicon, "case-in-front").regex.match(flat[start:])
        person = any(n.kind == "person" for n in names if start <= n.start < start + label.end())
        bare = start + label.end() == found.at
        kept = person or _AD.match(flat, start) or (case and found.outcome != "elected")
        start += 0 if bare and kept else label.end()
    elif case := decision_rule(lexicon, "case-label").regex.match(flat[start : found.at]):
        start += case.end() if len(flat) - start - case.end() >= CLAUSE else 0
    own = _OWN_CLAUSE.search(flat, max(start, found.at - 60))
    back = found.outcome in REFERS and own is not None and _IT.match(flat, own.end()) is not None
    back |= found.start == 0 and flat.endswith(("hvilket blev ", "hvilket er "), 0, found.at)
    unopposed = own and decision_rule(lexicon, "no-remarks").regex.match(flat[start : own.start()])
    waits = found.outcome == "postponed" and own is not None and own.group().strip(" ,;") == "så"
    voted = own and read_votes(flat[start : own.start()], lexicon) is not None
    both = own and own.group() == ", " and flat[own.end()] == "d" and found.outcome != "postponed"
    one = back or unopposed or waits or voted or both or (own and _SO_CHANGED.match(flat, own.end()))
    return (own.end() if own and own.end() <= found.at and not one else start), bool(back)


def after_report(flat: str, verdict: Verdict, names: Sequence[Subject]) -> int | None:
    """Where a decision starts in a sentence that tells what somebody says; None where it is what is said.

    >>> from pipeline.extract.verdicts import verdicts
    >>> flat = "Ib læste regnskabet op, som derefter blev godkendt."
    >>> after_report(flat, verdicts(flat, Lexicon.load())[0], ())
    24
    """
    before = flat[: verdict.at]
    if _CONCLUDES.match(flat, verdict.at):
        return verdict.start
    if verdict.outcome == "elected" and ELECTED_WHO.match(before.rpartition(",")[2]):
        return verdict.start
    speaks = next((n.start for n in names if n.kind in _SPEAKS), len(flat))
    if verdict.at < speaks and (_IMPERSONAL.match(flat) or _RESERVES.search(flat, verdict.at_end, speaks)):
        return verdict.start
    if _SINCE.search(before) or (verdict.outcome == "elected" and _FIRST.match(before)):
        clause = 0
    elif verdict.outcome in ("approved", "noted") and (passed := _THEN_PASSED.search(before)):
        clause = passed.start()
    elif _CLOSES_REPORT.search(before):
        clause = flat.rindex(", og ", 0, verdict.at) + len(", og ")
    else:
        return None
    return 0 if _PRONOUN.match(flat, clause) else clause
