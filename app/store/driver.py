"""The driver below SQLAlchemy, for what takes longer to hand over than to do."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.engine.interfaces import DBAPICursor
from sqlalchemy.exc import DBAPIError


@contextmanager
def driver_cursor(connection: Connection) -> Iterator[DBAPICursor]:
    """Lend a cursor within the connection's transaction.

    Raises:
        DBAPIError: The driver's error, as SQLAlchemy tells it.
    """
    cursor, driver = connection.connection.cursor(), _driver_of(connection)
    try:
        yield cursor
    except driver.Error as error:
        raise DBAPIError.instance(
            None, None, error, driver.Error, hide_parameters=True, dialect=connection.dialect
        ) from error
    finally:
        cursor.close()


def _driver_of(connection: Connection) -> Any:
    return connection.dialect.loaded_dbapi
