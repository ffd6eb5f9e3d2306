"""What changed between two versions of an article, in words."""

from knowledge_base.policy.changes import fact_changes
from knowledge_base.policy.fact import PolicyFact
from knowledge_base.policy.reader import FactReader
from tests.builders import an_article


def facts(body: str) -> tuple[PolicyFact, ...]:
    """Return the facts of an article for the EU that says `body`."""
    article = an_article(body, title="Returns", applies_to={"region": ("EU",)})
    return FactReader((article,)).read(article)


def changes(before: str, after: str) -> list[str]:
    """Return the changes in words."""
    return [str(change) for change in fact_changes(facts(before), facts(after))]


class TestFactChanges:
    def test_say_the_subject_both_values_and_for_whom(self) -> None:
        found = changes("The refund window is 30 days.", "The refund window is 45 days.")

        assert found == ["refund window 30 → 45 days, EU"]

    def test_say_the_bound_once_where_it_is_the_same(self) -> None:
        found = changes("Refunds take up to 3 days.", "Refunds take up to 5 days.")

        assert found == ["refund at most 3 → 5 days, EU"]

    def test_say_both_units_where_they_differ(self) -> None:
        found = changes("Refunds take 3 days.", "Refunds take 2 weeks.")

        assert found == ["refund 3 days → 2 weeks, EU"]

    def test_are_none_for_the_same_value_in_other_words(self) -> None:
        assert changes("Refunds take 14 days.", "Refunds take two weeks.") == []

    def test_are_none_for_facts_that_only_moved(self) -> None:
        before = "Refunds take 14 days.\n\nThe label costs 5 EUR."
        after = "The label costs 5 EUR.\n\nRefunds take 14 days."

        assert changes(before, after) == []

    def test_name_what_is_new_and_what_is_gone(self) -> None:
        found = changes("The label costs 5 EUR.", "The label is non-refundable.")

        assert found == ["new: label “refundable”, EU", "gone: label 5 EUR, EU"]

    def test_pair_several_facts_each_with_its_own(self) -> None:
        before = "The label costs 5 EUR. Gift wrap costs 3 EUR. Refunds take 3 days."
        after = "The label costs 6 EUR. Gift wrap costs 3 EUR. Refunds take 4 days."

        assert changes(before, after) == ["label 5 → 6 EUR, EU", "refund 3 → 4 days, EU"]

    def test_notice_that_a_fact_holds_for_others_now(self) -> None:
        before = "The label costs 5 EUR in Norway."
        after = "The label costs 5 EUR in Switzerland."

        assert changes(before, after) == ["label 5 EUR, Norway → 5 EUR, Switzerland"]

    def test_show_free_as_a_word_and_cents_with_two_digits(self) -> None:
        assert changes("The label costs 4.90 EUR.", "The label is free.") == [
            "label 4.90 EUR → free, EU"
        ]
