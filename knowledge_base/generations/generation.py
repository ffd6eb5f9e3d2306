"""One immutable index generation, opened for reading.

A generation is a folder that nobody writes to any more:

    generations/<id>/
      manifest.json        what it holds, what it was built from and with, checksums of all files
      manifest.json.sha256 the checksum of that
      articles.jsonl       the articles, their bodies normalised
      chunks.jsonl         article, heading path and span of each chunk; its text is the body's
      facts.jsonl          the policy facts of each article
      names.json           how often the articles write what may be names of plans and products
      vectors.npy          unit vectors, in the order of the chunks
      keywords/            BM25 over the chunks
      chroma/              the chunks' vectors in Chroma
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from pydantic import BaseModel, ConfigDict, TypeAdapter

from knowledge_base.article import Article, Chunk
from knowledge_base.embedding.embedder import Vectors
from knowledge_base.errors import DamagedGenerationError, in_one_line
from knowledge_base.generations.files import (
    ARTICLES_FILE,
    CHUNKS_FILE,
    KEYWORDS_FOLDER,
    VECTORS_FILE,
    damage,
    is_served,
    read_manifest,
)
from knowledge_base.generations.manifest import Manifest
from knowledge_base.generations.publication import GENERATIONS
from knowledge_base.searching.keywords import KeywordIndex

ARTICLE = TypeAdapter(Article)


class ChunkRow(BaseModel):
    """A chunk as `chunks.jsonl` has it."""

    model_config = ConfigDict(frozen=True)

    article: str
    heading: tuple[str, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Generation:
    """A generation in memory.

    Its files are read, not mapped: a mapped file that is cut short ends the process that looks.
    """

    manifest: Manifest
    articles: Mapping[str, Article]
    """By id, in the order in which they were read."""
    chunks: tuple[Chunk, ...]
    """Grouped by article, in the order of the articles."""
    vectors: Vectors
    """One unit vector a chunk, in their order."""
    keywords: KeywordIndex
    """The words of the chunks, in their order."""

    @classmethod
    def open(cls, data_dir: Path, generation_id: str) -> "Generation":
        """Return the generation; every file that answering reads is compared with its checksum.

        Raises:
            DamagedGenerationError: A file is missing, isn't what was written, or can't be read.
        """
        folder = data_dir / GENERATIONS / generation_id
        return cls.read(folder, whole_manifest(folder))

    @classmethod
    def read(cls, folder: Path, manifest: Manifest) -> "Generation":
        """Return the generation in `folder`, which holds what `manifest` says.

        Raises:
            DamagedGenerationError: A file is missing or can't be read.
        """
        try:
            articles = read_articles(folder)
            return cls(
                manifest,
                articles,
                read_chunks(folder, articles),
                read_vectors(folder),
                KeywordIndex.load(folder / KEYWORDS_FOLDER),
            )
        except (OSError, ValueError, KeyError) as error:
            raise _damaged(folder, in_one_line(error)) from error

    @property
    def id(self) -> str:
        """The generation's name: when it was built, and a hash of what it was built from."""
        return self.manifest.id


def whole_manifest(folder: Path) -> Manifest:
    """Return the manifest of a generation, all that answering reads being as it was written.

    Raises:
        DamagedGenerationError: A file is missing or isn't what was written.
    """
    manifest = sealed_manifest(folder)
    for told in damage(folder, manifest, is_served):
        raise _damaged(folder, told)
    return manifest


def sealed_manifest(folder: Path) -> Manifest:
    """Return the manifest of a generation, whatever has become of its files.

    Raises:
        DamagedGenerationError: It is missing, isn't what was written, or can't be read.
    """
    try:
        return read_manifest(folder)
    except (OSError, ValueError, KeyError, AttributeError) as error:
        raise _damaged(folder, in_one_line(error)) from error


def read_articles(folder: Path) -> dict[str, Article]:
    """Return the articles of the generation in `folder`, by id."""
    with (folder / ARTICLES_FILE).open("rb") as lines:
        articles = [ARTICLE.validate_json(line) for line in lines]
    return {article.id: article for article in articles}


def read_chunks(folder: Path, articles: Mapping[str, Article]) -> tuple[Chunk, ...]:
    """Return the chunks of the generation in `folder`, cut out of its articles."""
    with (folder / CHUNKS_FILE).open("rb") as lines:
        return tuple(_chunk(ChunkRow.model_validate_json(line), articles) for line in lines)


def read_vectors(folder: Path) -> Vectors:
    """Return the vectors of the chunks of the generation in `folder`."""
    return np.asarray(np.load(folder / VECTORS_FILE), dtype=np.float32)


def _damaged(folder: Path, reason: str) -> DamagedGenerationError:
    return DamagedGenerationError(
        f"generation {folder.name} can't be read ({reason}); run `candor reindex`"
    )


def _chunk(row: ChunkRow, articles: Mapping[str, Article]) -> Chunk:
    body = articles[row.article].body
    if not 0 <= row.start < row.end <= len(body):
        raise ValueError(f"span {row.start}-{row.end} lies outside article {row.article}")
    return Chunk(row.article, row.heading, row.start, row.end, body[row.start : row.end])
