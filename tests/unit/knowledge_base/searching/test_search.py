"""Hybrid search: the best passages of the best articles that count on the day."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest

from knowledge_base.article import Article, Chunk
from knowledge_base.embedding.embedder import Vectors
from knowledge_base.errors import DamagedGenerationError
from knowledge_base.searching.keywords import KeywordIndex
from knowledge_base.searching.search import (
    LONGEST_QUERY,
    PASSAGES_PER_ARTICLE,
    SearchIndex,
    SearchResult,
)
from knowledge_base.searching.texts import search_texts
from tests.builders import an_article
from tests.fakes import HashEmbedder

DAY = date(2026, 11, 1)
SOON, BEFORE = DAY + timedelta(days=1), DAY - timedelta(days=1)

REFUNDS = an_article("We pay refunds within 30 days.", article_id="refunds", title="Refund times")
SHIPPING = an_article("A parcel takes five days.", article_id="shipping", title="Shipping times")
TENTS = an_article("Tents keep the rain out.", article_id="tents", title="About tents")


@dataclass
class GenerationInMemory:
    """A generation whose chunks are its articles' paragraphs."""

    articles: dict[str, Article]
    chunks: list[Chunk] = field(default_factory=list)
    id: str = "g1"

    @property
    def vectors(self) -> Vectors:
        return HashEmbedder().embed(search_texts(self.articles, self.chunks))

    @property
    def keywords(self) -> KeywordIndex:
        return KeywordIndex.build(search_texts(self.articles, self.chunks))


def paragraphs(article: Article) -> Iterable[Chunk]:
    start = 0
    for text in article.body.split("\n\n"):
        if text:
            yield Chunk(article.id, (), start, start + len(text), text)
        start += len(text) + 2


def an_index(*articles: Article) -> SearchIndex:
    chunks = [chunk for article in articles for chunk in paragraphs(article)]
    by_id = {article.id: article for article in articles}
    return SearchIndex(GenerationInMemory(by_id, chunks), HashEmbedder())


def ids(found: SearchResult) -> list[str]:
    return [ranked.article.id for ranked in found.articles]


class TestSearch:
    def test_puts_the_article_first_that_speaks_of_the_query(self) -> None:
        found = an_index(REFUNDS, SHIPPING, TENTS).search("When are refunds paid?", at=DAY)

        assert ids(found)[0] == "refunds"
        assert found.passages[0].article == REFUNDS
        assert found.passages[0].chunk.text == REFUNDS.body

    def test_finds_an_article_by_its_title(self) -> None:
        untitled = an_article("It depends.", article_id="odd", title="Warranty for stoves")

        assert ids(an_index(REFUNDS, untitled, TENTS).search("stoves warranty", at=DAY))[0] == "odd"

    def test_orders_articles_and_passages_by_score(self) -> None:
        found = an_index(REFUNDS, SHIPPING, TENTS).search("refund or parcel", at=DAY)

        scores = [ranked.score for ranked in found.articles]
        assert scores == sorted(scores, reverse=True)
        assert [passage.score for passage in found.passages] == pytest.approx(scores)

    def test_tells_how_alike_query_and_chunk_are(self) -> None:
        chunk = "Refund times\nWe pay refunds within 30 days."

        found = an_index(REFUNDS, SHIPPING).search(chunk, at=DAY)

        assert found.passages[0].similarity == pytest.approx(1, abs=1e-5)
        assert found.passages[1].similarity < 0.9

    def test_keeps_to_the_limit(self) -> None:
        found = an_index(REFUNDS, SHIPPING, TENTS).search("days", limit=2, at=DAY)

        assert len(found.articles) == 2
        assert len(found.passages) == 2

    def test_takes_few_passages_of_one_article(self) -> None:
        long = an_article("\n\n".join(f"Refund number {n}." for n in range(9)), article_id="long")

        found = an_index(long, SHIPPING).search("refund number", at=DAY)

        of_one = [passage for passage in found.passages if passage.article == long]
        assert len(of_one) == PASSAGES_PER_ARTICLE

    def test_shows_the_same_words_once(self) -> None:
        copy = an_article(REFUNDS.body, article_id="copy", title="Refund times")

        found = an_index(REFUNDS, copy, TENTS).search("refund", at=DAY)

        assert len([p for p in found.passages if p.chunk.text == REFUNDS.body]) == 1
        assert {"refunds", "copy"} <= set(ids(found))

    @pytest.mark.parametrize(
        "query",
        ["   " * LONGEST_QUERY + "zurück", "zuru\u0308ck"],
        ids=["late", "in two characters"],
    )
    def test_finds_words_however_they_are_typed(self, query: str) -> None:
        index = an_index(
            SHIPPING, TENTS, an_article("Sie schicken es zurück.", article_id="german")
        )

        assert index.search(query, at=DAY) == index.search("zurück", at=DAY)

    @pytest.mark.parametrize("query", ["", "  \n\t "])
    def test_finds_nothing_for_an_empty_query(self, query: str) -> None:
        assert an_index(REFUNDS).search(query, at=DAY) == SearchResult()

    @pytest.mark.parametrize(
        "query", ["how do I", "refund " * 300, "退款", "Возврат денег", "\x00", "%s {0} ' OR 1=1"]
    )
    def test_ranks_all_articles_for_any_other_query(self, query: str) -> None:
        found = an_index(REFUNDS, SHIPPING, TENTS).search(query, at=DAY)

        assert set(ids(found)) == {"refunds", "shipping", "tents"}

    def test_searches_a_single_article(self) -> None:
        found = an_index(REFUNDS).search("refund", at=DAY)

        assert ids(found) == ["refunds"]
        assert found.passages[0].score == 0

    def test_orders_more_articles_than_are_sorted_at_once(self) -> None:
        many = [an_article(f"{'refund ' * n}tent", article_id=str(n)) for n in range(150)]

        found = an_index(*many).search("refund", limit=len(many), at=DAY)

        scores = [ranked.score for ranked in found.articles]
        assert scores == sorted(scores, reverse=True)
        assert len(set(ids(found))) == len(many)

    def test_looks_past_many_articles_that_do_not_count(self) -> None:
        gone = [
            an_article("refund refund", article_id=f"gone {n}", valid_to=BEFORE) for n in range(150)
        ]

        assert ids(an_index(*gone, TENTS).search("refund", at=DAY)) == ["tents"]

    def test_passes_over_an_article_without_chunks(self) -> None:
        empty = an_article("", article_id="empty", title="Refund times")

        assert set(ids(an_index(empty, REFUNDS, TENTS).search("refund", at=DAY))) == {
            "refunds",
            "tents",
        }

    def test_finds_nothing_where_there_is_nothing(self) -> None:
        assert an_index().search("refund", at=DAY) == SearchResult()


class TestValidity:
    def test_leaves_out_what_has_expired(self) -> None:
        gone = an_article(REFUNDS.body, article_id="gone", valid_to=BEFORE)

        assert ids(an_index(gone, TENTS).search("pay refunds", at=DAY)) == ["tents"]
        assert ids(an_index(gone, TENTS).search("pay refunds", at=BEFORE))[0] == "gone"

    def test_leaves_out_what_is_superseded(self) -> None:
        new = an_article("Refunds take 14 days.", article_id="new", supersedes=["refunds"])

        found = an_index(REFUNDS, new, TENTS).search("refund", at=DAY)

        assert "refunds" not in ids(found)
        assert ids(found)[0] == "new"

    def test_names_what_is_not_yet_in_force(self) -> None:
        coming = an_article("Refunds take 14 days.", article_id="new", valid_from=SOON)

        found = an_index(coming, TENTS).search("refund", at=DAY)

        assert [ranked.in_force for ranked in found.articles] == [False, True]
        assert {p.article.id: p.in_force for p in found.passages} == {"new": False, "tents": True}

    def test_shows_words_that_hold_today_beside_the_same_words_to_come(self) -> None:
        coming = an_article(
            REFUNDS.body, article_id="new", title="Refund times refund", valid_from=SOON
        )

        found = an_index(coming, REFUNDS, TENTS).search("refund times refund", at=DAY)

        assert {p.in_force for p in found.passages if p.chunk.text == REFUNDS.body} == {True, False}

    def test_finds_nothing_where_nothing_counts(self) -> None:
        gone = an_article(article_id="gone", valid_to=BEFORE)

        assert an_index(gone).search("refund", at=DAY) == SearchResult()


class TestScope:
    SUMMIT = an_article("x", article_id="summit", applies_to={"plan": ("Summit", "Family")})
    TRAIL = an_article("x", article_id="trail", applies_to={"plan": ("Trail",), "region": ("EU",)})
    ANY = an_article("x", article_id="any")

    @pytest.mark.parametrize(
        ("scope", "kept"),
        [
            ({}, {"summit", "trail", "any"}),
            ({"plan": "Summit"}, {"summit", "any"}),
            ({"PLAN": "trail"}, {"trail", "any"}),
            ({"region": "US"}, {"summit", "any"}),
            ({"plan": "Trail", "region": "EU"}, {"trail", "any"}),
            ({"plan": "Nomad"}, {"any"}),
            ({"colour": "red"}, {"summit", "trail", "any"}),
        ],
    )
    def test_leaves_out_what_applies_to_other_values(
        self, scope: dict[str, str], kept: set[str]
    ) -> None:
        index = an_index(self.SUMMIT, self.TRAIL, self.ANY)

        assert set(ids(index.search("x", at=DAY, scope=scope))) == kept


class TestSearchIndex:
    def test_refuses_chunks_that_are_not_grouped_by_article(self) -> None:
        chunks = [*paragraphs(SHIPPING), *paragraphs(REFUNDS)]
        mixed = GenerationInMemory({"refunds": REFUNDS, "shipping": SHIPPING}, chunks)

        with pytest.raises(DamagedGenerationError, match="candor reindex"):
            SearchIndex(mixed, HashEmbedder())

    def test_names_the_generation_that_it_searches(self) -> None:
        assert an_index(REFUNDS).generation_id == "g1"

    def test_gives_a_row_of_features_for_each_article(self) -> None:
        rows = an_index(REFUNDS, SHIPPING).features("refund", at=DAY)

        assert {article: len(row) for article, row in rows.items()} == {"refunds": 3, "shipping": 3}
