from collections.abc import Mapping
from datetime import date

import pytest

from ingestion.article_file import ArticleReader
from ingestion.lint.checks.links import LinkCheck, OrphanCheck
from ingestion.lint.help_centre import HelpCentre
from ingestion.lint.manuscript import Manuscript

AT = date(2026, 11, 1)


def a_centre(files: Mapping[str, str], others: tuple[str, ...] = ()) -> HelpCentre:
    reader = ArticleReader()
    written = {path: f"{text}\n\nThat is all.\n" for path, text in files.items()}
    manuscripts = [
        Manuscript(reader.read(path, text.encode()), path, text) for path, text in written.items()
    ]
    return HelpCentre(manuscripts, AT, files=(*files, *others))


def broken(files: Mapping[str, str], others: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    found = LinkCheck().find(a_centre(files, others))
    return [(finding.rule.id, finding.places[0].quote) for finding in found]


class TestLinkCheck:
    @pytest.mark.parametrize(
        "target",
        [
            "b.md",
            "./b.md",
            "b",
            "../help/b.md",
            "/help/b",
            "/b",
            "deep/",
            "deep/index.md",
            "b.md#our-shop",
            "b#our-shop",
            "#here",
            "price list.pdf",
            "manual.pdf",
            "https://elsewhere.example/help/x",
            "mailto:help@shop.example",
            "{{ shop_url }}",
        ],
    )
    def test_follows_links_however_they_are_written(self, target: str) -> None:
        files = {
            "help/a.md": f"## Here\n\nSee [this](<{target}>) and [that](b) and [b](/help/b).",
            "help/b.md": "# B\n\n## Our shop\n\nOpen. Back to [a](a.md).",
            "help/deep/index.md": "# Deep\n\nDeep.",
        }

        assert broken(files) == []

    @pytest.mark.parametrize(
        "target",
        ["c.md", "../b.md", "c", "/help/c", "www.shop.example", "https://h.example/help/c"],
    )
    def test_finds_links_that_lead_nowhere(self, target: str) -> None:
        files = {
            "help/a.md": f"See [this]({target}), [that](b) and [b](/help/b).",
            "help/b.md": "---\nurl: https://h.example/help/b\n---\nOpen. Back to [a](/help/a).",
        }

        assert broken(files) == [("broken-link", f"[this]({target})")]

    def test_knows_articles_by_the_number_in_their_address(self) -> None:
        host = "https://shop.example/hc/en-us/articles"
        files = {
            "a.md": f"---\nid: 1001\n---\n[b]({host}/1002-Old-name), [c]({host}/1003-Gone).",
            "b.md": f"---\nid: 1002\n---\n[a]({host}/1001-A)",
        }

        assert broken(files) == [("broken-link", f"[c]({host}/1003-Gone)")]

    def test_judges_no_paths_that_it_does_not_understand(self) -> None:
        files = {"docs/a.md": "See [x](/app/x), [y](/app/y) and [z](z-page).", "docs/b.md": "B."}

        assert broken(files) == []

    def test_leaves_files_alone_that_are_no_articles(self) -> None:
        files = {"a.md": "[draft](draft.md), [picture](img.png)", "b.md": "[a](a.md)"}

        assert broken(files, others=("draft.md",)) == []

    def test_finds_headings_that_are_not_there(self) -> None:
        files = {
            "a.md": "[x](b.md#opening-times), [y](b.md#where), [z](#nowhere), [i](b.md#custom)",
            "b.md": '## Opening times\n\nDaily.\n\n<a id="custom"></a>\n\n## Where we are\n\nHere.',
        }

        assert broken(files) == [
            ("broken-anchor", "[y](b.md#where)"),
            ("broken-anchor", "[z](#nowhere)"),
        ]

    def test_reads_no_links_in_code_comments_and_images(self) -> None:
        text = "`[x](c.md)` <!-- [y](c.md) --> ![z](c.md)\n\n```\n[x](c.md)\n```\n\n[b](b.md)"

        assert broken({"a.md": text, "b.md": "[a](a.md)"}) == []

    def test_reads_links_in_html_and_references(self) -> None:
        text = 'See <a class="x" href="c.md">this</a> or [that][1].\n\n[1]: d.md\n'

        assert [quote for _, quote in broken({"a.md": text})] == [
            '<a class="x" href="c.md"',
            "[1]: d.md",
        ]


class TestOrphanCheck:
    def test_finds_articles_that_no_other_links_to(self) -> None:
        centre = a_centre(
            {"index.md": "[a](a.md)", "a.md": "[b](b.md)", "b.md": "[a](a.md)", "c.md": "[c](c.md)"}
        )

        found = [finding.places[0].path for finding in OrphanCheck().find(centre)]

        assert found == ["c.md"]

    def test_finds_none_where_articles_do_not_link_to_each_other(self) -> None:
        centre = a_centre({"a.md": "[b](b.md)", "b.md": "B.", "c.md": "C."})

        assert list(OrphanCheck().find(centre)) == []
