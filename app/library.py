"""The library: the published generation, opened for answering, and reopened when a new one comes.

A question is answered from the generation that it began with, whatever is published meanwhile.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from threading import Lock
from typing import Protocol

import structlog

from app.answering.answer_cache import AnswerCache
from app.answering.answerer import Answerer
from app.grounding.grounds import Grounds
from app.releases.release import UNRELEASED
from knowledge_base.article import Chunk
from knowledge_base.errors import KnowledgeBaseError
from knowledge_base.scope import Scopes
from knowledge_base.searching.search import SearchResult

_log = structlog.get_logger(__name__)


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
    quoter: Answerer | None = None
    """Who answers in its place where a budget lets no model write; None where nobody does."""
    cache: AnswerCache | None = None
    """Drafts that held in this generation and release; None where none are remembered."""
    chunks: Mapping[str, Sequence[Chunk]] = field(default_factory=dict)
    """By article, where those beside a found one are read too; a chat model is spared them."""
    grounds: Grounds = field(default_factory=Grounds.of)
    """What the gate judges its answers' sentences by."""
    release: str = UNRELEASED
    """Id of the release that it is a part of; `unreleased-…` where none was promoted."""


class Library(Protocol):
    """Hands out the generation that is published now."""

    def current(self) -> OpenGeneration:
        """Return the published generation, opened.

        Raises:
            NoGenerationError: Nothing has been published yet.
            DamagedGenerationError: Its files don't agree with its manifest.
        """
        ...


class PinnedLibrary:
    """Has the one generation that a release pins."""

    def __init__(self, opened: OpenGeneration) -> None:
        self._opened = opened

    def current(self) -> OpenGeneration:
        """Return it, whatever is published."""
        return self._opened


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
        """Return the published generation, opened; see `Library`.

        Where a new one can't be opened, the one before it goes on answering.
        """
        with self._lock:
            try:
                published = self._published_id()
                if self._opened is None or self._opened.id != published:
                    self._opened = self._open(published)
            except KnowledgeBaseError as error:
                if self._opened is None:
                    raise
                _log.warning("generation_not_opened", serving=self._opened.id, reason=str(error))
            return self._opened
