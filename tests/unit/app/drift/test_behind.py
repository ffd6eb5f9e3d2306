from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from app.answer import Outcome
from app.drift.behind import Number, counted
from app.drift.signals import LiveSignal, days_of
from app.releases.release import NO_RELEASE
from app.store.live import TurnFigures
from app.store.records import TurnState

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
PLAIN = TurnFigures(
    turn="plain",
    conversation="c",
    created=NOON,
    outcome=Outcome.ANSWERED,
    state=TurnState.DONE,
    release="r1",
    model="openai:m",
    seconds=2.0,
    drafted=2,
    kept_back=0,
    is_disliked=False,
    similarity=0.8,
    cost_usd=0.01,
    tokens=100,
)
FAILED = replace(PLAIN, turn="failed", outcome=None, state=TurnState.FAILED, seconds=None)
ABSTAINED = replace(PLAIN, turn="abstained", outcome=Outcome.ABSTAINED, release=None)
BLOCKED = replace(PLAIN, turn="blocked", outcome=Outcome.BLOCKED, similarity=0.2)
SLOW = replace(PLAIN, turn="slow", seconds=9.0, created=NOON - timedelta(hours=1))
TURNS = (PLAIN, FAILED, ABSTAINED, BLOCKED, SLOW)


def behind(
    signal: LiveSignal | None = None, ended_as: str | None = None, release: str | None = None
) -> list[str]:
    number = Number(30, signal=signal, ended_as=ended_as, release=release)
    return [one.turn for one in counted(number, TURNS, 0.5)]


class TestCounted:
    def test_counts_every_turn_where_nothing_is_named_the_latest_first(self) -> None:
        assert sorted(behind()) == sorted(one.turn for one in TURNS)
        assert behind()[-1] == "slow"

    def test_finds_as_many_of_each_outcome_as_the_day_says(self) -> None:
        (day,) = days_of(TURNS, UTC)

        found = {name: len(behind(ended_as=name)) for name in day.outcomes}

        assert found == day.outcomes

    @pytest.mark.parametrize(
        ("signal", "expected"),
        [
            (LiveSignal.ABSTAINED, ["abstained"]),
            (LiveSignal.FAILED, ["failed"]),
            (LiveSignal.UNKNOWN, ["blocked"]),
        ],
    )
    def test_finds_those_that_a_signal_counts(
        self, signal: LiveSignal, expected: list[str]
    ) -> None:
        assert behind(signal) == expected

    def test_puts_the_slowest_first_and_leaves_out_what_has_no_time(self) -> None:
        assert behind(LiveSignal.SECONDS)[0] == "slow"
        assert "failed" not in behind(LiveSignal.SECONDS)

    def test_tells_turns_of_a_release_from_those_of_none(self) -> None:
        assert "abstained" not in behind(release="r1")
        assert behind(release=NO_RELEASE) == ["abstained"]

    def test_finds_what_fits_all_that_is_named(self) -> None:
        assert behind(LiveSignal.UNKNOWN, "BLOCKED", "r1") == ["blocked"]
        assert behind(LiveSignal.UNKNOWN, "BLOCKED", NO_RELEASE) == []
