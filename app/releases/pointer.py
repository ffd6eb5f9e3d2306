"""The pointer to the releases that serve: one file, replaced by one rename.

A reader sees the old pointer or the new one. It also holds those that served before, the latest
last, which is the way back; the first of them is `()`, where nothing had been promoted yet.
"""

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from app.errors import ReleaseError
from knowledge_base.whole_files import replace_file

SERVING = "serving.json"
REACH = 5
"""How many promotions a rollback can take back; what they pin isn't pruned."""


class Arm(BaseModel):
    """A release that serves, with its share of the conversations."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    release: str
    weight: float = Field(gt=0, le=1, allow_inf_nan=False)


class Serving(BaseModel):
    """What `serving.json` holds."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    arms: tuple[Arm, ...] = ()
    """The releases that serve side by side; none where no release decides."""
    before: tuple[tuple[Arm, ...], ...] = ()
    """What served before, oldest first."""

    @property
    def releases(self) -> tuple[str, ...]:
        """Ids of the releases that serve."""
        return tuple(arm.release for arm in self.arms)

    @property
    def within_reach(self) -> tuple[str, ...]:
        """Ids of the releases that serve, and of those that a rollback can go back to."""
        sets = (self.arms, *reversed(self.before))
        return tuple(dict.fromkeys(arm.release for arms in sets for arm in arms))

    def in_order(self, first: str | None = None) -> tuple[str, ...]:
        """Return `first`, what serves by weight, then what served before, the latest first.

        Where one can't be opened, the next one answers; empty where no release decides.
        """
        if not self.arms:
            return ()
        by_weight = sorted(self.arms, key=lambda arm: arm.weight, reverse=True)
        wanted = (first,) if first in self.releases else ()
        names = (*wanted, *(arm.release for arm in by_weight), *self.within_reach)
        return tuple(dict.fromkeys(filter(None, names)))

    def followed_by(self, arms: tuple[Arm, ...]) -> "Serving":
        """Return what serves after a promotion."""
        if arms == self.arms:
            return self
        return Serving(arms=arms, before=(*self.before, self.arms)[-REACH:])

    def taken_back(self) -> "Serving":
        """Return what serves after a rollback.

        Raises:
            ReleaseError: Nothing served before.
        """
        if not self.before:
            raise ReleaseError("no release served before this one; nothing to go back to")
        return Serving(arms=self.before[-1], before=self.before[:-1])


def read_serving(folder: Path) -> Serving | None:
    """Return what the pointer says, None where there is no pointer.

    Raises:
        ReleaseError: It can't be read.
    """
    pointer = folder / SERVING
    try:
        return Serving.model_validate_json(pointer.read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValidationError) as error:
        raise ReleaseError(f"{pointer} names no release") from error


def write_serving(folder: Path, serving: Serving) -> None:
    """Let the pointer say what serves from now on; the caller holds `locked(folder)`.

    Raises:
        ReleaseError: It can't be written; the one before it stays.
    """
    try:
        replace_file(folder / SERVING, serving.model_dump_json().encode())
    except OSError as error:
        raise ReleaseError(
            f"{folder / SERVING} can't be written ({error.strerror}); what served before, serves"
        ) from error
