"""HTML as Markdown."""

import pytest

from ingestion.markup.main_content import main_content
from ingestion.markup.markdown import MarkdownReader
from ingestion.markup.web_page import read_page


def body(html: str) -> str:
    return "\n\n".join(MarkdownReader().read(read_page(html).markdown))


class TestReadPage:
    def test_reads_the_article_and_nothing_around_it(self) -> None:
        html = (
            "<html><head><title>Refunds | Shop</title><style>p {}</style></head><body>"
            "<nav>Menu</nav><main><h2>How</h2><p>Take <b>5</b>\n days.</p>"
            "<script>no()</script></main><footer>Imprint</footer></body></html>"
        )

        page = read_page(html)

        assert page.title == "Refunds | Shop"
        assert body(html) == "## How\n\nTake 5 days."

    @pytest.mark.parametrize(
        ("html", "text"),
        [
            (
                "<p>2 * 3 * 4, a_b_c, # 1, `x` and [y](z)</p>",
                "2 * 3 * 4, a_b_c, # 1, `x` and [y](z)",
            ),
            ("<p>5 &lt; 6 &amp;amp; &lt;PID&gt;</p>", "5 < 6 &amp; <PID>"),
            ("<p>one<p>two<ul><li>a<li>b</ul>", "one\n\ntwo\n\n- a\n- b"),
            ("<ol start=3><li>a<ul><li>b</li></ul></li><li>c</li></ol>", "3. a\n   - b\n4. c"),
            ("<dl><dt>Trail</dt><dd>5 USD</dd></dl>", "Trail\n\n5 USD"),
            ("<pre>a\n  # b</pre>", "    a\n      # b"),
            ("<blockquote>Said.</blockquote>", "Said."),
            ("<details><summary>Why?</summary>So.</details>", "Why?\n\nSo."),
            ('<a href="mailto:a@b.example">Mail</a> <a href="/x">us</a>', "Mail (a@b.example) us"),
            ("<p hidden>no</p><p style='font-size:0'>no</p><p aria-hidden=true>no</p>yes", "yes"),
            ("<p>It is <del>10</del> 8<img src=x alt=no></p>", "It is 8"),
            ("<table><tr><th>A<th>B<tr><td>1<td>2 | 3</table>", None),
            ("<table><tr><td><h3>A</h3>x<td><h3>B</h3>y</table>", "### A\n\nx\n\n### B\n\ny"),
            ("just text", "just text"),
            ("<?xml version='1.0'?><html><body><p>text</p></body></html>", "text"),
        ],
    )
    def test_keeps_text_and_structure(self, html: str, text: str | None) -> None:
        expected = text if text is not None else "| A | B |\n| --- | --- |\n| 1 | 2 \\| 3 |"

        assert body(html) == expected

    def test_keeps_the_text_of_what_is_nested_too_deeply(self) -> None:
        assert body("<div>" * 3000 + "text &lt;x>") == "text <x>"


MENU = "<div><a href=/>Home</a> <a href=/b>Tents</a></div>"
RULES = "<h1>Fees</h1><h2>Trail</h2><p>No refund.</p><h2>Summit</h2><p>No refund.</p>"
"""Headings that a finder of main content may leave out, and a sentence that comes again."""


def finding(found: str | None) -> str:
    """Return the body of a page on which `found` is found to be the article."""
    html = f"<html><body>{MENU}<div>{RULES}</div><div>Imprint</div></body></html>"
    page = read_page(html, lambda _html: found)
    return "\n\n".join(MarkdownReader().read(page.markdown))


class TestReadPageWithoutAMarkedArticle:
    def test_reads_all_of_what_holds_the_article_that_is_found(self) -> None:
        assert finding("<p>No <b>refund</b>.</p>") == (
            "# Fees\n\n## Trail\n\nNo refund.\n\n## Summit\n\nNo refund."
        )

    def test_reads_as_much_as_is_found(self) -> None:
        assert finding("<p>No refund.</p><p>Imprint</p>").endswith("No refund.\n\nImprint")

    @pytest.mark.parametrize("found", [None, "", "<p></p>", "<p>Elsewhere</p>"])
    def test_reads_the_whole_page_where_nothing_is_found(self, found: str | None) -> None:
        assert finding(found).startswith("Home Tents")

    def test_finds_the_article_by_itself(self) -> None:
        html = f"<html><body>{MENU}<div id=content>{RULES}</div></body></html>"

        page = read_page(html, main_content)

        assert page.markdown.count("No refund.") == 2
        assert "## Summit" in page.markdown
        assert "Tents" not in page.markdown
