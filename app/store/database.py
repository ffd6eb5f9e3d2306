"""Opens the database and brings its tables up to date, one process at a time."""

import sqlite3
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.pool import ConnectionPoolEntry

from app.errors import StoreError
from app.store.driver import driver_cursor
from knowledge_base.write_ahead_log import use_write_ahead_log

DATABASE_FILE = "candor.db"
_BUSY_TIMEOUT_MS = 10_000
_MIGRATION_LOCK = 7_226_367  # any number that every Candor shares and nobody else is likely to use
_WRITES = "candor_writes"


def open_database(data_dir: Path, url: str | None = None) -> Engine:
    """Return the database at `url`, or the SQLite file in the data folder, with today's tables.

    Raises:
        StoreError: The URL can't be used, or the database can't be reached or brought up to date.
    """
    address = _read_url(url) if url else _sqlite_file(data_dir)
    shown = address.render_as_string(hide_password=True)
    try:
        return _opened(address)
    except (NoSuchModuleError, ModuleNotFoundError) as error:
        raise StoreError(
            f"There is no driver for {shown} ({error}): for PostgreSQL, install "
            "`candor[postgres]` and write `postgresql+psycopg://…`."
        ) from error
    except (SQLAlchemyError, CommandError) as error:
        raise StoreError(f"The database {shown} can't be opened: {first_line(error)}") from error


def for_writing(engine: Engine) -> Engine:
    """Return the same database for transactions that write.

    SQLite must take its lock when such a transaction begins: one that reads first and then
    writes is refused, however long it would wait, if somebody else wrote in between.
    """
    return engine.execution_options(**{_WRITES: True})


def erase_deleted(engine: Engine) -> None:
    """Empty SQLite's write-ahead log, where deleted rows stand until then.

    Where somebody else is reading just now, the log is emptied with a later write.
    """
    if engine.dialect.name == "sqlite":
        connection = engine.raw_connection()
        try:
            connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            connection.close()


def first_line(error: Exception) -> str:
    """Return what the database said, without the statement that it was said of."""
    cause = getattr(error, "orig", None) or error
    return str(cause).strip().splitlines()[0]


def _read_url(url: str) -> URL:
    try:
        return make_url(url)
    except (ArgumentError, ValueError) as error:
        raise StoreError(
            "CANDOR_DATABASE_URL can't be read: write "
            "`postgresql+psycopg://user:password@host/name` or `sqlite:////folder/file.db`."
        ) from error


def _sqlite_file(data_dir: Path) -> URL:
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"The data folder {data_dir} can't be made: {error.strerror}.") from error
    return URL.create("sqlite", database=str(data_dir / DATABASE_FILE))


def _opened(address: URL) -> Engine:
    engine = _create(address)
    try:
        _migrate(engine)
    except (SQLAlchemyError, CommandError):
        engine.dispose()
        raise
    return engine


def _create(address: URL) -> Engine:
    # An error's text goes to the log: it must not carry what customers wrote.
    is_a_file = address.get_backend_name() == "sqlite"  # whose connections nobody cuts
    engine = create_engine(address, pool_pre_ping=not is_a_file, hide_parameters=True)
    if is_a_file:
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # `_begin_sqlite` begins, not the driver
    connection.execute(f"PRAGMA busy_timeout = {_BUSY_TIMEOUT_MS}")
    use_write_ahead_log(connection, _BUSY_TIMEOUT_MS / 1000)
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA secure_delete = ON")  # what is forgotten is overwritten


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get(_WRITES, False)
    with driver_cursor(connection) as cursor:
        cursor.execute("BEGIN IMMEDIATE" if writes else "BEGIN")


def _migrate(engine: Engine) -> None:
    config = Config()
    config.set_main_option("script_location", "app.store:migrations")
    config.set_main_option("path_separator", "os")
    with for_writing(engine).begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text(f"SELECT pg_advisory_xact_lock({_MIGRATION_LOCK})"))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
