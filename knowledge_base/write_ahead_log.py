"""SQLite's write-ahead log: readers go on while one writes."""

import sqlite3
import time

_PAUSE_SECONDS = 0.01


def use_write_ahead_log(connection: sqlite3.Connection, wait_seconds: float) -> None:
    """Switch the file over; SQLite doesn't wait by itself where another one is switching it too.

    Raises:
        sqlite3.Error: It can't be switched, or was busy for so long.
    """
    deadline = time.monotonic() + wait_seconds
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(_PAUSE_SECONDS)
        else:
            return
