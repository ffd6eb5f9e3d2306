import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.answer import Outcome
from app.store.database import open_database
from app.store.records import (
    AnswerRecord,
    CitationRecord,
    Ending,
    EventName,
    NewTurn,
    SentenceRecord,
    TurnEvent,
    TurnState,
)
from app.store.sql_conversations import SqlConversations
from app.store.sql_live import SqlLiveTurns
from evals.commands import evaluate
from evals.errors import EvalsError
from evals.live import LiveScoring, articles_in
from evals.live_judging import LiveJudging, open_live_judging
from evals.settings import EvalsSettings
from knowledge_base.generations.publication import publish
from tests.builders import an_article
from tests.generations import write_generation
from tests.openai_server import Behaviour, OpenAIServer, an_openai_server, refuses, replies

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
SINCE = NOW - timedelta(days=1)
ARTICLE = an_article("Refunds take 5 days. Ask in a shop.")
OTHER = an_article("Parcels leave on Mondays.", article_id="parcels", title="Parcels")
CITED = CitationRecord("refunds", "Refunds", None, "", 0, 20, 0, len(ARTICLE.body))
TURN = "0" * 32


@pytest.fixture
def generation(tmp_path: Path) -> str:
    written = write_generation(tmp_path, NOW, ARTICLE, OTHER)
    publish(tmp_path, written)
    return written


@pytest.fixture
def store(tmp_path: Path) -> SqlConversations:
    return SqlConversations(open_database(tmp_path))


def answer(
    store: SqlConversations,
    said: str,
    generation: str,
    turn: str = TURN,
    asked: datetime = NOW - timedelta(hours=1),
) -> None:
    talk = turn[:-1] + "c"
    store.create(talk, asked)
    store.begin(
        NewTurn(turn, talk, "How long do refunds take?", None, asked, NOW),
        TurnEvent(1, EventName.TURN),
    )
    sentence = SentenceRecord(said, (CITED,))
    store.append(turn, TurnEvent(2, EventName.SENTENCE), sentence)
    record = AnswerRecord(Outcome.ANSWERED, said, "refunds", "openai:m", generation)
    store.finish(turn, Ending(TurnState.DONE, NOW, (), record))


def scoring(
    tmp_path: Path, store: SqlConversations, judging: LiveJudging | None = None
) -> LiveScoring:
    live = SqlLiveTurns(open_database(tmp_path))
    return LiveScoring(live, store, articles_in(tmp_path), UTC, judging)


class TestLiveCommand:
    def test_scores_the_live_answers_of_a_data_folder_and_tells_how_many(
        self, tmp_path: Path, store: SqlConversations, generation: str
    ) -> None:
        answer(store, "Refunds take 5 days.", generation, asked=datetime.now(UTC))

        result = CliRunner().invoke(
            evaluate,
            ["live", "--json"],
            env={"CANDOR_DATA_DIR": str(tmp_path), "CANDOR_LIVE_SHARE": "1"},
        )

        assert result.exit_code == 0
        assert json.loads(result.stdout)["turns"] == 1


class TestRun:
    def test_thinks_well_of_what_the_articles_say(
        self, tmp_path: Path, store: SqlConversations, generation: str
    ) -> None:
        answer(store, "Refunds take 5 days.", generation)

        done = scoring(tmp_path, store).run(SINCE, NOW, share=1.0, most=10)

        assert (done.turns, done.low, done.gone, done.left) == (1, 0, 0, 0)

    def test_sends_what_they_do_not_say_to_review(
        self, tmp_path: Path, store: SqlConversations, generation: str
    ) -> None:
        answer(store, "Refunds take 90 days.", generation)

        done = scoring(tmp_path, store).run(SINCE, NOW, share=1.0, most=10)

        kept = SqlLiveTurns(open_database(tmp_path)).scores(SINCE, NOW)
        low = {one.metric for one in kept if one.is_low}
        assert done.low == 1
        assert low == {"faithfulness", "no_invented_policy"}

    def test_scores_an_answer_once_and_no_more_than_it_may(
        self, tmp_path: Path, store: SqlConversations, generation: str
    ) -> None:
        answer(store, "Refunds take 5 days.", generation)
        answer(store, "Refunds take 5 days.", generation, "1" * 32)
        live = scoring(tmp_path, store)

        runs = [live.run(SINCE, NOW, share=1.0, most=1) for _ in range(3)]

        assert [(one.turns, one.left) for one in runs] == [(1, 1), (1, 0), (0, 0)]

    def test_says_what_could_not_be_scored(
        self, tmp_path: Path, store: SqlConversations, generation: str
    ) -> None:
        answer(store, "Refunds take 5 days.", generation.replace("2026", "2025"))

        done = scoring(tmp_path, store).run(SINCE, NOW, share=1.0, most=10)

        assert (done.turns, done.gone) == (0, 1)


AGREES = replies('{"supported": [1], "unsupported": {}}')
DISAGREES = replies('{"supported": [], "unsupported": {"1": "not said"}}')
A_CALL_USD = (120 * 1 + 30 * 4) / 1e6
RECKONED_USD = 10_000 * 4 / 1e6


def judging_by(server: OpenAIServer, budget_usd: float = 1.0) -> LiveJudging | None:
    price = {"prompt": 1, "cached": 0.5, "completion": 4, "as_of": "2026-11-01"}
    return open_live_judging(
        EvalsSettings.model_validate(
            {
                "judge_model": "critic",
                "judge_base_url": server.base_url,
                "prices": {"critic": price},
                "live_budget_usd": budget_usd,
            }
        )
    )


class TestRunWithAJudge:
    @pytest.mark.parametrize(("said", "low"), [(AGREES, 0), (DISAGREES, 1), (refuses(400), 0)])
    def test_sends_to_review_what_the_judge_thinks_little_of(
        self,
        tmp_path: Path,
        store: SqlConversations,
        generation: str,
        said: Behaviour,
        low: int,
    ) -> None:
        answer(store, "Refunds take 5 days.", generation)

        with an_openai_server(said) as server:
            done = scoring(tmp_path, store, judging_by(server)).run(SINCE, NOW, share=1.0, most=9)

        kept = SqlLiveTurns(open_database(tmp_path)).scores(SINCE, NOW)
        assert (done.turns, done.judged, done.low) == (1, 1, low)
        assert {one.metric for one in kept if one.is_low} == set(("judged_faithfulness",) * low)

    def test_spends_no_more_than_it_may(
        self, tmp_path: Path, store: SqlConversations, generation: str
    ) -> None:
        for number in range(5):
            answer(store, "Refunds take 5 days.", generation, f"{number}" * 32)
        budget_usd = RECKONED_USD + 2.5 * A_CALL_USD

        with an_openai_server(AGREES) as server:
            live = scoring(tmp_path, store, judging_by(server, budget_usd))
            done = live.run(SINCE, NOW, share=1.0, most=9)

        assert (done.turns, done.judged, len(server.requests)) == (5, 3, 3)
        assert done.cost_usd == pytest.approx(3 * A_CALL_USD)
        assert done.cost_usd <= budget_usd

    def test_judges_nothing_where_no_money_is_set_aside(self) -> None:
        assert open_live_judging(EvalsSettings(judge_model="critic")) is None

    def test_needs_a_price(self) -> None:
        settings = EvalsSettings(
            judge_model="critic", judge_base_url="http://127.0.0.1:1/v1", live_budget_usd=1
        )

        with pytest.raises(EvalsError, match="needs the price of critic"):
            open_live_judging(settings)
