from datetime import UTC, datetime
from pathlib import Path

from app.store.database import DATABASE_FILE, open_database
from app.store.forgetting import forgettable
from app.store.records import EventName, NewTurn, TurnEvent
from app.store.sql_conversations import SqlConversations
from app.store.tables import Table

NOW = datetime(2026, 11, 1, tzinfo=UTC)
TALK = "c" * 32
QUESTION = "Where is the parcel of the lady with the green umbrella?"


class TestForgettable:
    def test_names_every_table(self) -> None:
        assert {table.name for table in forgettable()} == set(Table.metadata.tables)


class TestForgetting:
    def test_leaves_no_word_in_the_files_of_sqlite(self, tmp_path: Path) -> None:
        store = SqlConversations(open_database(tmp_path))
        store.create(TALK, NOW)
        store.begin(NewTurn("1" * 32, TALK, QUESTION, None, NOW, NOW), TurnEvent(1, EventName.TURN))
        written = [path for path in tmp_path.iterdir() if QUESTION.encode() in path.read_bytes()]

        store.forget(TALK)

        assert written
        assert (tmp_path / DATABASE_FILE).exists()
        assert not any(QUESTION.encode() in path.read_bytes() for path in tmp_path.iterdir())
        store.close()
