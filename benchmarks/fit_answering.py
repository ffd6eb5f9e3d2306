"""Fits what the quoting answerer weighs: a statement's score, and whether there is an answer.

Fitted on the sample suite, both parts, and on `answering_questions.jsonl`, further questions over
the sample help centre that were written for this: what the suite says of the answerer afterwards
is a figure on questions that it was fitted on, and only the cross-validated ones here are not.
The second model rests on the score of the first: put the fitted weights into
`app.answering.selection.WEIGHTS`, then fit once more.

    candor reindex && python -m benchmarks.fit_answering
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize  # type: ignore[import-untyped]  # it ships no types
from scipy.special import expit, log_expit, log_softmax  # type: ignore[import-untyped]  # as above

from app.answer import Exchange, Question
from app.answering.answerability import EvidenceFeatures
from app.answering.conversation import completed
from app.answering.evidence import Candidate, Evidence, EvidenceReader
from app.answering.remembered import RememberedEmbedder
from app.answering.selection import StatementFeatures
from app.bootstrap import build_library
from app.decision import decide
from app.library import OpenGeneration
from app.neighbours import widened
from app.prompts.canary import deployment_canary
from app.settings import AppSettings
from evals.case import Case, load_suite
from evals.wording import states
from knowledge_base.bootstrap import open_embedder
from knowledge_base.searching.search import SearchResult

Numbers = NDArray[np.float64]

SUITE = Path("evals/suites/sample.v1.jsonl")
QUESTIONS = Path(__file__).with_name("answering_questions.jsonl")
SUITE_DAY = date(2026, 11, 1)
SCORE_SHRINKAGE, ANSWER_SHRINKAGE = 0.02, 0.003
"""Weight of the squared weights, in units of each feature's spread, in the two losses."""
FOLDS = 10
PASSAGES = 10
COVERED_SHARES = (0.05, 0.1, 0.15, 0.2)


@dataclass(frozen=True, slots=True)
class Read:
    """A question with its evidence."""

    evidence: Evidence
    covered: bool
    answers: tuple[bool, ...] = ()
    """Whether each candidate states a fact that the answer needs; empty where that isn't known."""


def main() -> None:
    """Fit, and print the weights and what they are worth as JSON."""
    settings = AppSettings()
    opened = build_library(settings, deployment_canary(settings.data_dir)).current()
    reader = EvidenceReader(RememberedEmbedder(open_embedder(settings)), opened.scopes)
    cases = load_suite(SUITE).cases
    read = [
        *(_read_case(case, opened, reader) for case in cases if case.articles or case.is_uncovered),
        *(_read_question(json.loads(line), opened, reader) for line in QUESTIONS.open()),
    ]
    read = [one for one in read if one.evidence.candidates]
    print(json.dumps({"score": score_report(read), "answer": answer_report(read)}, indent=2))


def score_report(read: Sequence[Read]) -> dict[str, object]:
    """Return the weights of a statement's score, and how often the best ones hold a fact."""
    labelled = [one for one in read if any(one.answers)]
    rows = [
        np.array([StatementFeatures.of(each) for each in one.evidence.candidates])
        for one in labelled
    ]
    wanted = [np.array(one.answers, dtype=float) / sum(one.answers) for one in labelled]
    weights = _fit_score(rows, wanted)
    ranks = np.array(_held_out_ranks(rows, wanted))
    return {
        "questions": len(labelled),
        "weights": _named(StatementFeatures._fields, weights),
        "cross-validated share with a fact among the best n": {
            best: round(float(np.mean(ranks < best)), 3) for best in (1, 2, 3, 5)
        },
    }


def answer_report(read: Sequence[Read]) -> dict[str, object]:
    """Return the weights of the decision to answer, and what it separates."""
    rows = np.array([EvidenceFeatures.of(one.evidence) for one in read])
    covered = np.array([one.covered for one in read])
    weights, bias = _fit_answer(rows, covered)
    logits = _held_out_logits(rows, covered)
    above = logits[covered][:, None] > logits[~covered]
    return {
        "covered": int(covered.sum()),
        "uncovered": int((~covered).sum()),
        "weights": _named(EvidenceFeatures._fields, weights),
        "bias": round(bias, 2),
        "cross-validated AUC": round(float(above.mean()), 3),
        "cross-validated, by share of uncovered questions answered": {
            share: _at(share, logits, covered) for share in COVERED_SHARES
        },
    }


def _read_case(case: Case, opened: OpenGeneration, reader: EvidenceReader) -> Read:
    evidence = _evidence(case.question, case.history, case.at or SUITE_DAY, opened, reader)
    facts = [wording for group in case.must for wording in group]
    return Read(evidence, not case.is_uncovered, _answers(evidence, case.articles, facts))


def _read_question(row: dict[str, Any], opened: OpenGeneration, reader: EvidenceReader) -> Read:
    evidence = _evidence(row["question"], (), SUITE_DAY, opened, reader)
    answers = _answers(evidence, row.get("articles", ()), row.get("facts", ()))
    return Read(evidence, row["covered"], answers)


def _evidence(
    text: str, history: Sequence[str], at: date, opened: OpenGeneration, reader: EvidenceReader
) -> Evidence:
    earlier = [Exchange(question=before, answer="", query="") for before in history]
    question = Question(
        text=text,
        query=completed(text, earlier, opened.scopes),
        at=at,
        scope=opened.scopes.settled([*history, text]),
    )
    found = opened.search.search(question.query, limit=PASSAGES, at=at, scope=question.scope)
    passages = widened(found.passages, opened.chunks)
    decided = decide(question, SearchResult(passages, found.articles), opened.scopes)
    return reader.read(question, decided.passages)


def _answers(evidence: Evidence, articles: Sequence[str], facts: Sequence[str]) -> tuple[bool, ...]:
    return tuple(
        each.passage.article.id in articles and any(states(_text(each), fact) for fact in facts)
        for each in evidence.candidates
    )


def _text(candidate: Candidate) -> str:
    said = candidate.statement
    return candidate.passage.article.body[said.start : said.end]


def _fit_score(rows: Sequence[Numbers], wanted: Sequence[Numbers]) -> Numbers:
    """Return the weights that make the statements with a fact likely (ListNet, Cao et al. 2007)."""
    spread = np.concatenate(rows).std(axis=0) + np.finfo(float).eps
    scaled = [row / spread for row in rows]

    def loss(weights: Numbers) -> tuple[float, Numbers]:
        likely = [log_softmax(row @ weights) for row in scaled]
        each = list(zip(scaled, wanted, likely, strict=True))
        lost = np.mean([-want @ those for _, want, those in each])
        slope = np.mean([(np.exp(those) - want) @ row for row, want, those in each], axis=0)
        return (
            float(lost + SCORE_SHRINKAGE * weights @ weights),
            slope + 2 * SCORE_SHRINKAGE * weights,
        )

    return np.asarray(minimize(loss, np.zeros(len(spread)), jac=True, method="L-BFGS-B").x / spread)


def _held_out_ranks(rows: Sequence[Numbers], wanted: Sequence[Numbers]) -> list[int]:
    """Return how many statements come before the first with a fact, by weights of other folds."""
    ranks = [0] * len(rows)
    for fold in range(FOLDS):
        kept = [place for place in range(len(rows)) if place % FOLDS != fold]
        weights = _fit_score([rows[place] for place in kept], [wanted[place] for place in kept])
        for place in range(fold, len(rows), FOLDS):
            order = np.argsort(-(rows[place] @ weights), kind="stable")
            ranks[place] = int(np.argmax(wanted[place][order] > 0))
    return ranks


def _fit_answer(rows: Numbers, covered: NDArray[np.bool_]) -> tuple[Numbers, float]:
    """Return weights and bias of a logistic model in which both classes count alike."""
    spread = rows.std(axis=0) + np.finfo(float).eps
    share = np.where(covered, 0.5 / covered.mean(), 0.5 / (~covered).mean())
    sign = np.where(covered, 1, -1)

    def loss(found: Numbers) -> float:
        logits = (rows / spread) @ found[:-1] + found[-1]
        return float(
            -np.mean(share * log_expit(sign * logits)) + ANSWER_SHRINKAGE * found[:-1] @ found[:-1]
        )

    found = minimize(loss, np.zeros(rows.shape[1] + 1), method="L-BFGS-B").x
    return np.asarray(found[:-1] / spread), float(found[-1])


def _held_out_logits(rows: Numbers, covered: NDArray[np.bool_]) -> Numbers:
    folds = np.arange(len(rows)) % FOLDS
    logits = np.zeros(len(rows))
    for fold in range(FOLDS):
        weights, bias = _fit_answer(rows[folds != fold], covered[folds != fold])
        logits[folds == fold] = rows[folds == fold] @ weights + bias
    return logits


def _at(share: float, logits: Numbers, covered: NDArray[np.bool_]) -> dict[str, float]:
    threshold = float(np.quantile(logits[~covered], 1 - share))
    return {
        "probability": round(float(expit(threshold)), 3),
        "covered questions answered": round(float(np.mean(logits[covered] > threshold)), 3),
    }


def _named(names: Sequence[str], weights: Numbers) -> dict[str, float]:
    return {name: round(float(weight), 3) for name, weight in zip(names, weights, strict=True)}


if __name__ == "__main__":
    main()
