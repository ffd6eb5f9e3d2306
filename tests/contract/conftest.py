"""The databases that the stores' contract is proved on."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from app.store.database import open_database
from app.store.sql_conversations import SqlConversations
from tests.postgres_server import WHY_NOT, binaries, postgres


@pytest.fixture(scope="session")
def postgres_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    if binaries() is None:
        pytest.skip(WHY_NOT)
    with postgres(tmp_path_factory.mktemp("postgres")) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty database of each kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/candor.db"
        return
    server = request.getfixturevalue("postgres_url")
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("CREATE DATABASE contract"))
    yield server.replace("/postgres", "/contract")
    with engine.connect() as connection:
        connection.execute(text("DROP DATABASE contract WITH (FORCE)"))
    engine.dispose()


@pytest.fixture
def store(database_url: str, tmp_path: Path) -> Iterator[SqlConversations]:
    opened = SqlConversations(open_database(tmp_path, database_url))
    yield opened
    opened.close()
