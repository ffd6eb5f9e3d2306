from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer import Typer
from typer.testing import CliRunner

from app.commands.forget import forget
from app.errors import NotFoundError
from app.store.database import open_database
from app.store.records import EventName, NewTurn, TurnEvent
from app.store.sql_conversations import SqlConversations

NOW = datetime(2026, 11, 1, tzinfo=UTC)
TALK = "c" * 32
COMMAND = Typer()
COMMAND.command()(forget)


@pytest.fixture
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CANDOR_DATA_DIR", str(tmp_path))
    return tmp_path


class TestForget:
    def test_says_what_was_removed(self, data_dir: Path) -> None:
        store = SqlConversations(open_database(data_dir))
        store.create(TALK, NOW)
        store.begin(NewTurn("1" * 32, TALK, "Free?", None, NOW, NOW), TurnEvent(1, EventName.TURN))
        store.close()

        done = CliRunner().invoke(COMMAND, [TALK])

        assert done.exit_code == 0
        assert f"{TALK} is forgotten: conversations 1, turn_events 1, turns 1." in done.stdout

    def test_refuses_an_id_that_it_does_not_know(self, data_dir: Path) -> None:
        done = CliRunner().invoke(COMMAND, ["nobody"])

        assert data_dir.exists()
        assert isinstance(done.exception, NotFoundError)
        assert "nobody" in str(done.exception)
