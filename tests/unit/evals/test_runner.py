from dataclasses import replace
from datetime import date

import pytest

from app.answer import Answer, Exchange, Outcome, Usage
from app.errors import ModelTimeoutError
from evals.budget import Budget, Limits
from evals.case import Case
from evals.metrics.score import Score
from evals.results import Repeat, Result
from evals.runner import Runner
from tests.eval_builders import (
    SUITE_DAY,
    ScriptedAssistant,
    a_case,
    a_sentence,
    an_abstention,
    an_answer,
)


class Ticking:
    """A clock that moves on by a quarter of a second each time it is read."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        self.now += 0.25
        return self.now


class Five:
    """A judge that gives every answer 0.5."""

    name = "five"

    async def score(self, case: Case, answer: object) -> Score:
        return Score.measured(f"{self.name}", 0.5, f"{case.id} {type(answer).__name__}")


def a_runner(assistant: ScriptedAssistant) -> Runner:
    return Runner(assistant=assistant, day=SUITE_DAY, clock=Ticking(), judges=(Five(),))


class TestAsk:
    async def test_scores_an_answer_with_every_metric_and_judge(self) -> None:
        runner = a_runner(ScriptedAssistant({"Boots?": an_answer(a_sentence("30 days."))}))

        result = await runner.ask(a_case(question="Boots?", must=(("30 days",),)))

        assert result.error is None
        assert result.latency_ms == 250.0
        assert tuple(score.metric for score in result.scores) == runner.metric_names
        passed, judged = result.score("passed"), result.score("five")
        assert passed is not None
        assert passed.value == 1.0
        assert judged is not None
        assert judged.value == 0.5

    async def test_asks_as_of_the_suites_day_or_the_cases_own(self) -> None:
        assistant = ScriptedAssistant({"Boots?": an_abstention()})

        await a_runner(assistant).ask(a_case(question="Boots?"))
        await a_runner(assistant).ask(a_case(question="Boots?", at=date(2027, 1, 1)))

        assert [at for _, _, at in assistant.asked] == [SUITE_DAY, date(2027, 1, 1)]

    async def test_asks_the_earlier_questions_first_and_remembers_their_answers(self) -> None:
        assistant = ScriptedAssistant(
            {
                "Boots?": an_answer(a_sentence("30 days."), query="boots return"),
                "And tents?": an_answer(a_sentence("60 days.", article_id="tents")),
                "In the EU?": an_abstention(),
            }
        )

        await a_runner(assistant).ask(
            a_case(question="In the EU?", history=("Boots?", "And tents?"))
        )

        first = Exchange("Boots?", "30 days.", "boots return", ("returns",))
        second = Exchange("And tents?", "60 days.", "And tents?", ("tents",))
        assert [(question, history) for question, history, _ in assistant.asked] == [
            ("Boots?", ()),
            ("And tents?", (first,)),
            ("In the EU?", (first, second)),
        ]

    async def test_keeps_a_case_that_ends_in_an_error(self) -> None:
        assistant = ScriptedAssistant({"Boots?": ModelTimeoutError("no answer in 30 s")})

        result = await a_runner(assistant).ask(a_case(question="Boots?"))

        assert result.error == "ModelTimeoutError: no answer in 30 s"
        assert (result.answer, result.scores) == (None, ())

    async def test_asks_again_who_is_to_be_asked_again(self) -> None:
        used = (Usage("openai:x", 400, 0, None),)
        first, second, third = (
            ScriptedAssistant({"before": an_abstention(), "Boots?": answer})
            for answer in (
                an_answer(a_sentence("30 days."), usage=used),
                an_answer(a_sentence("40 days."), usage=used),
                ModelTimeoutError("late"),
            )
        )
        runner = replace(a_runner(first), again=(second, third))

        result = await runner.ask(a_case(question="Boots?", history=("before",)))

        assert isinstance(result.answer, Answer)
        assert result.answer.text == "30 days."
        assert result.repeats == (
            Repeat(1, Outcome.ANSWERED, "40 days.", usage=used),
            Repeat(2, error="ModelTimeoutError: late"),
        )
        assert [question for question, _, _ in second.asked] == ["before", "Boots?"]

    async def test_lets_a_bug_out(self) -> None:
        with pytest.raises(KeyError):
            await a_runner(ScriptedAssistant({})).ask(a_case(question="Boots?"))


class TestRun:
    @pytest.mark.parametrize("concurrency", [1, 3])
    async def test_gives_results_in_the_cases_order_and_each_one_as_it_comes(
        self, concurrency: int
    ) -> None:
        cases = [a_case(f"c{number}", question="Boots?") for number in range(5)]
        seen: list[Result] = []
        runner = a_runner(ScriptedAssistant({"Boots?": an_abstention()}))

        results = await runner.run(cases, concurrency=concurrency, on_result=seen.append)

        assert [result.case.id for result in results] == ["c0", "c1", "c2", "c3", "c4"]
        assert sorted(result.case.id for result in seen) == ["c0", "c1", "c2", "c3", "c4"]


class TestBudget:
    async def test_stops_asking_where_the_next_case_could_be_too_much(self) -> None:
        cases = [a_case(each, question=each) for each in "abcd"]
        used = (Usage("openai:x", 400, 0, None),)
        assistant = ScriptedAssistant(
            {each: an_answer(a_sentence("30 days."), usage=used) for each in "abcd"}
        )
        budget = Budget(Limits(tokens=1000, question_tokens=400))
        heard: list[str] = []

        results = await Runner(
            assistant=assistant, day=SUITE_DAY, clock=lambda: 0.0, budget=budget
        ).run(cases, concurrency=3, on_result=lambda result: heard.append(result.case.id))

        assert [result.not_asked is None for result in results] == [True, True, False, False]
        assert heard == ["a", "b"]
        assert len(assistant.asked) == 2

    async def test_sets_aside_and_counts_what_repeats_take(self) -> None:
        used = (Usage("openai:x", 400, 0, None),)
        cases = [a_case(each, question=each) for each in "ab"]
        assistant = ScriptedAssistant(
            {each: an_answer(a_sentence("30 days."), usage=used) for each in "ab"}
        )
        budget = Budget(Limits(tokens=1500, question_tokens=400))
        runner = Runner(assistant, SUITE_DAY, lambda: 0.0, budget=budget, again=(assistant,) * 2)

        first, second = await runner.run(cases, on_result=lambda _: None)

        assert (len(first.repeats), second.not_asked is None) == (2, False)
        assert budget.spent.tokens == 1200

    async def test_counts_what_earlier_questions_took(self) -> None:
        used = (Usage("openai:x", 400, 0, None),)
        answer = an_answer(a_sentence("30 days."), usage=used)
        assistant = ScriptedAssistant({"before": answer, "now": answer})
        runner = Runner(assistant=assistant, day=SUITE_DAY, clock=lambda: 0.0)

        (result,) = await runner.run(
            [a_case(question="now", history=("before",))], on_result=lambda _: None
        )

        assert result.earlier_usage == used
        assert runner.budget.spent.tokens == 800
