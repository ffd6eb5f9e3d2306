"""HTML as Markdown."""

import pytest

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
