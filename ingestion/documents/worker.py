"""Converts documents in a process of its own: `python -m ingestion.documents.worker FD`.

It answers each document with one JSON object: `{"text": …}` or `{"reason": …}`.
"""

import json
import resource
import sys
from multiprocessing.connection import Connection

from ingestion.documents.formats import convert
from ingestion.errors import UnusableFileError

MAX_MEMORY_BYTES = 2 * 1024**3


def serve(asked: Connection) -> None:
    """Convert what arrives, a path and then its bytes, until the other side has gone."""
    try:
        while True:
            path, data = asked.recv_bytes().decode(), asked.recv_bytes()
            asked.send_bytes(json.dumps(_answer(path, data)).encode())
    except EOFError:
        return


def _answer(path: str, data: bytes) -> dict[str, str]:
    try:
        return {"text": convert(path, data)}
    except UnusableFileError as error:
        return {"reason": str(error)}
    except MemoryError:
        return {"reason": f"takes more than {MAX_MEMORY_BYTES} bytes of memory to convert"}


def _limit_memory() -> None:
    try:
        resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY_BYTES, MAX_MEMORY_BYTES))
    except (OSError, ValueError):
        return  # not every system can; the time limit still holds


if __name__ == "__main__":
    _limit_memory()
    with Connection(int(sys.argv[1])) as connection:
        serve(connection)
