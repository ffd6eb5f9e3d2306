import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer import Typer
from typer.testing import CliRunner

from app.answer import Outcome, Usage
from app.commands.stats import stats
from app.store.database import open_database
from app.store.records import AnswerRecord, Ending, EventName, NewTurn, TurnEvent, TurnState
from app.store.sql_conversations import SqlConversations

COMMAND = Typer()
COMMAND.command()(stats)


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A data folder with one answered turn."""
    monkeypatch.setenv("CANDOR_DATA_DIR", str(tmp_path))
    store, now, turn = SqlConversations(open_database(tmp_path)), datetime.now(UTC), "1" * 32
    store.create(turn, now)
    store.begin(NewTurn(turn, turn, "?", None, now, now), TurnEvent(1, EventName.TURN))
    answer = AnswerRecord(Outcome.ANSWERED, "Yes.", "?", "m", timings_ms={"total": 12.0})
    usage = (
        Usage(
            *("m", 100, 20, 0.25),
            estimated=True,
            served_model="m-2026-11",
            served_fingerprint="fp_1",
        ),
    )
    store.finish(turn, Ending(TurnState.DONE, now, (), answer, usage=usage))
    store.close()


@pytest.mark.usefixtures("shop")
class TestStats:
    def test_prints_outcomes_cost_and_speed(self) -> None:
        printed = CliRunner().invoke(COMMAND, []).output

        assert "all: 1 turns: ANSWERED 1" in printed
        assert "0.250000 USD, 1 model calls, 120 tokens, 1 calls estimated" in printed
        assert "whole: 12 ms median" in printed

    def test_prints_what_served_the_calls(self) -> None:
        printed = CliRunner().invoke(COMMAND, []).output

        assert "m was m-2026-11, fingerprint fp_1: 1 calls" in printed

    def test_prints_json(self) -> None:
        printed = json.loads(CliRunner().invoke(COMMAND, ["--json", "--by", "key"]).output)

        assert printed["groups"]["none"]["cost_usd"] == printed["all"]["cost_usd"] == 0.25
        assert printed["served"][0]["fingerprint"] == "fp_1"

    @pytest.mark.parametrize("given", [["--since", "7"], ["--since", "week"], ["--by", "moon"]])
    def test_refuses_what_it_does_not_know(self, given: list[str]) -> None:
        assert CliRunner().invoke(COMMAND, given).exit_code == 2
