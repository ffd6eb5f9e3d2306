"""Converting documents in another process, so that none can hang or blow up this one."""

import json
import multiprocessing
import subprocess
import sys
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Self

from ingestion.errors import UnusableFileError

_WORKER = "ingestion.documents.worker"


class DocumentConverter:
    """Converts documents one by one, in a process that starts with the first of them."""

    def __init__(self, max_seconds: float = 60.0) -> None:
        self._max_seconds = max_seconds
        self._process: subprocess.Popen[bytes] | None = None
        self._asked: Connection | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._stop()

    def __call__(self, path: str, data: bytes) -> str:
        """Return the text of a document, as `ingestion.documents.formats.convert` does.

        Raises:
            UnusableFileError: It can't be converted, or not within the time and memory allowed.
        """
        try:
            answer = self._answer(path, data)
        except (EOFError, OSError) as error:
            self._stop()
            raise UnusableFileError("the converter broke down over it") from error
        if "reason" in answer:
            raise UnusableFileError(answer["reason"])
        return answer["text"]

    def _answer(self, path: str, data: bytes) -> dict[str, str]:
        asked = self._connection()
        asked.send_bytes(path.encode("utf-8", "replace"))
        asked.send_bytes(data)
        if not asked.poll(self._max_seconds):
            self._stop()
            raise UnusableFileError(f"takes more than {self._max_seconds:g} seconds to convert")
        return dict(json.loads(asked.recv_bytes()))

    def _connection(self) -> Connection:
        if self._asked is None:
            self._asked, theirs = multiprocessing.Pipe()
            with theirs:
                self._process = subprocess.Popen(  # noqa: S603 — this project's own module
                    [sys.executable, "-P", "-m", _WORKER, str(theirs.fileno())],
                    pass_fds=[theirs.fileno()],
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                )
        return self._asked

    def _stop(self) -> None:
        if self._asked is not None:
            self._asked.close()
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        self._asked = self._process = None
