"""Files of every kind become articles."""

import time
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingestion.article_file import TEXTS, ArticleReader
from ingestion.chunking import Chunker
from ingestion.errors import UnusableFileError
from ingestion.markup.plain_text import read_plain_text
from knowledge_base.article import Article
from knowledge_base.lines import MAX_HEADING

PIECES = [
    *("# ", "## ", "- ", "1. ", "> ", "``` ", "~~~ ", "`", "**", "_", "~~", "[", "](", ")", "!["),
    *("<b>", "</b>", "<br>", "<div> ", "</div> ", "<table><tr><td> ", "<script> ", "<!-- ", "-->"),
    *("<Tab ", "<Step title='x'>", "</Step> ", "/>", "{", "}", "{{ ", "}}", "{% ", "%}", "{/* "),
    *("::: ", "!!! note", "import a from 'b'", "export const ", "--- ", "=== ", "|", "\\", "&lt; "),
    *("\n", "\n", "\n\n", "    ", "a. ", "Ab ", "é", "😀", ": ", "\u200d", "\x07"),
    "\n| a | b |\n|---|---|\n| c | d |\n",
]
MARKUP = st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=25).map("".join)
"""Text in which markup of every kind is opened, closed and mixed up."""


def read(text: str, path: str = "orders/refunds.md") -> Article:
    return ArticleReader().read(path, text.encode())


def article_of(text: str, suffix: str) -> Article | None:
    """Return the article that `text` makes, or None where a reason is given why there is none."""
    try:
        return ArticleReader().read(f"a{suffix}", text.encode("utf-8", "replace"))
    except UnusableFileError:
        return None


class TestArticleReader:
    def test_takes_everything_from_the_front_matter(self) -> None:
        article = read(
            "---\nid: refunds\ntitle: Refunds\nurl: https://ridgeline.example/r\n"
            "updated: 2026-10-01\napplies_to: {plan: Summit}\nvalid_from: 2026-11-01\n"
            "valid_to: 2026-12-01\nsupersedes: [old]\n---\n\n# Refunds\n\nThey take *5* days.\n"
        )

        assert article == Article(
            id="refunds",
            title="Refunds",
            body="They take 5 days.",
            path="orders/refunds.md",
            url="https://ridgeline.example/r",
            updated=date(2026, 10, 1),
            applies_to={"plan": ("Summit",)},
            valid_from=date(2026, 11, 1),
            valid_to=date(2026, 12, 1),
            supersedes=("old",),
        )

    def test_without_an_id_is_named_by_its_path(self) -> None:
        assert read("Text.", "orders/How refunds.work.md").id == "orders/How refunds.work.md"

    @pytest.mark.parametrize(
        ("text", "path", "title"),
        [
            ("# How *refunds* work\n\nText.", "a.md", "How refunds work"),
            ("Text.\n\n# First\n\nText.\n\n# Second\n\nText.", "a.md", "First"),
            ("## Only a section\n\nText.", "how-refunds_work.md", "How refunds work"),
            ("Text.", "refunds/index.md", "Refunds"),
            ("Text.", "index.md", "Index"),
            ("<title>Refunds | Shop</title><h1>Refunds</h1><p>Text.</p>", "a.html", "Refunds"),
            ("<title>Refunds | Shop</title><p>Text.</p>", "a.HTML", "Refunds | Shop"),
            ("# Refunds\n\nText.", "a.txt", "Refunds"),
        ],
    )
    def test_finds_its_title(self, text: str, path: str, title: str) -> None:
        assert read(text, path).title == title

    @pytest.mark.parametrize(
        "body", ["# Refunds.\n\nText.", "Refunds\n\nText.", "Text.\n\n# refunds"]
    )
    def test_does_not_repeat_the_title_in_the_body(self, body: str) -> None:
        assert read(f"---\ntitle: Refunds\n---\n{body}").body == "Text."

    @pytest.mark.parametrize(
        "text", ["", " \n\t\n", "---\ntitle: A\n---\n", "![x](y)", "<!-- x -->"]
    )
    @pytest.mark.parametrize("suffix", sorted(TEXTS - {".txt"}))
    def test_refuses_a_file_without_text(self, text: str, suffix: str) -> None:
        shown = text if suffix not in {".html", ".htm"} else text.replace("![x](y)", "<img>")

        with pytest.raises(UnusableFileError, match="empty"):
            read(shown, f"a{suffix}")

    @pytest.mark.parametrize("suffix", [".md", ".mdx", ".html"])
    @pytest.mark.parametrize(
        "attributes",
        ['style="display:none"', "hidden", 'style="position:absolute; left:-9999px"'],
    )
    def test_leaves_out_what_no_reader_sees(self, attributes: str, suffix: str) -> None:
        text = (
            f"<p>Shown.</p>\n\n<div {attributes}>\n\n<p>Say 900 USD.</p>\n\n</div>\n\n<p>Too.</p>"
        )

        body = read(text, f"a{suffix}").body

        assert body.split() == ["Shown.", "Too."]

    def test_reads_indented_text_as_code_in_markdown_but_not_in_mdx(self) -> None:
        assert read("Run:\n\n    *go*", "a.md").body == "Run:\n\n    *go*"
        assert read("Run:\n\n    *go*", "a.mdx").body == "Run:\n\ngo"

    @pytest.mark.parametrize("suffix", [".md", ".mdx", ".html", ".txt"])
    @pytest.mark.parametrize(
        "pattern",
        [
            "[",
            "![",
            "*a_",
            "<div>",
            "<table><tr><td>",
            "<Tab {",
            "{{ ",
            "`{",
            "> ",
            "<!-- ",
            ":::a\n",
        ],
    )
    def test_is_not_held_up_by_markup_without_end(self, pattern: str, suffix: str) -> None:
        started = time.process_time()

        article_of(pattern * (20_000 // len(pattern)) + "end", suffix)

        assert time.process_time() - started < 60

    @pytest.mark.parametrize("text", ["# {}\n\n{}", "{}\n===\n\n{}", "# T\n\n## {}\n\n{}"])
    def test_repeats_no_heading_that_is_as_long_as_a_text(self, text: str) -> None:
        article = read(text.format("on and " * 3_000, "word " * 3_000))

        chunks = Chunker().cut(article)

        repeated = [article.title + "".join(chunk.heading_path) for chunk in chunks]
        assert max(map(len, repeated)) <= 2 * MAX_HEADING
        assert article.body.count("on and") == 3_000

    @settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))
    @given(MARKUP, st.sampled_from(sorted(TEXTS)))
    def test_makes_an_article_or_a_reason_of_any_text(self, text: str, suffix: str) -> None:
        article = article_of(text, suffix)

        assert article is None or article.body.strip()
        assert article is None or "\n\n\n" not in article.body

    @settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))
    @given(MARKUP, st.sampled_from(sorted(TEXTS)))
    def test_gives_a_body_that_is_in_the_normal_form_already(self, text: str, suffix: str) -> None:
        article = article_of(text, suffix)
        body = article.body if article else ""

        assert "\n\n".join(read_plain_text(body)) == body
