"""The pointer to the generation that serves, and to those that served before it.

`current.json` in the data folder is replaced by one rename: a reader sees the old pointer or the
new one. Two that write it at once wait for each other on the data folder's lock.
"""

import json
import re
from collections.abc import Callable
from functools import partial
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from knowledge_base.errors import (
    DamagedGenerationError,
    NoGenerationError,
    StorageError,
    UnknownGenerationError,
    in_one_line,
)
from knowledge_base.failpoints import Failpoints, NoFailpoints, Step
from knowledge_base.whole_files import locked, replace_file

GENERATIONS = "generations"
CURRENT = "current.json"

_ID = re.compile(r"[0-9]{8}T[0-9]{9}Z-[0-9a-f]{8}")


class Publication(BaseModel):
    """What `current.json` holds."""

    model_config = ConfigDict(frozen=True)

    generation: str
    """Id of the generation that serves."""
    before: tuple[str, ...] = ()
    """Ids of those published before it, oldest first; a rollback goes to the last of them."""

    def followed_by(self, generation_id: str) -> "Publication":
        """Return the publication after this one, of the generation given."""
        if generation_id == self.generation:
            return self
        return Publication(generation=generation_id, before=(*self.before, self.generation))

    def taken_back_to(self, generation_id: str) -> "Publication":
        """Return the publication that serves an earlier generation again."""
        if generation_id not in self.before:
            return self.followed_by(generation_id)
        place = self.before.index(generation_id)
        return Publication(generation=generation_id, before=self.before[:place])


def is_generation_id(name: str) -> bool:
    """Whether `name` can be the id of a generation."""
    return _ID.fullmatch(name) is not None


def read_publication(data_dir: Path) -> Publication:
    """Return what serves, and what served before.

    Raises:
        NoGenerationError: None has been published.
        DamagedGenerationError: The pointer can't be read.
    """
    pointer = data_dir / CURRENT
    try:
        publication = Publication.model_validate_json(pointer.read_bytes())
    except FileNotFoundError as error:
        raise NoGenerationError(
            f"there is no index in {data_dir} yet; run `candor reindex`"
        ) from error
    except ValidationError as error:
        raise DamagedGenerationError(
            f"{pointer} names no generation; run `candor reindex`"
        ) from error
    except OSError as error:
        raise DamagedGenerationError(
            f"{pointer} can't be read ({in_one_line(error)}); run `candor reindex`"
        ) from error
    if not all(map(is_generation_id, (publication.generation, *publication.before))):
        raise DamagedGenerationError(f"{pointer} names no generation; run `candor reindex`")
    return publication


def current_generation_id(data_dir: Path) -> str:
    """Return the id of the generation that is published.

    Raises:
        NoGenerationError: None has been published.
        DamagedGenerationError: The pointer can't be read.
    """
    return read_publication(data_dir).generation


def publish(
    data_dir: Path, generation_id: str, failpoints: Failpoints | None = None
) -> Publication:
    """Let the generation serve from now on, and return what is published.

    Raises:
        StorageError: The pointer can't be written; the one before it stays.
    """
    return _replace(
        data_dir,
        lambda before: (
            before.followed_by(generation_id) if before else Publication(generation=generation_id)
        ),
        failpoints or NoFailpoints(),
    )


def take_back(data_dir: Path, generation_id: str | None = None) -> Publication:
    """Let an earlier generation serve again, by default the one published before this one.

    Raises:
        NoGenerationError: Nothing has been published yet.
        UnknownGenerationError: There is no such generation, or none before this one.
        StorageError: The pointer can't be written; the one before it stays.
    """

    def earlier(_: Publication | None) -> Publication:
        wanted = target_of_rollback(data_dir, generation_id)
        return read_publication(data_dir).taken_back_to(wanted)

    return _replace(data_dir, earlier, NoFailpoints())


def target_of_rollback(data_dir: Path, generation_id: str | None = None) -> str:
    """Return the generation that a rollback goes to: `generation_id`, or the one before.

    Raises:
        NoGenerationError: Nothing has been published yet.
        UnknownGenerationError: There is no such generation, or none before this one.
    """
    published = read_publication(data_dir)
    kept = [one for one in published.before if _is_kept(data_dir, one)]
    wanted = generation_id or next(reversed(kept), None)
    if wanted is None:
        raise UnknownGenerationError(
            f"no generation was published before {published.generation}; nothing to go back to"
        )
    if not is_generation_id(wanted) or not _is_kept(data_dir, wanted):
        raise UnknownGenerationError(
            f"there is no generation {wanted}; `candor generations list` shows those there are"
        )
    return wanted


def _replace(
    data_dir: Path, change: Callable[[Publication | None], Publication], failpoints: Failpoints
) -> Publication:
    pointer = data_dir / CURRENT
    try:
        with locked(data_dir):
            publication = change(_readable(data_dir))
            content = json.dumps(publication.model_dump(mode="json")).encode()
            replace_file(pointer, content, partial(failpoints.reach, Step.POINTER_WRITTEN))
    except OSError as error:
        raise StorageError(
            f"{pointer} can't be written ({error.strerror}); the generation before it still serves"
        ) from error
    failpoints.reach(Step.PUBLISHED)
    return publication


def _is_kept(data_dir: Path, generation_id: str) -> bool:
    return (data_dir / GENERATIONS / generation_id).is_dir()


def _readable(data_dir: Path) -> Publication | None:
    """Return what is published, or None where the pointer is missing or damaged."""
    try:
        return read_publication(data_dir)
    except (NoGenerationError, DamagedGenerationError):
        return None
