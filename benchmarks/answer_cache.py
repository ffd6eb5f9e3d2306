"""Counts right and wrong hits of the answer cache over the suites, each question with each other.

    CANDOR_DATA_DIR=… python -m benchmarks.answer_cache

A hit is right where both cases are of one group (a golden question and its metamorphic siblings)
or demand the same facts and outcome, and wrong where they don't (what they forbid may differ: the
same trap, set beside two plans). The published generation's scopes
are read, as they are in an answer; the passages, which must agree too, are not looked at, so that
the count of wrong hits is one of the questions' likeness alone.
"""

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from pathlib import Path

import numpy as np

from app.answer import Question
from app.answering.answer_cache import LEAST_SIMILARITY
from app.answering.conversation import completed
from app.answering.likeness import asks_the_same
from app.settings import AppSettings
from app.statistics import Rate, rate
from evals.case import Case, load_suite
from knowledge_base.bootstrap import open_embedder
from knowledge_base.embedding.embedder import Embedder
from knowledge_base.generations.generation import Generation
from knowledge_base.generations.serving import Serving
from knowledge_base.scope import Scopes

SUITES = ("sample.v1", "sample-held-out.v1", "generated.v1")
DAY = date(2026, 11, 1)


@dataclass(frozen=True, slots=True)
class Asked:
    """A case as the assistant would ask its last question."""

    case: Case
    question: Question


def main() -> None:
    """Print the counts by suite as JSON."""
    settings = AppSettings()
    generation = Generation.open(settings.data_dir, Serving(settings.data_dir).generation_id())
    scopes, embedder = Scopes(generation.articles.values()), open_embedder(settings)
    folder = Path(__file__).resolve().parent.parent / "evals" / "suites"
    found = {
        name: _counted([_asked(case, scopes) for case in _cases(folder, name)], embedder)
        for name in SUITES
    }
    json.dump(found, sys.stdout, indent=2)


def _cases(folder: Path, name: str) -> Sequence[Case]:
    return [case for case in load_suite(folder / f"{name}.jsonl").cases if not case.history]


def _asked(case: Case, scopes: Scopes) -> Asked:
    text = case.question
    scope = scopes.settled([text])
    return Asked(case, Question(text, completed(text, (), scopes), case.at or DAY, scope))


def _counted(asked: Sequence[Asked], embedder: Embedder) -> dict[str, object]:
    pairs = same = right = wrong = 0
    for one, other in combinations(asked, 2):
        pairs += 1
        is_same = _have_one_answer(one.case, other.case)
        same += is_same
        if asks_the_same(one.question, other.question) and _are_close(one, other, embedder):
            right += is_same
            wrong += not is_same
    hits = right + wrong
    return {
        "questions": len(asked),
        "pairs with the same answer": same,
        "pairs with another answer": pairs - same,
        "right hits": right,
        "wrong hits": wrong,
        "wrong, of pairs with another answer": _told(rate(wrong, pairs - same)),
        "wrong, of hits": _told(rate(wrong, hits)) if hits else None,
    }


def _told(found: Rate) -> dict[str, float]:
    return {"n": found.n, "rate": found.value, "low": found.low, "high": found.high}


def _are_close(one: Asked, other: Asked, embedder: Embedder) -> bool:
    first, second = embedder.embed([one.question.text, other.question.text])
    return bool(np.dot(first, second) >= LEAST_SIMILARITY)


def _have_one_answer(one: Case, other: Case) -> bool:
    if one.group and one.group == other.group:
        return True
    return (one.must, one.outcomes) == (other.must, other.outcomes)


if __name__ == "__main__":
    main()
