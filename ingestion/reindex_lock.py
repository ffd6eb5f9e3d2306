"""One reindex at a time in a data folder."""

import fcntl
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from ingestion.errors import ReindexRunningError
from knowledge_base.errors import StorageError

LOCK_FILE = "reindex.lock"

_LONGEST_NOTE = 1000
_LOOK_SECONDS = 0.05


@contextmanager
def reindex_lock(data_dir: Path, since: datetime) -> Iterator[None]:
    """Hold the data folder's lock as long as the block runs; a killed holder loses it at once.

    Raises:
        ReindexRunningError: Another process holds it.
        StorageError: The data folder can't be written.
    """
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        lock = os.open(data_dir / LOCK_FILE, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise _unwritable(data_dir, error) from error
    try:
        _take(lock, data_dir)
        _leave_note(lock, data_dir, since)
        yield
    finally:
        os.close(lock)


def running_reindex(data_dir: Path) -> str | None:
    """Return who holds the data folder's lock, and since when; None where nobody does."""
    try:
        lock = os.open(data_dir / LOCK_FILE, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return _holder(lock)
    finally:
        os.close(lock)
    return None


def _take(lock: int, data_dir: Path) -> None:
    for last in (False, True):
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            if last:
                raise ReindexRunningError(
                    f"a reindex of {data_dir} is running already ({_holder(lock)}); "
                    "wait for it to end"
                ) from error
            time.sleep(_LOOK_SECONDS)  # whoever only looks has it for a moment
        else:
            return


def _leave_note(lock: int, data_dir: Path, since: datetime) -> None:
    """Say in the lock's file who holds it and since when."""
    note = {"pid": os.getpid(), "since": since.isoformat(timespec="seconds")}
    try:
        os.ftruncate(lock, 0)
        os.pwrite(lock, json.dumps(note).encode(), 0)
    except OSError as error:
        raise _unwritable(data_dir, error) from error


def _holder(lock: int) -> str:
    try:
        note = json.loads(os.pread(lock, _LONGEST_NOTE, 0))
        return f"process {note['pid']}, since {note['since']}"
    except (ValueError, KeyError, TypeError):
        return "just started"


def _unwritable(data_dir: Path, error: OSError) -> StorageError:
    return StorageError(
        f"the data folder {data_dir} can't be written: {error.strerror}; "
        "make room or set CANDOR_DATA_DIR"
    )
