"""Transactions on the database, and what becomes of its errors."""

from collections.abc import Iterator
from contextlib import contextmanager

import structlog
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.orm import Session

from app.errors import ConflictError, StoreError
from app.store.database import erase_deleted, first_line, for_writing

_log = structlog.get_logger(__name__)


class Sessions:
    """Opens a session for each transaction; all of them raise StoreError where there is none."""

    def __init__(self, engine: Engine) -> None:
        self._reading = engine
        self._writing = for_writing(engine)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """Read in one transaction."""
        with _database_errors(), Session(self._reading) as session:
            yield session

    @contextmanager
    def write(self, clash: ConflictError | None = None) -> Iterator[Session]:
        """Write in one transaction; `clash` says what it means that another one was quicker."""
        with _clashes(clash), Session(self._writing) as session, session.begin():
            yield session

    @contextmanager
    def write_rows(self, clash: ConflictError | None = None) -> Iterator[Connection]:
        """Write in one transaction without a session, which takes as long as what it is for."""
        with _clashes(clash), self._writing.begin() as connection:
            yield connection

    def erase_deleted(self) -> None:
        """Leave nothing in the files of what was deleted."""
        with _database_errors():
            erase_deleted(self._writing)

    def close(self) -> None:
        """Let go of the connections to the database."""
        self._reading.dispose()


@contextmanager
def _clashes(clash: ConflictError | None) -> Iterator[None]:
    try:
        with _database_errors():
            yield
    except IntegrityError as error:
        raise clash or ConflictError(
            "Somebody else changed this at the same moment: try again."
        ) from error


@contextmanager
def _database_errors() -> Iterator[None]:
    try:
        yield
    except IntegrityError:
        raise
    except SQLAlchemyError as error:
        _log.error("database_failed", reason=first_line(error))
        raise StoreError("The database can't be used right now: try again in a moment.") from error
