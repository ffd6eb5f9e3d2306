"""One immutable index generation, opened for reading, and the pointer to the one that serves.

A generation is a folder that nobody writes to any more:

    generations/<id>/
      manifest.json        what it holds, what it was built from, and with what
      articles.jsonl       the articles, their bodies normalised
      chunks.jsonl         article, heading path and span of each chunk; its text is the body's
      vectors.npy          unit vectors, in the order of the chunks
      keywords/            BM25 over the chunks
      chroma/              the chunks' vectors in Chroma

`current.json` in the data folder names the generation that serves.
"""

import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from pydantic import BaseModel, ConfigDict, TypeAdapter

from knowledge_base.article import Article, Chunk
from knowledge_base.embedding import Vectors
from knowledge_base.errors import (
    DamagedGenerationError,
    NoGenerationError,
    StorageError,
    in_one_line,
)
from knowledge_base.keywords import KeywordIndex
from knowledge_base.manifest import FORMAT, Manifest
from knowledge_base.search_texts import RECIPE

GENERATIONS = "generations"
CURRENT = "current.json"

MANIFEST_FILE = "manifest.json"
ARTICLES_FILE = "articles.jsonl"
CHUNKS_FILE = "chunks.jsonl"
VECTORS_FILE = "vectors.npy"
KEYWORDS_FOLDER = "keywords"
CHROMA_FOLDER = "chroma"

ARTICLE = TypeAdapter(Article)

_ID = re.compile(r"[0-9]{8}T[0-9]{9}Z-[0-9a-f]{8}")


class ChunkRow(BaseModel):
    """A chunk as `chunks.jsonl` has it."""

    model_config = ConfigDict(frozen=True)

    article: str
    heading: tuple[str, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Generation:
    """A generation in memory; its vectors and keyword indexes are mapped from their files."""

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
        """Return the generation, its files compared with the manifest in number and size.

        Raises:
            DamagedGenerationError: A file is missing, cut short, or can't be read.
        """
        return cls.open_folder(data_dir / GENERATIONS / generation_id)

    @classmethod
    def open_folder(cls, folder: Path) -> "Generation":
        """Return the generation in `folder`; see `open`."""
        try:
            manifest = _read_manifest(folder)
            articles = _read_articles(folder)
            return cls(
                manifest,
                articles,
                _read_chunks(folder, articles),
                np.asarray(np.load(folder / VECTORS_FILE, mmap_mode="r")),
                KeywordIndex.load(folder / KEYWORDS_FOLDER),
            )
        except (OSError, ValueError, KeyError) as error:
            raise DamagedGenerationError(
                f"generation {folder.name} can't be read ({in_one_line(error)}); "
                "run `candor reindex`"
            ) from error

    @property
    def id(self) -> str:
        """The generation's name: when it was built, and a hash of what it was built from."""
        return self.manifest.id


def current_generation_id(data_dir: Path) -> str:
    """Return the id of the generation that serves.

    Raises:
        NoGenerationError: None has been published.
        DamagedGenerationError: The pointer can't be read.
    """
    pointer = data_dir / CURRENT
    try:
        generation_id = json.loads(pointer.read_text("utf-8"))["generation"]
    except FileNotFoundError as error:
        raise NoGenerationError(
            f"there is no index in {data_dir} yet; run `candor reindex`"
        ) from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DamagedGenerationError(
            f"{pointer} can't be read ({error}); run `candor reindex`"
        ) from error
    if not isinstance(generation_id, str) or not _ID.fullmatch(generation_id):
        raise DamagedGenerationError(f"{pointer} names no generation; run `candor reindex`")
    return generation_id


def publish(data_dir: Path, generation_id: str) -> None:
    """Let the generation serve from now on: one atomic rename onto the pointer.

    Raises:
        StorageError: The pointer can't be written; the one before it stays.
    """
    pointer = data_dir / CURRENT
    draft = data_dir / f".{CURRENT}.{os.getpid()}"
    try:
        with draft.open("w", encoding="utf-8") as stream:
            json.dump({"generation": generation_id}, stream)
            stream.flush()
            os.fsync(stream.fileno())
        draft.replace(pointer)
        sync_folder(data_dir)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise StorageError(
            f"{pointer} can't be written ({error.strerror}); the generation before it still serves"
        ) from error


def sync_folder(folder: Path) -> None:
    """Make the names in `folder` survive a loss of power."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _read_manifest(folder: Path) -> Manifest:
    text = (folder / MANIFEST_FILE).read_text("utf-8")
    if json.loads(text).get("format") != FORMAT:
        raise ValueError("it was built by another version of Candor")
    manifest = Manifest.model_validate_json(text)
    if manifest.recipe != RECIPE:
        raise ValueError(f"it was built by the recipe {manifest.recipe}, this is {RECIPE}")
    for name, expected in manifest.files.items():
        size = (folder / name).stat().st_size
        if size != expected.bytes:
            raise ValueError(f"{name} has {size} bytes instead of {expected.bytes}")
    return manifest


def _read_articles(folder: Path) -> dict[str, Article]:
    with (folder / ARTICLES_FILE).open("rb") as lines:
        articles = [ARTICLE.validate_json(line) for line in lines]
    return {article.id: article for article in articles}


def _read_chunks(folder: Path, articles: Mapping[str, Article]) -> tuple[Chunk, ...]:
    with (folder / CHUNKS_FILE).open("rb") as lines:
        return tuple(_chunk(ChunkRow.model_validate_json(line), articles) for line in lines)


def _chunk(row: ChunkRow, articles: Mapping[str, Article]) -> Chunk:
    body = articles[row.article].body
    if not 0 <= row.start < row.end <= len(body):
        raise ValueError(f"span {row.start}-{row.end} lies outside article {row.article}")
    return Chunk(row.article, row.heading, row.start, row.end, body[row.start : row.end])
