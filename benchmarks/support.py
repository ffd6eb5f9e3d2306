"""Measures support: labels of people in five folds, experts' answers, and the check's time.

The shipped model's own figures come with `candor gate fit`; this adds AttributionBench, once with a
model of the other labels alone and once in folds of its own, and the processor time of a claim.

    python -m benchmarks.support "$CANDOR_BENCH_DATA"
"""

import argparse
import json
import time
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from statistics import median

import numpy as np

from app.answer import Question
from app.grounding.claims import claims
from app.grounding.fit_record import Figure
from app.grounding.support.check import SupportCheck
from app.grounding.support.figures import Scored, auroc, balanced_accuracy, best_cut, interval
from app.grounding.support.fit import FitSettings, fit_claims
from app.grounding.support.labels import LabelledAnswer, read_labels, sources_of_articles
from app.grounding.support.model import load_support_model
from app.grounding.support.report import judged_by, report
from app.statistics import percentile
from knowledge_base.article import Article

PASSAGES = 5
DAY = date(2026, 11, 1)


def main() -> None:
    """Print the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("bench_data", type=Path, help="folder of grounding/")
    folder = parser.parse_args().bench_data / "grounding"
    answers = read_labels(folder / "ragtruth_qa.jsonl")
    single = read_labels(folder / "attributionbench_dev.jsonl")
    settings = FitSettings()
    figures = [
        *_named("ragtruth_qa alone, folds by source", report(answers, settings)),
        *_named("attributionbench_dev, folds by question", report(single, settings)),
        *_named("attributionbench_dev, fitted on ragtruth_qa", _crossed(answers, single, settings)),
    ]
    found = {"figures": [one.model_dump() for one in figures], "time": _time(folder)}
    print(json.dumps(found, indent=2))


def _named(what: str, figures: Sequence[Figure]) -> Iterator[Figure]:
    return (one.model_copy(update={"name": f"{what}: {one.name}"}) for one in figures)


def _crossed(
    fitted: Sequence[LabelledAnswer], others: Sequence[LabelledAnswer], settings: FitSettings
) -> tuple[Figure, ...]:
    """Return what a model is worth on labels of another kind, its cut chosen on its own."""
    model = fit_claims(fitted, settings)
    own, judged = judged_by(model, fitted), judged_by(model, others)
    own_scores = np.array([1 - support for one in own for support in one.supports])
    own_flags = np.array([not claim.supported for one in own for claim in one.answer.claims])
    cut = best_cut(own_scores, own_flags, balanced_accuracy)
    scored = Scored(
        scores=np.array([1 - one.support for one in judged]),
        flags=np.array([not one.answer.supported for one in judged]),
        groups=[one.answer.group for one in judged],
    )
    return (
        interval("claim AUROC", scored, auroc, settings.seed),
        interval(
            "claim balanced accuracy",
            scored,
            lambda scores, flags: balanced_accuracy(scores >= cut, flags),
            settings.seed,
        ),
    )


def _time(folder: Path) -> dict[str, float]:
    """Return the processor time of a claim with five passages, the sources prepared."""
    rows = [json.loads(line) for line in (folder / "ragtruth_qa.jsonl").open(encoding="utf-8")]
    listed = [text for row in rows[::8] for text in row["passages"]]
    check = SupportCheck(load_support_model())
    taken = []
    for place, row in enumerate(rows[::8]):
        texts = [*row["passages"], *listed[place * 3 + 3 :]][:PASSAGES]
        sources = sources_of_articles(
            Article(id=str(number), title="", body=text, path="")
            for number, text in enumerate(texts)
        )
        asked = Question(row["question"], row["question"], DAY)
        check.check(claims(row["answer"])[0], sources, asked)
        for claim in claims(row["answer"]):
            began = time.process_time()
            check.check(claim, sources, asked)
            taken.append(1000 * (time.process_time() - began))
    return {
        "claims": len(taken),
        "p50_ms": round(median(taken), 2),
        "p95_ms": round(percentile(taken, 0.95), 2),
    }


if __name__ == "__main__":
    main()
