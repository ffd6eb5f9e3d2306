"""The bench: any help centre, indexed away from the one that serves, and ranked questions."""

import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from evals.errors import EvalsError
from evals.retrieval import (
    GoldQuestion,
    RankedId,
    Ranking,
    RetrievalScores,
    known_questions,
    load_questions,
    rank_questions,
    ranking_row,
    retrieval_scores,
)
from evals.summary import estimate_row
from ingestion.bootstrap import build_reindexing, open_sources
from ingestion.reindex import Reindexed
from ingestion.settings import IngestionSettings
from knowledge_base.bootstrap import open_embedder
from knowledge_base.generations.generation import Generation
from knowledge_base.generations.publication import GENERATIONS
from knowledge_base.progress import Progress
from knowledge_base.searching.search import SearchIndex

BENCH = "bench"
"""Folder below the data folder, with a generation and an embedding cache of its own."""


@dataclass(frozen=True, slots=True)
class RetrievalRequest:
    """What to measure."""

    help_centres: tuple[Path, ...]
    """Folders that become one index together."""
    questions: Path
    k: int
    """How many articles of each ranking count."""
    day: date
    """The day that is asked as of."""
    split: bool
    """Whether the odd and the even half are reported apart too."""
    allow_missing: bool
    """Whether questions without an indexed gold article are left out instead of refused."""
    output: Path | None
    """File for the rankings, ids and scores only."""


@dataclass(frozen=True, slots=True)
class MeasuredRetrieval:
    """What was measured, and on what."""

    request: RetrievalRequest
    indexed: Reindexed
    embedder: str
    unanswerable: int
    left_out: int
    """Questions whose gold articles are missing."""
    scores: tuple[RetrievalScores, ...]


def measure_retrieval(
    settings: IngestionSettings, request: RetrievalRequest, progress: Progress
) -> MeasuredRetrieval:
    """Index the help centres on the bench, rank the questions, and return the measures.

    Raises:
        CandorError: A folder, the question file or the output can't be used.
    """
    asked = load_questions(request.questions)
    bench = settings.data_dir / BENCH
    sources = open_sources(settings, request.help_centres)
    indexed = build_reindexing(settings, progress, aside=bench).run(sources)
    _drop_others(bench, indexed.generation)
    generation = Generation.open(bench, indexed.generation)
    questions = known_questions(
        asked.questions, generation.articles.keys(), allow_missing=request.allow_missing
    )
    search = SearchIndex(generation, open_embedder(settings))
    rankings = _rank(search, questions, request, progress)
    _write(rankings, request.output)
    return MeasuredRetrieval(
        request=request,
        indexed=indexed,
        embedder=generation.manifest.embedder,
        unanswerable=asked.unanswerable,
        left_out=len(asked.questions) - len(questions),
        scores=retrieval_scores(rankings, k=request.k, split=request.split),
    )


def retrieval_row(measured: MeasuredRetrieval) -> dict[str, object]:
    """Return what was measured as it is written: no text of questions or articles."""
    return {
        "help_centres": [path.name for path in measured.request.help_centres],
        "questions": measured.request.questions.name,
        "articles": measured.indexed.articles,
        "chunks": measured.indexed.chunks,
        "skipped_files": len(measured.indexed.plan.skipped),
        "embedder": measured.embedder,
        "day": measured.request.day.isoformat(),
        "unanswerable": measured.unanswerable,
        "left_out": measured.left_out,
        "groups": {
            part.group: {name: estimate_row(value) for name, value in part.measures.items()}
            for part in measured.scores
        },
    }


def _drop_others(bench: Path, generation_id: str) -> None:
    """Remove the bench's earlier generations: their embeddings stay cached."""
    for folder in (bench / GENERATIONS).iterdir():
        if folder.is_dir() and folder.name != generation_id:
            shutil.rmtree(folder, ignore_errors=True)


def _rank(
    search: SearchIndex,
    questions: Sequence[GoldQuestion],
    request: RetrievalRequest,
    progress: Progress,
) -> tuple[Ranking, ...]:
    progress.begin("Ranking", len(questions))
    return rank_questions(
        questions,
        partial(_ranked_ids, search, request.day),
        limit=request.k,
        on_ranking=lambda _: progress.advance(),
    )


def _ranked_ids(search: SearchIndex, day: date, question: str, limit: int) -> tuple[RankedId, ...]:
    found = search.search(question, limit=limit, at=day)
    return tuple(RankedId(ranked.article.id, ranked.score) for ranked in found.articles)


def _write(rankings: Sequence[Ranking], output: Path | None) -> None:
    if output is None:
        return
    lines = [json.dumps(ranking_row(ranking), ensure_ascii=False) for ranking in rankings]
    try:
        output.write_text("\n".join(lines) + "\n", encoding="utf-8")
    except OSError as error:
        raise EvalsError(
            f"the rankings can't be written to {output} ({error.strerror}): name another --output"
        ) from error
