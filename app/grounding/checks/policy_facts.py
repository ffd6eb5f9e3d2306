"""Policy facts: every number of a claim is the one that the closest statement gives.

A number that stands in the passages, but beside another thing, is a wrong number. What the
customer said of herself ("I bought it 40 days ago") may be repeated, unless it would pass for the
rule: where the statement gives a number of the same kind that the claim leaves out, or where the
claim doesn't say that it is hers ("It costs 9 USD", because she said so).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.answer import Question
from app.grounding.checks.openings import own_text
from app.grounding.meanings import frame_of
from app.grounding.quantities import LONGEST, Quantity, quantities
from app.grounding.sources import Sources
from app.grounding.stated import Stated
from app.grounding.thresholds import Thresholds
from app.grounding.verdict import Claim, Finding, Verdict
from knowledge_base.policy.fact import Comparator, FactKind

_UPPER = frozenset({Comparator.AT_MOST, Comparator.LESS_THAN})
_LOWER = frozenset({Comparator.AT_LEAST, Comparator.MORE_THAN})
_HERS = re.compile(
    r"\b(?:your (?:\w+ ){0,2}(?:order|purchase|basket|cart|parcel|booking|rental)s?"
    r"|you (?:have |had )?(?:paid|bought|ordered|spent|booked|returned|waited|mentioned))\b"
    r"[^.!?;]{0,40}$",
    re.IGNORECASE,
)
"""What stands before a number that a customer told of herself."""
_VAGUE = re.compile(
    r"\b(?:(?:half-)?dozens?|scores? of|gross|fortnight(?:s|ly)?|decades?|centur(?:y|ies)"
    r"|doubled?|triple[ds]?|quadruple|\w+fold|couple of|pair of|handful|umpteen)\b",
    re.IGNORECASE,
)
"""Numbers that aren't read as such: the article must say them in the same word."""
_STRICT = frozenset({Comparator.LESS_THAN, Comparator.MORE_THAN})


class PolicyFactsCheck:
    """Contradicts numbers that differ, and refuses those that stand nowhere."""

    def __init__(self, thresholds: Thresholds) -> None:
        self._thresholds = thresholds

    def check(self, claim: Claim, sources: Sources, asked: Question) -> Finding | None:
        """Return a finding for the first number that the sources don't give."""
        if len(claim.text) > LONGEST:
            reason = "is too long to be checked"
            return Finding(claim, Verdict.NOT_ENOUGH_INFO, 0.0, reason, "policy facts")
        vague = _VAGUE.search(claim.text)
        if vague and not any(
            vague.group().lower() in one.in_full.lower() for one in sources.stated
        ):
            reason = f"{vague.group()} stands nowhere in the articles"
            return Finding(claim, Verdict.NOT_ENOUGH_INFO, 0.0, reason, "policy facts")
        own = own_text(claim, sources, asked)
        stated = quantities(own)
        if not stated:
            return None
        near = tuple(_near(claim, sources, asked, self._thresholds)) or (None,)
        wrong = [_wrong(own, stated, one, sources, asked) for one in near]
        decisive = wrong[0]
        if decisive is None or None in wrong or _is_spread(stated, near):
            return None
        place = near[0].place if near[0] else None
        return Finding(claim, decisive.verdict, 0.0, decisive.reason, "policy facts", place)


@dataclass(frozen=True, slots=True)
class _Wrong:
    verdict: Verdict
    reason: str


def _near(
    claim: Claim, sources: Sources, asked: Question, thresholds: Thresholds
) -> Iterator[Stated]:
    """Yield the closest statements: those that say the same but for numbers, or nearly as close."""
    aligned = sources.aligned(claim.text, asked.text)
    least = thresholds.facts_close
    if aligned:
        least = max(least, aligned[0].score - thresholds.facts_near)
    near = [one.stated for one in aligned if one.score >= least]
    frame = frame_of(claim.text)
    same = [one for one in near if frame_of(one.text) == frame or frame_of(one.in_full) == frame]
    yield from same or near


def _wrong(
    text: str,
    said: Sequence[Quantity],
    stated: Stated | None,
    sources: Sources,
    asked: Question,
) -> _Wrong | None:
    """Return what is wrong with the numbers of a claim that rests on one statement."""
    found = (_found(one, said, stated, sources, asked, text=text) for one in said)
    return next(filter(None, found), None) or (_repeated(said, stated) if stated else None)


def _repeated(said: Sequence[Quantity], stated: Stated) -> _Wrong | None:
    """Return what is wrong where a unit was changed to one that stands beside it.

    "10 EUR, 10 EUR or 9 GBP" for "10 USD, 10 EUR or 9 GBP".
    """
    given = stated.quantities
    for one in said:
        times = sum(one.equals(other) for other in said) - sum(one.equals(other) for other in given)
        left = (
            other
            for other in given
            if other.number == one.number and not any(other.equals(each) for each in said)
        )
        lost = next(left, None)
        if times > 0 and lost is not None:
            reason = f"says {one.written} twice, the article {lost.written}"
            return _Wrong(Verdict.CONTRADICTED, reason)
    return None


def _is_spread(said: Sequence[Quantity], near: Sequence[Stated | None]) -> bool:
    """Tell whether a claim sums up statements that each give some of its numbers, and no other."""
    given = [one.quantities for one in near if one]
    return len(given) > 1 and all(
        any(one.equals(other) and _agree(one, other) for held in given for other in held)
        and not any(one.rivals(other) for other in given[0] if not one.equals(other))
        for one in said
    )


def _found(
    said: Quantity,
    beside: Sequence[Quantity],
    stated: Stated | None,
    sources: Sources,
    asked: Question,
    *,
    text: str,
) -> _Wrong | None:
    given = stated.quantities if stated else ()
    equal = [one for one in given if one.equals(said)]
    if equal:
        return None if any(_agree(said, one) for one in equal) else _bounds_otherwise(said, equal)
    rivals = [one for one in given if said.rivals(one)]
    is_aside = all(any(one.equals(other) for other in beside) for one in rivals)
    is_told_apart = is_aside and (bool(rivals) or _is_hers(said, text))
    if (is_told_apart and _is_own(said, asked)) or (stated and _is_above(said, stated)):
        return None
    if rivals:
        reason = f"says {said.written}, the article {rivals[0].written}"
        return _Wrong(Verdict.CONTRADICTED, reason)
    return _unfounded(said, sources)


def _bounds_otherwise(said: Quantity, given: Sequence[Quantity]) -> _Wrong:
    reason = f"says {_bounded(said)}, the article {_bounded(given[0])}"
    return _Wrong(Verdict.CONTRADICTED, reason)


def _unfounded(said: Quantity, sources: Sources) -> _Wrong | None:
    written = said.written.split()[0]
    holding = (stated for stated in sources.stated if written in stated.in_full)
    stands = any(one.equals(said) for stated in holding for one in stated.quantities)
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


def _is_above(said: Quantity, stated: Stated) -> bool:
    """Tell whether a heading gives the number, or the day from which an article holds."""
    day = stated.article.valid_from
    is_first_day = day is not None and said.kind is FactKind.DATE and said.number == day.isoformat()
    return is_first_day or any(one.equals(said) for one in stated.quantities_above)


def _is_own(said: Quantity, asked: Question) -> bool:
    """Tell whether the customer named the number herself."""
    return any(one.equals(said) for one in quantities(asked.text))


def _is_hers(said: Quantity, text: str) -> bool:
    """Tell whether the claim says that the number is hers: "your order of 80 USD"."""
    return _HERS.search(text[: said.start]) is not None
