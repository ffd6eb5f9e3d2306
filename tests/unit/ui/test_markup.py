"""The HTML that answers and passages are shown as."""

import html
import re

from hypothesis import given
from hypothesis import strategies as st

from ui.markup import Mark, to_html


class TestToHtml:
    def test_shows_headings_items_rows_and_paragraphs(self) -> None:
        text = "## Fees\n\nYou pay:\n\n- 5 USD\n\n| Plan | Fee |\n| --- | --- |\n| Trail | 0 |"

        shown = to_html(text)

        assert "<h5>Fees</h5>" in shown
        assert "<p>You pay:</p>" in shown
        assert "<span>5 USD</span>" in shown
        assert "<td> Trail </td>" in shown
        assert "---" not in shown

    def test_keeps_the_number_of_a_step(self) -> None:
        shown = to_html("1. Open the app.\n2. Choose a tent.")

        assert "<span>2.</span><span>Choose a tent.</span>" in shown

    def test_marks_the_cited_words_wherever_they_stand(self) -> None:
        text = "Intro.\n\n- Refunds take 5 days.\n\n| Trail | 30 days |"
        first, second = text.index("5 days"), text.index("30 days")

        shown = to_html(text, [Mark(first, first + 6), Mark(second, second + 7)])

        assert re.findall(r"<mark>(.*?)</mark>", shown) == ["5 days", "30 days"]

    def test_marks_each_line_of_a_stretch_over_several_lines(self) -> None:
        text = "You pay:\n\n- 5 USD"

        shown = to_html(text, [Mark(0, len(text))])

        assert re.findall(r"<mark>(.*?)</mark>", shown) == ["You pay:", "5 USD"]

    def test_shows_overlapping_marks_once(self) -> None:
        shown = to_html("abcdef", [Mark(0, 4), Mark(2, 6)])

        assert shown == "<p><mark>abcd</mark><mark>ef</mark></p>"

    def test_escapes_markup_from_outside(self) -> None:
        shown = to_html('<img src="https://evil.example/x"> ![a](https://evil.example/y)')

        assert "<img" not in shown
        assert "![a](https://evil.example/y)" in shown

    @given(st.text(alphabet=st.sampled_from("ab<&>|-# 1.\n*\"'"), max_size=60), st.data())
    def test_loses_no_letter_and_lets_no_markup_through(
        self, text: str, data: st.DataObject
    ) -> None:
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, len(text)))

        shown = to_html(text, [Mark(start, end)])

        tags = set(re.findall(r"</?([a-z0-9]+)", shown))
        letters = [one for one in html.unescape(re.sub(r"<[^>]*>", "", shown)) if one in "ab"]
        assert tags <= {"p", "h5", "div", "span", "table", "tr", "td", "mark"}
        assert letters == [one for one in text if one in "ab"]
