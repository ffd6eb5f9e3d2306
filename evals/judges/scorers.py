"""Scores without a model, measured against people beside the judges."""

from app.answer import Answer
from evals.case import Case
from evals.judges.identity import JudgeIdentity
from evals.metrics.faithfulness import cited_words, held_words
from evals.metrics.score import Metric, Score


class WordOverlap:
    """The plainest score there is: the share of its words that the worst sentence cites."""

    name = "word_overlap"

    def score(self, case: Case, answer: Answer) -> Score:  # noqa: ARG002 - the port's signature
        """Return the lowest share of all sentences; not applicable where none was released."""
        if not answer.sentences:
            return Score.not_applicable(self.name, "no sentence was released")
        shares = {one.text: held_words(one.text, cited_words(one)) for one in answer.sentences}
        worst = min(shares, key=lambda text: shares[text])
        return Score.measured(self.name, shares[worst], worst)


class ScoredWithoutModel:
    """A metric in the place of a judge."""

    def __init__(self, metric: Metric) -> None:
        self._metric = metric

    @property
    def name(self) -> str:
        """The metric's name."""
        return self._metric.name

    @property
    def identity(self) -> JudgeIdentity:
        """The metric alone: no model or prompt shapes its values."""
        return JudgeIdentity(self.name)

    async def score(self, case: Case, answer: Answer) -> Score:
        """Return the metric's score."""
        return self._metric.score(case, answer)
