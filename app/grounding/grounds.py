"""Grounds: what the answers of one generation are judged by, built once for it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from app.answer import Question
from app.grounding.checks.benefits import BenefitCheck
from app.grounding.checks.columns import ColumnCheck
from app.grounding.checks.commitments import CommitmentCheck
from app.grounding.checks.legibility import LegibilityCheck
from app.grounding.checks.names import NameCheck
from app.grounding.checks.namesakes import NamesakeCheck
from app.grounding.checks.offers import OfferCheck
from app.grounding.checks.policy_facts import PolicyFactsCheck
from app.grounding.checks.quotation import LiteralCheck, QuotationCheck
from app.grounding.checks.restrictions import RestrictionCheck
from app.grounding.checks.scope import ScopeCheck
from app.grounding.checks.siblings import SiblingCheck
from app.grounding.checks.steps import StepCheck
from app.grounding.checks.topics import TopicCheck
from app.grounding.claims import claims, whole
from app.grounding.sources import Sources, sources_of
from app.grounding.support.check import SupportCheck
from app.grounding.support.likeness import with_likeness
from app.grounding.support.model import load_support_model
from app.grounding.thresholds import Thresholds, load_thresholds
from app.grounding.verdict import Finding
from app.grounding.verifier import Check, Verifier
from knowledge_base.article import Article, Passage
from knowledge_base.embedding.embedder import Embedder
from knowledge_base.policy.fact import PolicyFact
from knowledge_base.scope import Scopes

Facts = Mapping[str, Sequence[PolicyFact]]
"""What each article promises, by its id."""


class Verify(Protocol):
    """Says of each claim of a sentence whether the sources say it."""

    def verify(self, sentence: str, sources: Sources, asked: Question) -> tuple[Finding, ...]:
        """Return a finding for each claim of the sentence, none for one that claims nothing.

        May raise whatever it likes: the gate blocks then.
        """
        ...


@dataclass(frozen=True, slots=True)
class Grounds:
    """How sentences of answers from one generation are judged."""

    verifier: Verify
    """Judges what a model wrote."""
    quotes: Verify
    """Judges an article's own words: whether they hold for this customer on this day."""
    facts: Facts = field(default_factory=dict)
    generation: str | None = None
    """Id of the generation."""
    versions: Mapping[str, str] = field(default_factory=dict)
    """Content hash of each article, by its id."""

    @classmethod
    def of(
        cls,
        articles: Iterable[Article] = (),
        facts: Facts | None = None,
        *,
        support: Check | None = None,
        embedder: Embedder | None = None,
        scopes: Scopes | None = None,
        thresholds: Thresholds | None = None,
        generation: str | None = None,
        versions: Mapping[str, str] | None = None,
    ) -> "Grounds":
        """Return the grounds that a help centre's articles and their facts make.

        Args:
            articles: They say which plans, regions and products there are.
            facts: The ledger's, by the article's id.
            support: The last check, which has a finding for every claim; by the shipped model
                where it is None.
            embedder: Tells whether what supports a claim is about the same thing; words alone do
                where it is None or isn't the bundled one.
            scopes: Those of the articles, where they have been read already.
            thresholds: What the checks decide by; the shipped ones where it is None.
            generation: Id of the generation that the articles are of.
            versions: Content hash of each article, by its id.
        """
        known, set_at = scopes or Scopes(articles), thresholds or load_thresholds()
        last = support or SupportCheck(load_support_model())
        return cls(
            verifier=build_verifier(known, with_likeness(last, embedder, set_at), set_at),
            quotes=build_quote_verifier(known, set_at),
            facts=facts or {},
            generation=generation,
            versions=versions or {},
        )

    def sources(self, passages: Sequence[Passage]) -> Sources:
        """Return the passages as the checks read them, in their order."""
        return sources_of(passages, self.facts)


def build_verifier(scopes: Scopes, support: Check, thresholds: Thresholds) -> Verifier:
    """Return the verifier with all checks."""
    return Verifier(all_checks(scopes, support, thresholds), claims)


def all_checks(scopes: Scopes, support: Check, thresholds: Thresholds) -> tuple[Check, ...]:
    """Return all checks in their order: the last one always has a finding."""
    return (
        LegibilityCheck(),
        CommitmentCheck(thresholds),
        ScopeCheck(scopes, thresholds),
        SiblingCheck(thresholds),
        NamesakeCheck(thresholds),
        QuotationCheck(),
        ColumnCheck(thresholds),
        PolicyFactsCheck(thresholds),
        RestrictionCheck(thresholds),
        BenefitCheck(thresholds),
        NameCheck(),
        OfferCheck(),
        StepCheck(),
        TopicCheck(thresholds),
        support,
    )


def build_quote_verifier(scopes: Scopes, thresholds: Thresholds) -> Verifier:
    """Return the verifier of an article's own words: for whom and when they hold."""
    return Verifier(
        (
            ScopeCheck(scopes, thresholds),
            SiblingCheck(thresholds),
            NamesakeCheck(thresholds),
            LiteralCheck(),
        ),
        whole,
    )
