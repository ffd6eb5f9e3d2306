"""A help centre as the linter sees it: all its articles together, on one day."""

from collections.abc import Iterable
from datetime import date
from functools import cached_property

from ingestion.lint.link_graph import LinkGraph
from ingestion.lint.manuscript import Manuscript
from ingestion.sources.source import Skipped
from knowledge_base.policy.fact import PolicyFact
from knowledge_base.policy.reader import read_facts
from knowledge_base.validity import Standing, Supersessions, standing, supersessions


class HelpCentre:
    """Articles that are looked at together, and what several checks need to know of them."""

    def __init__(
        self,
        manuscripts: Iterable[Manuscript],
        at: date,
        skipped: Iterable[Skipped] = (),
        files: Iterable[str] = (),
    ) -> None:
        self.manuscripts = tuple(manuscripts)
        self.at = at
        self.skipped = tuple(skipped)
        self.by_id = {one.article.id: one for one in self.manuscripts}
        self._files = frozenset(files)

    @cached_property
    def supersessions(self) -> Supersessions:
        """From which day each superseded article is replaced, by its id."""
        return supersessions(one.article for one in self.manuscripts)

    @cached_property
    def facts(self) -> tuple[PolicyFact, ...]:
        """The policy facts of the articles that are in force."""
        return tuple(read_facts(one.article for one in self.manuscripts if self.is_in_force(one)))

    @cached_property
    def links(self) -> LinkGraph:
        """The links between the articles."""
        return LinkGraph(self.manuscripts, self._files)

    def is_in_force(self, manuscript: Manuscript) -> bool:
        """Tell whether an article counts on the day that is looked at."""
        found = standing(manuscript.article, self.at, self.supersessions)
        return found is Standing.IN_FORCE
