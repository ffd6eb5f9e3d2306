from app.grounding.support.claim_text import (
    bounds,
    is_negated,
    longest_run,
    names,
    numbers,
    tells_of_silence,
    without_pointers,
    words,
)


class TestWithoutPointers:
    def test_leaves_out_the_target_of_a_link(self) -> None:
        text = without_pointers("Go to [Payments](https://example.com/pay?site=1), then Save.")

        assert words(text) == ("go", "to", "payments", "then", "save")

    def test_leaves_out_where_a_passage_is_named_by_its_number(self) -> None:
        text = without_pointers("According to passage 2, refunds take 5 days (Passage 1).")

        assert words(text) == ("refunds", "take", "5", "days")

    def test_keeps_a_passage_that_is_a_thing(self) -> None:
        assert "passage" in words(without_pointers("The mountain passage is closed."))


class TestNumbers:
    def test_are_read_with_the_word_behind_them(self) -> None:
        assert numbers("Within 30 days, 5% off 1,000 EUR") == {
            ("30", "day"),
            ("5", "%"),
            ("1,000", "eur"),
        }


class TestNames:
    def test_are_the_capitalised_words_inside_a_sentence(self) -> None:
        assert names("Refunds go to Summit members in Norway.") == ("Summit", "Norway")


class TestIsNegated:
    def test_sees_a_contraction(self) -> None:
        assert is_negated("Gift cards can’t be returned.")

    def test_lets_a_plain_sentence_be(self) -> None:
        assert not is_negated("Gift cards can be noted.")


class TestTellsOfSilence:
    def test_sees_that_the_sources_do_not_say_something(self) -> None:
        assert tells_of_silence("The passages do not mention helmets.")

    def test_does_not_take_a_denial_for_silence(self) -> None:
        assert not tells_of_silence("Helmets are not insured.")


class TestBounds:
    def test_tells_at_most_from_at_least(self) -> None:
        assert bounds("within 30 days") == {"at most"}
        assert bounds("at least 30 days") == {"at least"}

    def test_takes_no_more_than_for_at_most(self) -> None:
        assert bounds("no more than 30 days") == {"at most"}


class TestLongestRun:
    def test_counts_the_words_that_both_have_in_a_row(self) -> None:
        assert longest_run(("a", "b", "c", "d"), ("x", "b", "c", "d", "a")) == 3

    def test_is_nothing_where_no_word_is_shared(self) -> None:
        assert longest_run(("a",), ("b",)) == 0
        assert longest_run((), ("b",)) == 0
