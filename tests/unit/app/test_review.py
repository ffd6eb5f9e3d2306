"""Looking through the published articles."""

import pytest

from app.errors import NotFoundError
from app.review import Review
from tests.builders import an_article
from tests.fakes import FixedArticles

SHIPPING = an_article("Refunds take 5 days.", article_id="shipping", title="Shipping")
REFUNDS = an_article("We pay back.", article_id="money/back", title="Your refunds")
RENTALS = an_article("A tent costs 12 USD.", article_id="rentals", title="Rentals")


def review() -> Review:
    return Review(FixedArticles(SHIPPING, REFUNDS, RENTALS))


class TestFind:
    def test_begins_with_articles_that_name_the_words_in_their_titles(self) -> None:
        found = review().find("REFUNDS")

        assert [article.id for article in found.articles] == ["money/back", "shipping"]

    @pytest.mark.parametrize(
        ("words", "ids"),
        [
            ("", ["rentals", "shipping", "money/back"]),
            ("tent usd", ["rentals"]),
            ("tent days", []),
            ("money/", ["money/back"]),
        ],
    )
    def test_wants_every_word_somewhere(self, words: str, ids: list[str]) -> None:
        assert [article.id for article in review().find(words).articles] == ids

    def test_looks_among_the_articles_that_are_named(self) -> None:
        found = review().find("", among={"rentals", "gone"})

        assert [article.id for article in found.articles] == ["rentals"]

    def test_returns_a_page_and_how_many_there_are(self) -> None:
        found = review().find("", offset=1, limit=1)

        assert (found.total, [article.id for article in found.articles]) == (3, ["shipping"])


class TestRead:
    def test_returns_the_article_with_its_facts(self) -> None:
        read = review().read("rentals")

        stated = [RENTALS.body[fact.start : fact.end] for fact in read.facts]
        assert (read.generation, read.article, stated) == ("g1", RENTALS, ["12 USD"])

    def test_of_what_nobody_wrote_is_refused(self) -> None:
        with pytest.raises(NotFoundError):
            review().read("none")
