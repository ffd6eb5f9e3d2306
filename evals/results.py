"""Results: what came of each case, and its row in `results.jsonl`."""

from dataclasses import dataclass
from math import isfinite

from app.answer import Answer, Citation, Sentence, Usage
from evals.case import Case
from evals.metrics.score import Score


@dataclass(frozen=True, slots=True)
class Result:
    """One case asked: its answer and scores, or the error that it ended in."""

    case: Case
    latency_ms: float
    """Wall-clock time of the case's own question, without its history and its scores."""
    answer: Answer | None = None
    error: str | None = None
    scores: tuple[Score, ...] = ()

    def score(self, metric: str) -> Score | None:
        """Return the score of a metric; None where the case ended in an error."""
        return next((score for score in self.scores if score.metric == metric), None)


def result_row(result: Result) -> dict[str, object]:
    """Return the result as it is written, one JSON object a case."""
    case, answer = result.case, result.answer
    row: dict[str, object] = {
        "id": case.id,
        "kind": case.kind,
        "part": case.part,
        "question": case.question,
        "history": case.history,
        "expected": {"outcomes": case.outcomes, "articles": case.articles},
        "latency_ms": round(result.latency_ms, 2),
        "error": result.error,
    }
    if answer:
        row |= _answer_row(answer)
    return row | {"scores": {score.metric: _score_row(score) for score in result.scores}}


def _answer_row(answer: Answer) -> dict[str, object]:
    return {
        "outcome": answer.outcome,
        "text": answer.text,
        "query": answer.question.query if answer.question else None,
        "sentences": [_sentence_row(sentence) for sentence in answer.sentences],
        "retrieved": list(dict.fromkeys(passage.article.id for passage in answer.passages)),
        "usage": [_usage_row(usage) for usage in answer.usage],
        "timings_ms": {step: round(spent, 2) for step, spent in answer.timings_ms.items()},
    }


def _sentence_row(sentence: Sentence) -> dict[str, object]:
    citations = [_citation_row(citation) for citation in sentence.citations]
    return {"text": sentence.text, "citations": citations}


def _citation_row(citation: Citation) -> dict[str, object]:
    return {
        "article": citation.passage.article.id,
        "start": citation.start,
        "end": citation.end,
    }


def _usage_row(usage: Usage) -> dict[str, object]:
    return {
        "model": usage.model,
        "prompt_tokens": usage.prompt_tokens,
        "completion_tokens": usage.completion_tokens,
        "cost_usd": usage.cost_usd,
        "estimated": usage.estimated,
    }


def _score_row(score: Score) -> dict[str, object]:
    row: dict[str, object] = {"state": score.state}
    if score.value is not None and isfinite(score.value):
        row["value"] = round(score.value, 4)
    if score.trials is not None and score.trials > 1:
        row |= {"successes": score.successes, "trials": score.trials}
    return row | ({"reason": score.reason} if score.reason else {})
