from datetime import UTC, date, datetime, timedelta

from app.answer import Outcome
from app.drift.signals import LiveSignal, days_of, moved, releases_of
from app.store.live import TurnFigures
from app.store.records import TurnState

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)


def a_turn(
    day: int = 0,
    outcome: Outcome | None = Outcome.ANSWERED,
    *,
    release: str | None = "r1",
    similarity: float | None = 0.8,
    cost_usd: float | None = 0.01,
    kept_back: int = 0,
    state: TurnState = TurnState.DONE,
) -> TurnFigures:
    return TurnFigures(
        turn="t",
        conversation="c",
        created=NOON + timedelta(days=day),
        outcome=outcome,
        state=state,
        release=release,
        model="openai:m",
        seconds=2.0,
        drafted=2,
        kept_back=kept_back,
        is_disliked=False,
        similarity=similarity,
        cost_usd=cost_usd,
        tokens=100,
    )


class TestDaysOf:
    def test_sums_up_each_day(self) -> None:
        turns = [
            a_turn(),
            a_turn(outcome=Outcome.ABSTAINED, kept_back=1),
            a_turn(1, None, state=TurnState.FAILED),
        ]

        first, second = days_of(turns, UTC)

        assert first.day == date(2026, 11, 1)
        assert first.outcomes == {"ANSWERED": 1, "ABSTAINED": 1}
        assert (first.value(LiveSignal.ABSTAINED), first.value(LiveSignal.BLOCKED)) == (0.5, 0.25)
        assert (first.cost_usd, first.value(LiveSignal.COST)) == (0.02, 0.01)
        assert (second.outcomes, second.value(LiveSignal.FAILED)) == ({"FAILED": 1}, 1.0)
        assert second.value(LiveSignal.ABSTAINED) is None

    def test_does_not_call_it_a_failure_where_the_customer_left(self) -> None:
        left = a_turn(outcome=None, state=TurnState.CANCELLED)

        (day,) = days_of([a_turn(), left], UTC)

        assert day.outcomes == {"ANSWERED": 1, "CANCELLED": 1}
        assert day.value(LiveSignal.FAILED) == 0

    def test_calls_unknown_what_is_less_like_the_articles_than_the_first_days_were(self) -> None:
        known = [a_turn(similarity=0.5 + number / 100) for number in range(40)]
        strange = [a_turn(10, similarity=0.2), a_turn(10, similarity=0.7)]

        *_, last = days_of([*known, *strange], UTC)

        assert last.value(LiveSignal.UNKNOWN) == 0.5

    def test_knows_no_cost_where_no_model_was_called(self) -> None:
        (day,) = days_of([a_turn(cost_usd=None)], UTC)

        assert day.value(LiveSignal.COST) is None


class TestReleasesOf:
    def test_sums_up_each_release(self) -> None:
        found = releases_of([a_turn(), a_turn(release="r2"), a_turn(release="r2")], UTC)

        assert [(one.release, one.turns) for one in found] == [("r1", 1), ("r2", 2)]


class TestMoved:
    def test_names_the_signal_and_the_day(self) -> None:
        quiet = [a_turn(day) for day in range(15) for _ in range(4)]
        mute = [a_turn(day, Outcome.ABSTAINED) for day in range(15, 30) for _ in range(4)]

        (found,) = moved(days_of([*quiet, *mute], UTC))

        assert (found.signal, found.day) == (LiveSignal.ABSTAINED, date(2026, 11, 16))
        assert (found.before, found.after) == (0.0, 1.0)
