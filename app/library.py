"""The library: the published generation, opened for answering, and reopened when a new one comes.

A question is answered from the generation that it began with, whatever is published meanwhile.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from threading import Lock
from typing import Protocol

from app.answering.answerer import Answerer
from app.scope import Scopes
from knowledge_base.search import SearchResult


class Search(Protocol):
    """Finds passages in one generation."""

    def search(
        self, query: str, *, limit: int = 10, at: date, scope: Mapping[str, str] | None = None
    ) -> SearchResult:
        """Return the best passages and articles for `query`, best first."""
        ...


@dataclass(frozen=True, slots=True)
class OpenGeneration:
    """One generation with all that answering from it takes."""

    id: str
    search: Search
    scopes: Scopes
    answerer: Answerer


class Library(Protocol):
    """Hands out the generation that is published now."""

    def current(self) -> OpenGeneration:
        """Return the published generation, opened.

        Raises:
            NoGenerationError: Nothing has been published yet.
            DamagedGenerationError: Its files don't agree with its manifest.
        """
        ...


class PublishedLibrary:
    """Opens the published generation once, and again when another one is published."""

    def __init__(
        self, published_id: Callable[[], str], open_generation: Callable[[str], OpenGeneration]
    ) -> None:
        self._published_id = published_id
        self._open = open_generation
        self._opened: OpenGeneration | None = None
        self._lock = Lock()

    def current(self) -> OpenGeneration:
        """Return the published generation, opened; see `Library`."""
        published = self._published_id()
        with self._lock:
            if self._opened is None or self._opened.id != published:
                self._opened = self._open(published)
            return self._opened
