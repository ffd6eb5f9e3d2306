"""The generation that serves, as far as a reindex builds on it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from knowledge_base.article import Article, Chunk
from knowledge_base.embedding.embedder import Vectors
from knowledge_base.errors import DamagedGenerationError, NoGenerationError
from knowledge_base.generations.files import CHROMA_FOLDER, KEYWORDS_FOLDER, damage, is_served
from knowledge_base.generations.generation import (
    read_articles,
    read_chunks,
    read_vectors,
    sealed_manifest,
)
from knowledge_base.generations.ledger import WrittenFacts, written_facts
from knowledge_base.generations.manifest import Manifest
from knowledge_base.generations.publication import GENERATIONS
from knowledge_base.generations.serving import Serving
from knowledge_base.searching.keywords import KeywordIndex

_NOWHERE = slice(0, 0)


class Earlier:
    """A generation whose parts are read when they are asked for."""

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        self.folder = folder
        self.manifest = manifest

    @cached_property
    def articles(self) -> Mapping[str, Article]:
        """Its articles by id."""
        return read_articles(self.folder)

    @cached_property
    def facts(self) -> WrittenFacts:
        """The policy facts of its articles, by their ids."""
        return written_facts(self.folder, self.manifest.articles)

    @cached_property
    def chunks(self) -> tuple[Chunk, ...]:
        """Its chunks, grouped by article."""
        return read_chunks(self.folder, self.articles)

    @cached_property
    def spans(self) -> Mapping[str, slice]:
        """Where among the chunks those of each article stand."""
        spans: dict[str, slice] = {}
        for place, chunk in enumerate(self.chunks):
            start = spans[chunk.article_id].start if chunk.article_id in spans else place
            spans[chunk.article_id] = slice(start, place + 1)
        return spans

    def span_of(self, article_id: str) -> slice:
        """Return where the chunks of an article stand, an empty one where it has none."""
        return self.spans.get(article_id, _NOWHERE)

    def chunks_of(self, article_id: str) -> tuple[Chunk, ...]:
        """Return the chunks of an article, none where it has none."""
        return self.chunks[self.span_of(article_id)]

    @cached_property
    def vectors(self) -> Vectors:
        """The vectors of its chunks."""
        return read_vectors(self.folder)

    @cached_property
    def keywords(self) -> KeywordIndex:
        """The words of its chunks."""
        return KeywordIndex.load(self.folder / KEYWORDS_FOLDER)

    @property
    def chroma_folder(self) -> Path:
        """Where its vector index lies."""
        return self.folder / CHROMA_FOLDER


@dataclass(frozen=True, slots=True)
class Compared:
    """What a new generation is compared with."""

    earlier: Earlier | None
    """The generation that serves; None where there is none."""
    damage: str | None = None
    """Why what is published can't be built upon, in one line; None where it can be."""


def open_earlier(data_dir: Path) -> Compared:
    """Return the generation that serves in the data folder, all its files compared.

    Those that answering reads are compared where it is found out which one serves.
    """
    try:
        served = Serving(data_dir).current()
        folder = data_dir / GENERATIONS / served.generation
        manifest = sealed_manifest(folder)
    except NoGenerationError:
        return Compared(None)
    except DamagedGenerationError as damaged:
        return Compared(None, str(damaged))
    damaged_file = next(damage(folder, manifest, _only_checked), None)
    return Compared(Earlier(folder, manifest), served.instead_of or damaged_file)


def _only_checked(name: str) -> bool:
    return not is_served(name)
