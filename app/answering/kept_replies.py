"""Kept replies: what models said, by the content of what they were asked.

One SQLite file: a kill in the middle of a write leaves the last whole reply, and two processes may
share it. It saves money and is nothing to rely on: one that can't be used is left out with a
warning.
"""

import json
import secrets
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

import structlog

FOLDER = "replies"
"""Where it lies below the data folder."""
_FILE = "replies.sqlite3"
_WAIT_SECONDS = 60.0
_CANARY = "canary"
_TABLE = "CREATE TABLE IF NOT EXISTS reply (asked TEXT PRIMARY KEY, said TEXT NOT NULL)"
_Found = TypeVar("_Found")

_log = structlog.get_logger(__name__)


class KeptReplies:
    """Whole replies of models, in a folder."""

    def __init__(self, folder: Path) -> None:
        """Take the folder, and the mark that its prompts bear.

        A prompt is the same in each run only where its canary is: it is kept with the replies, so
        that one which leaks in whatever form is recognised when the reply is said again.
        """
        self._path = folder / _FILE
        self._is_usable = True
        self.canary = self._the_canary()
        """A random mark, the same as long as the folder lives."""

    def get(self, asked: Mapping[str, object]) -> str | None:
        """Return what was said to just this; None where that isn't known."""
        return self._done(lambda file: _said(file, _key(asked)), None)

    def keep(self, asked: Mapping[str, object], said: str) -> None:
        """Keep what was said to this."""
        self._done(lambda file: _write(file, _key(asked), said), None)

    def _the_canary(self) -> str:
        fresh = secrets.token_hex(8)

        def kept(file: sqlite3.Connection) -> str:
            with file:
                file.execute("INSERT OR IGNORE INTO reply VALUES (?, ?)", (_CANARY, fresh))
            return _said(file, _CANARY) or fresh

        return self._done(kept, fresh)

    def _done(self, act: Callable[[sqlite3.Connection], _Found], otherwise: _Found) -> _Found:
        if not self._is_usable:
            return otherwise
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(self._path, timeout=_WAIT_SECONDS)) as file:
                file.execute(_TABLE)
                return act(file)
        except (OSError, sqlite3.Error) as error:
            self._is_usable = False
            told = f"{error}: models are asked anew; delete the file, or make room"
            _log.warning("replies_not_kept", file=str(self._path), reason=told)
            return otherwise


def _key(asked: Mapping[str, object]) -> str:
    written = json.dumps(asked, sort_keys=True, ensure_ascii=True)
    return sha256(written.encode()).hexdigest()


def _said(file: sqlite3.Connection, key: str) -> str | None:
    found = file.execute("SELECT said FROM reply WHERE asked = ?", (key,)).fetchone()
    return found[0] if found and isinstance(found[0], str) else None


def _write(file: sqlite3.Connection, key: str, said: str) -> None:
    with file:
        file.execute("INSERT OR REPLACE INTO reply VALUES (?, ?)", (key, said))
