"""Ragas's metrics, with a judge model or without one; with `ragas_loading` the only home of ragas.

Faithfulness, answer relevancy, context precision and context recall ask the model of
`CANDOR_JUDGE_MODEL` (Es et al. 2023, arXiv:2309.15217); the others compare strings or ids.
All have `ragas_` before their name, so that none is taken for Candor's metric of that name.
What can't be judged is unscored with the reason, never 0 or NaN.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import astuple, dataclass
from math import isfinite
from typing import Protocol

from app.answer import Answer, Usage
from app.answering.kept_replies import KeptReplies
from evals.case import Case
from evals.judges.identity import JudgeIdentity
from evals.judges.kept_judge import nothing_asked
from evals.metrics.context import found_articles
from evals.metrics.score import Score

_FAILURES = (ValueError, ArithmeticError, TimeoutError)
"""What any metric may raise on inputs that it can't take."""
_LONGEST_REASON = 200


class JudgedValue(Protocol):
    """What ragas hands back."""

    @property
    def value(self) -> float:
        """Between 0 and 1; NaN where there is none."""
        ...


Inputs = Mapping[str, object]
Meter = Callable[[Usage], None]
"""Hears what each call took."""
AskRagas = Callable[[Inputs, Meter], Awaitable[JudgedValue]]
"""Takes a metric's inputs under ragas's names."""


class NotApplicableError(ValueError):
    """A metric asks nothing of this case or answer."""


@dataclass(frozen=True, slots=True)
class RagasMetric:
    """One of ragas's metrics as a judge of answers."""

    identity: JudgeIdentity
    inputs: Callable[[Case, Answer], Inputs]
    ask: AskRagas
    failures: tuple[type[Exception], ...]
    """What ragas and its client raise where they can't judge."""
    timeout_seconds: float
    secret: str | None
    replies: KeptReplies | None = None
    """Where values are kept by what they were judged from; None for none."""
    base_url: str | None = None
    """Address of the model's server; None where none is asked."""
    embedder: str | None = None
    """Fingerprint of the embedding model; None where none is."""

    @property
    def name(self) -> str:
        """The metric's name, `ragas_faithfulness`."""
        return self.identity.name

    async def score(self, case: Case, answer: Answer) -> Score:
        """Return ragas's value; not applicable where the case or the answer lacks what it needs."""
        try:
            inputs = self.inputs(case, answer)
        except NotApplicableError as reason:
            return Score.not_applicable(self.name, str(reason))
        asked = {
            "ragas": list(astuple(self.identity)),
            "base_url": self.base_url,
            "embedder": self.embedder,
            "inputs": dict(inputs),
        }
        kept = self.replies.get(asked) if self.replies else None
        if kept is not None:
            taken = [nothing_asked(self.identity.model)]
            return Score.measured(self.name, float(kept)).taking(taken)
        usage: list[Usage] = []
        score = await self._judged(inputs, usage.append)
        if self.replies and score.value is not None:
            self.replies.keep(asked, repr(score.value))
        return score.taking(usage)

    async def _judged(self, inputs: Inputs, meter: Meter) -> Score:
        failures: tuple[type[Exception], ...] = (*self.failures, *_FAILURES)
        try:
            async with asyncio.timeout(self.timeout_seconds):
                judged = await self.ask(inputs, meter)
        except failures as error:
            return Score.unscored(self.name, self._said(error))
        if not isfinite(judged.value):
            return Score.unscored(self.name, "ragas found nothing in the answer to judge: NaN")
        return Score.measured(self.name, float(judged.value))

    def _said(self, error: Exception) -> str:
        """Return the failure in one line, without the key that a server may repeat in it."""
        said = " ".join(str(error).split())
        if self.secret:
            said = said.replace(self.secret, "…")
        return f"{type(error).__name__}: {said[:_LONGEST_REASON]}"


def faithfulness_inputs(case: Case, answer: Answer) -> Inputs:
    """Return what faithfulness needs: question, answer and passages."""
    return {**relevancy_inputs(case, answer), "retrieved_contexts": _contexts(answer)}


def relevancy_inputs(case: Case, answer: Answer) -> Inputs:
    """Return what answer relevancy needs: question and answer."""
    if not answer.sentences:
        raise NotApplicableError("no sentence was released")
    return {"user_input": case.question, "response": answer.text}


def context_inputs(case: Case, answer: Answer) -> Inputs:
    """Return what context precision and recall need: question, passages and the right answer."""
    return {
        "user_input": case.question,
        "reference": _reference(case),
        "retrieved_contexts": _contexts(answer),
    }


def string_inputs(case: Case, answer: Answer) -> Inputs:
    """Return what the comparisons of strings need: the answer, and the facts of the case."""
    if not answer.sentences:
        raise NotApplicableError("no sentence was released")
    return {"response": answer.text, "reference": _reference(case)}


def passage_inputs(_: Case, answer: Answer) -> Inputs:
    """Return the answer with its passages in place of the right answer, which nobody wrote."""
    if not answer.sentences:
        raise NotApplicableError("no sentence was released")
    return {"response": answer.text, "reference": "\n".join(_contexts(answer))}


def id_inputs(case: Case, answer: Answer) -> Inputs:
    """Return what the comparisons of ids need: the articles found, and the gold ones."""
    if not case.articles:
        raise NotApplicableError("the case has no gold article to find")
    return {
        "retrieved_context_ids": list(found_articles(answer)),
        "reference_context_ids": list(case.articles),
    }


def _reference(case: Case) -> str:
    if not case.must:
        raise NotApplicableError("the case knows no right answer to compare with")
    return ". ".join(group[0] for group in case.must)


def _contexts(answer: Answer) -> list[str]:
    if not answer.passages:
        raise NotApplicableError("nothing was retrieved")
    return [passage.chunk.text for passage in answer.passages]
