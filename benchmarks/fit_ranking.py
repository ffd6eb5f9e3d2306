"""Fits the weights of `knowledge_base.searching.ranking` on the even half of real questions.

Only questions whose sha256(id) is even are fitted on, those of WixQA (over its own articles, and
over those of all eight help centres) and of TechQA, each of the three pools counting alike. The
odd half is reported, and read for nothing else.
Feedback depends on the weights that serve, so the fitted ones go into `Weights` and the fit is
repeated until they stay.

    python -m benchmarks.fit_ranking "$CANDOR_BENCH_DATA"
"""

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize  # type: ignore[import-untyped]  # it ships no types

from app.statistics import Mean, mean
from evals.bench import BENCH
from evals.metrics.ranking import ndcg
from evals.retrieval import GoldQuestion, load_questions
from ingestion.bootstrap import build_reindexing, open_sources
from ingestion.settings import IngestionSettings
from knowledge_base.bootstrap import open_embedder
from knowledge_base.generations.generation import Generation
from knowledge_base.progress import Progress
from knowledge_base.progress_bar import progress_bar
from knowledge_base.searching.ranking import Weights
from knowledge_base.searching.search import SearchIndex

Numbers = NDArray[np.float64]

HELP_CENTRES = (
    "wixqa",
    "techqa",
    "rhobank",
    "arduino",
    "polar",
    "railway",
    "plausible",
    "policies37",
)
POOLS = {"wixqa": ("wixqa",), "techqa": ("techqa",), "wixqa among all": HELP_CENTRES}
QUESTIONS = {"wixqa": "wixqa", "techqa": "techqa", "wixqa among all": "wixqa"}
SHRINKAGE = 0.03
"""Weight of the squared weights in the loss: the mean nDCG of the folds was best with it."""
FOLDS = 5
K = 10
_NO_DATES = date(2026, 11, 1)
"""The day that is asked as of: the articles of the pools have no dates of validity."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with the evidence for each article."""

    question: GoldQuestion
    articles: tuple[str, ...]
    features: Numbers
    """A row an article, a column a weight."""

    @property
    def wanted(self) -> Numbers:
        """1 for each gold article, scaled to a sum of 1."""
        gold = np.array([article in self.question.gold for article in self.articles], dtype=float)
        return np.asarray(gold / gold.sum())

    def ndcg(self, weights: Numbers) -> float:
        """Return how well the weights rank the articles."""
        best = np.argsort(-(self.features @ weights), kind="stable")[:K]
        return ndcg([self.articles[place] for place in best], self.question.gold, K)


def main() -> None:
    """Fit, and print the weights and what they are worth as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("bench_data", type=Path, help="folder of help_centres/ and questions/")
    asked = parser.parse_args()
    settings = IngestionSettings()
    with progress_bar() as progress:
        pools = {name: _pool(name, asked.bench_data, settings, progress) for name in POOLS}
    even = [[one for one in pool if one.question.is_even] for pool in pools.values()]
    weights = fit(even)
    report = {
        "weights": _named(weights),
        "weights that serve": _named(_serving()),
        "cross-validated nDCG@10, even": dict(zip(pools, _cross_validated(even), strict=True)),
        "nDCG@10": {name: _halves(pool, weights) for name, pool in pools.items()},
    }
    print(json.dumps(report, indent=2))


def fit(pools: Sequence[Sequence[Asked]]) -> Numbers:
    """Return the weights, none below 0, that make the gold articles likely: ListNet.

    Cao et al. 2007, with the softmax of the scores over all articles of the pool.
    """
    start = _serving()
    found = minimize(_loss, start, (pools,), "L-BFGS-B", jac=True, bounds=[(0, None)] * len(start))
    return np.asarray(found.x)


def _loss(weights: Numbers, pools: Sequence[Sequence[Asked]]) -> tuple[float, Numbers]:
    loss, slope = SHRINKAGE * weights @ weights, 2 * SHRINKAGE * weights
    for pool in pools:
        for one in pool:
            scores = one.features @ weights
            logs = scores - scores.max() - np.log(np.exp(scores - scores.max()).sum())
            loss -= one.wanted @ logs / len(pool)
            slope -= (one.wanted - np.exp(logs)) @ one.features / len(pool)
    return float(loss), slope


def _pool(
    name: str, bench_data: Path, settings: IngestionSettings, progress: Progress
) -> tuple[Asked, ...]:
    folders = [bench_data / "help_centres" / folder for folder in POOLS[name]]
    bench = settings.data_dir / BENCH
    indexing = build_reindexing(settings, progress, aside=bench)
    indexed = indexing.run(open_sources(settings, folders))
    search = SearchIndex(Generation.open(bench, indexed.generation), open_embedder(settings))
    questions = load_questions(bench_data / "questions" / f"{QUESTIONS[name]}.jsonl").questions
    progress.begin(f"Asking {name}", len(questions))
    return tuple(_asked(search, question, progress) for question in questions)


def _asked(search: SearchIndex, question: GoldQuestion, progress: Progress) -> Asked:
    rows = search.features(question.text, at=_NO_DATES)
    progress.advance()
    return Asked(question, tuple(rows), np.array(list(rows.values()), dtype=float))


def _serving() -> Numbers:
    return np.array([getattr(Weights(), each.name) for each in fields(Weights)])


def _named(weights: Numbers) -> dict[str, float]:
    return {
        each.name: round(float(weight), 2)
        for each, weight in zip(fields(Weights), weights, strict=True)
    }


def _cross_validated(pools: Sequence[Sequence[Asked]]) -> list[float]:
    """Return each pool's mean nDCG, every question ranked by weights that never saw it."""
    chance = np.random.default_rng(0)
    folds = [chance.permutation(len(pool)) % FOLDS for pool in pools]
    values: list[list[float]] = [[] for _ in pools]
    for held_out in range(FOLDS):
        weights = fit(
            [_part(pool, fold != held_out) for pool, fold in zip(pools, folds, strict=True)]
        )
        for place, (pool, fold) in enumerate(zip(pools, folds, strict=True)):
            values[place] += [one.ndcg(weights) for one in _part(pool, fold == held_out)]
    return [round(float(np.mean(each)), 4) for each in values]


def _part(pool: Sequence[Asked], chosen: NDArray[np.bool_]) -> list[Asked]:
    return [one for one, is_chosen in zip(pool, chosen, strict=True) if is_chosen]


def _halves(pool: Sequence[Asked], weights: Numbers) -> dict[str, str]:
    halves = {
        "even": [one for one in pool if one.question.is_even],
        "odd": [one for one in pool if not one.question.is_even],
        "all": list(pool),
    }
    return {
        name: _shown(mean([one.ndcg(weights) for one in part])) for name, part in halves.items()
    }


def _shown(value: Mean) -> str:
    return f"{value.value:.3f} [{value.low:.3f}, {value.high:.3f}], n = {value.n}"


if __name__ == "__main__":
    main()
