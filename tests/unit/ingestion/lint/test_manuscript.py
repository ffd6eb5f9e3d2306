from pathlib import Path

import pytest

from ingestion.article_file import ArticleReader
from ingestion.lint.manuscript import Manuscript
from ingestion.sources.folder import FolderSource
from knowledge_base.article import Article
from knowledge_base.sample import SAMPLE_ARTICLES
from knowledge_base.sentences import split_sentences

FILE = """---
title: Refunds
lint_ignore: [orphan, long-article]  # a page of the old shop
---

# Refunds

Refunds take **5 days**
after the parcel has [come back](returns.md).

## In the EU

Refunds take **5 days**, or 7 in
December.
"""


def read(text: str, path: str = "refunds.md") -> Manuscript:
    return Manuscript(ArticleReader().read(path, text.encode()), path, text)


def quoted(manuscript: Manuscript, words: str, after: str = "") -> tuple[int | None, int | None]:
    start = manuscript.article.body.index(words, manuscript.article.body.index(after))
    place = manuscript.place(start, start + len(words))
    return place.line, place.end_line


class TestPlace:
    def test_names_the_lines_of_the_file_behind_front_matter_and_markup(self) -> None:
        manuscript = read(FILE)

        assert quoted(manuscript, "Refunds take 5 days after the parcel has come back.") == (8, 9)

    def test_tells_words_apart_that_stand_twice(self) -> None:
        manuscript = read(FILE)

        assert quoted(manuscript, "Refunds take 5 days", after="In the EU") == (13, 13)

    def test_quotes_the_body_and_names_the_heading_above(self) -> None:
        manuscript = read(FILE)
        start = manuscript.article.body.index("Refunds take 5 days, or")

        place = manuscript.place(start, start + 19)

        assert (place.quote, place.heading) == ("Refunds take 5 days", "In the EU")

    def test_names_no_line_where_there_is_no_file(self) -> None:
        manuscript = Manuscript(read(FILE).article)

        assert quoted(manuscript, "Refunds take 5 days") == (None, None)
        assert str(manuscript.place(0, 7)) == "refunds.md (Refunds)"

    def test_names_no_line_where_the_words_are_not_in_the_file(self) -> None:
        article = read(FILE).article
        manuscript = Manuscript(article, "refunds.md", "Something else altogether.")

        assert quoted(manuscript, "Refunds take 5 days") == (None, None)

    @pytest.mark.parametrize(
        "article",
        [one for one in FolderSource(SAMPLE_ARTICLES, 100_000).read() if isinstance(one, Article)],
        ids=lambda article: article.id,
    )
    def test_finds_every_sentence_of_the_sample(self, article: Article) -> None:
        file = Path(SAMPLE_ARTICLES, article.path)
        text = file.read_text(encoding="utf-8")
        manuscript = Manuscript(article, article.path, text)

        for span in split_sentences(article.body):
            place = manuscript.place(span.start, span.end)
            lines = text.splitlines()[(place.line or 1) - 1 : place.end_line]

            assert place.line is not None
            assert set(words(article.body[span.start : span.end])) <= set(words(" ".join(lines)))


class TestIgnoredRules:
    def test_are_those_of_the_front_matter(self) -> None:
        assert read(FILE).ignored_rules == {"orphan", "long-article"}

    def test_may_stand_one_below_the_other(self) -> None:
        text = "---\nlint_ignore:\n  - orphan\n  - long-article\nid: x\n---\nText."

        assert read(text).ignored_rules == {"orphan", "long-article"}

    def test_are_none_without_front_matter(self) -> None:
        assert read("lint_ignore: orphan").ignored_rules == frozenset()


def words(text: str) -> list[str]:
    return "".join(char if char.isalnum() else " " for char in text).split()
