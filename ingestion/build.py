"""Building a generation from a plan: embed what is new, take over the rest, write, check."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from ingestion.checks import check_generation, check_lengths
from ingestion.cutting import UNKNOWN, CutEdition
from ingestion.earlier import Earlier
from ingestion.plan import Planned
from ingestion.probe import Probe
from ingestion.vector_checks import FoundNeighbours, check_vectors
from knowledge_base.embedding.cache import CachedEmbedder
from knowledge_base.embedding.embedder import Embedder, Vectors
from knowledge_base.failpoints import Failpoints, Step
from knowledge_base.generations.generation import Generation
from knowledge_base.generations.manifest import Checks, Manifest, Pace, ProbeScore
from knowledge_base.generations.writer import GenerationWriter
from knowledge_base.progress import Progress
from knowledge_base.searching.vector_index import VectorIndex, write_index
from knowledge_base.searching.vectors import EF_SEARCH


@dataclass(frozen=True, slots=True)
class Built:
    """What was built and checked, and is ready to be published."""

    manifest: Manifest
    embedded: int
    """Texts that weren't in the embedding cache."""


class Builder:
    """Writes one generation and checks it."""

    def __init__(
        self,
        *,
        embeddings: Path,
        open_embedder: Callable[[], Embedder],
        probe: Probe | None,
        progress: Progress,
        failpoints: Failpoints,
    ) -> None:
        """Prepare to build.

        Args:
            embeddings: Folder of the embedding cache.
            open_embedder: Loads the embedding model, where it is needed.
            probe: Questions that must go on finding their articles.
            progress: Hears of each step.
            failpoints: Hears of each step too.
        """
        self._embeddings = embeddings
        self._open_embedder = open_embedder
        self._probe = probe
        self._progress = progress
        self._failpoints = failpoints
        self._embedding_seconds = 0.0
        self._embedded = 0

    def build(self, planned: Planned, cut: CutEdition, writer: GenerationWriter) -> Built:
        """Write the generation and return what its manifest is to say.

        Raises:
            FailedCheckError: It isn't what it should be.
            DamagedGenerationError: It can't be read back.
            StorageError: The embedding cache or Chroma can't be written.
            OSError: The generation's folder can't be written.
        """
        began = time.monotonic()
        basis = planned.earlier if planned.plan.rebuild is None else None
        vectors, index = self._write(planned, cut, writer, basis)
        checking = time.monotonic()
        found = check_vectors(index, vectors, cut.chunks, self._progress, _needed(basis))
        draft = writer.describe(len(cut.chunks), vectors.shape[1])
        generation = check_generation(writer.folder, draft, planned.edition.articles, cut.chunks)
        score = self._probed(generation, planned.earlier)
        self._failpoints.reach(Step.CHECKED)
        ended = time.monotonic()
        manifest = draft.model_copy(
            update={
                "checks": _checks(found, score, ended - checking),
                "pace": self._pace(ended - began, len(cut.chunks), planned.earlier),
            }
        )
        return Built(manifest, self._embedded)

    def _write(
        self, planned: Planned, cut: CutEdition, writer: GenerationWriter, basis: Earlier | None
    ) -> tuple[Vectors, VectorIndex]:
        writer.write_articles(planned.edition.articles.values(), cut.chunks)
        writer.write_facts(planned.ledger)
        vectors = self._vectors(cut, basis)
        check_lengths(vectors)
        writer.write_vectors(vectors)
        known = basis.keywords if basis else None
        writer.write_keywords(cut.texts, before=known, rows=cut.rows)
        index = write_index(
            writer.chroma_folder,
            vectors,
            before=basis.chroma_folder if basis else None,
            progress=self._progress,
            failpoints=self._failpoints,
        )
        return vectors, index

    def _vectors(self, cut: CutEdition, basis: Earlier | None) -> Vectors:
        """Return the vectors of all chunks: those of the basis as they are, the others embedded."""
        rows = np.array(cut.rows, dtype=np.intp)
        unknown = rows == UNKNOWN
        if basis is not None and not unknown.any():
            return np.asarray(basis.vectors[rows])
        embedder = self._embedder
        began = time.monotonic()
        embedded = embedder.embed(cut.unknown_texts())
        self._embedding_seconds = time.monotonic() - began
        self._embedded = embedder.computed
        self._failpoints.reach(Step.EMBEDDED)
        vectors = np.empty((len(rows), embedded.shape[1]), dtype=np.float32)
        vectors[unknown] = embedded
        if basis is not None:
            vectors[~unknown] = basis.vectors[rows[~unknown]]
        return vectors

    @cached_property
    def _embedder(self) -> CachedEmbedder:
        self._progress.begin("Loading", 1)
        embedder = self._open_embedder()
        self._progress.advance()
        return CachedEmbedder(embedder, self._embeddings, progress=self._progress)

    def _probed(self, generation: Generation, earlier: Earlier | None) -> ProbeScore | None:
        """Return the probe's score, which must not lie far below the generation that serves."""
        if self._probe is None:
            return None
        score = self._probe.score(generation, self._embedder)
        self._probe.compare(score, self._score_before(self._probe, earlier))
        return score

    def _score_before(self, probe: Probe, earlier: Earlier | None) -> ProbeScore | None:
        if earlier is None:
            return None
        if earlier.manifest.embedder != self._embedder.fingerprint:
            return earlier.manifest.checks.probe if earlier.manifest.checks else None
        # Asked anew, since what is in force changes from day to day.
        return probe.score(Generation.read(earlier.folder, earlier.manifest), self._embedder)

    def _pace(self, seconds: float, chunks: int, earlier: Earlier | None) -> Pace:
        before = earlier.manifest.pace if earlier else None
        a_text = before.seconds_a_text if before else None
        if self._embedded:
            a_text = self._embedding_seconds / self._embedded
        return Pace(
            seconds_a_text=a_text, seconds_a_chunk=(seconds - self._embedding_seconds) / chunks
        )


def _needed(basis: Earlier | None) -> int:
    """Return how far the basis had to look."""
    return basis.manifest.checks.ef_search if basis and basis.manifest.checks else EF_SEARCH


def _checks(found: FoundNeighbours, probe: ProbeScore | None, seconds: float) -> Checks:
    return Checks(
        recall=found.recall,
        sample=found.sample,
        ef_search=found.ef_search,
        seconds=round(seconds, 3),
        probe=probe,
    )
