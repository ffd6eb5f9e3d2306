"""Policy facts: every number of a claim is the one that the closest statement gives.

A number that stands in the passages, but beside another thing, is a wrong number. What the
customer said of herself ("I bought it 40 days ago") may be repeated, unless it would pass for the
rule: where the statement gives a number of the same kind that the claim leaves out.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.answer import Question
from app.grounding.quantities import LONGEST, Quantity, quantities
from app.grounding.sources import Aligned, Sources, Stated
from app.grounding.verdict import Claim, Finding, Verdict
from knowledge_base.policy.fact import Comparator, FactKind

NEAR = 0.04
"""How far behind the closest statement's score another one may lie and still give the number."""
CLOSE = 0.2
"""Score below which no statement speaks of the same thing as the claim."""

_UPPER = frozenset({Comparator.AT_MOST, Comparator.LESS_THAN})
_LOWER = frozenset({Comparator.AT_LEAST, Comparator.MORE_THAN})
_STRICT = frozenset({Comparator.LESS_THAN, Comparator.MORE_THAN})


class PolicyFactsCheck:
    """Contradicts numbers that differ, and refuses those that stand nowhere."""

    def check(self, claim: Claim, sources: Sources, asked: Question) -> Finding | None:
        """Return a finding for the first number that the sources don't give."""
        if len(claim.text) > LONGEST:
            reason = "is too long to be checked"
            return Finding(claim, Verdict.NOT_ENOUGH_INFO, 0.0, reason, "policy facts")
        stated = quantities(claim.text)
        if not stated:
            return None
        near = tuple(_near(sources.aligned(claim.text, asked.text)))
        found = (_found(one, stated, near, sources, asked) for one in stated)
        wrong = next(filter(None, found), None)
        if wrong is None:
            return None
        place = near[0].place if near else None
        return Finding(claim, wrong.verdict, 0.0, wrong.reason, "policy facts", place)


@dataclass(frozen=True, slots=True)
class _Wrong:
    verdict: Verdict
    reason: str


def _near(aligned: Sequence[Aligned]) -> Iterator[Stated]:
    """Yield the closest statements, those about as close, and what follows the closest one."""
    for one in aligned:
        if one.score >= CLOSE and one.score >= aligned[0].score - NEAR:
            yield one.stated


def _found(
    said: Quantity,
    beside: Sequence[Quantity],
    near: Sequence[Stated],
    sources: Sources,
    asked: Question,
) -> _Wrong | None:
    given = [one for stated in near for one in stated.quantities]
    equal = [one for one in given if one.equals(said)]
    if equal:
        return None if any(_agree(said, one) for one in equal) else _bounds_otherwise(said, equal)
    rivals = [one for one in given if said.rivals(one)]
    is_aside = all(any(one.equals(other) for other in beside) for one in rivals)
    if _is_first_day(said, near) or (is_aside and _is_own(said, asked)):
        return None
    if rivals:
        reason = f"says {said.written}, the article {rivals[0].written}"
        return _Wrong(Verdict.CONTRADICTED, reason)
    return _unfounded(said, sources)


def _bounds_otherwise(said: Quantity, given: Sequence[Quantity]) -> _Wrong:
    reason = f"says {_bounded(said)}, the article {_bounded(given[0])}"
    return _Wrong(Verdict.CONTRADICTED, reason)


def _unfounded(said: Quantity, sources: Sources) -> _Wrong | None:
    stands = any(one.equals(said) for stated in sources.stated for one in stated.quantities)
    if stands and not said.unit:
        return None
    where = "elsewhere only" if stands else "nowhere"
    return _Wrong(Verdict.NOT_ENOUGH_INFO, f"{said.written} stands {where} in the articles")


def _agree(said: Quantity, given: Quantity) -> bool:
    """Tell whether a claim's bound follows from the article's: "30 days" from "within 30 days"."""
    if said.negated != given.negated:
        return False
    one, other = said.comparator, given.comparator
    if one is other or Comparator.EQ in {one, other}:
        return True
    same_end = {one, other} <= _UPPER or {one, other} <= _LOWER
    if same_end:
        return said.kind is not FactKind.DATE or (one in _STRICT) == (other in _STRICT)
    bounds = _UPPER | _LOWER
    return not (one in bounds and other in bounds)


def _bounded(one: Quantity) -> str:
    bound = "" if one.comparator is Comparator.EQ else one.comparator.value.replace("_", " ")
    return " ".join(filter(None, ("not" if one.negated else "", bound, one.written)))


def _is_first_day(said: Quantity, near: Sequence[Stated]) -> bool:
    """Tell whether it is the day from which an article holds: "From 1 March 2027: …"."""
    days = {stated.article.valid_from for stated in near}
    return said.kind is FactKind.DATE and any(
        day and day.isoformat() == said.number for day in days
    )


def _is_own(said: Quantity, asked: Question) -> bool:
    """Tell whether the customer named the number herself."""
    return any(one.equals(said) for one in quantities(asked.text))
