"""Reading articles from the generations that are kept."""

from collections.abc import Mapping

import pytest

from app.errors import NotFoundError
from app.published_articles import PublishedArticles
from knowledge_base.article import Article
from knowledge_base.generations.ledger import Facts
from knowledge_base.generations.serving import Served
from knowledge_base.policy.reader import FactReader
from tests.builders import an_article


class Disk:
    """Two generations: the second has dropped an article and changed the other."""

    def __init__(self) -> None:
        self.generations: dict[str, Mapping[str, Article]] = {
            "g1": {
                "a": an_article("Refunds take 5 days.", article_id="a", title="Refunds in the US"),
                "b": an_article("We rent kayaks.", article_id="b", title="Rentals"),
            },
            "g2": {
                "a": an_article("Refunds take 6 days.", article_id="a", title="Refunds in the US"),
                "c": an_article("EU refunds.", article_id="c", title="EU refunds"),
            },
        }
        self.reads: list[str] = []

    def articles(self) -> PublishedArticles:
        return PublishedArticles(
            lambda: Served("g2"), lambda: tuple(self.generations), self._read, self._read_facts
        )

    def _read(self, generation: str) -> Mapping[str, Article]:
        self.reads.append(generation)
        return self.generations[generation]

    def _read_facts(self, generation: str) -> Mapping[str, Facts]:
        articles = self.generations[generation].values()
        return {article.id: FactReader().read(article) for article in articles}


class TestArticle:
    def test_is_the_published_one(self) -> None:
        assert Disk().articles().article("a").body == "Refunds take 6 days."

    def test_is_the_one_of_the_generation_asked_for(self) -> None:
        assert Disk().articles().article("a", "g1").body == "Refunds take 5 days."

    @pytest.mark.parametrize(
        ("article", "generation"),
        [("b", None), ("b", "g2"), ("a", "g0"), ("a", "../g1"), ("a", "g1/"), ("", None)],
    )
    def test_that_is_not_there_is_not_found(self, article: str, generation: str | None) -> None:
        disk = Disk()

        with pytest.raises(NotFoundError):
            disk.articles().article(article, generation)

        assert set(disk.reads) <= {"g2"}

    def test_is_read_from_disk_once(self) -> None:
        disk = Disk()
        articles = disk.articles()

        for _ in range(3):
            articles.article("a")

        assert disk.reads == ["g2"]


class TestFacts:
    def test_are_those_of_the_generation_asked_for(self) -> None:
        articles = Disk().articles()

        stated = [articles.facts("a", generation)[0].value for generation in ("g1", "g2")]

        assert stated == ["5", "6"]

    @pytest.mark.parametrize(("article", "generation"), [("b", "g2"), ("a", "../g1")])
    def test_of_what_is_not_there_are_not_found(self, article: str, generation: str) -> None:
        with pytest.raises(NotFoundError):
            Disk().articles().facts(article, generation)


class TestTitled:
    @pytest.mark.parametrize(
        ("words", "found"),
        [("", ["c", "a"]), ("REFUNDS", ["c", "a"]), ("us refunds", ["a"]), ("rentals", [])],
    )
    def test_finds_the_published_articles_by_every_word_of_their_titles(
        self, words: str, found: list[str]
    ) -> None:
        titled = Disk().articles().titled(words, limit=5)

        assert [article.id for article in titled] == found

    def test_returns_no_more_than_the_limit(self) -> None:
        assert len(Disk().articles().titled("", limit=1)) == 1
