import pytest

from evals.generators.askings import askings
from tests.askable_articles import PLANS, SUMMIT, TRAIL, a_help_centre
from tests.builders import an_article


def questions(body: str, title: str = "Gift cards and parcels") -> list[str]:
    help_centre = a_help_centre(an_article(body, title=title))
    return [asking.wordings[0] for asking in askings(help_centre)]


class TestAskings:
    @pytest.mark.parametrize(
        ("sentence", "question"),
        [
            (
                "The warranty on Cairn tents lasts 2 years from the date of purchase.",
                "How long does the warranty on Cairn tents last?",
            ),
            (
                "You have 45 days from the delivery date to return an item.",
                "How long do I have to return an item?",
            ),
            (
                "Gift wrapping costs 4 USD, 4 EUR or 3.50 GBP for each item.",
                "How much does gift wrapping cost for each item?",
            ),
            (
                "Standard shipping in the US is free on orders over 75 USD.",
                "From what order value on is standard shipping in the US free?",
            ),
            (
                "If we cancel the trip, you get your money back within 3 business days.",
                "If you cancel the trip, how quickly do I get my money back?",
            ),
            (
                "Summit members get 10% off guided trips.",
                "How much do Summit members get off guided trips?",
            ),
            ("We keep your order for 10 days.", "How long do you keep my order?"),
            ("You can have up to 15 alerts at a time.", "How many alerts can I have at a time?"),
        ],
    )
    def test_asks_in_a_customers_words(self, sentence: str, question: str) -> None:
        asked = questions(sentence)

        assert asked == [question]

    @pytest.mark.parametrize(
        "sentence",
        [
            "It takes them 5 days.",
            "Items from the warehouse take 3 to 6 business days.",
            "A proof of the accident is needed within 14 days.",
        ],
    )
    def test_leaves_out_what_does_not_read_cleanly(self, sentence: str) -> None:
        assert questions(sentence) == []

    def test_names_row_and_column_of_a_table(self) -> None:
        found = askings(a_help_centre(PLANS, TRAIL, SUMMIT))

        asked = {asking.wordings[0]: asking.answers[0] for asking in found}
        assert asked["How much is the Trail plan a year in the European Union?"] == "22 EUR"

    def test_takes_every_currency_of_a_price_for_right(self) -> None:
        body = "Gift wrapping costs 4 USD, 4 EUR or 3.50 GBP for each item."

        (asking,) = askings(a_help_centre(an_article(body)))

        assert {"4 USD", "4 EUR", "3.50 GBP"} <= set(asking.answers)

    def test_says_which_plan_the_customer_has(self) -> None:
        found = askings(a_help_centre(TRAIL, SUMMIT))

        assert [asking.contexts[0] for asking in found] == [
            "I'm on the Trail plan.",
            "I'm on the Summit plan.",
        ]

    def test_leaves_out_what_two_articles_answer_differently(self) -> None:
        body = "A return label is valid for {} days."
        one = an_article(body.format(10), article_id="a", title="Start a return")
        other = an_article(body.format(20), article_id="b", title="Start a return online")

        assert askings(a_help_centre(one, other)) == ()

    def test_leaves_out_labels_that_say_nothing_by_themselves(self) -> None:
        title = "Blue Account: limits and fees"
        named = an_article(
            "- Annual limit: 12 referrals\n- Monthly maintenance fee: $10.00", title=title
        )
        other = an_article("Welcome.", article_id="other", title="Blue Account: summary")

        asked = [one.wordings[0] for one in askings(a_help_centre(named, other))]

        assert asked == ["What is the monthly maintenance fee on the Blue Account?"]
