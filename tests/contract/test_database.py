"""Opening a database: its tables are brought up to date, by one process at a time."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text

from app.errors import StoreError
from app.store.database import DATABASE_FILE, open_database
from app.store.tables import Table


class TestOpenDatabase:
    def test_builds_exactly_the_tables_that_the_code_works_with(
        self, database_url: str, tmp_path: Path
    ) -> None:
        engine = open_database(tmp_path, database_url)

        with engine.connect() as connection:
            differences = compare_metadata(MigrationContext.configure(connection), Table.metadata)

        engine.dispose()
        assert differences == []

    def test_keeps_what_is_there(self, database_url: str, tmp_path: Path) -> None:
        first = open_database(tmp_path, database_url)
        with first.begin() as connection:
            connection.execute(
                text("INSERT INTO conversations VALUES ('a', '2026-11-01 12:00:00')")
            )
        first.dispose()

        second = open_database(tmp_path, database_url)

        with second.connect() as connection:
            assert connection.execute(text("SELECT id FROM conversations")).scalars().all() == ["a"]
        second.dispose()

    def test_may_be_done_by_many_at_once(self, database_url: str, tmp_path: Path) -> None:
        with ThreadPoolExecutor(4) as threads:
            engines = list(threads.map(lambda _: open_database(tmp_path, database_url), range(4)))

        for engine in engines:
            assert inspect(engine).has_table("turns")
            engine.dispose()

    def test_refuses_a_database_that_a_newer_candor_wrote(
        self, database_url: str, tmp_path: Path
    ) -> None:
        engine = open_database(tmp_path, database_url)
        with engine.begin() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = 'v9999'"))
        engine.dispose()

        with pytest.raises(StoreError, match="v9999"):
            open_database(tmp_path, database_url)

    def test_is_taken_back_step_by_step(self, database_url: str, tmp_path: Path) -> None:
        engine = open_database(tmp_path, database_url)
        config = Config()
        config.set_main_option("script_location", "app.store:migrations")

        with engine.begin() as connection:
            config.attributes["connection"] = connection
            command.downgrade(config, "base")

        assert inspect(engine).get_table_names() == ["alembic_version"]
        engine.dispose()

    def test_makes_a_file_in_the_data_folder_by_default(self, tmp_path: Path) -> None:
        open_database(tmp_path / "new" / "folder").dispose()

        assert (tmp_path / "new" / "folder" / DATABASE_FILE).is_file()

    def test_waits_for_another_one_that_is_writing_to_a_new_file(self, tmp_path: Path) -> None:
        writer = sqlite3.connect(tmp_path / DATABASE_FILE, isolation_level=None)
        writer.execute("BEGIN IMMEDIATE")

        with ThreadPoolExecutor(1) as threads:
            opening = threads.submit(open_database, tmp_path)
            waited = not wait([opening], timeout=0.2).done
            writer.execute("COMMIT")
            engine = opening.result()

        assert waited
        assert inspect(engine).has_table("turns")
        engine.dispose()
        writer.close()

    def test_names_a_file_that_is_no_database(self, tmp_path: Path) -> None:
        (tmp_path / DATABASE_FILE).write_text("something else " * 100)

        with pytest.raises(StoreError, match="not a database"):
            open_database(tmp_path)

    def test_names_a_data_folder_that_is_a_file(self, tmp_path: Path) -> None:
        (tmp_path / "data").touch()

        with pytest.raises(StoreError, match="data folder"):
            open_database(tmp_path / "data")

    @pytest.mark.parametrize(
        ("url", "told"),
        [
            ("nonsense", "can't be read"),
            ("postgres://user:hidden@localhost/candor", "no driver"),
            ("mysql+nothing://user:hidden@localhost/candor", "no driver"),
            ("postgresql+psycopg://user:hidden@127.0.0.1:1/candor", "can't be opened"),
            ("sqlite:////nowhere/at/all.db", "can't be opened"),
        ],
    )
    def test_says_in_one_line_what_is_wrong_with_a_url_and_keeps_its_password(
        self, url: str, told: str, tmp_path: Path
    ) -> None:
        with pytest.raises(StoreError, match=told) as raised:
            open_database(tmp_path, url)

        assert len(str(raised.value).splitlines()) == 1
        assert "hidden" not in str(raised.value)
