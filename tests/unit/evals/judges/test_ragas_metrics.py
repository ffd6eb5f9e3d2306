import asyncio
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from pydantic import SecretStr

from app.answering.kept_replies import KeptReplies
from evals.errors import JudgeError
from evals.judges.identity import JudgeIdentity
from evals.judges.ragas_loading import (
    RAGAS_IDS,
    RAGAS_JUDGES,
    RAGAS_STRINGS,
    open_ragas_comparison,
    open_ragas_judge,
)
from evals.judges.ragas_metrics import Inputs, JudgedValue, Meter, RagasMetric, relevancy_inputs
from evals.metrics.roster import metrics_over
from evals.metrics.score import Score, ScoreState
from evals.settings import EvalsSettings
from tests.eval_builders import (
    SUITE_DAY,
    a_case,
    a_sentence,
    an_abstention,
    an_answer,
    an_uncovered_case,
)
from tests.openai_server import USAGE, Behaviour, an_openai_server, refuses, replies

# ragas 0.4.3 leaves the file with its user's number open: ragas/_analytics.py, `get_userid`,
# https://github.com/vibrantlabsai/ragas/issues
pytestmark = pytest.mark.filterwarnings(
    "ignore:Exception ignored in.*ragas/uuid.json:pytest.PytestUnraisableExceptionWarning"
)

ANSWER = an_answer(a_sentence("Boots come back within 30 days.", cites="30 days for boots."))
CASE = a_case(must=(("30 days",),))


def the_statements(*statements: str) -> str:
    return json.dumps({"statements": list(statements)})


def the_verdicts(*verdicts: int) -> str:
    rows = [{"statement": "s", "reason": "r", "verdict": verdict} for verdict in verdicts]
    return json.dumps({"statements": rows})


@contextmanager
def a_judge(*script: Behaviour, name: str = "ragas_faithfulness") -> Iterator[RagasMetric]:
    with an_openai_server(*script) as server:
        yield open_ragas_judge(
            EvalsSettings(
                judge_model="scripted",
                judge_base_url=server.base_url,
                judge_api_key=SecretStr("sk-secret"),
                judge_timeout_seconds=60,
            ),
            name,
        )


class TestFaithfulness:
    async def test_returns_the_share_of_supported_statements(self) -> None:
        with a_judge(replies(the_statements("a", "b")), replies(the_verdicts(1, 0))) as judge:
            score = await judge.score(CASE, ANSWER)

        assert (score.metric, score.state, score.value) == (
            "ragas_faithfulness",
            ScoreState.SCORED,
            0.5,
        )

    async def test_tells_what_each_call_took(self) -> None:
        with a_judge(replies(the_statements("a")), replies(the_verdicts(1))) as judge:
            score = await judge.score(CASE, ANSWER)

        taken = USAGE["prompt_tokens"], USAGE["completion_tokens"]
        assert [(one.prompt_tokens, one.completion_tokens) for one in score.usage] == [taken] * 2

    async def test_does_not_judge_again_what_it_has_judged(self, tmp_path: Path) -> None:
        script = (replies(the_statements("a")), replies(the_verdicts(1)), refuses(400))
        with a_judge(*script) as judge:
            keeping = replace(judge, replies=KeptReplies(tmp_path))
            first = await keeping.score(CASE, ANSWER)
            again = await keeping.score(CASE, ANSWER)

        assert (again.value, again.state) == (first.value, ScoreState.SCORED)
        assert [call.from_cache for call in again.usage] == [True]

    async def test_judges_anew_at_another_server_or_with_another_embedder(
        self, tmp_path: Path
    ) -> None:
        kept = KeptReplies(tmp_path)
        with a_judge(replies(the_statements("a")), replies(the_verdicts(1))) as judge:
            await replace(judge, replies=kept).score(CASE, ANSWER)

        with a_judge(refuses(400)) as judge:
            moved = await replace(judge, replies=kept).score(CASE, ANSWER)
            embedded = await replace(judge, replies=kept, embedder="other").score(CASE, ANSWER)

        assert {moved.state, embedded.state} == {ScoreState.UNSCORED}

    async def test_leaves_an_answer_without_statements_unscored(self) -> None:
        with a_judge(replies(the_statements())) as judge:
            score = await judge.score(CASE, ANSWER)

        assert (score.state, score.value) == (ScoreState.UNSCORED, None)
        assert "NaN" in score.reason

    async def test_leaves_unscored_what_the_judge_says_unreadably(self) -> None:
        with a_judge(replies("I'd rather not.")) as judge:
            score = await judge.score(CASE, ANSWER)

        assert (score.state, score.value) == (ScoreState.UNSCORED, None)
        assert "\n" not in score.reason

    async def test_leaves_unscored_what_the_judge_refuses(self) -> None:
        with a_judge(refuses(400)) as judge:
            score = await judge.score(CASE, ANSWER)

        assert (score.state, score.value) == (ScoreState.UNSCORED, None)
        assert "No: Bearer" in score.reason
        assert "sk-secret" not in score.reason

    async def test_leaves_unscored_what_takes_too_long(self) -> None:
        async def never(_: Inputs, __: Meter) -> JudgedValue:
            await asyncio.sleep(60)
            raise AssertionError

        judge = RagasMetric(JudgeIdentity("slow"), relevancy_inputs, never, (), 0.01, None)

        score = await judge.score(CASE, ANSWER)

        assert (score.state, score.reason) == (ScoreState.UNSCORED, "TimeoutError: ")


class TestAnswerRelevancy:
    async def test_compares_the_question_with_those_that_the_answer_answers(self) -> None:
        question = json.dumps({"question": CASE.question, "noncommittal": 0})

        with a_judge(replies(question), name="ragas_answer_relevancy") as judge:
            score = await judge.score(CASE, ANSWER)

        assert score.value == pytest.approx(1.0, abs=1e-3)

    def test_keeps_its_values_by_server_and_embedder(self) -> None:
        with a_judge(refuses(500), name="ragas_answer_relevancy") as judge:
            pass

        assert judge.base_url is not None
        assert judge.base_url.startswith("http://127.0.0.1:")
        assert judge.embedder


class TestContextPrecision:
    async def test_judges_each_passage(self) -> None:
        verdict = json.dumps({"reason": "r", "verdict": 1})

        with a_judge(replies(verdict), name="ragas_context_precision") as judge:
            score = await judge.score(CASE, ANSWER)

        assert score.value == pytest.approx(1.0)


class TestContextRecall:
    async def test_returns_the_share_of_facts_that_the_passages_hold(self) -> None:
        rows = [{"statement": "s", "reason": "r", "attributed": found} for found in (1, 0)]

        with a_judge(
            replies(json.dumps({"classifications": rows})), name="ragas_context_recall"
        ) as judge:
            score = await judge.score(CASE, ANSWER)

        assert score.value == 0.5


class TestEveryJudge:
    @pytest.mark.parametrize("name", RAGAS_JUDGES)
    async def test_does_not_judge_an_abstention(self, name: str) -> None:
        with a_judge(refuses(500), name=name) as judge:
            score = await judge.score(CASE, an_abstention())

        assert score.state is ScoreState.NOT_APPLICABLE

    def test_says_that_no_model_is_set(self) -> None:
        with pytest.raises(JudgeError, match="CANDOR_JUDGE_MODEL"):
            open_ragas_judge(EvalsSettings(), "ragas_faithfulness")

    def test_says_that_a_key_is_missing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("OPENAI_API_KEY", raising=False)

        with pytest.raises(JudgeError, match="CANDOR_JUDGE_API_KEY"):
            open_ragas_judge(EvalsSettings(judge_model="gpt"), "ragas_faithfulness")

    def test_has_a_name_of_its_own(self) -> None:
        theirs = {*RAGAS_JUDGES, *RAGAS_STRINGS, *RAGAS_IDS}

        assert theirs.isdisjoint(metric.name for metric in metrics_over((), SUITE_DAY))
        assert all(name.startswith("ragas_") for name in theirs)


class TestComparisons:
    async def score(self, name: str, *, with_passages: bool = False) -> Score:
        metric = open_ragas_comparison(EvalsSettings(), name, with_passages=with_passages)
        return await metric.score(CASE, ANSWER)

    @pytest.mark.parametrize("name", RAGAS_STRINGS)
    async def test_compare_the_answer_with_the_facts_of_the_case(self, name: str) -> None:
        score = await self.score(name)

        assert score.state is ScoreState.SCORED
        assert score.value is not None
        assert 0 <= score.value < 1

    async def test_may_compare_the_answer_with_its_passages(self) -> None:
        with_facts = await self.score("ragas_rouge")
        with_passages = await self.score("ragas_rouge", with_passages=True)

        assert with_facts.value != with_passages.value

    @pytest.mark.parametrize("name", RAGAS_IDS)
    async def test_compare_the_articles_found_with_the_gold_ones(self, name: str) -> None:
        assert (await self.score(name)).value == 1.0

    async def test_leave_unscored_what_ragas_makes_nan(self) -> None:
        metric = open_ragas_comparison(EvalsSettings(), "ragas_id_context_precision")

        score = await metric.score(CASE, an_abstention())

        assert (score.state, score.value) == (ScoreState.UNSCORED, None)

    @pytest.mark.parametrize("name", [*RAGAS_STRINGS, *RAGAS_IDS])
    async def test_ask_nothing_of_a_case_that_knows_no_answer(self, name: str) -> None:
        metric = open_ragas_comparison(EvalsSettings(), name)

        score = await metric.score(an_uncovered_case(), an_abstention())

        assert score.state is ScoreState.NOT_APPLICABLE
