"""Markdown in the normal form."""

from textwrap import dedent

import pytest

from ingestion.markup.markdown import MarkdownReader
from ingestion.markup.plain_text import read_plain_text


def body(markdown: str) -> str:
    return "\n\n".join(MarkdownReader().read(dedent(markdown)))


class TestMarkdownReader:
    @pytest.mark.parametrize(
        ("markdown", "text"),
        [
            ("Some *soft* and **loud** and `code` words.", "Some soft and loud and code words."),
            ("See [our terms](/terms#x) first.", "See our terms first."),
            ("<https://ridgeline.example/a> or https://b.example", None),
            ("[Mail us](mailto:help@ridgeline.example)", "Mail us (help@ridgeline.example)"),
            ("[help@r.example](mailto:help@r.example?subject=x)", "help@r.example"),
            ("[Call](tel:+1-555-0100) us", "Call (+1-555-0100) us"),
            ("Look: ![a tent](tent.png)", "Look:"),
            ("It costs ~~10 USD~~ 8 USD.", "It costs 8 USD."),
            ("5 &lt; 6 &amp; 2 \\* 3", "5 < 6 & 2 * 3"),
            ("Press <kbd>Ctrl</kbd>+<kbd>C</kbd>.", "Press Ctrl+C."),
            ("Now <!-- not --> <del>5</del> <span hidden>x</span>6.", "Now 6."),
            ('A <span style="display: none">hidden <b>rule</b></span>word.', "A word."),
            ("A title\n=======", "# A title"),
            ("### Returns ###", "### Returns"),
            ("Line one\\\nline two", "Line one\n\nline two"),
            ("Wrapped\ntext", "Wrapped text"),
        ],
    )
    def test_reduces_markup_to_its_text(self, markdown: str, text: str | None) -> None:
        expected = text if text is not None else markdown.replace("<", "").replace(">", "")

        assert body(markdown) == expected

    def test_writes_lists_tight_with_their_numbers_and_nesting(self) -> None:
        markdown = """\
            3. Open the **account** page.

            3. Choose:

               * a plan
               * [x] a region
                 of yours

               Then save.
            """

        assert body(markdown) == dedent("""\
            3. Open the account page.
            4. Choose:
               - a plan
               - a region of yours
               Then save.""")

    def test_keeps_code_as_plain_lines_behind_four_spaces(self) -> None:
        assert body("```sh title\n# set up\n\nrun *me*\n```") == "    # set up\n    run *me*"

    def test_writes_tables_with_their_header(self) -> None:
        markdown = "| Plan | *Fee* |\n|:--|--:|\n| Trail | a \\| b |\n| | |\n| Summit | <br>5 |"

        assert body(markdown) == (
            "| Plan | Fee |\n| --- | --- |\n| Trail | a \\| b |\n| Summit | 5 |"
        )

    @pytest.mark.parametrize(
        ("markdown", "text"),
        [
            ("> **Note:** Keep the box.", "Note: Keep the box."),
            ("> [!WARNING]\n> Keep the box.", "Keep the box."),
            (":::note\nKeep the box.\n:::", "Keep the box."),
            (":::tip Mind the `box`\nKeep it.\n:::", "Mind the box\n\nKeep it."),
            (":::tip[Mind the box]\nKeep it.\n:::", "Mind the box\n\nKeep it."),
            ('!!! note "Mind the box"\n    Keep it.', "Mind the box\n\nKeep it."),
            ("!!! note\n    Keep it.", "Keep it."),
        ],
    )
    def test_keeps_the_text_of_admonitions(self, markdown: str, text: str) -> None:
        assert body(markdown) == text

    def test_reads_the_html_that_stands_in_it(self) -> None:
        markdown = """\
            <div align="center">

            Some **text**.

            <table><tr><th>Plan</th></tr><tr><td>**Trail** &lt;x&gt;</td></tr></table>
            </div>

            <script>alert("no")</script>
            """

        assert body(markdown) == "Some text.\n\n| Plan |\n| --- |\n| Trail <x> |"

    def test_leaves_out_a_table_of_contents_and_what_announces_it(self) -> None:
        markdown = "Intro.\n\nIn this article:\n\n- [A](#a)\n  - [B](#b)\n\n## A\n\nText."

        assert body(markdown) == "Intro.\n\n## A\n\nText."

    def test_keeps_a_list_of_links_that_lead_elsewhere(self) -> None:
        assert body("See:\n\n- [A](a.md)\n- [B](#b)") == "See:\n\n- A\n- B"

    def test_reads_as_plain_text_what_takes_too_long_as_markdown(self) -> None:
        assert body("[" * 20_000) == "[" * 20_000

    def test_gives_a_form_that_plain_text_leaves_alone(self) -> None:
        markdown = """\
            # Returns

            Send it back:

            1. Pack *it*.
               Well.

               Label it

               ```
               # print
               ```

               | a | b |
               |---|---|
               | 1 | 2 |
            2. Post it

            ```
            code
            ```
            """

        normal = body(markdown)

        assert "\n\n".join(read_plain_text(normal)) == normal
