"""Progress as lines of JSON, for a program that watches."""

import json
from collections.abc import Callable

_SECONDS_BETWEEN = 0.2


class ProgressLines:
    """Writes `{"step": …, "done": …, "total": …}`, a few times a second at most; see `Progress`.

    A line has a `note` too where one was given for its step.
    """

    def __init__(self, write: Callable[[str], None], clock: Callable[[], float]) -> None:
        """Take where to write.

        Args:
            write: Takes a line, without its end.
            clock: Returns seconds that never go back.
        """
        self._write = write
        self._clock = clock
        self._step = ""
        self._done = 0
        self._total: int | None = None
        self._note = ""
        self._written = 0.0

    def begin(self, step: str, total: int | None) -> None:
        """Begin a step of `total` pieces, None where their number isn't known yet."""
        self._step, self._done, self._total, self._note = step, 0, total, ""
        self._tell()

    def advance(self, pieces: int = 1) -> None:
        """Count pieces of the present step as done."""
        self._done += pieces
        is_last = self._done == self._total
        if is_last or self._clock() - self._written >= _SECONDS_BETWEEN:
            self._tell()

    def note(self, text: str) -> None:
        """Say a few words with the lines from here on: what the step has cost so far."""
        self._note = text

    def _tell(self) -> None:
        self._written = self._clock()
        told = {"step": self._step, "done": self._done, "total": self._total}
        self._write(json.dumps(told | ({"note": self._note} if self._note else {})))
