"""Several sources read as one."""

from collections.abc import Iterator

from ingestion.sources.reading import Reading, iterate_articles, read_articles
from ingestion.sources.source import Skipped
from knowledge_base.article import Article
from tests.builders import an_article


class ListSource:
    """A source of what it is given."""

    def __init__(self, *found: Article | Skipped) -> None:
        self._found = found

    def read(self) -> Iterator[Article | Skipped]:
        yield from self._found


class TestReadArticles:
    def test_puts_sources_one_after_the_other(self) -> None:
        first, second = an_article(article_id="a"), an_article(article_id="b")
        skipped = Skipped("c.md", "empty")

        reading = read_articles([ListSource(first, skipped), ListSource(second)])

        assert reading == Reading((first, second), (skipped,))

    def test_keeps_the_first_of_two_articles_with_one_id_and_names_both(self) -> None:
        first = an_article(article_id="a")
        second = Article(id="a", title="A", body="Other.", path="other/a.md")

        reading = read_articles([ListSource(first), ListSource(second)])

        assert reading.articles == (first,)
        assert [one.path for one in reading.skipped] == ["other/a.md"]
        assert "'a'" in reading.skipped[0].reason
        assert "a.md has it" in reading.skipped[0].reason


class TestIterateArticles:
    def test_yields_one_by_one(self) -> None:
        found = iterate_articles([ListSource(an_article(article_id="a"), Skipped("b", "empty"))])

        assert next(found) == an_article(article_id="a")
        assert next(found) == Skipped("b", "empty")
