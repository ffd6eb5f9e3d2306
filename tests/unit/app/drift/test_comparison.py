from collections.abc import Callable

import pytest

from app.answer import Outcome
from app.drift.comparison import (
    Compared,
    Signal,
    can_be_reference,
    compared,
    is_judgeable,
)
from app.drift.likeness import likeness
from app.drift.observation import Observation, Pass
from app.drift.spending import spent
from tests.drifting import a_pass, a_reference, an_observation
from tests.fakes import HashEmbedder


def looked(look: Pass) -> Compared:
    reference = a_reference(len(look.observations)).passes
    near = likeness([*reference, look], HashEmbedder())
    return compared(reference, look, near, spent(1))


def every(step: int, changed: Callable[[int], Observation]) -> Callable[[int], Observation | None]:
    return lambda number: changed(number) if number % step == 0 else None


class TestCompared:
    def test_is_no_alarm_where_all_is_the_same(self) -> None:
        found = looked(a_pass(100))

        assert not found.is_alarm
        assert {one.p for one in found.shifts} == {1.0}
        assert found.changed == ()

    def test_sees_verdicts_and_outcomes_that_got_worse(self) -> None:
        worse = every(
            4, lambda number: an_observation(number, holds=False, outcome=Outcome.ABSTAINED)
        )

        found = looked(a_pass(100, worse))

        assert set(found.alarms) == {Signal.VERDICT, Signal.OUTCOME}
        assert found.changed[0] == "q000"

    def test_sees_other_wordings_that_hold(self) -> None:
        found = looked(a_pass(100, every(5, lambda n: an_observation(n, "Money comes back soon."))))

        assert Signal.SIMILARITY in found.alarms

    def test_sees_longer_answers(self) -> None:
        found = looked(
            a_pass(100, every(1, lambda n: an_observation(n, "Refunds take 5 days. " * 3)))
        )

        assert {Signal.LENGTH, Signal.TOKENS, Signal.COST} <= set(found.alarms)

    @pytest.mark.parametrize(("seconds", "alarms"), [(2.0, (Signal.LATENCY,)), (1.3, ())])
    def test_minds_time_only_where_it_is_far_longer(
        self, seconds: float, alarms: tuple[Signal, ...]
    ) -> None:
        found = looked(a_pass(100, every(1, lambda n: an_observation(n, seconds=seconds))))

        assert found.alarms == alarms

    def test_sees_that_the_model_calls_itself_something_else(self) -> None:
        found = looked(a_pass(100, every(50, lambda n: an_observation(n, model="m-2"))))

        assert found.is_alarm
        assert found.new_models == ("m-2",)

    def test_leaves_out_questions_that_failed(self) -> None:
        failed = every(10, lambda n: an_observation(n, "", outcome=None, holds=False, error="503"))

        found = looked(a_pass(100, failed))

        assert not found.is_alarm
        assert {one.n for one in found.shifts} == {90}

    def test_has_nothing_to_say_where_every_question_failed_once(self) -> None:
        failed = every(1, lambda n: an_observation(n, outcome=None, error="503"))

        assert looked(a_pass(10, failed)) == Compared((), ())


def failing(questions: range) -> Pass:
    """Return a pass of a hundred questions in which these failed."""
    return a_pass(100, lambda n: an_observation(n, error="503") if n in questions else None)


class TestIsJudgeable:
    def test_holds_until_a_fifth_failed(self) -> None:
        failing = [
            a_pass(10, lambda n: an_observation(n, error="503") if n < failed else None)  # noqa: B023 — asked at once
            for failed in (2, 3)
        ]

        assert [is_judgeable(one) for one in failing] == [True, False]

    def test_holds_while_enough_was_answered_then_as_well_as_now(self) -> None:
        look = failing(range(20))
        references = [[a_pass(100), failing(range(20, 20 + lost))] for lost in (16, 17)]

        assert [is_judgeable(look, one) for one in references] == [True, False]


class TestCanBeReference:
    def test_holds_until_a_fifth_failed_in_one_pass_or_another(self) -> None:
        passes = [[failing(range(10)), failing(range(10, 10 + lost))] for lost in (10, 11)]

        assert [can_be_reference(one) for one in passes] == [True, False]

    def test_of_no_question_does_not_hold(self) -> None:
        assert not can_be_reference([a_pass(0), a_pass(0)])
