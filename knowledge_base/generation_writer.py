"""Writing a generation: in a scratch folder, made durable, then given its name by one rename."""

import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np

from knowledge_base.article import Article, Chunk
from knowledge_base.embedding import Vectors
from knowledge_base.generation import (
    ARTICLE,
    ARTICLES_FILE,
    CHROMA_FOLDER,
    CHUNKS_FILE,
    GENERATIONS,
    KEYWORDS_FOLDER,
    MANIFEST_FILE,
    VECTORS_FILE,
    ChunkRow,
    sync_folder,
)
from knowledge_base.keywords import KeywordIndex
from knowledge_base.manifest import Ingredients, Manifest, ManifestFile
from knowledge_base.search_texts import RECIPE

_SCRATCH = ".building-"


class GenerationWriter:
    """Builds one generation in a scratch folder that vanishes unless it is kept.

    Only one may be at work in a data folder: it clears away what a killed one left behind.
    """

    def __init__(self, data_dir: Path, ingredients: Ingredients, created: datetime) -> None:
        self._generations = data_dir / GENERATIONS
        self._ingredients = ingredients
        self._created = created
        self.folder = self._generations / f"{_SCRATCH}{os.getpid()}"
        """Where the generation lies while it is built."""

    def __enter__(self) -> Self:
        self._generations.mkdir(parents=True, exist_ok=True)
        for left_behind in self._generations.glob(f"{_SCRATCH}*"):
            shutil.rmtree(left_behind)
        self.folder.mkdir()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def chroma_folder(self) -> Path:
        """Where the vector store goes."""
        return self.folder / CHROMA_FOLDER

    def write_articles(self, articles: Iterable[Article], chunks: Iterable[Chunk]) -> None:
        """Write the articles and the spans of their chunks."""
        with (self.folder / ARTICLES_FILE).open("wb") as lines:
            lines.writelines(ARTICLE.dump_json(article) + b"\n" for article in articles)
        with (self.folder / CHUNKS_FILE).open("wb") as lines:
            lines.writelines(_row(chunk).model_dump_json().encode() + b"\n" for chunk in chunks)

    def write_vectors(self, vectors: Vectors) -> None:
        """Write the chunks' vectors as one array."""
        np.save(self.folder / VECTORS_FILE, vectors)

    def write_keywords(self, texts: Sequence[str]) -> None:
        """Index the chunks' texts by keyword."""
        KeywordIndex.build(texts).save(self.folder / KEYWORDS_FOLDER)

    def seal(self, articles: Mapping[str, Article], chunks: int, dimensions: int) -> Manifest:
        """Write the manifest over all that was written, and return it."""
        hashes = {article.id: article_hash(article) for article in articles.values()}
        manifest = Manifest(
            **self._ingredients.model_dump(),
            id=_identity(self._created, self._ingredients, hashes),
            created=self._created,
            candor=version("candor"),
            recipe=RECIPE,
            articles=hashes,
            chunks=chunks,
            dimensions=dimensions,
            files=self._files(),
        )
        path = self.folder / MANIFEST_FILE
        path.write_text(manifest.model_dump_json(indent=2), "utf-8")
        return manifest

    def keep(self, generation_id: str) -> None:
        """Make the generation durable and give it its name."""
        for folder, _, files in os.walk(self.folder):
            for name in files:
                with (Path(folder) / name).open("rb") as stream:
                    os.fsync(stream.fileno())
            sync_folder(Path(folder))
        self.folder.rename(self._generations / generation_id)
        sync_folder(self._generations)

    def _files(self) -> dict[str, ManifestFile]:
        return {
            path.relative_to(self.folder).as_posix(): _described(path)
            for path in sorted(self.folder.rglob("*"))
            if path.is_file() and not path.is_relative_to(self.chroma_folder)
        }


def article_hash(article: Article) -> str:
    """Return a hash of all that the article holds: its body and its front matter."""
    return hashlib.sha256(ARTICLE.dump_json(article)).hexdigest()


def _row(chunk: Chunk) -> ChunkRow:
    return ChunkRow(
        article=chunk.article_id, heading=chunk.heading_path, start=chunk.start, end=chunk.end
    )


def _described(path: Path) -> ManifestFile:
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return ManifestFile(bytes=path.stat().st_size, sha256=digest)


def _identity(created: datetime, ingredients: Ingredients, articles: Mapping[str, str]) -> str:
    moment = created.astimezone(UTC)
    stamp = f"{moment:%Y%m%dT%H%M%S}{moment.microsecond // 1000:03d}Z"
    content = json.dumps([RECIPE, ingredients.chunker, ingredients.embedder, dict(articles)])
    return f"{stamp}-{hashlib.sha256(content.encode()).hexdigest()[:8]}"
