import asyncio
import json
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from pydantic import SecretStr

from evals.errors import JudgeError
from evals.judges.ragas_faithfulness import JudgedValue, RagasFaithfulness
from evals.metrics.score import ScoreState
from evals.settings import EvalsSettings
from tests.eval_builders import a_case, a_sentence, an_abstention, an_answer
from tests.openai_server import Behaviour, an_openai_server, refuses, replies

# ragas 0.4.3 leaves the file with its user's number open: ragas/_analytics.py, `get_userid`,
# https://github.com/vibrantlabsai/ragas/issues
pytestmark = pytest.mark.filterwarnings(
    "ignore:Exception ignored in.*ragas/uuid.json:pytest.PytestUnraisableExceptionWarning"
)

ANSWER = an_answer(a_sentence("Boots come back within 30 days.", cites="30 days for boots."))


def the_statements(*statements: str) -> str:
    return json.dumps({"statements": list(statements)})


def the_verdicts(*verdicts: int) -> str:
    rows = [{"statement": "s", "reason": "r", "verdict": verdict} for verdict in verdicts]
    return json.dumps({"statements": rows})


@contextmanager
def a_judge(*script: Behaviour, key: str = "sk-secret") -> Iterator[RagasFaithfulness]:
    with an_openai_server(*script) as server:
        yield RagasFaithfulness.from_settings(
            EvalsSettings(
                judge_model="scripted",
                judge_base_url=server.base_url,
                judge_api_key=SecretStr(key),
                judge_timeout_seconds=20,
            )
        )


class TestRagasFaithfulness:
    async def test_returns_the_share_of_supported_statements(self) -> None:
        with a_judge(replies(the_statements("a", "b")), replies(the_verdicts(1, 0))) as judge:
            score = await judge.score(a_case(), ANSWER)

        assert (score.state, score.value) == (ScoreState.SCORED, 0.5)

    async def test_leaves_an_answer_without_statements_unscored(self) -> None:
        with a_judge(replies(the_statements())) as judge:
            score = await judge.score(a_case(), ANSWER)

        assert (score.state, score.value) == (ScoreState.UNSCORED, None)
        assert "no statement" in score.reason

    async def test_leaves_unscored_what_the_judge_says_unreadably(self) -> None:
        with a_judge(replies("I'd rather not.")) as judge:
            score = await judge.score(a_case(), ANSWER)

        assert (score.state, score.value) == (ScoreState.UNSCORED, None)
        assert "\n" not in score.reason

    async def test_leaves_unscored_what_the_judge_refuses(self) -> None:
        with a_judge(refuses(400)) as judge:
            score = await judge.score(a_case(), ANSWER)

        assert (score.state, score.value) == (ScoreState.UNSCORED, None)
        assert "No: Bearer" in score.reason
        assert "sk-secret" not in score.reason

    async def test_leaves_unscored_what_takes_too_long(self) -> None:
        async def never(*_: object) -> JudgedValue:
            await asyncio.sleep(60)
            raise AssertionError

        judge = RagasFaithfulness(never, failures=(), timeout_seconds=0.01, secret=None)

        score = await judge.score(a_case(), ANSWER)

        assert (score.state, score.reason) == (ScoreState.UNSCORED, "TimeoutError: ")

    async def test_does_not_judge_an_abstention(self) -> None:
        with a_judge(refuses(500)) as judge:
            score = await judge.score(a_case(), an_abstention())

        assert score.state is ScoreState.NOT_APPLICABLE

    def test_says_that_no_model_is_set(self) -> None:
        with pytest.raises(JudgeError, match="CANDOR_JUDGE_MODEL"):
            RagasFaithfulness.from_settings(EvalsSettings())

    def test_says_that_a_key_is_missing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("OPENAI_API_KEY", raising=False)

        with pytest.raises(JudgeError, match="CANDOR_JUDGE_API_KEY"):
            RagasFaithfulness.from_settings(EvalsSettings(judge_model="gpt"))
