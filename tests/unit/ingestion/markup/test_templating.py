"""Components and templating, of which the text is kept."""

import time
from textwrap import dedent

import pytest

from ingestion.markup.markdown import MarkdownReader
from ingestion.markup.templating import is_mdx, strip_templating

PATIENCE_SECONDS = 3.0
"""What takes the square of a text's length takes longer, and the rest a tenth of it."""


def stripped(markdown: str, *, mdx: bool = False) -> str:
    return strip_templating(markdown, mdx=mdx)


def body(mdx: str) -> str:
    text = strip_templating(dedent(mdx), mdx=True)
    return "\n\n".join(MarkdownReader(indented_code=False).read(text))


class TestStripTemplating:
    @pytest.mark.parametrize(
        ("markdown", "text"),
        [
            ("Write to {{ site.email }} now.", "Write to  now."),
            ('Write to {{ "us" }} now.', "Write to us now."),
            ("{% if eu %}In the EU{% endif %}", "In the EU"),
            ("{% comment %}secret {{ x }}{% endcomment %}Text", "Text"),
            ("a<!-- secret -->b", "ab"),
            ("## Refunds {#refunds}", "## Refunds "),
            ("[more](x){.button}", "[more](x)"),
            ("[[toc]]\nText", "\nText"),
            ("Replace <PID> and <ORDER NUMBER>.", "Replace &lt;PID> and &lt;ORDER NUMBER>."),
            ("the <title> of it", "the &lt;title> of it"),
            ("<class>java.lang</class>", "&lt;class>java.lang&lt;/class>"),
            ("a < b and <b>c</b>", "a < b and <b>c</b>"),
            ("<script>if (a < b) {}</script>Text", "Text"),
            ("<x-button>Buy</x-button>", "Buy"),
            ("a {b} c", "a {b} c"),
            ("Import your products\n\nExport them", "Import your products\n\nExport them"),
        ],
    )
    def test_takes_out_what_is_no_text(self, markdown: str, text: str) -> None:
        assert stripped(markdown) == text

    @pytest.mark.parametrize(
        "code",
        [
            "`{{ x }}` and ``<Tab> ` {a}``",
            "```\n<Step title='x'>{{ y }}</Step>\n<!-- kept -->\n```",
            "1. ~~~sh\n   {% raw %}\n   ~~~",
            r"\<Tab> and \{x}",
        ],
    )
    def test_leaves_code_and_escapes_alone(self, code: str) -> None:
        assert stripped(code, mdx=True) == code

    @pytest.mark.parametrize(
        ("mdx", "text"),
        [
            ("import Tabs from '@theme/Tabs';\nText", "Text"),
            ("export const meta = {\n  a: 1,\n}\n\nText", "Text"),
            ("{/* a comment */}Text", "Text"),
            ('A{" "}{props.name}{`b`} c', "A b c"),
            ("<div style={{ color: 'red' }}>Text</div>", "Text"),
            ("<p style={{ display: 'none' }}>secret</p> Text", "Text"),
            ("<Image src='x' alt='A tent' />Text", "Text"),
            ("<>Text</>", "Text"),
        ],
    )
    def test_takes_out_what_only_mdx_knows(self, mdx: str, text: str) -> None:
        assert body(mdx) == text

    def test_looks_once_for_the_end_of_code_that_has_none(self) -> None:
        unclosed = "".join("`" * length + "x" for length in range(1, 1200))
        began = time.process_time()

        text = stripped(unclosed)

        assert time.process_time() - began < PATIENCE_SECONDS
        assert text == unclosed

    def test_heads_a_section_with_its_components_title(self) -> None:
        mdx = """\
            ## Refunds

            <Steps>
              <Step title="Write to us">
                Say **why**.

                ### Abroad

                In English.
              </Step>
              <Step title={"Send it back"} icon="box">
                    - Pack it.
              </Step>
            </Steps>
            """

        assert body(mdx) == (
            "## Refunds\n\n### Write to us\n\nSay why.\n\n### Abroad\n\nIn English.\n\n"
            "### Send it back\n\n- Pack it."
        )

    def test_takes_the_indent_inside_components_for_nothing(self) -> None:
        mdx = """\
            <Accordions>
                <Accordion title="Tents">
                    <Steps>
                        <Step title="Pack it">
                            - the tent
                            - the pegs
                              - all of them
                        </Step>
                    </Steps>
                    Then:
                    - post it
                </Accordion>
            </Accordions>

            1. Wait
               <Note>
                 - a week
               </Note>
            2. Ask
            """

        assert body(mdx) == (
            "## Tents\n\n### Pack it\n\n- the tent\n- the pegs\n  - all of them\n\n"
            "Then:\n\n- post it\n\n1. Wait\n   - a week\n2. Ask"
        )

    @pytest.mark.parametrize(
        ("mdx", "text"),
        [
            ("<Note>\n  Keep the box.\n</Note>", "Keep the box."),
            ('<Card title="Plans" href="/plans">All of them.</Card>', "Plans\n\nAll of them."),
            ('<Card title="Plans" description="All of them." />', "Plans: All of them."),
            (
                '<ParamField path="limit" type="int">At most 10.</ParamField>',
                "limit\n\nAt most 10.",
            ),
            ("<Code code={`a = 1\nb = 2`} />", "    a = 1\n    b = 2"),
            ("<A><B x={{ a: { b: '}' } }}>Text</B></A>", "Text"),
        ],
    )
    def test_keeps_the_text_of_any_component(self, mdx: str, text: str) -> None:
        assert body(mdx) == text


class TestIsMdx:
    def test_tells_by_imports_and_comments(self) -> None:
        assert is_mdx("import A from './a';\n\nText")
        assert is_mdx("Text\n\n{/* note */}")
        assert not is_mdx("Import a product from 'Shop'.\n\n    import a from 'b'")
