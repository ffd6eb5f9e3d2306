"""Inquiries into the store: who relied on a policy fact, or on what has changed since."""

from collections.abc import Sequence
from pathlib import Path

from app.errors import NotFoundError
from app.impact.cases import AffectedCase, affected_cases
from app.impact.changes import changed_articles
from app.impact.edition import Edition, Editions
from app.impact.reliance import Affected, BlastRadius, resting_on
from app.store.reliances import Reliances
from knowledge_base.policy.fact import PolicyFact


class Inquiry:
    """Asks the receipts."""

    def __init__(self, reliances: Reliances, editions: Editions) -> None:
        self._reliances = reliances
        self._editions = editions

    def of_facts(self, facts: Sequence[PolicyFact]) -> tuple[Affected, ...]:
        """Return the shown sentences that rested on one of the facts, in whatever generation."""
        on = self._reliances.on({one.article_id for one in facts})
        return tuple(resting_on(facts, on, self._editions))

    def of_change(
        self, before: Edition, after: Edition, facts: Sequence[PolicyFact] | None = None
    ) -> tuple[Affected, ...]:
        """Return the shown sentences that relied on what changed from one edition to the other.

        `facts` narrows it to what rested on these facts of the older edition.
        """
        radius = BlastRadius(before, after, self._editions)
        found = radius.affected(self._reliances.on(changed_articles(before, after)))
        if facts is None:
            return found
        wanted = {one.reliance for one in self.of_facts(facts)}
        return tuple(one for one in found if one.reliance in wanted)


def cases_of_change(
    suites: Sequence[Path],
    before: Edition,
    after: Edition,
    facts: Sequence[PolicyFact] | None = None,
) -> tuple[AffectedCase, ...]:
    """Return the golden cases that rest on what changed; `facts` narrows it to their articles."""
    articles = None if facts is None else {one.article_id for one in facts}
    found = affected_cases(suites, before, after)
    return tuple(one for one in found if articles is None or one.article in articles)


def named_facts(name: str, edition: Edition) -> tuple[PolicyFact, ...]:
    """Return the fact with this id, or all facts of the article with this id.

    Raises:
        NotFoundError: The edition has neither.
    """
    if name in edition.facts:
        return tuple(edition.facts[name])
    found = [one for facts in edition.facts.values() for one in facts if one.id == name]
    if not found:
        raise NotFoundError(
            f"Generation {edition.generation} has no policy fact and no article {name!r}: "
            "`candor facts --json` prints the ids of those that serve."
        )
    return tuple(found)
