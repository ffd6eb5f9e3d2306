"""Plain text in the normal form."""

from textwrap import dedent

from hypothesis import given, settings
from hypothesis import strategies as st

from ingestion.markup.plain_text import read_plain_text


def body(text: str) -> str:
    return "\n\n".join(read_plain_text(dedent(text)))


class TestReadPlainText:
    def test_puts_wrapped_paragraphs_on_one_line(self) -> None:
        text = """\
            You can send a tent back within thirty days of its
            delivery, if it has not been
            pitched.

            Write to us first.
        """

        assert body(text) == (
            "You can send a tent back within thirty days of its delivery, if it has not been "
            "pitched.\n\nWrite to us first."
        )

    def test_keeps_lines_that_their_author_broke_off(self) -> None:
        text = """\
            What you need
            A receipt for each of the items that you send back to us
        """

        assert body(text) == (
            "What you need\n\nA receipt for each of the items that you send back to us"
        )

    def test_takes_lines_in_capitals_and_underlined_lines_for_headings(self) -> None:
        assert body("SHIPPING COSTS\nThey depend on weight.") == (
            "## SHIPPING COSTS\n\nThey depend on weight."
        )
        assert body("Costs\n=====\nLow.\n\nTimes\n-----\nShort.") == (
            "# Costs\n\nLow.\n\n## Times\n\nShort."
        )

    def test_reads_any_number_of_underlined_lines_on_end(self) -> None:
        blocks = read_plain_text("Refunds\n-------\n" * 2000)

        assert blocks == ["## Refunds"] * 2000

    def test_leaves_capitals_alone_where_there_are_headings(self) -> None:
        assert body("# Costs\n\nWARNING SIGN\n\nText.") == "# Costs\n\nWARNING SIGN\n\nText."

    def test_parts_a_list_from_its_lead_in(self) -> None:
        assert body("You need:\n- a receipt\n  of yours\n- patience") == (
            "You need:\n\n- a receipt of yours\n- patience"
        )

    def test_takes_markup_for_what_it_is_in_plain_text(self) -> None:
        assert body("Use *stars* and <PID> and `ticks` as __they__ are.") == (
            "Use *stars* and <PID> and `ticks` as __they__ are."
        )

    @settings(max_examples=300, deadline=None)
    @given(st.text(alphabet=st.sampled_from(list("aB.:\n\n -#|1=\té")), max_size=120))
    def test_leaves_the_normal_form_alone(self, text: str) -> None:
        normal = "\n\n".join(read_plain_text(text))

        assert "\n\n".join(read_plain_text(normal)) == normal
