"""Which generation serves: the published one, or the newest whole one before it.

A damaged generation never answers. What was found is remembered until another one is published,
so that asking again costs one read of the pointer.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from knowledge_base.errors import DamagedGenerationError
from knowledge_base.generations.files import MANIFEST_FILE
from knowledge_base.generations.generation import whole_manifest
from knowledge_base.generations.publication import (
    GENERATIONS,
    Publication,
    is_generation_id,
    read_publication,
)

_logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Served:
    """The generation that serves."""

    generation: str
    instead_of: str | None = None
    """Why it isn't the published one, in one line; None where it is."""


class Serving:
    """Says which generation of a data folder serves; for many threads."""

    def __init__(self, data_dir: Path) -> None:
        self._data_dir = data_dir
        self._lock = Lock()
        self._published: Publication | None = None
        self._served: Served | None = None

    def current(self) -> Served:
        """Return the published generation, or the newest whole one published before it.

        Raises:
            NoGenerationError: Nothing has been published yet.
            DamagedGenerationError: There is no whole generation.
        """
        with self._lock:
            try:
                published = read_publication(self._data_dir)
            except DamagedGenerationError as damage:
                return self._served or self._first_whole(_by_age(self._data_dir), str(damage))
            if self._served is None or published != self._published:
                self._served = self._first_whole(_by_turn(published))
                self._published = published
            return self._served

    def generation_id(self) -> str:
        """Return the id of `current`."""
        return self.current().generation

    def _first_whole(self, candidates: Iterator[str], reason: str | None = None) -> Served:
        for generation_id in candidates:
            try:
                whole_manifest(self._data_dir / GENERATIONS / generation_id)
            except DamagedGenerationError as damage:
                reason = reason or str(damage)
                continue
            if reason:
                _logger.warning("%s; generation %s serves instead", reason, generation_id)
            return Served(generation_id, reason)
        raise DamagedGenerationError(reason or f"{self._data_dir} holds no whole generation")


def _by_turn(publication: Publication) -> Iterator[str]:
    """Yield what is published, then what was before, the latest first."""
    yield publication.generation
    yield from reversed(publication.before)


def _by_age(data_dir: Path) -> Iterator[str]:
    """Yield all generations, the newest first: where the pointer is lost, nothing else is known."""
    found = (data_dir / GENERATIONS).glob(f"*/{MANIFEST_FILE}")
    names = (path.parent.name for path in found)
    yield from sorted(filter(is_generation_id, names), reverse=True)
