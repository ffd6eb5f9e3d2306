import asyncio
import math
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from structlog.testing import capture_logs

from app.answer import Citation, DraftSentence, Question, Sentence
from app.grounding.case import MOST_REPAIRS, Hearing
from app.grounding.gate import Gate
from app.grounding.grounds import Verify
from app.grounding.quote import quote
from app.grounding.receipt import Origin, Receipt, Ruling
from app.grounding.sources import Sources
from app.grounding.verdict import Claim, Finding, Place, Verdict
from knowledge_base.article import Passage
from tests.builders import a_passage, a_question, an_article
from tests.fakes import Hanging, ScriptedJudge, ScriptedRepairer, ScriptedVerifier
from tests.word_for_word import word_for_word

SUPPORTED, CONTRADICTED = Verdict.SUPPORTED, Verdict.CONTRADICTED

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


SAID = Finding(Claim(PROSE[1], 0, len(PROSE[1])), SUPPORTED, 1.0, "said", "words", Place(0, 0, 9))
NONSENSE: dict[str, object] = {
    "raises": OSError("disk"),
    "finds nothing": (),
    "returns nothing": None,
    "returns a list": [SAID],
    "returns words": ("supported",),
    "isn't sure": (replace(SAID, support=math.nan),),
    "is too sure": (replace(SAID, support=1.5),),
    "has a word for a support": (replace(SAID, support="high"),),  # type: ignore[arg-type]
    "has a word for a verdict": (replace(SAID, verdict="SUPPORTED"),),  # type: ignore[arg-type]
    "has no reason": (replace(SAID, reason=" "),),
    "rests on nothing": (replace(SAID, place=None),),
    "rests on another source": (replace(SAID, place=Place(7, 0, 9)),),
    "rests on what isn't there": (replace(SAID, place=Place(0, 0, 99_999)),),
    "claims something else": (replace(SAID, claim=Claim("Free.", 500, 505)),),
}


class BrokenVerifier:
    """Returns, or raises, what no verifier should."""

    def __init__(self, outcome: object) -> None:
        self._outcome = outcome

    def verify(self, sentence: str, sources: Sources, asked: Question) -> tuple[Finding, ...]:
        del sentence, sources, asked
        if isinstance(self._outcome, Exception):
            raise self._outcome
        return self._outcome  # type: ignore[return-value]  # nonsense on purpose


def drafted(text: str, *passages: Passage) -> DraftSentence:
    cited = passages or (PASSAGE,)
    return DraftSentence(
        text, tuple(Citation(each, each.chunk.start, each.chunk.end) for each in cited)
    )


def heard(
    draft: DraftSentence,
    *earlier: Receipt,
    gate: Gate | None = None,
    verifier: Verify | None = None,
    quotes: Verify | None = None,
) -> Receipt:
    """Return the receipt of a draft that is judged word for word unless told otherwise."""
    strict = word_for_word()
    grounds = replace(strict, verifier=verifier or strict.verifier, quotes=quotes or strict.quotes)
    hearing = Hearing(a_question("How long?"), (PASSAGE, OTHER), grounds, earlier)
    return asyncio.run((gate or Gate()).release(draft, hearing))


def released(text: str, *passages: Passage) -> str | None:
    sentence = heard(drafted(text, *passages)).sentence
    return sentence.text if sentence else None


class TestRelease:
    def test_releases_what_stands_in_a_cited_passage_and_narrows_its_citation(self) -> None:
        receipt = heard(drafted("refunds take 5 days, except for gift cards"))

        assert receipt.ruling is Ruling.RELEASED
        assert receipt.sentence is not None
        assert receipt.sentence.text == "refunds take 5 days, except for gift cards"
        assert [each.quote for each in receipt.sentence.citations] == [PROSE[1]]

    def test_releases_two_adjacent_sentences_that_were_joined(self) -> None:
        draft = f"{PROSE[0][:-1]}, and refunds take 5 days, except for gift cards."

        sentence = heard(drafted(draft)).sentence

        assert sentence is not None
        assert sentence.text == draft
        assert [each.quote for each in sentence.citations] == [f"{PROSE[0]} {PROSE[1]}"]

    @pytest.mark.parametrize("words", ["Opened food", "| Summit | 65 USD |", PROSE[0]])
    def test_releases_a_quote_as_it_is(self, words: str) -> None:
        start = BODY.index(words)
        draft = quote(PASSAGE, start, start + len(words))

        receipt = heard(draft)

        assert receipt.sentence == Sentence(draft.text, draft.citations)
        assert [attempt.origin for attempt in receipt.attempts] == [Origin.QUOTE]

    def test_places_the_claim_of_a_quote_within_all_of_its_text(self) -> None:
        start = BODY.index("Opened food")
        draft = quote(PASSAGE, start, start + len("Opened food"))

        claim = heard(draft).attempts[0].claims[0].finding.claim

        assert draft.text[claim.start : claim.end] == "- Opened food"

    def test_gives_a_list_item_its_lead_in(self) -> None:
        assert released("Opened food") == "You can't return:\n\n- Opened food."

    def test_gives_a_row_its_header(self) -> None:
        assert (
            released("| Summit | 65 USD |") == "| Plan | Fee |\n| --- | --- |\n| Summit | 65 USD |"
        )

    def test_quotes_instead_of_a_paraphrase(self) -> None:
        assert released("You get the refund in 5 days or so.") == PROSE[1]

    def test_quotes_instead_of_a_sentence_that_leaves_the_exception_out(self) -> None:
        assert released("Refunds take 5 days.") == PROSE[1]

    @pytest.mark.parametrize("text", ["We match any price!", "The moon is made of cheese.", "…"])
    def test_releases_nothing_where_no_sentence_comes_close(self, text: str) -> None:
        receipt = heard(drafted(text))

        assert (receipt.ruling, receipt.sentence) == (Ruling.DROPPED, None)

    def test_releases_nothing_that_only_another_passage_says(self) -> None:
        assert released(PROSE[0], OTHER) is None

    def test_releases_nothing_without_a_citation(self) -> None:
        assert heard(DraftSentence(PROSE[0], ())).sentence is None

    def test_releases_nothing_from_a_passage_that_was_not_retrieved(self) -> None:
        unknown = a_passage(article=an_article(BODY, article_id="elsewhere"))

        assert released(PROSE[0], unknown) is None

    @given(st.sampled_from(PROSE), st.data())
    def test_never_releases_a_changed_fact(self, sentence: str, data: st.DataObject) -> None:
        word = data.draw(st.sampled_from(sorted(CHANGES)))
        assume(word in sentence)
        mutated = sentence.replace(word, data.draw(st.sampled_from(CHANGES[word])), 1)

        assert released(mutated) in (None, *PROSE)

    @given(st.text(max_size=120))
    def test_never_releases_what_the_passage_does_not_say(self, text: str) -> None:
        sentence = heard(drafted(text)).sentence

        cited = " ".join(each.quote for each in sentence.citations).lower() if sentence else ""
        said = sentence.text.lower().split() if sentence else []
        assert set(said) <= set(cited.split()) | {"please", "also"}


class TestReleaseAfterOtherSentences:
    def test_says_nothing_twice(self) -> None:
        said = heard(drafted(PROSE[1]))

        again = heard(drafted("The refund takes 5 days."), said)

        assert (again.ruling, again.sentence) == (Ruling.REPEATED, None)

    def test_says_another_part_of_a_sentence_that_was_not_shown_whole(self) -> None:
        trusting = ScriptedVerifier(
            {"Refunds take 5 days.": SUPPORTED, "No gift cards.": SUPPORTED}
        )
        said = heard(drafted("Refunds take 5 days."), verifier=trusting)

        more = heard(drafted("No gift cards."), said, verifier=trusting)

        assert more.ruling is Ruling.RELEASED

    def test_goes_on_with_a_list_without_its_lead_in(self) -> None:
        first = heard(drafted("Gift cards"))

        second = heard(drafted("Opened food"), first)

        assert [each.sentence.text for each in (first, second) if each.sentence] == [
            "You can't return:\n\n- Gift cards.",
            "- Opened food.",
        ]


class TestReleaseOfAQuoteThatDoesNotHold:
    def test_quotes_what_comes_next_closest_and_holds(self) -> None:
        elsewhere = ScriptedVerifier({PROSE[1]: CONTRADICTED})

        draft = drafted("Trail members cancel, and refunds take 9 days, except for gift cards.")

        receipt = heard(draft, quotes=elsewhere)

        assert [each.text for each in receipt.attempts[1:]] == [PROSE[1], PROSE[0]]
        assert receipt.sentence is not None
        assert receipt.sentence.text == PROSE[0]

    def test_drops_a_quote_that_holds_for_nobody_here(self) -> None:
        draft = quote(PASSAGE, 0, len(PROSE[0]))
        nobody = ScriptedVerifier({}, otherwise=CONTRADICTED)

        receipt = heard(draft, quotes=nobody)

        assert receipt.ruling is Ruling.DROPPED
        assert receipt.objection is not None


class TestReleaseWithLinks:
    def test_shows_the_words_of_a_link_that_no_article_names(self) -> None:
        linked = PROSE[1].replace("gift cards", "[gift cards](https://elsewhere.example/cards)")

        receipt = heard(drafted(linked))

        assert receipt.sentence is not None
        assert receipt.sentence.text == PROSE[1]
        assert receipt.ruling is Ruling.REPAIRED
        assert not receipt.was_sent_back

    def test_shows_no_address_that_stands_bare(self) -> None:
        receipt = heard(drafted(f"{PROSE[1][:-1]} (https://elsewhere.example)."))

        assert receipt.sentence is None or "elsewhere" not in receipt.sentence.text

    def test_shows_nothing_for_the_words_of_a_link_that_do_not_hold(self) -> None:
        linked = "Refunds take 2 days, says [the agency](https://elsewhere.example)."

        receipt = heard(drafted(linked))

        assert receipt.ruling is not Ruling.REPAIRED


class TestReleaseWithARepairer:
    def test_releases_the_repaired_sentence(self) -> None:
        repairer = ScriptedRepairer(drafted(PROSE[1]))

        receipt = heard(drafted("Refunds take 2 days."), gate=Gate(repairer=repairer))

        assert receipt.ruling is Ruling.REPAIRED
        assert receipt.sentence is not None
        assert receipt.sentence.text == PROSE[1]

    def test_tells_the_author_what_is_wrong(self) -> None:
        repairer = ScriptedRepairer(drafted(PROSE[1]))

        receipt = heard(drafted("Refunds take 2 days."), gate=Gate(repairer=repairer))

        assert [list(asked) for asked in repairer.objections] == [[receipt.objection]]

    def test_quotes_where_the_repaired_sentence_does_not_hold_either(self) -> None:
        repairer = ScriptedRepairer(drafted("Refunds take 3 days."))

        receipt = heard(drafted("Refunds take 2 days."), gate=Gate(repairer=repairer))

        assert receipt.ruling is Ruling.QUOTED
        assert [each.origin for each in receipt.attempts] == [
            Origin.DRAFT,
            Origin.REPAIR,
            Origin.QUOTE,
        ]

    @pytest.mark.parametrize("outcome", [None, OSError("gone")])
    def test_quotes_where_the_author_fails(self, outcome: Exception | None) -> None:
        receipt = heard(
            drafted("Refunds take 2 days."), gate=Gate(repairer=ScriptedRepairer(outcome))
        )

        assert receipt.ruling is Ruling.QUOTED

    def test_quotes_where_the_author_takes_too_long(self) -> None:
        gate = Gate(repairer=Hanging(), patience_seconds=0.01)

        receipt = heard(drafted("Refunds take 2 days."), gate=gate)

        assert receipt.ruling is Ruling.QUOTED

    def test_does_not_take_a_repair_that_cites_what_was_not_retrieved(self) -> None:
        unknown = a_passage(article=an_article("All is free.", article_id="elsewhere"))
        repairer = ScriptedRepairer(drafted("All is free.", unknown))

        receipt = heard(drafted("Refunds take 2 days."), gate=Gate(repairer=repairer))

        assert receipt.ruling is Ruling.QUOTED

    def test_repairs_so_many_sentences_of_one_answer_and_no_more(self) -> None:
        repairer = ScriptedRepairer(None)
        gate, receipts = Gate(repairer=repairer), list[Receipt]()
        for _ in range(MOST_REPAIRS + 2):
            receipts.append(heard(drafted("All is free."), *receipts, gate=gate))

        assert len(repairer.objections) == MOST_REPAIRS


class TestReleaseWithAJudge:
    def test_blocks_what_the_judge_objects_to(self) -> None:
        judge = ScriptedJudge(CONTRADICTED)

        receipt = heard(drafted(PROSE[1]), gate=Gate(judge=judge))

        assert receipt.objection is not None
        assert receipt.objection.check == "judge"

    def test_never_releases_what_the_checks_do_not_support(self) -> None:
        receipt = heard(drafted("All is free."), gate=Gate(judge=ScriptedJudge(SUPPORTED)))

        assert receipt.ruling is Ruling.DROPPED

    @pytest.mark.parametrize("failing", [OSError("gone"), "maybe"])
    def test_blocks_where_the_judge_fails(self, failing: Exception | str) -> None:
        receipt = heard(drafted(PROSE[1]), gate=Gate(judge=ScriptedJudge(failing)))

        assert receipt.objection is not None
        assert receipt.ruling is Ruling.QUOTED

    def test_blocks_where_the_judge_takes_too_long(self) -> None:
        receipt = heard(drafted(PROSE[1]), gate=Gate(judge=Hanging(), patience_seconds=0.01))

        assert receipt.ruling is Ruling.QUOTED


class TestReleaseWhereTheVerifierIsBroken:
    @pytest.mark.parametrize("broken", NONSENSE, ids=NONSENSE)
    def test_shows_nothing(self, broken: str) -> None:
        verifier = BrokenVerifier(NONSENSE[broken])

        receipt = heard(drafted(PROSE[1]), verifier=verifier, quotes=verifier)

        assert (receipt.ruling, receipt.sentence) == (Ruling.DROPPED, None)
        assert receipt.objection is not None
        assert receipt.objection.check == "gate"

    def test_shows_a_quote_where_only_drafts_can_not_be_judged(self) -> None:
        receipt = heard(drafted("Refunds take 5 days."), verifier=BrokenVerifier(OSError("disk")))

        assert receipt.ruling is Ruling.QUOTED

    def test_shows_nothing_of_a_broken_draft(self) -> None:
        broken = DraftSentence(PROSE[0], (None,))  # type: ignore[arg-type]  # breaks on purpose

        assert heard(broken).sentence is None

    def test_logs_no_word_of_the_draft(self) -> None:
        with capture_logs() as logged:
            heard(drafted("Jane Doe gets 90 days."), verifier=BrokenVerifier(OSError("Jane Doe")))

        assert {"sentence_blocked", "gate_failed"} <= {line["event"] for line in logged}
        assert "Jane" not in str(logged)


class TestReleaseOfACourtesy:
    def test_releases_what_claims_nothing(self) -> None:
        silent = BrokenVerifier(())

        receipt = heard(drafted("Happy to help!"), verifier=silent)

        assert receipt.ruling is Ruling.RELEASED
        assert not receipt.has_substance
