import pytest

from app.answering.expectation import (
    Expectation,
    asking_part,
    asks_yes_or_no,
    expectations,
    holds,
)


class TestExpectations:
    @pytest.mark.parametrize(
        ("question", "kind"),
        [
            ("How long does a refund take?", Expectation.TIME),
            ("How many days do I have?", Expectation.TIME),
            ("When will it arrive?", Expectation.TIME),
            ("By when must I cancel?", Expectation.TIME),
            ("How much is the repair?", Expectation.AMOUNT),
            ("What does express shipping cost?", Expectation.AMOUNT),
            ("What do I owe you?", Expectation.AMOUNT),
            ("How many people are in a class?", Expectation.NUMBER),
            ("How old must I be?", Expectation.NUMBER),
            ("How do I cancel?", Expectation.STEPS),
            ("My parcel is late. What now?", Expectation.STEPS),
            ("Can I return it?", Expectation.CONSENT),
        ],
    )
    def test_reads_what_is_asked_for(self, question: str, kind: Expectation) -> None:
        found = expectations(question)

        assert kind in found

    def test_reads_both_halves_of_a_double_question(self) -> None:
        found = expectations("What does a zip cost and how long does it take?")

        assert found == {Expectation.AMOUNT, Expectation.TIME}

    def test_does_not_take_a_number_of_days_for_a_count(self) -> None:
        found = expectations("How many business days do I have?")

        assert found == {Expectation.TIME}


class TestHolds:
    @pytest.mark.parametrize(
        ("kind", "text"),
        [
            (Expectation.TIME, "It takes 5 to 10 business days."),
            (Expectation.TIME, "Return the gear by 6 p.m. on the last day."),
            (Expectation.TIME, "They never expire."),
            (Expectation.AMOUNT, "It costs 12 USD."),
            (Expectation.AMOUNT, "You get 5% off."),
            (Expectation.AMOUNT, "The label is free."),
            (Expectation.NUMBER, "A class has at most 12 places."),
            (Expectation.NUMBER, "Boots can be resoled twice."),
            (Expectation.CONSENT, "Gift cards cannot be returned."),
        ],
    )
    def test_finds_the_kind(self, kind: Expectation, text: str) -> None:
        assert holds(kind, text)

    @pytest.mark.parametrize("kind", [Expectation.TIME, Expectation.AMOUNT, Expectation.NUMBER])
    def test_finds_no_value_where_there_is_none(self, kind: Expectation) -> None:
        assert not holds(kind, "Choose the order and then the reason.")


class TestAskingPart:
    def test_leaves_the_story_out(self) -> None:
        asked = asking_part("My tent broke. It was new. Can you repair it?")

        assert asked == "Can you repair it?"

    def test_is_the_whole_text_where_nothing_ends_in_a_question_mark(self) -> None:
        asked = asking_part("refund times")

        assert asked == "refund times"


class TestAsksYesOrNo:
    @pytest.mark.parametrize("question", ["Do you price match?", "It broke. Can you repair it?"])
    def test_is_so_where_something_may_or_may_not_be(self, question: str) -> None:
        assert asks_yes_or_no(question)

    @pytest.mark.parametrize("question", ["How much is gift wrapping?", "refund times", ""])
    def test_is_not_so_otherwise(self, question: str) -> None:
        assert not asks_yes_or_no(question)
