"""The names that a help centre gives to plans and products, as counted in all its articles.

Counts can be kept and go on: after an edit only what was edited is counted anew.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Self

from knowledge_base.article import Article
from knowledge_base.policy.plans import PlanUses
from knowledge_base.policy.products import ProductUses


@dataclass(frozen=True, slots=True)
class NameUses:
    """How often the articles of one help centre write what may be names."""

    plans: PlanUses = field(default_factory=PlanUses)
    products: ProductUses = field(default_factory=ProductUses)

    @classmethod
    def of(cls, articles: Iterable[Article]) -> Self:
        """Return the counts of these articles."""
        counted = cls()
        counted.change(added=articles)
        return counted

    def change(self, *, added: Iterable[Article] = (), removed: Iterable[Article] = ()) -> None:
        """Count articles, and take others that were counted out again."""
        for article in added:
            self.plans.add(article)
            self.products.add(article)
        for article in removed:
            self.plans.remove(article)
            self.products.remove(article)
        self._forget_unused()

    def _forget_unused(self) -> None:
        plans, products = self.plans, self.products
        for counts in (plans.uses, plans.titles, products.uses, products.holders, products.small):
            for name in [name for name, count in counts.items() if not count]:
                del counts[name]
