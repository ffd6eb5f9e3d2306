import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer import Typer
from typer.testing import CliRunner, Result

from app.answer import Purpose, Usage
from app.commands.why import readable, why
from app.store.database import open_database
from app.store.receipts import record_receipt
from app.store.records import Ending, EventName, NewTurn, TurnEvent, TurnState
from app.store.sql_conversations import SqlConversations
from tests.live_server import a_receipt, a_refusal, a_sentence

COMMAND = Typer()
COMMAND.command()(why)
NOW = datetime(2026, 11, 1, tzinfo=UTC)
TURN = "a" * 32


@pytest.fixture
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with one turn: a sentence shown in another one's place, and one dropped."""
    store = SqlConversations(open_database(tmp_path))
    store.create("c" * 32, NOW)
    store.begin(NewTurn(TURN, "c" * 32, "Free?", None, NOW, NOW), TurnEvent(1, EventName.TURN))
    store.keep(TURN, record_receipt(a_receipt(a_sentence(), "All\nis \x1b[31mfree."), 2))
    store.keep(TURN, record_receipt(a_refusal("Returns take 80 days."), None))
    usage = (
        Usage("openai:m", 9, 9, None, served_model="m-\x1b[31m2026", served_fingerprint="fp_1"),
        Usage("openai:m", 9, 9, None, purpose=Purpose.REPAIR),
    )
    store.finish(TURN, Ending(TurnState.FAILED, NOW, (), usage=usage))
    store.close()
    monkeypatch.setenv("CANDOR_DATA_DIR", str(tmp_path))
    return tmp_path


def asked(*arguments: str) -> Result:
    return CliRunner().invoke(COMMAND, arguments)


@pytest.mark.usefixtures("data_dir")
class TestWhy:
    def test_prints_what_was_shown_and_what_was_kept_back(self) -> None:
        done = asked(TURN)

        assert done.exit_code == 0
        assert "1. quoted" in done.stdout
        assert "shown: Orders over 75 USD ship free." in done.stdout
        assert (
            "rests on: Refunds (ship/us) 0-29, version aaaaaaaaaaaa, generation g1" in done.stdout
        )
        assert "2. dropped" in done.stdout
        assert "CONTRADICTED 0.00 (policy facts): 80 USD is said nowhere" in done.stdout

    def test_prints_what_served_each_model_call(self) -> None:
        told = asked(TURN).stdout

        assert "answer by openai:m: served by m- [31m2026, fingerprint fp_1" in told
        assert "repair by openai:m: served by not told, fingerprint not told" in told

    def test_lets_no_text_steer_the_terminal(self) -> None:
        assert "\x1b" not in asked(TURN).stdout

    def test_prints_json(self) -> None:
        told = json.loads(asked(TURN, "--json").stdout)

        assert told["turn"] == TURN
        assert [receipt["ruling"] for receipt in told["receipts"]] == ["quoted", "dropped"]
        assert [call["served_fingerprint"] for call in told["calls"]] == ["fp_1", None]
        assert told["receipts"][0]["attempts"][0]["claims"][0]["check"] == "policy facts"

    def test_refuses_a_turn_that_nobody_asked(self) -> None:
        done = asked("b" * 32)

        assert done.exit_code == 2
        assert "There is no turn" in done.stderr


class TestReadable:
    def test_says_that_nothing_was_drafted(self) -> None:
        assert "Nothing was drafted" in readable(())
