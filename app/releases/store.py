"""The releases of a data folder.

They lie below `releases/`: each as `r1-1a2b3c4d.json`, written once; which of them serve and served
before in `serving.json`; why nothing may be promoted, where nothing may, in `frozen.json`; and who
let what serve in `promotions.jsonl`.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from app.errors import NotFoundError, ReleaseError
from app.releases.current_serving import serving_now
from app.releases.pointer import Serving
from app.releases.promotion_log import Act, Entry, PromotionLog
from app.releases.release import (
    RELEASE,
    Evaluation,
    Pinned,
    Release,
    is_release_id,
    release_id,
)
from knowledge_base.whole_files import locked, replace_file

RELEASES = "releases"

_FROZEN = "frozen.json"


class Freeze(BaseModel):
    """Why nothing may be promoted."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    reason: str
    since: datetime


class Releases:
    """The releases of one data folder; safe for several processes at once."""

    def __init__(
        self, data_dir: Path, now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self.folder = data_dir / RELEASES
        self._now = now

    def create(
        self, pinned: Pinned, *, evaluation: Evaluation | None = None, note: str = ""
    ) -> Release:
        """Keep a set as a release, and return it; the one that it is already, where it is one.

        Raises:
            ReleaseError: The folder can't be written.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        with locked(self.folder):
            listed = self.listed()
            for one in listed:
                if one.pinned == pinned:
                    return one
            number = max((one.number for one in listed), default=0) + 1
            release = Release(release_id(number, pinned), self._now(), pinned, evaluation, note)
            self._write(f"{release.id}.json", RELEASE.dump_json(release, indent=2))
        return release

    def listed(self) -> tuple[Release, ...]:
        """Return all releases, the newest first.

        Raises:
            ReleaseError: One of them can't be read.
        """
        names = (path.stem for path in self.folder.glob("r*.json"))
        found = [self.release(name) for name in names if is_release_id(name)]
        return tuple(sorted(found, key=lambda one: one.number, reverse=True))

    def release(self, name: str) -> Release:
        """Return one release.

        Raises:
            NotFoundError: There is no such release.
            ReleaseError: Its file isn't what was written.
        """
        path = self.folder / f"{name}.json"
        if not is_release_id(name) or not path.is_file():
            raise NotFoundError(
                f"there is no release {name}; `candor release list` shows those there are"
            )
        try:
            release = RELEASE.validate_json(path.read_bytes())
        except (OSError, ValidationError) as error:
            raise ReleaseError(f"{path} can't be read: restore it, or create it anew") from error
        if release.id != name or release_id(release.number, release.pinned) != name:
            raise ReleaseError(f"{path} isn't what was written: restore it, or create it anew")
        return release

    def serving(self) -> Serving:
        """Return what serves, and what served before.

        Raises:
            ReleaseError: The pointer can't be read, and nothing is on record.
        """
        return serving_now(self.folder)

    def freeze(self, reason: str, who: str = "candor") -> Freeze:
        """Let nothing be promoted until `thaw`, and return why; the log of promotions tells it.

        Raises:
            ReleaseError: The folder can't be written.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        frozen = Freeze(reason=reason, since=self._now())
        with locked(self.folder):
            self._write(_FROZEN, frozen.model_dump_json().encode())
            self._note(Act.FREEZE, who, reason)
        return frozen

    def frozen(self) -> Freeze | None:
        """Return why nothing may be promoted, None where it may; a damaged note freezes."""
        try:
            return Freeze.model_validate_json((self.folder / _FROZEN).read_bytes())
        except FileNotFoundError:
            return None
        except (OSError, ValidationError):
            return Freeze(reason=f"{self.folder / _FROZEN} can't be read", since=self._now())

    def thaw(self, why: str = "", who: str = "candor") -> None:
        """Let releases be promoted again; the log of promotions tells it."""
        if self.frozen() is None:
            return
        with locked(self.folder):
            self._note(Act.THAW, who, why)
            (self.folder / _FROZEN).unlink(missing_ok=True)

    def log(self) -> tuple[Entry, ...]:
        """Return who let what serve, the latest first.

        Raises:
            ReleaseError: The log can't be read.
        """
        return PromotionLog(self.folder).entries()

    def _note(self, act: Act, who: str, why: str) -> None:
        PromotionLog(self.folder).add(Entry(at=self._now(), act=act, who=who, why=why))

    def _write(self, name: str, content: bytes) -> None:
        try:
            replace_file(self.folder / name, content)
        except OSError as error:
            raise ReleaseError(
                f"{self.folder / name} can't be written ({error.strerror}): make room"
            ) from error
