from datetime import date

from app.answer import Question
from app.grounding.verdict import Verdict
from tests.builders import a_question, an_article
from tests.grounded import findings, verdict

CONTRADICTED, SUPPORTED = Verdict.CONTRADICTED, Verdict.SUPPORTED
PLANS = an_article(
    "The Summit plan and the Trail plan differ.\n\n## Family plan\n\nThe full fee is refunded "
    "within 21 days.\n\n## Summit plan\n\nThe full fee is refunded within 30 days.",
    article_id="plans",
    title="Refund of a plan",
    applies_to={"plan": ("Summit", "Trail", "Family")},
)
FAMILY_RULE = "The full fee is refunded within 21 days."


class TestScopeCheck:
    def test_contradicts_a_quote_of_another_plans_rule(self) -> None:
        asked = a_question("Is my fee refunded?", plan="Summit")

        (found,) = findings(FAMILY_RULE, PLANS, asked=asked)

        assert found.verdict is CONTRADICTED
        assert found.reason == "holds for Family, asked about Summit"

    def test_lets_the_asked_plans_rule_pass(self) -> None:
        assert verdict(FAMILY_RULE, PLANS, asked="I have the Family plan, any refund?") is SUPPORTED

    def test_has_nothing_to_say_where_no_plan_is_asked_about(self) -> None:
        assert verdict(FAMILY_RULE, PLANS, asked="Is the fee refunded?") is SUPPORTED

    def test_lets_a_statement_pass_that_names_the_asked_plan_among_others(self) -> None:
        told = "The Summit plan and the Trail plan differ."

        assert verdict(told, PLANS, asked=a_question("?", plan="Trail")) is SUPPORTED

    def test_contradicts_a_claim_about_another_plan(self) -> None:
        claim = "On the Trail plan, the fee is refunded within 30 days."

        assert verdict(claim, PLANS, asked=a_question("?", plan="Summit")) is CONTRADICTED

    def test_contradicts_the_rule_of_another_region_by_the_front_matter(self) -> None:
        body = "You can return items within 30 days."
        articles = (
            an_article(body, article_id="us", title="Returns", applies_to={"region": ("US",)}),
            an_article("You have 14 days.", article_id="eu", applies_to={"region": ("EU",)}),
        )

        found = verdict(body, *articles, asked="Can I return it? I live in Germany.")

        assert found is CONTRADICTED

    def test_reads_whom_a_row_is_for(self) -> None:
        table = an_article(
            "| Plan | Discount |\n| --- | --- |\n| Trail plan | 5% |\n| Summit plan | 10% |",
            title="Discounts",
            applies_to={"plan": ("Trail", "Summit")},
        )
        quoted = "| Plan | Discount |\n| --- | --- |\n| Trail plan | 5% |"

        assert verdict(quoted, table, asked=a_question("?", plan="Summit")) is CONTRADICTED
        assert verdict(quoted, table, asked=a_question("?", plan="Trail")) is SUPPORTED

    def test_lets_two_levels_name_two_sides_of_one_rule(self) -> None:
        article = an_article(
            "## Orders from the EU store\n\nVAT of 20% is due.",
            title="Import fees in the UK",
            applies_to={"region": ("UK", "EU")},
        )

        assert verdict("VAT of 20% is due.", article, asked="I am in the UK") is SUPPORTED

    def test_contradicts_a_rule_that_has_expired(self) -> None:
        article = an_article("Returns are free.", valid_to=date(2026, 10, 31))

        (found,) = findings("Returns are free.", article)

        assert (found.verdict, found.reason) == (CONTRADICTED, "held until 2026-10-31")

    def test_lets_a_coming_rule_pass_that_is_told_with_its_first_day(self) -> None:
        article = an_article("Returns are free.", valid_from=date(2026, 12, 1))

        assert verdict("From 1 December 2026: Returns are free.", article) is SUPPORTED

    def test_takes_the_day_that_is_asked_about(self) -> None:
        article = an_article("Returns are free.", valid_from=date(2026, 12, 1))
        asked = Question("?", "?", date(2026, 12, 24))

        assert verdict("Returns are free.", article, asked=asked) is SUPPORTED
