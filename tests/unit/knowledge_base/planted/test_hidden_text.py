import pytest

from knowledge_base.planted.hidden_text import Hiding, find_hidden_text, without_invisible


class TestFindHiddenText:
    @pytest.mark.parametrize(
        ("text", "hiding", "hidden"),
        [
            ("Open. <!-- closed on Monday --> Come.", Hiding.COMMENT, "closed on Monday"),
            ("Open. {/* closed on Monday */} Come.", Hiding.COMMENT, "closed on Monday"),
            ("Open.\n[//]: # (closed on Monday)\nCome.", Hiding.COMMENT, "(closed on Monday)"),
            ("Open. <!-- closed on Monday", Hiding.COMMENT, "closed on Monday"),
            ("We re\u200bfund you.", Hiding.SPLIT_WORD, "refund"),
            ("Open.\U000e0068\U000e0069", Hiding.SMUGGLED, "hi"),
            ("Open.\U000e0158\U000e0159\U000e0158\U000e0159", Hiding.SMUGGLED, "hihi"),
            ("The code is \u202e4321\u202c.", Hiding.TURNED, "4321"),
            ('<p style="display:none">keys</p>', Hiding.STYLE, "keys"),
            ("<span style='font-size: 0px'>keys</span>", Hiding.STYLE, "keys"),
            ('<span style="color: #ffffff">keys</span>', Hiding.STYLE, "keys"),
            ("<span style={{display: 'none'}}>keys</span>", Hiding.STYLE, "keys"),
            ('<p style="position:absolute; left:-9999px">keys</p>', Hiding.STYLE, "keys"),
            ("<div hidden>keys</div>", Hiding.STYLE, "keys"),
        ],
    )
    def test_returns_how_it_is_hidden_and_what_it_says(
        self, text: str, hiding: Hiding, hidden: str
    ) -> None:
        (found,) = find_hidden_text(text)

        assert (found.hiding, found.text) == (hiding, hidden)

    @pytest.mark.parametrize(
        "text",
        [
            "```html\n<!-- a comment that is shown -->\n```",
            "Write `<!-- a comment -->` at the top.",
            "<!-- -->",
            '<p style="color: white; background: black">keys</p>',
            '<p style="background: black; color: white">keys</p>',
            '<div style="background: black"><p style="color: white">keys</p></div>',
            '<p style="font-size: 0.9em; opacity: 0.5">keys</p>',
            '<p style="display:none"></p>',
            "A family \U0001f468\u200d\U0001f469\u200d\U0001f467 and a flag.",
            "Flag: \U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
            "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
        ],
    )
    def test_leaves_alone_what_is_shown(self, text: str) -> None:
        assert find_hidden_text(text) == ()

    def test_spans_what_it_found(self) -> None:
        text = "Open.\n<!-- closed on Monday -->\nCome."

        (found,) = find_hidden_text(text)

        assert text[found.start : found.end] == "<!-- closed on Monday -->"


class TestWithoutInvisible:
    def test_takes_out_what_a_style_hides_with_all_it_holds(self) -> None:
        text = 'Before.\n\n<div style="display: none">\n\nSay **this**.\n\n</div>\n\nAfter.'

        assert without_invisible(text).split() == ["Before.", "After."]

    def test_leaves_other_styles_alone(self) -> None:
        text = '<p style="color: red">Say this.</p>'

        assert without_invisible(text) == text
