import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.answer import Citation, DraftSentence, Sentence
from app.grounding.gate import Gate
from app.grounding.quote import quote
from knowledge_base.article import Passage
from tests.builders import a_passage, an_article

BODY = """Trail members can cancel within 30 days. Refunds take 5 days, except for gift cards.
Summit members never pay for returns under 40 EUR.

You can't return:

- Gift cards.
- Opened food.

| Plan | Fee |
| --- | --- |
| Trail | 20 USD |
| Summit | 65 USD |"""
PASSAGE = a_passage(BODY)
OTHER = a_passage(article=an_article("Shipping is free over 75 USD.", article_id="shipping"))
PROSE = (
    "Trail members can cancel within 30 days.",
    "Refunds take 5 days, except for gift cards.",
    "Summit members never pay for returns under 40 EUR.",
)
CHANGES = {
    "30": ("90", "3", "-30"),
    "5": ("7", "15"),
    "days": ("weeks", "business days"),
    "Trail": ("Summit", "Family"),
    "Summit": ("Trail", "Family"),
    "can": ("can't", "must"),
    "except": ("including", "even"),
    "never": ("always", "sometimes"),
    "under": ("over", "from"),
    "40": ("400", "4.0"),
    "EUR": ("USD", "GBP"),
}


def drafted(text: str, *passages: Passage) -> DraftSentence:
    cited = passages or (PASSAGE,)
    return DraftSentence(
        text, tuple(Citation(each, each.chunk.start, each.chunk.end) for each in cited)
    )


def released(text: str, *passages: Passage) -> list[str]:
    sentences = Gate().release(drafted(text, *passages), (PASSAGE, OTHER))
    return [sentence.text for sentence in sentences]


class TestRelease:
    def test_releases_what_stands_in_a_cited_passage_and_narrows_its_citation(self) -> None:
        (sentence,) = Gate().release(
            drafted("refunds take 5 days, except for gift cards"), (PASSAGE,)
        )

        assert sentence.text == "refunds take 5 days, except for gift cards"
        assert [each.quote for each in sentence.citations] == [PROSE[1]]

    def test_releases_two_adjacent_sentences_that_were_joined(self) -> None:
        draft = f"{PROSE[0][:-1]}, and refunds take 5 days, except for gift cards."

        (sentence,) = Gate().release(drafted(draft), (PASSAGE,))

        assert sentence.text == draft
        assert [each.quote for each in sentence.citations] == [f"{PROSE[0]} {PROSE[1]}"]

    def test_releases_a_quote_as_it_is(self) -> None:
        start = BODY.index("Opened food")
        draft = quote(PASSAGE, start, start + len("Opened food"))

        assert Gate().release(draft, (PASSAGE,)) == (Sentence(draft.text, draft.citations),)

    def test_gives_a_list_item_its_lead_in(self) -> None:
        assert released("Opened food") == ["You can't return:\n\n- Opened food."]

    def test_gives_a_row_its_header(self) -> None:
        assert released("| Summit | 65 USD |") == [
            "| Plan | Fee |\n| --- | --- |\n| Summit | 65 USD |"
        ]

    def test_quotes_instead_of_a_paraphrase(self) -> None:
        assert released("You get the refund in 5 days or so.") == [PROSE[1]]

    def test_quotes_instead_of_a_sentence_that_leaves_the_exception_out(self) -> None:
        assert released("Refunds take 5 days.") == [PROSE[1]]

    @pytest.mark.parametrize("text", ["We match any price!", "The moon is made of cheese.", "…"])
    def test_releases_nothing_where_no_sentence_comes_close(self, text: str) -> None:
        assert released(text) == []

    def test_releases_nothing_that_only_another_passage_says(self) -> None:
        assert released(PROSE[0], OTHER) == []

    def test_releases_nothing_without_a_citation(self) -> None:
        assert Gate().release(DraftSentence(PROSE[0], ()), (PASSAGE,)) == ()

    def test_releases_nothing_from_a_passage_that_was_not_retrieved(self) -> None:
        assert Gate().release(drafted(PROSE[0]), (OTHER,)) == ()

    @given(st.sampled_from(PROSE), st.data())
    def test_never_releases_a_changed_fact(self, sentence: str, data: st.DataObject) -> None:
        word = data.draw(st.sampled_from(sorted(CHANGES)))
        assume(word in sentence)
        mutated = sentence.replace(word, data.draw(st.sampled_from(CHANGES[word])), 1)

        assert all(text in PROSE for text in released(mutated))

    @given(st.text(max_size=120))
    def test_never_releases_what_the_passage_does_not_say(self, text: str) -> None:
        for sentence in Gate().release(drafted(text), (PASSAGE,)):
            cited = " ".join(each.quote for each in sentence.citations).lower()
            assert set(sentence.text.lower().split()) <= set(cited.split()) | {"please", "also"}

    def test_blocks_where_it_fails(self) -> None:
        broken = DraftSentence(PROSE[0], (None,))  # type: ignore[arg-type]  # breaks on purpose

        assert Gate().release(broken, (PASSAGE,)) == ()


class TestReleaseAfterOtherSentences:
    def test_drops_what_was_said_before(self) -> None:
        said = Gate().release(drafted(PROSE[1]), (PASSAGE,))

        assert Gate().release(drafted("The refund takes 5 days."), (PASSAGE,), said) == ()

    def test_goes_on_with_a_list_without_its_lead_in(self) -> None:
        said = list(Gate().release(drafted("Gift cards"), (PASSAGE,)))

        said += Gate().release(drafted("Opened food"), (PASSAGE,), said)

        assert [each.text for each in said] == [
            "You can't return:\n\n- Gift cards.",
            "- Opened food.",
        ]
