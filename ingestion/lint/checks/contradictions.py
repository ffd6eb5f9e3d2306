"""Articles that contradict each other: one of two values is told to customers, and it is wrong."""

from collections.abc import Iterator

from ingestion.lint.finding import Finding, Level, Place, Rule
from ingestion.lint.help_centre import HelpCentre
from knowledge_base.policy.contradictions import contradictions
from knowledge_base.policy.fact import PolicyFact

CONTRADICTION = Rule(
    "contradiction",
    Level.ERROR,
    "Two articles in force give different values for the same thing and the same customers.",
    "Find out which one holds and correct the other, or say in each whom or when it is for.",
)


class ContradictionCheck:
    """Compares the policy facts of all articles."""

    rules = (CONTRADICTION,)

    def find(self, centre: HelpCentre) -> Iterator[Finding]:
        """Yield the pairs of facts that can't both hold."""
        articles = (manuscript.article for manuscript in centre.manuscripts)
        for found in contradictions(articles, centre.facts, centre.at):
            one, other = found.one, found.other
            subject = one.scope.subject or one.kind.value
            message = f"{subject}: {_said(one, centre)} here, {_said(other, centre)} elsewhere"
            yield Finding(CONTRADICTION, message, (_place(one, centre), _place(other, centre)))


def _said(fact: PolicyFact, centre: HelpCentre) -> str:
    return centre.by_id[fact.article_id].article.body[fact.start : fact.end]


def _place(fact: PolicyFact, centre: HelpCentre) -> Place:
    manuscript = centre.by_id[fact.article_id]
    return manuscript.place(fact.sentence_start, fact.sentence_end)
