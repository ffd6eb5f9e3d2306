"""A model behind a socket that drifts: the commands that notice, over a real index and store."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer import Typer
from typer.testing import CliRunner, Result

from app.answer import Outcome
from app.commands.canary import ALARM, UNJUDGED, canary
from app.commands.replay import replay
from app.drift.canaries import Canaries
from app.drift.observation import Observation, Pass
from app.drift.served import pinned_over, served_set
from app.releases.store import Releases
from app.settings import AppSettings
from app.store.database import open_database
from app.store.records import (
    AnswerRecord,
    Ending,
    EventName,
    NewTurn,
    SentenceRecord,
    TurnEvent,
    TurnState,
)
from app.store.sql_conversations import SqlConversations
from ingestion.bootstrap import build_reindexing, open_sources
from ingestion.settings import IngestionSettings
from knowledge_base.generations.publication import current_generation_id
from knowledge_base.progress import NoProgress
from tests.openai_server import (
    Behaviour,
    Exchange,
    OpenAIServer,
    an_openai_server,
    refuses,
    replies,
)
from tests.tiny_model import write_tiny_model

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
TURN = "a" * 32
SAID = "The rental fee of a tent is 9 USD."
WHOLE = "The refund of a tent takes 5 days. [1]"
REPLAY = Typer()
REPLAY.command()(replay)


class Changing:
    """A model whose behaviour is set from outside, between two requests."""

    def __init__(self) -> None:
        self.now: Behaviour = replies(WHOLE)

    def __call__(self, exchange: Exchange) -> None:
        self.now(exchange)


@pytest.fixture
def model() -> Changing:
    return Changing()


@pytest.fixture
def server(model: Changing) -> Iterator[OpenAIServer]:
    with an_openai_server(model) as running:
        yield running


@pytest.fixture
def data_dir(tmp_path: Path, server: OpenAIServer, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with an index of ten headings, and a model at the server's address."""
    articles = tmp_path / "articles"
    articles.mkdir()
    for number in range(12):
        text = "The refund of a tent takes 5 days."
        (articles / f"refund-{number}.md").write_text(f"# Refund of tent {number}\n\n{text}\n")
    data = tmp_path / "data"
    for name, value in {
        "DATA_DIR": str(data),
        "EMBEDDER": str(write_tiny_model(tmp_path / "tiny")),
        "MODEL": "openai:m-1",
        "MODEL_BASE_URL": server.base_url,
        "MODEL_API_KEY": "none",
        "MODEL_MAX_RETRIES": "0",
        "MASKING": "rules",
        "CANARY_PLANNED_LOOKS": "1",
        "CANARY_FALSE_ALARMS": "0.2",
    }.items():
        monkeypatch.setenv(f"CANDOR_{name}", value)
    settings = IngestionSettings()
    build_reindexing(settings, NoProgress()).run(open_sources(settings, [articles]))
    return data


def asked(*arguments: str) -> Result:
    return CliRunner().invoke(canary, arguments)


def have_had_an_endless_answer(data_dir: Path) -> None:
    """Give the reference one answer that took for ever, beside which no look is slow or quick.

    The server answers in milliseconds, of which a machine that gets busy between two passes makes
    twice as many: that is no drift of the model.
    """
    canaries = Canaries(data_dir)
    reference = canaries.reference()
    first, *passes = reference.passes
    endless, *others = first.observations
    slow = Pass((replace(endless, seconds=1e300), *others))
    canaries.keep_reference(reference.model_copy(update={"passes": (slow, *passes)}))


class TestCanary:
    def test_sees_what_the_model_has_become(self, data_dir: Path, model: Changing) -> None:
        written = asked("reference", "--questions", "12", "--passes", "2")
        have_had_an_endless_answer(data_dir)
        quiet = asked("run", "--json")
        model.now = replies("NOT_COVERED")

        alarm = asked("run")

        assert "12 questions, 2 passes, 0 answers failed" in written.stdout
        assert quiet.exit_code == 0
        assert json.loads(quiet.stdout)["alarm"] is None
        assert alarm.exit_code == ALARM
        assert "candor release rollback" in alarm.stdout
        assert "then (held): The refund of a tent takes 5 days." in alarm.stdout
        assert Releases(data_dir).frozen() is not None
        assert "(open)" in asked("show").stdout
        assert "(closed" in asked("show", "--close", "--why", "It is back.").stdout

    @pytest.mark.usefixtures("data_dir")
    def test_asks_the_model_each_time_whatever_customers_are_answered_from(
        self, server: OpenAIServer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("CANDOR_ANSWER_CACHE", "100")

        asked("reference", "--questions", "10", "--passes", "3")
        asked("run")

        assert len(server.requests) == 10 * 4

    @pytest.mark.usefixtures("data_dir")
    def test_can_not_judge_a_model_that_fails(self, model: Changing) -> None:
        asked("reference", "--questions", "10", "--passes", "2")
        model.now = refuses(500)

        done = asked("run")

        assert done.exit_code == UNJUDGED
        assert "10 of 10 questions failed: no look." in done.stdout

    def test_keeps_no_reference_of_a_model_that_fails(
        self, data_dir: Path, model: Changing
    ) -> None:
        asked("reference", "--questions", "10", "--passes", "2")
        good = Canaries(data_dir).reference()
        model.now = refuses(500)

        refused = asked("reference", "--questions", "10", "--passes", "2")

        assert refused.exit_code != 0
        assert "20 of 20 answers failed, too many for a reference" in str(refused.exception)
        assert Canaries(data_dir).reference() == good

    def test_can_not_judge_by_a_reference_of_a_model_that_failed(self, data_dir: Path) -> None:
        asked("reference", "--questions", "10", "--passes", "2")
        canaries = Canaries(data_dir)
        good = canaries.reference()
        dead = Pass(
            tuple(Observation(one.id, None, error="503") for one in good.questions),
        )
        canaries.keep_reference(good.model_copy(update={"passes": (dead, dead)}))

        done = asked("run")

        assert done.exit_code == UNJUDGED
        assert "too many failed when the reference was written" in done.stdout
        assert canaries.looks_at(good.id) == 0

    @pytest.mark.usefixtures("data_dir")
    def test_ends_well_on_an_alarm_where_that_is_wanted(self, model: Changing) -> None:
        asked("reference", "--questions", "12", "--passes", "2")

        model.now = replies("NOT_COVERED")
        alarm = asked("run", "--json", "--exit-zero")
        model.now = refuses(500)
        unjudged = asked("run", "--json", "--exit-zero")

        assert json.loads(alarm.stdout)["alarm"] is not None
        assert (alarm.exit_code, unjudged.exit_code) == (0, UNJUDGED)

    @pytest.mark.usefixtures("data_dir")
    def test_refuses_to_compare_another_model(self, monkeypatch: pytest.MonkeyPatch) -> None:
        asked("reference", "--questions", "10", "--passes", "2")
        monkeypatch.setenv("CANDOR_MODEL", "openai:m-2")

        assert "write a new one with `candor canary reference`" in str(asked("run").exception)

    @pytest.mark.usefixtures("data_dir")
    def test_refuses_to_compare_a_model_that_is_asked_otherwise(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        asked("reference", "--questions", "10", "--passes", "2")
        monkeypatch.setenv("CANDOR_TONE", "terse.")

        assert str(asked("run").exception).startswith("wording.tone changed since the reference")


class TestWhatALookSpends:
    @pytest.fixture
    def _priced(self, data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        del data_dir
        price = {"prompt": 1, "cached": 0.5, "completion": 4, "as_of": "2026-11-01"}
        monkeypatch.setenv("CANDOR_PRICES", json.dumps({"openai:m-1": price}))

    @pytest.mark.usefixtures("_priced")
    def test_is_what_the_servers_own_log_comes_to(self, server: OpenAIServer) -> None:
        asked("reference", "--questions", "10", "--passes", "2")
        before = len(server.requests)

        look = json.loads(asked("run", "--json").stdout)

        sent = [one.sent_usage or {} for one in server.requests[before:]]
        assert len(sent) == 10
        assert look["tokens"] == sum(one["total_tokens"] for one in sent)
        assert look["cost_usd"] == pytest.approx(10 * (20 * 1 + 100 * 0.5 + 30 * 4) / 1e6)

    @pytest.mark.usefixtures("_priced")
    def test_is_no_more_than_it_may(
        self, server: OpenAIServer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        asked("reference", "--questions", "10", "--passes", "2")
        before = len(server.requests)
        monkeypatch.setenv("CANDOR_CANARY_BUDGET_USD", "0.04")

        done = asked("run", "--json")

        look = json.loads(done.stdout)
        assert done.exit_code == UNJUDGED
        assert 0 < len(server.requests) - before < 10
        assert 0 < look["cost_usd"] <= 0.04
        assert "CANDOR_CANARY_BUDGET_USD is used up" in asked("run").stdout

    @pytest.mark.usefixtures("data_dir")
    def test_is_not_capped_without_a_price(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("CANDOR_CANARY_BUDGET_USD", "1")

        refused = asked("reference", "--questions", "10", "--passes", "2")

        assert "needs the price of openai:m-1" in str(refused.exception)


def keep_turn(data_dir: Path, release: str | None = None) -> None:
    """Keep an answer that a release gave, from what is published."""
    store = SqlConversations(open_database(data_dir))
    store.create("c" * 32, NOW)
    question = "How long does the refund of a tent take?"
    turn = NewTurn(TURN, "c" * 32, question, None, NOW, NOW + timedelta(seconds=9))
    store.begin(turn, TurnEvent(1, EventName.TURN))
    store.append(TURN, TurnEvent(2, EventName.SENTENCE), SentenceRecord(SAID, ()))
    generation = current_generation_id(data_dir)
    answer = AnswerRecord(
        Outcome.ANSWERED, SAID, question, "openai:m-0", generation, release=release
    )
    store.finish(TURN, Ending(TurnState.DONE, NOW, (), answer))
    store.close()


def made_release(data_dir: Path, **changed: str) -> str:
    """Make a release of what serves, with what a program of then had otherwise."""
    served = served_set(AppSettings())
    pinned = replace(pinned_over(served, served.generation), **changed)  # type: ignore[arg-type] # any text field
    return Releases(data_dir).create(pinned).id


class TestReplay:
    @pytest.mark.parametrize("release", ["then", "now"])
    def test_shows_what_was_said_then_beside_what_is_said_now(
        self, data_dir: Path, release: str
    ) -> None:
        keep_turn(data_dir)

        done = CliRunner().invoke(REPLAY, [TURN, "--release", release])

        assert done.exit_code == 0, done.exception
        assert f"- {SAID}" in done.stdout
        assert "+ The refund of a tent takes 5 days." in done.stdout
        assert ("no release served then" in done.stdout) == (release == "then")

    @pytest.mark.parametrize("named", [False, True])
    def test_says_what_of_a_release_is_not_there_any_more(
        self, data_dir: Path, *, named: bool
    ) -> None:
        release = made_release(data_dir, candor="0.0.1")
        keep_turn(data_dir, release)

        done = CliRunner().invoke(REPLAY, [TURN, "--release", release if named else "then"])

        assert f"note: candor changed since {release} was made" in done.stdout

    def test_has_nothing_to_say_of_a_release_that_is_as_it_was(self, data_dir: Path) -> None:
        keep_turn(data_dir, made_release(data_dir))

        done = CliRunner().invoke(REPLAY, [TURN, "--release", "then"])

        assert done.exit_code == 0, done.exception
        assert "note:" not in done.stdout
