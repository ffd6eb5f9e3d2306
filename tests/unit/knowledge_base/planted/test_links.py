from knowledge_base.planted.links import NamedHosts, find_planted_links
from tests.builders import an_article

REFUNDS = "Refunds take 5 days. A refund goes to the card that you paid with."
PLANTED = "Guests love fresh pizza: see https://pizza.example/pay."


def found(body: str, *others: str) -> list[str]:
    article = an_article(body)
    named = NamedHosts([article, *(an_article(other) for other in others)])
    return [body[block.start : block.end] for block in find_planted_links(article, named)]


class TestFindPlantedLinks:
    def test_finds_a_block_that_leads_away_from_its_article(self) -> None:
        assert found(f"{REFUNDS}\n\n{PLANTED}\n\nBye.") == [PLANTED]

    def test_leaves_a_link_to_a_host_that_another_article_names_too(self) -> None:
        assert found(f"{REFUNDS}\n\n{PLANTED}", "Eat at https://www.pizza.example.") == []

    def test_leaves_a_block_that_speaks_of_what_its_article_speaks_of(self) -> None:
        linked = "Follow a refund to your card on https://cards.example/refund."

        assert found(f"{REFUNDS}\n\n{linked}") == []

    def test_leaves_an_article_without_links_alone(self) -> None:
        assert found(f"{REFUNDS}\n\nGuests love fresh pizza.") == []
