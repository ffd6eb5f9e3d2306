from datetime import UTC, datetime

from app.answer import Budget, Outcome
from app.store.records import TurnState
from app.store.turn_figures import TurnFigures
from app.turn_stats import By, grouped, stats_of


def a_turn(
    day: int = 1, *, outcome: Outcome | None = Outcome.ANSWERED, cost: float | None = 0.1,
    release: str | None = "r1", total_ms: float = 10.0, unpriced: int = 0,
) -> TurnFigures:  # fmt: skip
    return TurnFigures(
        conversation="c",
        created=datetime(2026, 11, day, 23, 59, tzinfo=UTC),
        state=TurnState.DONE if outcome else TurnState.FAILED,
        outcome=outcome,
        release=release,
        client=None,
        budget=Budget.KEY if cost == 0 else None,
        cache_hit=None,
        cost_usd=cost,
        calls=2,
        estimated_calls=1,
        unpriced_calls=unpriced,
        tokens=50,
        timings_ms={"total": total_ms},
    )


class TestStatsOf:
    def test_adds_up_costs_to_the_last_fraction(self) -> None:
        stats = stats_of([a_turn() for _ in range(10)])

        assert (stats.cost_usd, stats.calls, stats.estimated_calls) == (1.0, 20, 10)
        assert stats.tokens == 500

    def test_counts_turns_by_outcome_and_failed_ones_by_their_state(self) -> None:
        stats = stats_of([a_turn(), a_turn(), a_turn(outcome=None)])

        assert stats.outcomes == {"ANSWERED": 2, "FAILED": 1}

    def test_says_of_how_many_turns_the_cost_is_not_known(self) -> None:
        stats = stats_of([a_turn(), a_turn(cost=None), a_turn(unpriced=1)])

        assert stats.turns_of_unknown_cost == 2

    def test_tells_median_and_tail_of_the_time(self) -> None:
        stats = stats_of([a_turn(total_ms=float(number)) for number in range(101)])

        assert stats.total_ms == (50.0, 95.0)
        assert stats.first_sentence_ms is None

    def test_counts_budgets_that_were_met(self) -> None:
        assert stats_of([a_turn(cost=0)]).budgets == {"key": 1}


class TestGrouped:
    def test_adds_up_by_day_in_order(self) -> None:
        groups = grouped([a_turn(2), a_turn(1), a_turn(2)], By.DAY)

        assert [(day, one.turns) for day, one in groups.items()] == [
            ("2026-11-01", 1),
            ("2026-11-02", 2),
        ]

    def test_adds_up_by_release_those_without_one_too(self) -> None:
        assert set(grouped([a_turn(), a_turn(release=None)], By.RELEASE)) == {"r1", "none"}
