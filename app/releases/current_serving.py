"""What serves now: what the pointer says, or else what is on record of it.

A pointer that can't be read, or is gone, changes nothing for a process that runs: what it read last
goes on. A process that starts takes what the log of promotions tells, which is written first.
"""

import logging
from collections.abc import Iterable
from pathlib import Path
from threading import Lock

from app.errors import ReleaseError
from app.releases.pointer import SERVING, Serving, read_serving
from app.releases.promotion_log import LOG, Act, Entry, PromotionLog

_Stamp = tuple[int, int, int] | None
_logger = logging.getLogger(__name__)


class ServingPointer:
    """Follows the pointer of a folder, read again only when it was replaced; for many threads."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = Lock()
        self._stamp: _Stamp = None
        self._read: Serving | None = None

    def current(self) -> Serving:
        """Return what serves now; takes one look at the file's stamp where nothing changed.

        Raises:
            ReleaseError: The pointer can't be read and never could, and nothing is on record.
        """
        with self._lock:
            stamp = _stamp_of(self._folder / SERVING)
            if self._read is None or stamp != self._stamp:
                self._read = self._read_again()
                self._stamp = stamp
            return self._read

    def _read_again(self) -> Serving:
        if self._read is None:
            return serving_now(self._folder)
        try:
            found = read_serving(self._folder)
        except ReleaseError as error:
            _logger.warning("%s; what served before goes on", error)
            return self._read
        if found is None:
            _logger.warning("%s is gone; what served before goes on", self._folder / SERVING)
        return found or self._read


def serving_now(folder: Path) -> Serving:
    """Return what serves: nothing where no release was ever promoted.

    Raises:
        ReleaseError: The pointer can't be read, and the log of promotions tells of none.
    """
    try:
        found, fault = read_serving(folder), f"{folder / SERVING} is gone"
    except ReleaseError as error:
        found, fault = None, str(error)
    return found or _recovered(folder, fault)


def served_by(entries: Iterable[Entry]) -> Serving | None:
    """Return what serves after these entries, the oldest first; None where none touched that."""
    serving: Serving | None = None
    for entry in entries:
        if entry.arms is None:
            continue
        before = serving or Serving()
        taken_back = Serving(arms=entry.arms, before=before.before[:-1])
        serving = taken_back if entry.act is Act.ROLL_BACK else before.followed_by(entry.arms)
    return serving


def _recovered(folder: Path, fault: str) -> Serving:
    try:
        recorded = served_by(reversed(PromotionLog(folder).entries()))
    except ReleaseError as error:
        raise ReleaseError(_told_what_to_do(folder, fault)) from error
    if recorded is not None:
        _logger.warning("%s; what %s tells serves", fault, folder / LOG)
        return recorded
    try:  # the first promotion of all may have written it meanwhile
        return read_serving(folder) or Serving()
    except ReleaseError as error:
        raise ReleaseError(_told_what_to_do(folder, fault)) from error


def _told_what_to_do(folder: Path, fault: str) -> str:
    return (
        f"{fault}, and {folder / LOG} doesn't tell what served: move both away, "
        "then promote a release with `candor release promote`"
    )


def _stamp_of(pointer: Path) -> _Stamp:
    try:
        status = pointer.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_ino, status.st_size
