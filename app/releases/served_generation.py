"""The generation whose articles are shown: that of the release that serves most, if any does."""

import logging
from pathlib import Path

from app.errors import NotFoundError, ReleaseError
from app.releases.current_serving import ServingPointer
from app.releases.store import RELEASES, Releases
from knowledge_base.errors import DamagedGenerationError
from knowledge_base.generations.generation import whole_manifest
from knowledge_base.generations.publication import GENERATIONS
from knowledge_base.generations.serving import Served, Serving

_logger = logging.getLogger(__name__)


class ServedGeneration:
    """Says which generation of a data folder answers; for many threads."""

    def __init__(self, data_dir: Path) -> None:
        self._generations = data_dir / GENERATIONS
        self._releases = Releases(data_dir)
        self._pointer = ServingPointer(data_dir / RELEASES)
        self._published = Serving(data_dir)
        self._whole: dict[str, Served] = {}

    def current(self) -> Served:
        """Return the generation of the release that most conversations get, if it is whole.

        Where it isn't, that of the next one which serves or served is; without releases, it is
        the published one.

        Raises:
            NoGenerationError: Nothing has been published yet.
            DamagedGenerationError: There is no whole generation.
            ReleaseError: What serves can't be read.
        """
        candidates = self._pointer.current().in_order()
        if not candidates:
            return self._published.current()
        first = candidates[0]
        if first not in self._whole:
            self._whole[first] = self._first_whole(candidates)
        return self._whole[first]

    def _first_whole(self, candidates: tuple[str, ...]) -> Served:
        reason: str | None = None
        for name in candidates:
            try:
                generation = self._releases.release(name).pinned.generation
                whole_manifest(self._generations / generation)
            except (NotFoundError, ReleaseError, DamagedGenerationError) as error:
                reason = reason or f"release {name}: {error}"
                _logger.warning("%s; another release serves instead", reason)
            else:
                return Served(generation, reason)
        raise DamagedGenerationError(reason or "no release serves")
