"""Scope: a rule that holds for others, or on other days, answers another question.

What a statement says of whom it is for counts before its lead-in, that before its headings, those
before the title, and the article's front matter comes last.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache

from app.answer import Question
from app.grounding.checks.quotation import rests_on
from app.grounding.sources import Sources
from app.grounding.stated import Stated
from app.grounding.thresholds import Thresholds
from app.grounding.verdict import Claim, Finding, Verdict
from knowledge_base.scope import Scopes

TEXTS = 8192
"""Texts whose names are remembered: headings and titles are asked about for each claim."""

Named = Mapping[str, Sequence[str]]


class ScopeCheck:
    """Contradicts what holds for others than those who ask, or not on the day asked about."""

    def __init__(self, scopes: Scopes, thresholds: Thresholds) -> None:
        self._thresholds = thresholds
        self._named_in = lru_cache(maxsize=TEXTS)(scopes.named_in)

    def check(self, claim: Claim, sources: Sources, asked: Question) -> Finding | None:
        """Return a contradiction where all that the claim rests on holds for others only.

        A rule that isn't in force yet is told with its first day by `app.notices.dated`.
        """
        wanted = self._asked(asked)
        wrong = _conflict(wanted, self._named_in(claim.text)) if wanted else ""
        if wrong:
            return Finding(claim, Verdict.CONTRADICTED, 0.0, wrong, "scope")
        close, near = self._thresholds.scope_close, self._thresholds.scope_near
        found = rests_on(claim, sources, asked, close=close, near=near)
        findings = [self._finding(claim, one, asked, wanted) for one in found]
        if not findings or None in findings:
            return None
        return findings[0]

    def _asked(self, asked: Question) -> Named:
        """Return the values that the question is about, by key."""
        settled = {key: (value,) for key, value in asked.scope.items()}
        return {**settled, **self._named_in(asked.text)}

    def _finding(
        self, claim: Claim, stated: Stated, asked: Question, wanted: Named
    ) -> Finding | None:
        wrong = _over(stated, asked.at) or self._other(stated, wanted)
        if wrong:
            return Finding(claim, Verdict.CONTRADICTED, 0.0, wrong, "scope", stated.place)
        return None

    def _other(self, stated: Stated, wanted: Named) -> str:
        """Return for whom else the statement holds; empty where it may hold for who asks."""
        for key in wanted:
            said = tuple(self._said(stated, key))
            if not said or _share(said[0], wanted[key]):
                continue
            if not any(len(level) == 1 and _share(level, wanted[key]) for level in said):
                return f"holds for {', '.join(said[0])}, asked about {', '.join(wanted[key])}"
        return ""

    def _said(self, stated: Stated, key: str) -> Iterator[Sequence[str]]:
        """Yield what is said of whom it is for, the nearest first.

        "Orders from the EU", below "Import fees in the UK", is for both: one value alone that is
        asked about, at any level, will do.
        """
        for level in stated.levels:
            named = self._named_in(level).get(key, ())
            if named:
                yield named
        if stated.article.applies_to.get(key):
            yield stated.article.applies_to[key]


def _conflict(wanted: Named, said: Named) -> str:
    for key, values in said.items():
        if key in wanted and not _share(values, wanted[key]):
            return f"speaks of {', '.join(values)}, asked about {', '.join(wanted[key])}"
    return ""


def _share(some: Sequence[str], others: Sequence[str]) -> bool:
    known = {value.casefold() for value in others}
    return any(value.casefold() in known for value in some)


def _over(stated: Stated, at: date) -> str:
    last = stated.article.valid_to
    return f"held until {last}" if last is not None and last < at else ""
