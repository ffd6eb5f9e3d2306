import asyncio
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from app.answer import Answer, Exchange, Usage
from evals.errors import RemoteError
from evals.metrics.roster import METRICS, metrics_over
from evals.metrics.score import Score, ScoreState
from evals.remote import RemoteAssistant, open_remote, without_the_admin_key
from evals.remote_call import public_address
from evals.runner import exchange
from knowledge_base.article import Article
from tests.eval_builders import a_case
from tests.fakes import FixedArticles, ScriptedAssistant
from tests.live_server import ARTICLE, a_sentence, an_answer, serving

ADMIN_KEY = "a key of sixteen characters"
DAY = date(2026, 11, 1)
SCOPED = (
    replace(
        ARTICLE,
        id="summit",
        body="Boots can be returned within 60 days.",
        applies_to={"plan": ("Summit",)},
    ),
    replace(
        ARTICLE,
        id="basic",
        body="Boots can be returned within 30 days.",
        applies_to={"plan": ("Basic",)},
        supersedes=("earlier",),
    ),
    replace(ARTICLE, id="earlier", body="Boots can be returned within 90 days."),
)


async def asked(
    assistant: RemoteAssistant, question: str, history: tuple[Exchange, ...] = ()
) -> Answer:
    parts = [part async for part in assistant.answer(question, history)]
    assert isinstance(parts[-1], Answer)
    return parts[-1]


async def opened(address: object, key: str = "a-key") -> RemoteAssistant:
    return await asyncio.to_thread(open_remote, str(address), key, 60.0)


class TestRemoteAssistant:
    async def test_gives_the_answer_with_the_cited_words(self, tmp_path: Path) -> None:
        sentence = a_sentence()
        script = ScriptedAssistant(sentence, an_answer(sentence))
        async with serving(script, tmp_path) as api:
            assistant = await opened(api.http.base_url)

            answer = await asked(assistant, "Is shipping free?")

        assert assistant.served.articles[ARTICLE.id].body == ARTICLE.body
        assert (answer.generation, answer.model) == ("g1", "api")
        assert [one.quote for one in answer.sentences[0].citations] == [sentence.text]

    async def test_goes_on_with_the_conversation(self, tmp_path: Path) -> None:
        sentence = a_sentence()
        script = ScriptedAssistant(sentence, an_answer(sentence))
        async with serving(script, tmp_path) as api:
            assistant = await opened(api.http.base_url)
            first = await asked(assistant, "Is shipping free?")

            await asked(assistant, "And abroad?", (exchange("Is shipping free?", first),))

        (_, first_history, _), (_, history, _) = script.asked
        assert first_history == ()
        assert [one.question for one in history] == ["Is shipping free?"]

    async def test_refuses_an_answer_from_another_generation(self, tmp_path: Path) -> None:
        sentence = a_sentence()
        script = ScriptedAssistant(sentence, an_answer(sentence))
        library = FixedArticles(ARTICLE, generation="g2")
        async with serving(script, tmp_path, library=library) as api:
            assistant = await opened(api.http.base_url)

            with pytest.raises(RemoteError, match="from generation g1, the run began with g2"):
                await asked(assistant, "Is shipping free?")


class TestWithTheAdminKey:
    async def test_tells_what_was_found_who_wrote_and_what_that_took(self, tmp_path: Path) -> None:
        sentence = a_sentence()
        passages = tuple(one.passage for one in sentence.citations)
        usage = Usage("openai:x", 120, 30, cost_usd=0.01)
        told = replace(an_answer(sentence), passages=passages, model="openai:x")
        script = ScriptedAssistant(usage, sentence, told)
        async with serving(script, tmp_path, admin_key=ADMIN_KEY) as api:
            assistant = await opened(api.http.base_url, key=ADMIN_KEY)

            answer = await asked(assistant, "Is shipping free?")

        assert assistant.tells_all
        assert [one.chunk.text for one in answer.passages] == [passages[0].chunk.text]
        assert (answer.model, answer.usage) == ("openai:x", (usage,))
        assert answer.question is not None
        assert answer.question.query == "Is shipping free?"

    async def test_is_told_nothing_with_another_key(self, tmp_path: Path) -> None:
        script = ScriptedAssistant(a_sentence(), an_answer(a_sentence()))
        async with serving(script, tmp_path, admin_key=ADMIN_KEY) as api:
            assistant = await opened(api.http.base_url, key="not the admin's key")

            answer = await asked(assistant, "Is shipping free?")

        assert not assistant.tells_all
        assert (answer.passages, answer.usage) == ((), ())


class TestWithoutTheAdminKey:
    def test_makes_what_is_not_told_not_applicable(self) -> None:
        metrics = {one.name: one for one in without_the_admin_key(METRICS)}

        scores = [metrics[name].score(a_case(), an_answer()) for name in ("retrieved@5", "ndcg@5")]

        assert set(metrics) == {one.name for one in METRICS}
        assert {score.state for score in scores} == {ScoreState.NOT_APPLICABLE}
        assert {score.metric for score in scores} == {"retrieved@5", "ndcg@5"}

    def test_leaves_invented_policies_unscored(self) -> None:
        metrics = without_the_admin_key(metrics_over((ARTICLE,), DAY))

        score = metrics[0].score(a_case(), an_answer())

        assert (score.metric, score.state) == ("no_invented_policy", ScoreState.UNSCORED)
        assert "only with its admin key" in score.reason


class TestOpenRemote:
    async def test_measures_as_leniently_as_in_this_process(self, tmp_path: Path) -> None:
        summit = SCOPED[0]
        cited = a_sentence("Boots can be returned within 60 days.", summit)
        given = replace(an_answer(cited), passages=(cited.citations[0].passage,))
        case = replace(a_case(articles=(summit.id,)), question="On Basic, when are boots due?")
        script, library = ScriptedAssistant(cited, given), FixedArticles(*SCOPED)
        async with serving(script, tmp_path, library=library, admin_key=ADMIN_KEY) as api:
            assistant = await opened(api.http.base_url, key=ADMIN_KEY)
            remote = await asked(assistant, case.question)

        def scored(articles: Iterable[Article], answer: Answer) -> dict[str, Score]:
            metrics = metrics_over(tuple(articles), DAY)
            return {one.name: one.score(case, answer) for one in metrics}

        here = scored(SCOPED, given)
        assert here["no_invented_policy"].value == 0.0
        assert scored(assistant.served.articles.values(), remote) == here

    async def test_reads_every_page_of_the_admins_list(self, tmp_path: Path) -> None:
        articles = [replace(ARTICLE, id=f"a{number}") for number in range(101)]
        library = FixedArticles(*articles)
        script = ScriptedAssistant()
        async with serving(script, tmp_path, library=library, admin_key=ADMIN_KEY) as api:
            read = (await opened(api.http.base_url, key=ADMIN_KEY)).served.articles

        assert set(read) == {one.id for one in articles}

    async def test_knows_from_when_to_when_an_article_holds(self, tmp_path: Path) -> None:
        first, last = date(2026, 12, 1), date(2027, 2, 1)
        dated = replace(ARTICLE, valid_from=first, valid_to=last)
        async with serving(ScriptedAssistant(), tmp_path, library=FixedArticles(dated)) as api:
            (read,) = (await opened(api.http.base_url)).served.articles.values()

        assert (read.valid_from, read.valid_to) == (first, last)

    def test_says_that_nobody_is_there(self) -> None:
        with pytest.raises(RemoteError, match=r"127.0.0.1:9.* can't be reached .*check --url"):
            open_remote("http://me:secret@127.0.0.1:9", None, 5.0)

    def test_keeps_what_may_be_secret_out_of_the_address(self) -> None:
        assert public_address("http://me:secret@host:8000/?token=x") == "http://host:8000/"
