import pytest

from app.grounding.links import without_unnamed_links

NAMED = "See https://help.ridgeline.example/returns."


class TestWithoutUnnamedLinks:
    @pytest.mark.parametrize(
        "linked",
        ["Go to [Orders](https://x.example/a).", "Go to [Orders] (https://x.example/(a))."],
    )
    def test_leaves_the_words_of_a_link(self, linked: str) -> None:
        assert without_unnamed_links(linked, NAMED) == "Go to Orders."

    @pytest.mark.parametrize(
        "text",
        [
            "Go to [Returns](https://help.ridgeline.example/returns).",
            "![Orders](https://x.example/a.png)",
            "Go to https://x.example.",
            "Orders [1](few) are late.",
        ],
    )
    def test_leaves_all_else_to_the_checks(self, text: str) -> None:
        assert without_unnamed_links(text, NAMED) == text
