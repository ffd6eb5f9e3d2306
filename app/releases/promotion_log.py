"""The log of promotions: who let what serve, when and why; lines are added and never changed."""

import os
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from app.errors import ReleaseError
from app.releases.pointer import Arm

LOG = "promotions.jsonl"


class Act(StrEnum):
    """What was done."""

    PROMOTE = "promote"
    ROLL_BACK = "rollback"
    FREEZE = "freeze"
    THAW = "thaw"


class Entry(BaseModel):
    """One line of the log."""

    model_config = ConfigDict(frozen=True)

    at: datetime
    act: Act
    who: str
    why: str = ""
    release: str | None = None
    arms: tuple[Arm, ...] | None = None
    """What was to serve from then on; None where that wasn't touched."""
    run: str | None = None
    """The run that let it through."""
    override: str | None = None
    """Why it was promoted without a gate that passes."""


class PromotionLog:
    """The log of one folder; the caller keeps others from writing at once."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / LOG

    def add(self, entry: Entry) -> None:
        """Add a line, on disk when this returns.

        Raises:
            ReleaseError: The file can't be written.
        """
        line = entry.model_dump_json(exclude_none=True).encode() + b"\n"
        try:
            with self._file.open("ab") as stream:
                stream.write(line)
                stream.flush()
                os.fsync(stream.fileno())
        except OSError as error:
            raise ReleaseError(
                f"{self._file} can't be written ({error.strerror}); nothing was changed"
            ) from error

    def entries(self) -> tuple[Entry, ...]:
        """Return all lines, the latest first; what a loss of power cut is left out.

        Raises:
            ReleaseError: A whole line can't be read.
        """
        if not self._file.is_file():
            return ()
        whole = self._file.read_bytes().split(b"\n")[:-1]
        try:
            entries = [Entry.model_validate_json(line) for line in whole if line.strip()]
        except ValidationError as error:
            raise ReleaseError(f"{self._file} holds a line that is no entry") from error
        return tuple(reversed(entries))
