"""One reindex at a time in a data folder."""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO

from ingestion.errors import ReindexRunningError
from knowledge_base.errors import StorageError

LOCK_FILE = "reindex.lock"


@contextmanager
def reindex_lock(data_dir: Path, since: datetime) -> Iterator[None]:
    """Hold the data folder's lock as long as the block runs; a killed holder loses it at once.

    Raises:
        ReindexRunningError: Another process holds it.
        StorageError: The data folder can't be written.
    """
    path = data_dir / LOCK_FILE
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        stream = path.open("a+", encoding="utf-8")
    except OSError as error:
        raise StorageError(
            f"the data folder {data_dir} can't be written: {error.strerror}; set CANDOR_DATA_DIR"
        ) from error
    with stream:
        _take(stream, path)
        stream.truncate(0)
        json.dump({"pid": os.getpid(), "since": since.isoformat(timespec="seconds")}, stream)
        stream.flush()
        yield


def _take(stream: IO[str], path: Path) -> None:
    try:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise ReindexRunningError(
            f"a reindex is running already ({_holder(stream)}); wait for it to end "
            f"(its lock is {path})"
        ) from error


def _holder(stream: IO[str]) -> str:
    stream.seek(0)
    try:
        holder = json.loads(stream.read())
        return f"process {holder['pid']}, since {holder['since']}"
    except (ValueError, KeyError, TypeError):
        return "just started"
