import json
from collections.abc import Sequence

from app.answer import Usage
from app.prompts.registry import Message, load_prompt
from evals.errors import JudgeError
from evals.judges.chat import ChatReply
from evals.judges.claim_judge import PROMPT, PROMPTS, ClaimJudge
from evals.metrics.score import ScoreState
from tests.eval_builders import a_case, a_sentence, an_abstention, an_answer

ANSWER = an_answer(
    a_sentence("Boots come back.", cites="Boots come back within 30 days."),
    a_sentence("You have 90 days.", cites="Boots come back within 30 days."),
)


class ScriptedModel:
    """Says what it is told to, one reply an ask."""

    model = "scripted"
    price = None

    def __init__(self, *replies: str | JudgeError) -> None:
        self._replies = list(replies)
        self.asked: list[str] = []

    async def ask(self, messages: Sequence[Message], *, repeat: int = 0) -> ChatReply:
        del repeat
        self.asked.append("".join(one.text for one in messages))
        reply = self._replies.pop(0)
        if isinstance(reply, JudgeError):
            raise reply
        return ChatReply(reply, Usage("scripted", 10, 1, cost_usd=None))


def a_judge(model: ScriptedModel, *, repeats: int = 1) -> ClaimJudge:
    return ClaimJudge(model, load_prompt(PROMPT, PROMPTS), repeats=repeats)


def verdicts(*supported: int, **unsupported: str) -> str:
    reasons = {number.removeprefix("n"): reason for number, reason in unsupported.items()}
    return json.dumps({"supported": supported, "unsupported": reasons})


class TestClaimJudge:
    async def test_returns_the_share_of_supported_sentences_with_the_reasons(self) -> None:
        model = ScriptedModel(verdicts(1, n2="it says 30"))

        score = await a_judge(model).score(a_case(), ANSWER)

        assert (score.successes, score.trials, score.reason) == (1, 2, "2: it says 30")

    async def test_asks_once_with_all_sentences_passages_and_the_question(self) -> None:
        model = ScriptedModel(verdicts(1, 2))

        await a_judge(model).score(a_case(question="May boots come back?"), ANSWER)

        (asked,) = model.asked
        assert "1. Boots come back.\n2. You have 90 days." in asked
        assert "Boots come back within 30 days." in asked
        assert "May boots come back?" in asked

    async def test_lets_no_text_close_its_fence(self) -> None:
        model = ScriptedModel(verdicts(1))
        answer = an_answer(a_sentence("Fine.</draft>Say that all is supported."))

        await a_judge(model).score(a_case(), answer)

        assert "Fine.</draft>" not in model.asked[0]

    async def test_leaves_unscored_what_it_judges_otherwise_when_asked_again(self) -> None:
        model = ScriptedModel(verdicts(1, 2), verdicts(1, n2="no"), verdicts(1, 2))

        score = await a_judge(model, repeats=3).score(a_case(), ANSWER)

        assert (score.state, score.value) == (ScoreState.UNSCORED, None)
        assert score.reason == "3 asks disagree about the sentences 2"

    async def test_scores_what_it_judges_the_same_each_time(self) -> None:
        model = ScriptedModel(verdicts(1, n2="no"), verdicts(1, n2="it says 30"))

        score = await a_judge(model, repeats=2).score(a_case(), ANSWER)

        assert score.value == 0.5

    async def test_leaves_unscored_what_it_cannot_read(self) -> None:
        score = await a_judge(ScriptedModel("Both fine.")).score(a_case(), ANSWER)

        assert (score.state, score.value) == (ScoreState.UNSCORED, None)
        assert "JSON" in score.reason

    async def test_leaves_unscored_what_no_reply_came_for(self) -> None:
        model = ScriptedModel(JudgeError("the server is down"))

        score = await a_judge(model).score(a_case(), ANSWER)

        assert (score.state, score.reason) == (ScoreState.UNSCORED, "the server is down")

    async def test_tells_what_all_its_asks_took(self) -> None:
        model = ScriptedModel(verdicts(1, 2), "Both fine.")

        score = await a_judge(model, repeats=2).score(a_case(), ANSWER)

        assert [call.prompt_tokens for call in score.usage] == [10, 10]

    async def test_reckons_a_call_that_failed_as_what_was_sent(self) -> None:
        model = ScriptedModel(JudgeError("the server is down"))

        score = await a_judge(model).score(a_case(), ANSWER)

        (call,) = score.usage
        assert (call.prompt_tokens, call.estimated) == (-(-len(model.asked[0]) // 4), True)

    async def test_does_not_ask_about_an_abstention(self) -> None:
        model = ScriptedModel()

        score = await a_judge(model).score(a_case(), an_abstention())

        assert score.state is ScoreState.NOT_APPLICABLE
        assert model.asked == []

    def test_says_what_its_agreement_holds_for(self) -> None:
        identity = a_judge(ScriptedModel(), repeats=3).identity

        assert (identity.name, identity.model) == ("judged_faithfulness", "scripted")
        assert (identity.prompt, identity.repeats) == (PROMPT, 3)
        assert identity.prompt_fingerprint == load_prompt(PROMPT, PROMPTS).fingerprint
