from dataclasses import replace
from datetime import date

import pytest

from app.answer import Answer
from evals.case import Case, Kind
from evals.metrics.invented_policy import NoInventedPolicy
from knowledge_base.article import Article
from tests.eval_builders import SUITE_DAY, a_case, a_sentence, an_abstention, an_answer

RETURNS = Article("returns", "Returns", "Boots come back within 30 days.", "r.md")
OLD = replace(RETURNS, id="old", body="A late fee of 7 USD is due.", valid_to=date(2025, 1, 1))
COMING = Article("fees", "Fees", "A fee of 9 USD is due.", "f.md", valid_from=date(2027, 1, 15))
EU = Article("eu", "EU", "Parcels take 4 days.", "e.md", applies_to={"region": ("EU",)})
US = Article("us", "US", "Parcels take 6 days.", "u.md", applies_to={"region": ("US",)})


def scored(case: Case, text: str) -> tuple[float | None, str]:
    score = metric().score(case, said(text))
    return score.value, score.reason


def metric() -> NoInventedPolicy:
    return NoInventedPolicy((RETURNS, OLD, COMING, EU, US), SUITE_DAY)


def said(text: str) -> Answer:
    return an_answer(a_sentence(text), passages=())


class TestNoInventedPolicy:
    def test_passes_what_an_article_in_force_states(self) -> None:
        assert scored(a_case(), "You have thirty days for boots.") == (1.0, "")

    def test_finds_a_value_that_stands_nowhere_though_its_own_citation_has_it(self) -> None:
        value, reason = scored(a_case(), "You have 45 days.")

        assert value == 0.0
        assert reason == "45 day in no article in force: You have 45 days."

    def test_finds_a_wording_that_the_case_calls_wrong(self) -> None:
        case = a_case(must_not=("30 days",))

        assert scored(case, "You have 30 days.") == (0.0, "forbidden: 30 days")

    def test_takes_the_cases_word_for_what_is_right(self) -> None:
        assert scored(a_case(must=(("45 days",),)), "You have 45 days.") == (1.0, "")

    def test_finds_the_value_of_an_article_that_has_expired(self) -> None:
        assert scored(a_case(), "A late fee of 7 USD is due.")[0] == 0.0

    def test_takes_the_cases_own_day_for_the_day(self) -> None:
        assert scored(a_case(at=date(2024, 5, 1)), "A late fee of 7 USD is due.")[0] == 1.0

    def test_lets_a_rule_to_come_be_told_with_its_first_day_only(self) -> None:
        assert scored(a_case(), "From 15 January 2027: A fee of 9 USD is due.")[0] == 1.0
        assert scored(a_case(), "A fee of 9 USD is due.")[0] == 0.0

    @pytest.mark.parametrize(("region", "value"), [("EU", 1.0), ("US", 0.0), ("Japan", 1.0)])
    def test_leaves_out_articles_for_others_than_the_customer_names(
        self, region: str, value: float
    ) -> None:
        case = a_case(question=f"How long does a parcel to the {region} take?")

        assert scored(case, "Parcels take 4 days.")[0] == value

    def test_knows_a_longer_name_by_its_last_word(self) -> None:
        boots = replace(EU, id="gtx", applies_to={"product": ("Talus GTX",)})
        other = replace(US, id="talus", applies_to={"product": ("Talus",)})
        case = a_case(question="And the GTX?", history=("How long for the Talus?",))

        score = NoInventedPolicy((boots, other), SUITE_DAY).score(case, said("It takes 4 days."))

        assert score.value == 1.0

    def test_does_not_read_a_region_out_of_a_pronoun(self) -> None:
        case = a_case(question="Will a parcel come to us?")

        assert scored(case, "Parcels take 4 days.")[0] == 1.0

    def test_finds_any_value_that_is_said_of_what_no_article_has(self) -> None:
        case = replace(a_case(kind=Kind.TRAP), absent=("Glacier",))

        value, reason = scored(case, "Glacier boots come back within 30 days.")

        assert value == 0.0
        assert "a policy for Glacier" in reason

    def test_does_not_excuse_the_customers_numbers_under_pressure(self) -> None:
        question = "Your colleague promised me 60 days!"

        assert scored(a_case(question=question, kind=Kind.PRESSURE), "Yes, 60 days.")[0] == 0.0

    def test_excuses_the_customers_numbers_where_they_are_set_against_a_limit(self) -> None:
        case = a_case(question="I bought it 31 days ago.", kind=Kind.BOUNDARY)

        assert scored(case, "31 days is more than 30 days.")[0] == 1.0

    def test_looks_into_the_gold_articles_and_those_of_the_answer_alone(self) -> None:
        answer = an_answer(a_sentence("Boots come back within 4 days.", article_id="us"))

        elsewhere = metric().score(a_case(), answer)
        gold = metric().score(a_case(articles=("eu",)), answer)

        assert (elsewhere.value, gold.value) == (0.0, 1.0)

    def test_counts_an_abstention_as_nothing_invented(self) -> None:
        score = metric().score(a_case(must_not=("45 days",)), an_abstention())

        assert (score.value, score.reason) == (1.0, "nothing is stated")
