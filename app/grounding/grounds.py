"""Grounds: what the answers of one generation are checked against, built once for it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.grounding.benefits import BenefitCheck
from app.grounding.claims import claims
from app.grounding.commitments import CommitmentCheck
from app.grounding.legibility import LegibilityCheck
from app.grounding.names import NameCheck
from app.grounding.overlap import OverlapCheck
from app.grounding.policy_facts import PolicyFactsCheck
from app.grounding.quotation import QuotationCheck
from app.grounding.restrictions import RestrictionCheck
from app.grounding.scope import ScopeCheck
from app.grounding.sources import Sources, sources_of
from app.grounding.verifier import Check, Verifier
from knowledge_base.article import Article, Passage
from knowledge_base.policy.fact import PolicyFact
from knowledge_base.scope import Scopes

Facts = Mapping[str, Sequence[PolicyFact]]
"""What each article promises, by its id."""


@dataclass(frozen=True, slots=True)
class Grounds:
    """A verifier, and what it takes to make sources of passages."""

    verifier: Verifier
    facts: Facts

    @classmethod
    def of(
        cls,
        articles: Iterable[Article],
        facts: Facts,
        *,
        support: Check | None = None,
        scopes: Scopes | None = None,
    ) -> "Grounds":
        """Return the grounds that a help centre's articles and their facts make.

        Args:
            articles: They say which plans, regions and products there are.
            facts: The ledger's, by the article's id.
            support: The last check, which has a finding for every claim.
            scopes: Those of the articles, where they have been read already.
        """
        known = scopes or Scopes(articles)
        return cls(build_verifier(known, support or OverlapCheck()), facts)

    def sources(self, passages: Sequence[Passage]) -> Sources:
        """Return the passages as the checks read them; prepare them once an answer."""
        return sources_of(passages, self.facts)


def build_verifier(scopes: Scopes, support: Check) -> Verifier:
    """Return the verifier with all checks in their order: the last one always has a finding."""
    return Verifier(
        (
            LegibilityCheck(),
            CommitmentCheck(),
            ScopeCheck(scopes),
            QuotationCheck(),
            PolicyFactsCheck(),
            RestrictionCheck(),
            BenefitCheck(),
            NameCheck(),
            support,
        ),
        claims,
    )
