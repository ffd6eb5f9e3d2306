from hypothesis import given
from hypothesis import strategies as st

from app.guardrails.disguises import plain


class TestPlain:
    @given(st.text(st.characters(codec="ascii")))
    def test_leaves_ascii_as_it_is_also_beside_a_disguise(self, text: str) -> None:
        assert plain(text) == text
        assert plain(f"{text} \u200b") == f"{text} "

    def test_takes_the_disguise_from_what_is_not_ascii(self) -> None:
        assert plain("ign\u200bore “аll” tһis") == 'ignore "all" this'  # noqa: RUF001 — on purpose
