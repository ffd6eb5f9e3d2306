"""Judges labelled claims again and again at other thresholds, each check only where it reads them.

A check finds the same of a claim while the thresholds that it reads stand still, so that what it
found is remembered beside those.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field

from app.answer import Question
from app.grounding.checks.benefits import BenefitCheck
from app.grounding.checks.columns import ColumnCheck
from app.grounding.checks.commitments import CommitmentCheck
from app.grounding.checks.legibility import LegibilityCheck
from app.grounding.checks.names import NameCheck
from app.grounding.checks.namesakes import NamesakeCheck
from app.grounding.checks.offers import OfferCheck
from app.grounding.checks.policy_facts import PolicyFactsCheck
from app.grounding.checks.quotation import QuotationCheck
from app.grounding.checks.restrictions import RestrictionCheck
from app.grounding.checks.scope import ScopeCheck
from app.grounding.checks.siblings import SiblingCheck
from app.grounding.checks.steps import StepCheck
from app.grounding.checks.topics import TopicCheck
from app.grounding.claims import claims
from app.grounding.fitting.labelled_case import LabelledCase, Tally
from app.grounding.grounds import all_checks
from app.grounding.sources import Sources
from app.grounding.support.check import SupportCheck
from app.grounding.thresholds import Thresholds
from app.grounding.verdict import Claim, Finding, Verdict
from app.grounding.verifier import Check, Verifier

_RESTS = ("rests_close", "rests_near")
READ_BY: Mapping[type, tuple[str, ...]] = {
    LegibilityCheck: (),
    CommitmentCheck: ("as_told", "rests_close"),
    ScopeCheck: ("scope_close", "scope_near"),
    SiblingCheck: _RESTS,
    NamesakeCheck: _RESTS,
    QuotationCheck: (),
    ColumnCheck: _RESTS,
    PolicyFactsCheck: ("facts_close", "facts_near", "rests_close"),
    RestrictionCheck: (*_RESTS, "kept", "alike", "opposed"),
    BenefitCheck: ("benefits_near",),
    NameCheck: (),
    OfferCheck: (),
    StepCheck: (),
    TopicCheck: ("rests_near",),
    SupportCheck: (),
}
"""Which thresholds of the rules a check reads; one that isn't here is asked each time."""

_Known = dict[tuple[object, ...], Finding | None]


@dataclass(frozen=True)
class CaseJudge:
    """Judges cases by all checks."""

    support: Check
    _known: _Known = field(default_factory=dict)

    def tally(self, cases: Sequence[LabelledCase], thresholds: Thresholds) -> Tally:
        """Return how many of the cases the checks stop at these thresholds."""
        stopped = [self._is_stopped(one, thresholds) for one in cases]
        labels = [one.supported for one in cases]
        blocked = sum(stop for stop, label in zip(stopped, labels, strict=True) if label)
        return Tally(
            caught=sum(stopped) - blocked,
            changed=len(labels) - sum(labels),
            blocked=blocked,
            unchanged=sum(labels),
        )

    def _is_stopped(self, case: LabelledCase, thresholds: Thresholds) -> bool:
        checks = all_checks(case.scopes, self.support, thresholds)
        values = asdict(thresholds)
        known = [
            _Remembered(one, tuple(values[name] for name in READ_BY[type(one)]), self._known)
            if type(one) in READ_BY
            else one
            for one in checks
        ]
        found = Verifier(known, claims).verify(case.text, case.sources, case.asked)
        return any(one.verdict is not Verdict.SUPPORTED for one in found)


@dataclass(frozen=True, slots=True)
class _Remembered:
    """A check that is asked once for what it reads."""

    asked: Check
    read: tuple[float, ...]
    known: _Known

    def check(self, claim: Claim, sources: Sources, asked: Question) -> Finding | None:
        key = (type(self.asked), self.read, id(sources), claim, asked.text)
        if key not in self.known:
            self.known[key] = self.asked.check(claim, sources, asked)
        return self.known[key]
