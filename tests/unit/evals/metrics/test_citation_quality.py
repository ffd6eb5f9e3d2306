from app.answer import Citation, Sentence
from evals.metrics.citation_quality import CitationPrecision, CitationRecall
from evals.metrics.score import ScoreState
from tests.eval_builders import a_case, a_passage_of, a_sentence, an_abstention, an_answer

HALVES = ("Unworn boots come back.", "Boots have 30 days from delivery.")


def citing(text: str, *bodies: str) -> Sentence:
    cited = [Citation(a_passage_of(f"a{n}", body), 0, len(body)) for n, body in enumerate(bodies)]
    return Sentence(text, tuple(cited))


class TestCitationPrecision:
    def test_counts_both_citations_of_a_sentence_that_needs_both(self) -> None:
        sentence = citing("Unworn boots come back; delivery counts: 30 days.", *HALVES)

        score = CitationPrecision().score(a_case(), an_answer(sentence))

        assert (score.successes, score.trials) == (2, 2)

    def test_finds_a_citation_that_carries_nothing(self) -> None:
        sentence = citing("Boots have 30 days.", HALVES[1], "We are closed on Sundays.")

        score = CitationPrecision().score(a_case(), an_answer(sentence))

        assert (score.successes, score.trials) == (1, 2)
        assert score.reason == "1 of 2 citations carry nothing"

    def test_counts_every_item_of_a_list_that_is_quoted(self) -> None:
        items = ("You can't return:", "Opened food", "Gift cards", "Worn boots, or boots with mud")
        sentence = citing(items[0] + "\n\n- " + "\n- ".join(items[1:]), *items)

        score = CitationPrecision().score(a_case(), an_answer(sentence))

        assert (score.successes, score.trials) == (4, 4)

    def test_counts_no_citation_of_a_sentence_that_they_do_not_hold_together(self) -> None:
        sentence = citing("Boots have 90 days.", *HALVES)

        assert CitationPrecision().score(a_case(), an_answer(sentence)).value == 0.0

    def test_asks_nothing_of_an_abstention(self) -> None:
        score = CitationPrecision().score(a_case(), an_abstention())

        assert (score.state, score.value) == (ScoreState.NOT_APPLICABLE, None)


class TestCitationRecall:
    def test_finds_a_fact_whose_own_sentence_cites_other_words(self) -> None:
        case = a_case(must=(("30 days",), ("unworn",)))
        answer = an_answer(
            a_sentence("You have 30 days.", cites="We are closed on Sundays."),
            a_sentence("Boots must be unworn."),
        )

        score = CitationRecall().score(case, answer)

        assert (score.successes, score.trials) == (1, 2)
        assert score.reason == "not in the cited words: 30 days"

    def test_takes_any_wording_of_a_fact_in_the_cited_words(self) -> None:
        case = a_case(must=(("30 days", "thirty days"),))
        answer = an_answer(a_sentence("You have 30 days.", cites="You have thirty days."))

        assert CitationRecall().score(case, answer).value == 1.0

    def test_asks_nothing_of_an_answer_without_the_facts(self) -> None:
        score = CitationRecall().score(a_case(must=(("30 days",),)), an_abstention())

        assert score.state is ScoreState.NOT_APPLICABLE
