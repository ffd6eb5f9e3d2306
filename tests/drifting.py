"""Canary passes, references and alarms with everything filled in that a test doesn't care about."""

from collections.abc import Callable
from datetime import UTC, date, datetime

from app.answer import Outcome
from app.drift.canaries import Reference
from app.drift.observation import CanaryQuestion, Observation, Pass

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)


def an_observation(
    number: int = 0,
    draft: str = "Refunds take 5 days.",
    *,
    holds: bool = True,
    outcome: Outcome | None = Outcome.ANSWERED,
    seconds: float = 1.0,
    model: str = "m-1",
    error: str | None = None,
) -> Observation:
    """Return what came of the question with this number."""
    return Observation(
        question=f"q{number:03}",
        outcome=outcome,
        holds=holds,
        draft=draft,
        seconds=seconds,
        completion_tokens=len(draft) // 4,
        prompt_tokens=100,
        cost_usd=len(draft) * 1e-6,
        models=(model,),
        error=error,
    )


def a_pass(
    questions: int = 60, change: Callable[[int], Observation | None] = lambda _: None
) -> Pass:
    """Return a pass in which `change` says what is out of the ordinary."""
    return Pass(tuple(change(number) or an_observation(number) for number in range(questions)))


def a_reference(questions: int = 60, passes: int = 3) -> Reference:
    """Return a reference of a model that always says the same."""
    return Reference(
        id="20261101T120000000000Z",
        created=NOW,
        release="r1-00000000",
        generation="g1",
        model="openai:m",
        day=date(2026, 11, 1),
        seed=0,
        questions=tuple(
            CanaryQuestion(f"q{number:03}", f"What of {number}?") for number in range(questions)
        ),
        passes=tuple(a_pass(questions) for _ in range(passes)),
    )
