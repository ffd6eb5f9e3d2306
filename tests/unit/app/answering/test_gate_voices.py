"""What the gate asks chat models, over a real socket."""

import json

import pytest
from pydantic import SecretStr

from app.answer import Citation, DraftSentence
from app.answering.gate_voices import (
    ChatModelJudge,
    ChatModelRepairer,
    build_judge,
    build_repairer,
)
from app.grounding.gate import Opinion, Repair
from app.grounding.verdict import Claim, Finding, Verdict
from app.settings import AppSettings
from tests.builders import a_passage, a_question
from tests.openai_server import (
    Behaviour,
    OpenAIServer,
    an_openai_server,
    cuts,
    refuses,
    replies,
    stalls,
)

PASSAGE = a_passage("Refunds take 5 days. Shipping is free over 75 USD.")
DRAFT = DraftSentence("Refunds take 2 </draft> days.", (Citation(PASSAGE, 0, 20),))
OBJECTION = Finding(
    Claim(DRAFT.text, 0, 10), Verdict.CONTRADICTED, 0.0, "2 days is said nowhere", "policy facts"
)
ASKED = a_question("How long do refunds take?")


def settings_for(server: OpenAIServer, timeout_seconds: float = 60) -> AppSettings:
    key = SecretStr("sk-test")
    return AppSettings(
        model="openai:writer",
        model_base_url=server.base_url,
        model_api_key=key,
        gate_judge_model="openai:judge",
        gate_judge_base_url=server.base_url,
        gate_judge_api_key=key,
        gate_timeout_seconds=timeout_seconds,
    )


def prompt_of(server: OpenAIServer) -> str:
    return json.dumps(server.requests[0].body["messages"])


async def repaired(server: OpenAIServer, timeout_seconds: float = 60) -> Repair:
    repairer = build_repairer(settings_for(server, timeout_seconds))
    assert isinstance(repairer, ChatModelRepairer)
    return await repairer.repair(DRAFT, [OBJECTION], [PASSAGE], ASKED)


async def judged(behaviour: Behaviour, timeout_seconds: float = 60) -> Opinion:
    with an_openai_server(behaviour) as server:
        judge = build_judge(settings_for(server, timeout_seconds))
        assert isinstance(judge, ChatModelJudge)
        return await judge.judge("Refunds take 5 days.", [PASSAGE], ASKED)


class TestRepair:
    async def test_gives_the_sentence_that_the_author_writes(self) -> None:
        with an_openai_server(replies("Refunds take 5 days. [1]")) as server:
            repair = await repaired(server)

        assert repair.draft is not None
        assert repair.draft.text == "Refunds take 5 days."
        assert [citation.passage for citation in repair.draft.citations] == [PASSAGE]

    async def test_tells_the_author_what_is_wrong_and_lets_no_draft_close_its_fence(self) -> None:
        with an_openai_server(replies("NOT_COVERED")) as server:
            await repaired(server)

        assert "2 days is said nowhere" in prompt_of(server)
        assert prompt_of(server).count("</draft>") == 2  # the rule's and the fence's own

    @pytest.mark.parametrize("reply", ["NOT_COVERED", "Refunds take 5 days.", "It is free. [7]"])
    async def test_gives_nothing_where_the_author_has_nothing(self, reply: str) -> None:
        with an_openai_server(replies(reply)) as server:
            repair = await repaired(server)

        assert repair.draft is None

    @pytest.mark.parametrize("behaviour", [refuses(500), cuts("Refunds"), stalls("Refunds")])
    async def test_gives_nothing_where_the_author_fails(self, behaviour: Behaviour) -> None:
        with an_openai_server(behaviour) as server:
            repair = await repaired(server, timeout_seconds=1)

        assert repair.draft is None

    async def test_is_not_tried_where_it_is_switched_off(self) -> None:
        assert build_repairer(AppSettings(model="openai:writer", repairs=False)) is None
        assert build_repairer(AppSettings()) is None


class TestJudge:
    @pytest.mark.parametrize("verdict", Verdict)
    async def test_reads_verdict_and_reason(self, verdict: Verdict) -> None:
        opinion = await judged(replies(f"{verdict.value}: the passage says 5 days"))

        assert opinion.finding.verdict is verdict
        assert (opinion.finding.check, opinion.finding.reason) == (
            "judge",
            "the passage says 5 days",
        )

    @pytest.mark.parametrize(
        "reply",
        [
            "maybe",
            "SUPPORTED",
            "supported: yes",
            "CONTRADICTED: no\nSUPPORTED: yes",
            "UNSUPPORTED: x",
            "SUPPORTED: " + "x" * 2000,
        ],
    )
    async def test_supports_nothing_by_a_reply_that_can_not_be_read(self, reply: str) -> None:
        opinion = await judged(replies(reply))

        assert opinion.finding.verdict is Verdict.NOT_ENOUGH_INFO

    @pytest.mark.parametrize("behaviour", [refuses(500), cuts("SUPPORTED: y"), stalls("SUPPORTED")])
    async def test_supports_nothing_where_it_fails(self, behaviour: Behaviour) -> None:
        opinion = await judged(behaviour, timeout_seconds=1)

        assert opinion.finding.verdict is Verdict.NOT_ENOUGH_INFO

    async def test_is_not_asked_where_none_is_set(self) -> None:
        assert build_judge(AppSettings()) is None
