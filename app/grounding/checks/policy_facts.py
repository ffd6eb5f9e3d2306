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
from app.grounding.meanings import matter_of, meanings
from app.grounding.quantities import LONGEST, Quantity, quantities
from app.grounding.sources import Aligned, Sources
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
    r"|doubled?(?![ -](?:check|click))|triple[ds]?|quadruple|\w+fold|couple of|pair of|handful"
    r"|umpteen)\b",
    re.IGNORECASE,
)
"""Numbers that aren't read as such: the article must say them in the same word."""
_NAME = re.compile(r"(?<=[a-z,] )[A-Z]\w*")
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
        stated = tuple(one for one in stated if not _only_introduces(one, own, claim, sources))
        wrong = [_wrong(own, stated, one, sources, asked) for one in near]
        turned = _turned(stated, near)
        decisive = turned or wrong[0]
        if turned is None and (None in wrong or _is_spread(stated, near)):
            return None
        if decisive is None:
            return None
        place = near[0].place if near[0] else None
        return Finding(claim, decisive.verdict, 0.0, decisive.reason, "policy facts", place)


def _only_introduces(said: Quantity, own: str, claim: Claim, sources: Sources) -> bool:
    """Tell whether a bare number stands in a lead-in, and with its noun anywhere in the sources.

    "To resolve a 404 error, try this:" above a step; a number with a unit may be a condition.
    """
    length = len(claim.text) - (claim.end - claim.start)
    if said.kind is not None or own != claim.text or said.end > length:
        return False
    return any(one.equals(said) for stated in sources.stated for one in stated.quantities)


@dataclass(frozen=True, slots=True)
class _Wrong:
    verdict: Verdict
    reason: str


def _near(
    claim: Claim, sources: Sources, asked: Question, thresholds: Thresholds
) -> Iterator[Stated]:
    """Yield the closest statements: those that say the same but for numbers, or nearly as close.

    Where those give no number of the kind, the closest ones that do, if they are close at all.
    """
    own = own_text(claim, sources, asked)
    said = quantities(own)
    aligned = sources.aligned(claim.text, asked.text)
    near = _closest(aligned, thresholds.facts_close, thresholds.facts_near)
    if not any(_measures(one, said) for one in near):
        speaking = [one for one in aligned if one.score >= thresholds.facts_close]
        whole = [one for one in speaking if _is_several(said) and _gives_all(one.stated, said)]
        close = [one for one in speaking if one.score >= thresholds.rests_close]
        measuring = whole or [one for one in close if _measures(one.stated, said)]
        found = _closest(measuring, thresholds.facts_close, thresholds.facts_near)
        near = _named_alike(found, f"{claim.text} {asked.text}") or near
    same = [one for one in near if matter_of(own) in {matter_of(one.text), matter_of(one.in_full)}]
    yield from same or near


def _closest(aligned: Sequence[Aligned], close: float, near: float) -> list[Stated]:
    least = max(close, aligned[0].score - near) if aligned else close
    return [one.stated for one in aligned if one.score >= least]


def _is_several(said: Sequence[Quantity]) -> bool:
    """Tell whether there are several numbers, which no other statement gives by chance."""
    return len({(one.number, one.unit) for one in said}) > 1


def _gives_all(stated: Stated, said: Sequence[Quantity]) -> bool:
    return all(any(one.equals(other) for other in stated.quantities) for one in said)


def _named_alike(found: Sequence[Stated], said: str) -> list[Stated]:
    """Return those of the statements that use no name which isn't said, or else none."""
    words = frozenset(meanings(said))
    return [one for one in found if words.issuperset(meanings(" ".join(_NAME.findall(one.text))))]


def _measures(stated: Stated, said: Sequence[Quantity]) -> bool:
    """Tell whether a statement gives a number of each kind that a claim does, right or wrong."""
    given = stated.quantities
    return all(any(one.equals(other) or one.rivals(other) for other in given) for one in said)


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
    if stated and _heads_a_cell(said, beside, stated):
        return None
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


def _turned(said: Sequence[Quantity], near: Sequence[Stated | None]) -> _Wrong | None:
    """Return what is wrong where a number is bounded as none of the statements bounds it.

    One that gives the number alone doesn't speak for "at least 20" beside one of "up to 20".
    """
    given = [other for one in near if one for other in one.quantities]
    for one in said:
        equal = [other for other in given if one.equals(other)]
        against = [other for other in equal if not _agree(one, other)]
        confirmed = any(
            _agree(one, other) and other.comparator is not Comparator.EQ for other in equal
        )
        if against and not confirmed:
            return _bounds_otherwise(one, against)
    return None


def _bounded(one: Quantity) -> str:
    bound = "" if one.comparator is Comparator.EQ else one.comparator.value.replace("_", " ")
    return " ".join(filter(None, ("not" if one.negated else "", bound, one.written)))


def _is_above(said: Quantity, stated: Stated) -> bool:
    """Tell whether a heading gives the number, or the day from which an article holds."""
    day = stated.article.valid_from
    is_first_day = day is not None and said.kind is FactKind.DATE and said.number == day.isoformat()
    return is_first_day or any(one.equals(said) for one in stated.quantities_above)


def _heads_a_cell(said: Quantity, beside: Sequence[Quantity], stated: Stated) -> bool:
    """Tell whether a column's header gives the number, and the claim what stands below it too."""
    given = stated.quantities
    return any(one.equals(said) for one in stated.quantities_of_columns) and any(
        one.equals(other) for one in beside for other in given
    )


def _is_own(said: Quantity, asked: Question) -> bool:
    """Tell whether the customer named the number herself."""
    return any(one.equals(said) for one in quantities(asked.text))


def _is_hers(said: Quantity, text: str) -> bool:
    """Tell whether the claim says that the number is hers: "your order of 80 USD"."""
    return _HERS.search(text[: said.start]) is not None
