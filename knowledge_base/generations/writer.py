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
from knowledge_base.embedding.embedder import Vectors
from knowledge_base.failpoints import Failpoints, NoFailpoints, Step
from knowledge_base.generations.files import (
    ARTICLES_FILE,
    CHROMA_FOLDER,
    CHUNKS_FILE,
    KEYWORDS_FOLDER,
    VECTORS_FILE,
    described_files,
    write_manifest,
)
from knowledge_base.generations.generation import ARTICLE, ChunkRow
from knowledge_base.generations.ledger import Ledger, write_ledger
from knowledge_base.generations.manifest import Ingredients, Manifest
from knowledge_base.generations.publication import GENERATIONS
from knowledge_base.searching.keywords import KeywordIndex, Texts
from knowledge_base.searching.texts import RECIPE
from knowledge_base.whole_files import sync_folder

FAILED = "failed"
"""Folder, among the generations, of those that failed their checks."""
REASON_FILE = "reason.txt"
KEPT_FAILURES = 3

SCRATCH = ".building-"
"""What the names of folders begin with that may be cleared away."""


class GenerationWriter:
    """Builds one generation in a scratch folder that vanishes unless it is kept.

    Only one may be at work in a data folder: it clears away what a killed one left behind.
    """

    def __init__(
        self,
        data_dir: Path,
        ingredients: Ingredients,
        hashes: Mapping[str, str],
        created: datetime,
        failpoints: Failpoints | None = None,
    ) -> None:
        """Prepare to write.

        Args:
            data_dir: Where the generations lie.
            ingredients: What the generation is built from.
            hashes: Content hash of each article by id, in the articles' order.
            created: Now.
            failpoints: Hears of each step.
        """
        self._generations = data_dir / GENERATIONS
        self._ingredients = ingredients
        self._hashes = dict(hashes)
        self._created = created
        self._failpoints = failpoints or NoFailpoints()
        self.id = _identity(created, ingredients, hashes)
        """The generation's name: when it was built, and a hash of what it was built from."""
        self.folder = self._generations / f"{SCRATCH}{os.getpid()}"
        """Where the generation lies while it is built."""

    def __enter__(self) -> Self:
        self._generations.mkdir(parents=True, exist_ok=True)
        for left_behind in self._generations.glob(f"{SCRATCH}*"):
            shutil.rmtree(left_behind, ignore_errors=True)
        self.folder.mkdir()
        self._failpoints.reach(Step.FOLDER_MADE)
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
        self._failpoints.reach(Step.ARTICLES_WRITTEN)

    def write_facts(self, ledger: Ledger) -> None:
        """Write the policy facts of all articles."""
        write_ledger(self.folder, ledger)
        self._failpoints.reach(Step.FACTS_WRITTEN)

    def write_vectors(self, vectors: Vectors) -> None:
        """Write the chunks' vectors as one array."""
        np.save(self.folder / VECTORS_FILE, vectors)
        self._failpoints.reach(Step.VECTORS_WRITTEN)

    def write_keywords(
        self,
        texts: Texts,
        *,
        before: KeywordIndex | None = None,
        rows: Sequence[int] = (),
    ) -> None:
        """Index the chunks' texts by keyword; see `KeywordIndex.build`."""
        KeywordIndex.build(texts, before=before, rows=rows).save(self.folder / KEYWORDS_FOLDER)
        self._failpoints.reach(Step.KEYWORDS_WRITTEN)

    def describe(self, chunks: int, dimensions: int) -> Manifest:
        """Return the manifest of all that is written, which nothing may touch from now on."""
        return Manifest(
            **dict(self._ingredients),
            id=self.id,
            created=self._created,
            candor=version("candor"),
            recipe=RECIPE,
            articles=self._hashes,
            chunks=chunks,
            dimensions=dimensions,
            files=described_files(self.folder),
        )

    def keep(self, manifest: Manifest) -> None:
        """Write the manifest, make the generation durable and give it its name."""
        write_manifest(self.folder, manifest)
        self._failpoints.reach(Step.SEALED)
        for folder, _, files in os.walk(self.folder):
            for name in files:
                with (Path(folder) / name).open("rb") as stream:
                    os.fsync(stream.fileno())
            sync_folder(Path(folder))
        self._failpoints.reach(Step.DURABLE)
        self.folder.rename(self._generations / self.id)
        sync_folder(self._generations)
        self._failpoints.reach(Step.NAMED)

    def set_aside(self, reason: str) -> Path:
        """Keep what is written for inspection, away from the generations, and return where."""
        (self.folder / REASON_FILE).write_text(f"{reason}\n", "utf-8")
        failed = self._generations / FAILED
        failed.mkdir(exist_ok=True)
        self.folder.rename(failed / self.id)
        for old in sorted(failed.iterdir())[:-KEPT_FAILURES]:
            shutil.rmtree(old, ignore_errors=True)
        return failed / self.id


def article_hash(article: Article) -> str:
    """Return a hash of all that the article holds: its body and its front matter."""
    return hashlib.sha256(ARTICLE.dump_json(article)).hexdigest()


def _row(chunk: Chunk) -> ChunkRow:
    return ChunkRow(
        article=chunk.article_id, heading=chunk.heading_path, start=chunk.start, end=chunk.end
    )


def _identity(created: datetime, ingredients: Ingredients, articles: Mapping[str, str]) -> str:
    moment = created.astimezone(UTC)
    stamp = f"{moment:%Y%m%dT%H%M%S}{moment.microsecond // 1000:03d}Z"
    content = json.dumps([RECIPE, ingredients.chunker, ingredients.embedder, dict(articles)])
    return f"{stamp}-{hashlib.sha256(content.encode()).hexdigest()[:8]}"
