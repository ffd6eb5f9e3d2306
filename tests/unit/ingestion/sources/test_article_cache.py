"""What is kept of pages."""

import sqlite3
from datetime import date
from pathlib import Path

import pytest

from ingestion.sources.article_cache import SOURCES, ArticleCache, Kept, digest
from knowledge_base.article import Article
from knowledge_base.errors import StorageError

KEPT = Kept(
    Article("a", "A", "Text.", "a", url="https://a.example", updated=date(2026, 11, 1)),
    "digest",
    "etag",
    "modified",
)


def file_in(data_dir: Path) -> Path:
    (file,) = (data_dir / SOURCES).rglob("*.sqlite3")
    return file


class TestArticleCache:
    def test_remembers_from_one_time_to_the_next(self, tmp_path: Path) -> None:
        with ArticleCache(tmp_path, "source") as cache:
            cache.put("page", KEPT)

        with ArticleCache(tmp_path, "source") as cache:
            assert cache.get("page") == KEPT
            assert cache.get("other") is None

    def test_keeps_sources_apart(self, tmp_path: Path) -> None:
        with ArticleCache(tmp_path, "one") as one, ArticleCache(tmp_path, "two") as two:
            one.put("page", KEPT)

            assert two.get("page") is None

    def test_makes_an_article_anew_only_from_something_else(self, tmp_path: Path) -> None:
        made: list[str] = []

        def read() -> Article:
            made.append("article")
            return KEPT.article

        with ArticleCache(tmp_path, "source") as cache:
            for made_from in ("first", "first", "second"):
                assert cache.read("page", made_from, read) == KEPT.article

        assert len(made) == 2

    def test_forgets_pages_that_are_gone(self, tmp_path: Path) -> None:
        with ArticleCache(tmp_path, "source") as cache:
            cache.put("stays", KEPT)
            cache.put("goes", KEPT)

            cache.keep_only({"stays"})

            assert cache.get("stays") == KEPT
            assert cache.get("goes") is None

    def test_forgets_what_other_code_made(self, tmp_path: Path) -> None:
        with ArticleCache(tmp_path, "source") as cache:
            cache.put("page", KEPT)
        with sqlite3.connect(file_in(tmp_path)) as rows:
            rows.execute("UPDATE kept SET code = 'an earlier version'")
        rows.close()

        with ArticleCache(tmp_path, "source") as cache:
            assert cache.get("page") is None

    def test_forgets_an_article_that_cannot_be_read_back(self, tmp_path: Path) -> None:
        with ArticleCache(tmp_path, "source") as cache:
            cache.put("page", KEPT)
        with sqlite3.connect(file_in(tmp_path)) as rows:
            rows.execute("UPDATE kept SET article = '{\"id\": 5}'")
        rows.close()

        with ArticleCache(tmp_path, "source") as cache:
            assert cache.get("page") is None

    def test_says_that_its_file_is_damaged(self, tmp_path: Path) -> None:
        with ArticleCache(tmp_path, "source"):
            pass
        file_in(tmp_path).write_bytes(b"nothing" * 1000)

        with pytest.raises(StorageError, match="delete the file"), ArticleCache(tmp_path, "source"):
            pass

    def test_says_that_the_data_folder_cannot_be_written(self, tmp_path: Path) -> None:
        (tmp_path / "data").write_text("a file")

        with pytest.raises(StorageError), ArticleCache(tmp_path / "data", "source"):
            pass


class TestDigest:
    def test_tells_where_a_part_ends(self) -> None:
        assert digest("ab", "c") != digest("a", "bc")

    def test_is_the_same_for_the_same(self) -> None:
        assert digest("a", b"b") == digest("a", b"b")
