from datetime import UTC, datetime
from pathlib import Path

from app.answer import Outcome, Usage
from app.releases.arms import ArmComparison, Compared, compare_arms, comparison_lines
from app.statistics import Rate
from app.store.arms import ArmTurn
from app.store.database import open_database
from app.store.records import (
    AnswerRecord,
    Ending,
    EventName,
    Feedback,
    NewTurn,
    Rating,
    TurnEvent,
    TurnState,
)
from app.store.sql_arms import SqlArmTurns
from app.store.sql_conversations import SqlConversations

OLD, NEW = "r1-00000001", "r2-00000002"
NOW = datetime(2026, 11, 1, tzinfo=UTC)


def a_turn(
    talk: str,
    release: str,
    outcome: Outcome = Outcome.ANSWERED,
    *,
    rating: Rating | None = None,
    cost_usd: float | None = None,
) -> ArmTurn:
    return ArmTurn(
        talk, release, TurnState.DONE, outcome, 1500.0, rating, cost_usd=cost_usd, kept_back=False
    )


def measured(compared: ArmComparison, name: str) -> Compared:
    return next(one for one in compared.measures if one.name == name)


class TestCompareArms:
    def test_counts_conversations_and_not_turns(self) -> None:
        turns = [
            *(a_turn("a", OLD) for _ in range(9)),
            a_turn("b", OLD, Outcome.ABSTAINED),
            a_turn("c", NEW),
        ]

        compared = compare_arms(turns, OLD, NEW)

        found = measured(compared, "an abstention")
        assert compared.conversations == (2, 1)
        assert isinstance(found.before, Rate)
        assert (found.before.successes, found.before.n) == (1, 2)

    def test_leaves_out_and_counts_what_both_answered(self) -> None:
        compared = compare_arms([a_turn("a", OLD), a_turn("a", NEW), a_turn("b", NEW)], OLD, NEW)

        assert (compared.conversations, compared.mixed) == ((0, 1), 1)
        assert "left out" in comparison_lines(compared)[0]

    def test_sees_a_large_difference_and_puts_an_interval_around_it(self) -> None:
        old = [a_turn(f"a{number}", OLD) for number in range(100)]
        new = [a_turn(f"b{number}", NEW, Outcome.ABSTAINED) for number in range(100)]

        found = measured(compare_arms([*old, *new], OLD, NEW), "an abstention").difference

        assert found is not None
        assert found.value == 1
        assert 0.9 < found.low < 1

    def test_asks_of_thumbs_only_those_who_gave_one(self) -> None:
        turns = [a_turn("a", OLD), a_turn("b", OLD, rating=Rating.DOWN), a_turn("c", NEW)]

        found = measured(compare_arms(turns, OLD, NEW), "a thumb down, of those rated")

        assert isinstance(found.before, Rate)
        assert (found.before.successes, found.before.n, found.after) == (1, 1, None)
        assert found.difference is None


class TestSqlArmTurns:
    def test_tell_of_every_turn_what_releases_are_compared_by(self, tmp_path: Path) -> None:
        engine = open_database(tmp_path)
        store, talk = SqlConversations(engine), "c" * 32
        store.create(talk, NOW)
        store.begin(
            NewTurn("1" * 32, talk, "Free?", None, NOW, NOW, OLD), TurnEvent(1, EventName.TURN)
        )
        usage = (Usage("m", 9, 1, 0.25), Usage("m", 9, 1, 0.5))
        answer = AnswerRecord(
            Outcome.ANSWERED, "Yes.", "free", "m", None, OLD, timings_ms={"total": 7.0}
        )
        store.finish("1" * 32, Ending(TurnState.DONE, NOW, (), answer, usage=usage))
        store.rate("1" * 32, Feedback(Rating.UP), NOW)

        (turn,) = SqlArmTurns(engine).of_releases([OLD, NEW])

        assert turn == ArmTurn(
            talk,
            OLD,
            TurnState.DONE,
            Outcome.ANSWERED,
            7.0,
            Rating.UP,
            kept_back=False,
            cost_usd=0.75,
        )
        store.close()
