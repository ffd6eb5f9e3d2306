"""The names that are counted in articles."""

from knowledge_base.policy.names import NameUses
from knowledge_base.policy.plans import Plans
from knowledge_base.policy.products import Products
from tests.builders import an_article

PLANS = an_article(
    article_id="plans",
    title="Acme Cloud: plans",
    body="On the Pro plan, Acme Cloud is free. Leave the Pro plan for the Basic plan.\n\n"
    "| Plan | Price |\n| --- | --- |\n| Gold | 5 USD |",
)
PRO = an_article(article_id="pro", body="On the Pro plan, use Acme Cloud or Acme Desk.")
DESK = an_article(article_id="desk", title="Acme Desk: limits", body="With Acme Desk, 5 a day.")


class TestNameUses:
    def test_learns_plans_from_sentences_and_tables(self) -> None:
        plans = Plans(NameUses.of([PLANS, PRO]).plans)

        assert plans.names == {"Pro", "Gold"}

    def test_learns_products_from_sentences_and_titles(self) -> None:
        products = Products(NameUses.of([PLANS, PRO, DESK]).products)

        assert "Acme Cloud" in products
        assert "Acme Desk" in products

    def test_counts_after_a_change_as_if_all_were_counted_anew(self) -> None:
        names = NameUses.of([PLANS, PRO])

        names.change(added=[DESK], removed=[PRO])

        assert names == NameUses.of([PLANS, DESK])

    def test_forgets_everything_with_the_last_article(self) -> None:
        names = NameUses.of([PLANS])

        names.change(removed=[PLANS])

        assert names == NameUses()
