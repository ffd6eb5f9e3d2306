import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from evals.errors import JudgeError
from evals.judges.ragas_faithfulness import RagasFaithfulness
from evals.metrics.score import ScoreState
from evals.settings import EvalsSettings
from tests.eval_builders import a_case, a_sentence, an_abstention, an_answer

ANSWER = an_answer(a_sentence("Boots come back within 30 days.", cites="30 days for boots."))


def the_statements(*statements: str) -> str:
    return json.dumps({"statements": list(statements)})


def the_verdicts(*verdicts: int) -> str:
    rows = [{"statement": "s", "reason": "r", "verdict": verdict} for verdict in verdicts]
    return json.dumps({"statements": rows})


@contextmanager
def a_judge_saying(*replies: str | int) -> Iterator[RagasFaithfulness]:
    """Serve replies in turn over the OpenAI protocol, the last one again and again.

    A number is sent as that HTTP status.
    """
    said = list(replies)

    def next_reply() -> str | int:
        return said.pop(0) if len(said) > 1 else said[0]

    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(next_reply))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield RagasFaithfulness.from_settings(
            EvalsSettings(
                judge_model="scripted",
                judge_base_url=f"http://127.0.0.1:{server.server_port}/v1",
                judge_timeout_seconds=20,
            )
        )
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _handler(next_reply: Callable[[], str | int]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["content-length"]))
            reply = next_reply()
            status = reply if isinstance(reply, int) else 200
            body = json.dumps(_completion(str(reply))).encode()
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Keep the test's output clean."""

    return Handler


def _completion(text: str) -> dict[str, object]:
    return {
        "id": "1",
        "object": "chat.completion",
        "created": 0,
        "model": "scripted",
        "choices": [
            {
                "index": 0,
                "finish_reason": "stop",
                "message": {"role": "assistant", "content": text},
            }
        ],
        "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2},
    }


class TestRagasFaithfulness:
    async def test_returns_the_share_of_supported_statements(self) -> None:
        with a_judge_saying(the_statements("a", "b"), the_verdicts(1, 0)) as judge:
            score = await judge.score(a_case(), ANSWER)

        assert (score.state, score.value) == (ScoreState.SCORED, 0.5)

    async def test_leaves_an_answer_without_statements_unscored(self) -> None:
        with a_judge_saying(the_statements()) as judge:
            score = await judge.score(a_case(), ANSWER)

        assert (score.state, score.value) == (ScoreState.UNSCORED, None)
        assert "no statement" in score.reason

    async def test_leaves_unscored_what_the_judge_says_unreadably(self) -> None:
        with a_judge_saying("I'd rather not.") as judge:
            score = await judge.score(a_case(), ANSWER)

        assert (score.state, score.value) == (ScoreState.UNSCORED, None)
        assert "\n" not in score.reason

    async def test_leaves_unscored_what_the_judge_refuses(self) -> None:
        with a_judge_saying(400) as judge:
            score = await judge.score(a_case(), ANSWER)

        assert score.state is ScoreState.UNSCORED

    async def test_does_not_judge_an_abstention(self) -> None:
        with a_judge_saying(500) as judge:
            score = await judge.score(a_case(), an_abstention())

        assert score.state is ScoreState.NOT_APPLICABLE

    def test_says_that_no_model_is_set(self) -> None:
        with pytest.raises(JudgeError, match="CANDOR_JUDGE_MODEL"):
            RagasFaithfulness.from_settings(EvalsSettings())

    def test_says_that_a_key_is_missing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("OPENAI_API_KEY", raising=False)

        with pytest.raises(JudgeError, match="CANDOR_JUDGE_API_KEY"):
            RagasFaithfulness.from_settings(EvalsSettings(judge_model="gpt"))
