"""Results: what came of each case, and its row in `results.jsonl`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import isfinite
from typing import Self

from app.answer import Answer, Outcome, Sentence, Usage
from app.run_rows import CaseResult
from evals.case import Case
from evals.metrics.score import Score


@dataclass(frozen=True, slots=True)
class Span:
    """Cited words: where they stand, not what they are."""

    article: str
    start: int
    """Code points into the article's normalised body, like `end` (exclusive)."""
    end: int


@dataclass(frozen=True, slots=True)
class WrittenSentence:
    """A released sentence as a run keeps it."""

    text: str
    citations: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class WrittenAnswer:
    """An answer as a run keeps it: the articles are named and not repeated."""

    outcome: Outcome
    text: str
    query: str | None
    sentences: tuple[WrittenSentence, ...]
    retrieved: tuple[str, ...]
    """Ids of the articles that search found, best first."""
    usage: tuple[Usage, ...]
    timings_ms: Mapping[str, float] = field(default_factory=dict)
    model: str = ""
    """Empty in a run that was written before it was kept here."""
    prompt: str | None = None
    prompt_fingerprint: str | None = None
    generation: str | None = None

    @classmethod
    def of(cls, answer: Answer) -> Self:
        """Return what is kept of an answer."""
        return cls(
            outcome=answer.outcome,
            text=answer.text,
            query=answer.question.query if answer.question else None,
            sentences=tuple(_written_sentence(sentence) for sentence in answer.sentences),
            retrieved=tuple(dict.fromkeys(passage.article.id for passage in answer.passages)),
            usage=answer.usage,
            timings_ms={step: round(spent, 2) for step, spent in answer.timings_ms.items()},
            model=answer.model,
            prompt=answer.prompt,
            prompt_fingerprint=answer.prompt_fingerprint,
            generation=answer.generation,
        )


@dataclass(frozen=True, slots=True)
class Repeat:
    """What came of asking a case again."""

    number: int
    """1 for the second time that the case was asked."""
    outcome: Outcome | None = None
    """None where it ended in an error."""
    text: str = ""
    """What the customer read."""
    error: str | None = None
    usage: tuple[Usage, ...] = ()
    """What its questions took, those of the history too."""

    @classmethod
    def of(cls, number: int, result: "Result") -> Self:
        """Return what of a result is kept of a repeat."""
        answer = result.answer
        if answer is None:
            return cls(number, error=result.error)
        usage = (*result.earlier_usage, *answer.usage)
        return cls(number, answer.outcome, answer.text, usage=usage)


@dataclass(frozen=True, slots=True)
class Result:
    """One case: its answer and scores, or the error that it ended in, or why it wasn't asked."""

    case: Case
    latency_ms: float
    """Wall-clock time of the case's own question, without its history and its scores."""
    answer: Answer | WrittenAnswer | None = None
    error: str | None = None
    scores: tuple[Score, ...] = ()
    earlier_usage: tuple[Usage, ...] = ()
    """What the questions of the case's history took."""
    not_asked: str | None = None
    """Why the case wasn't asked; None where it was."""
    repeats: tuple[Repeat, ...] = ()
    """What came of asking the case again, where a run does."""

    @property
    def is_whole(self) -> bool:
        """Whether neither the case nor a repeat of it ended in an error."""
        return self.error is None and all(repeat.error is None for repeat in self.repeats)

    def score(self, metric: str) -> Score | None:
        """Return the score of a metric; None where the case has no answer."""
        return next((score for score in self.scores if score.metric == metric), None)


def written_answer(result: Result) -> WrittenAnswer | None:
    """Return the answer as a run keeps it; None where the case ended in an error."""
    if isinstance(result.answer, Answer):
        return WrittenAnswer.of(result.answer)
    return result.answer


def result_row(result: Result) -> dict[str, object]:
    """Return the result as it is written, one JSON object a case."""
    case, answer = result.case, written_answer(result)
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
    if result.not_asked is not None:
        row["not_asked"] = result.not_asked
    if result.earlier_usage:
        row["earlier_usage"] = [_usage_row(usage) for usage in result.earlier_usage]
    if result.repeats:
        row["repeats"] = [_repeat_row(repeat) for repeat in result.repeats]
    if answer:
        row |= _answer_row(answer)
    row["scores"] = {score.metric: _score_row(score) for score in result.scores}
    return CaseResult.model_validate(row, extra="forbid").model_dump(
        mode="json", exclude_unset=True
    )


def _written_sentence(sentence: Sentence) -> WrittenSentence:
    spans = (Span(one.passage.article.id, one.start, one.end) for one in sentence.citations)
    return WrittenSentence(sentence.text, tuple(spans))


def _answer_row(answer: WrittenAnswer) -> dict[str, object]:
    return {
        "outcome": answer.outcome,
        "text": answer.text,
        "query": answer.query,
        "sentences": [_sentence_row(sentence) for sentence in answer.sentences],
        "retrieved": answer.retrieved,
        "usage": [_usage_row(usage) for usage in answer.usage],
        "timings_ms": answer.timings_ms,
        "model": answer.model,
        "prompt": answer.prompt,
        "prompt_fingerprint": answer.prompt_fingerprint,
        "generation": answer.generation,
    }


def _sentence_row(sentence: WrittenSentence) -> dict[str, object]:
    citations = [
        {"article": span.article, "start": span.start, "end": span.end}
        for span in sentence.citations
    ]
    return {"text": sentence.text, "citations": citations}


def _repeat_row(repeat: Repeat) -> dict[str, object]:
    row: dict[str, object] = {"repeat": repeat.number, "outcome": repeat.outcome}
    if repeat.error is not None:
        return row | {"error": repeat.error}
    return row | {"text": repeat.text, "usage": [_usage_row(usage) for usage in repeat.usage]}


def _usage_row(usage: Usage) -> dict[str, object]:
    row: dict[str, object] = {
        "model": usage.model,
        "prompt_tokens": usage.prompt_tokens,
        "completion_tokens": usage.completion_tokens,
        "cost_usd": usage.cost_usd,
        "estimated": usage.estimated,
        "cached_tokens": usage.cached_tokens,
    }
    return row | ({"from_cache": True} if usage.from_cache else {})


def _score_row(score: Score) -> dict[str, object]:
    row: dict[str, object] = {"state": score.state}
    if score.value is not None and isfinite(score.value):
        row["value"] = round(score.value, 4)
    if score.trials is not None:
        row |= {"successes": score.successes, "trials": score.trials}
    if score.usage:
        row["usage"] = [_usage_row(usage) for usage in score.usage]
    return row | ({"reason": score.reason} if score.reason else {})
