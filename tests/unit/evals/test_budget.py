from collections.abc import Sequence
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from app.answer import Usage
from app.price import Price
from evals.budget import UNKNOWN_TOKENS, Budget, Calls, Limits

PRICE = Price(prompt=1, cached=1, completion=2, as_of=date(2026, 11, 1))

PRICED = Calls(1, PRICE)


def a_call(tokens: int, cost_usd: float | None = 0.0) -> Usage:
    return Usage("openai:x", tokens, 0, cost_usd)


def asked(budget: Budget, *questions: Sequence[Usage] | None) -> bool:
    """Ask one case, and return whether it was let through."""
    reserved = budget.reserve(len(questions))
    if reserved is not None:
        known = [usage for usage in questions if usage is not None]
        budget.settle(reserved, known if len(known) == len(questions) else None)
    return reserved is not None


class TestBudget:
    def test_lets_everything_through_without_limits(self) -> None:
        budget = Budget(Limits())

        assert all(asked(budget, [a_call(10**9)]) for _ in range(3))

    def test_stops_where_the_largest_question_so_far_would_be_too_much(self) -> None:
        budget = Budget(Limits(tokens=UNKNOWN_TOKENS))

        let_through = [asked(budget, [a_call(tokens)]) for tokens in (4000, 3000, 2999, 1)]

        assert let_through == [True, True, False, False]
        assert budget.spent.tokens == 7000

    def test_reckons_an_allowance_where_one_is_stated(self) -> None:
        budget = Budget(Limits(tokens=1000, question_tokens=600))

        assert [asked(budget, [a_call(10)]), asked(budget, [a_call(500)])] == [True, True]
        assert not asked(budget, [a_call(10)])

    def test_reckons_every_question_of_a_conversation(self) -> None:
        budget = Budget(Limits(tokens=1000, question_tokens=400))

        assert budget.reserve(3) is None
        assert budget.reserve(2) is not None

    def test_counts_cases_under_way_as_spent(self) -> None:
        budget = Budget(Limits(tokens=1000, question_tokens=400))

        reserved = [budget.reserve(1) for _ in range(3)]

        assert [each is not None for each in reserved] == [True, True, False]
        assert budget.has_open

    def test_books_a_failed_case_at_what_was_reckoned(self) -> None:
        budget = Budget(Limits(tokens=1000, question_tokens=400))

        asked(budget, None)

        assert (budget.spent.tokens, budget.has_open) == (400, False)

    def test_limits_the_cost_by_the_price_before_anything_is_known(self) -> None:
        enough = 2 * UNKNOWN_TOKENS / 1_000_000

        assert Budget(Limits(cost_usd=enough), PRICED).reserve(1) is not None
        assert Budget(Limits(cost_usd=enough - 0.001), PRICED).reserve(1) is None

    def test_stops_at_a_call_whose_price_is_not_known(self) -> None:
        budget = Budget(Limits(cost_usd=100.0), PRICED)

        assert asked(budget, [a_call(10, None)])
        assert not asked(budget, [a_call(10)])

    def test_books_what_a_run_took_before_it_was_interrupted(self) -> None:
        budget = Budget(Limits(tokens=1000))

        budget.restore(1, [[a_call(900)]])

        assert budget.reserve(1) is None
        assert budget.told() == "900 tokens, 0.0000 USD"

    @given(st.lists(st.integers(0, 500)), st.integers(0, 5000))
    def test_is_never_overrun_by_questions_within_the_allowance(
        self, taken: list[int], limit: int
    ) -> None:
        budget = Budget(Limits(tokens=limit, question_tokens=500))

        for tokens in taken:
            asked(budget, [a_call(tokens)])

        assert budget.spent.tokens <= limit


class TestJudging:
    def test_counts_what_the_judges_take(self) -> None:
        budget = Budget(Limits(tokens=1000, question_tokens=100), judging=Calls(2))
        reserved = budget.reserve(1)
        assert reserved is not None

        budget.settle(reserved, [[a_call(90)]], [a_call(70), a_call(80)])

        assert (reserved.tokens, budget.spent.tokens) == (300, 240)

    def test_leaves_no_case_without_room_for_its_judges(self) -> None:
        budget = Budget(Limits(tokens=2 * UNKNOWN_TOKENS), judging=Calls(2))

        assert budget.reserve(1) is None

    def test_reckons_the_judges_as_the_largest_case_so_far(self) -> None:
        budget = Budget(Limits(tokens=40_000), judging=Calls(1))
        reserved = budget.reserve(1)
        assert reserved is not None

        budget.settle(reserved, [[a_call(100)]], [a_call(15_000)])

        assert budget.reserve(1) is not None
        assert budget.reserve(1) is None

    def test_limits_their_cost_by_the_price_of_their_model(self) -> None:
        enough = 2 * UNKNOWN_TOKENS / 1_000_000

        dear = Budget(Limits(cost_usd=enough), Calls(0), PRICED)
        assert dear.reserve(1) is not None
        assert dear.reserve(1) is None

    def test_asks_a_quoting_assistant_for_nothing_but_its_judges(self) -> None:
        budget = Budget(Limits(tokens=UNKNOWN_TOKENS), Calls(0), Calls(1))

        assert budget.reserve(3) is not None

    @given(st.lists(st.tuples(st.integers(0, 500), st.integers(0, 1000))), st.integers(0, 9000))
    def test_is_never_overrun_by_calls_within_the_allowance(
        self, taken: list[tuple[int, int]], limit: int
    ) -> None:
        budget = Budget(Limits(tokens=limit, question_tokens=500), judging=Calls(2))

        for tokens, judged in taken:
            reserved = budget.reserve(1)
            if reserved is not None:
                budget.settle(reserved, [[a_call(tokens)]], [a_call(judged)])

        assert budget.spent.tokens <= limit
