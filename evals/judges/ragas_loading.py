"""Opens ragas's metrics, which takes seconds, from the settings of the evaluations."""

import asyncio
import json
import os
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from typing import Any

from app.answer import Answer, Usage
from app.answering.kept_replies import KeptReplies
from app.telemetry.cost import Tokens, cost_usd, estimated_tokens, price_of
from evals.case import Case
from evals.errors import JudgeError
from evals.judges.identity import JudgeIdentity, ragas_prompt
from evals.judges.ragas_metrics import (
    AskRagas,
    Inputs,
    JudgedValue,
    Meter,
    RagasMetric,
    context_inputs,
    faithfulness_inputs,
    id_inputs,
    passage_inputs,
    relevancy_inputs,
    string_inputs,
)
from evals.settings import EvalsSettings
from knowledge_base.bootstrap import open_embedder
from knowledge_base.embedding.embedder import Embedder
from knowledge_base.errors import in_one_line

_RETRIES = 2
_NO_KEY = "none"
"""What a server of one's own gets, as the client insists on some key."""
_COLLECTIONS = "ragas.metrics.collections"
_TakeInputs = Callable[[Case, Answer], Inputs]
"""Takes a case and its answer."""
_JUDGED: Mapping[str, tuple[str, _TakeInputs]] = {
    "ragas_faithfulness": ("Faithfulness", faithfulness_inputs),
    "ragas_answer_relevancy": ("AnswerRelevancy", relevancy_inputs),
    "ragas_context_precision": ("ContextPrecision", context_inputs),
    "ragas_context_recall": ("ContextRecall", context_inputs),
}
_STRINGS = {
    "ragas_string_similarity": "NonLLMStringSimilarity",
    "ragas_rouge": "RougeScore",
    "ragas_chrf": "CHRFScore",
    "ragas_bleu": "BleuScore",
}
_IDS = {
    "ragas_id_context_precision": ("ragas.metrics._context_precision", "IDBasedContextPrecision"),
    "ragas_id_context_recall": ("ragas.metrics._context_recall", "IDBasedContextRecall"),
}
RAGAS_JUDGES = tuple(_JUDGED)
"""Names of the metrics that ask a model."""
RAGAS_CALLS = {
    "ragas_faithfulness": 2,
    "ragas_answer_relevancy": 3,
    "ragas_context_precision": 10,  # one a passage
    "ragas_context_recall": 1,
}
"""How many calls each of them makes for an answer, without further tries."""
RAGAS_STRINGS = tuple(_STRINGS)
"""Names of those that compare strings."""
RAGAS_IDS = tuple(_IDS)
"""Names of those that compare ids."""


@dataclass(frozen=True, slots=True)
class _Value:
    value: float


def open_ragas_judge(
    settings: EvalsSettings, name: str, replies: KeptReplies | None = None
) -> RagasMetric:
    """Return the metric of `RAGAS_JUDGES` with `CANDOR_JUDGE_MODEL`.

    Answer relevancy embeds with Candor's own embedding model. With `replies`, what was judged
    before isn't judged again.

    Raises:
        JudgeError: No model or key is set, or ragas isn't installed.
    """
    if not settings.judge_model:
        raise JudgeError("no judge model is set: set CANDOR_JUDGE_MODEL")
    metric_class, inputs = _JUDGED[name]
    loaded = _loaded(_COLLECTIONS, metric_class)
    connection = _connection(settings)
    embedder = open_embedder(settings) if metric_class == "AnswerRelevancy" else None
    from instructor.core.exceptions import InstructorError  # noqa: PLC0415 - seconds
    from openai import OpenAIError  # noqa: PLC0415 - seconds

    return RagasMetric(
        identity=JudgeIdentity(name, settings.judge_model, ragas_prompt()),
        inputs=inputs,
        ask=_asking(settings, connection, loaded, embedder),
        failures=(InstructorError, OpenAIError),
        timeout_seconds=settings.judge_timeout_seconds,
        secret=None if connection["api_key"] == _NO_KEY else connection["api_key"],
        replies=replies,
        base_url=connection["base_url"],
        embedder=embedder.fingerprint if embedder else None,
    )


def open_ragas_comparison(
    settings: EvalsSettings, name: str, *, with_passages: bool = False
) -> RagasMetric:
    """Return the metric of `RAGAS_STRINGS` or `RAGAS_IDS`, which need no model.

    Args:
        settings: Of the evaluations.
        name: The metric's name.
        with_passages: Compare an answer with its passages, not with the facts of its case.

    Raises:
        JudgeError: Ragas or what the metric needs isn't installed.
    """
    inputs: _TakeInputs
    if name in _IDS:
        ask, inputs = _by_ids(_loaded(*_IDS[name])()), id_inputs
    else:
        ask = _by_strings(_loaded(_COLLECTIONS, _STRINGS[name])())
        inputs = passage_inputs if with_passages else string_inputs
    return RagasMetric(
        identity=JudgeIdentity(name, prompt=ragas_prompt()),
        inputs=inputs,
        ask=ask,
        failures=(ImportError, AssertionError),
        timeout_seconds=settings.judge_timeout_seconds,
        secret=None,
    )


def _loaded(module: str, name: str) -> Any:
    os.environ["RAGAS_DO_NOT_TRACK"] = "true"  # noqa: TID251 - ragas reads it on import
    try:
        return getattr(import_module(module), name)
    except ImportError as error:
        raise JudgeError(
            f"ragas isn't installed ({error}): install `candor[evals]`, or leave its metrics out "
            "of CANDOR_JUDGES"
        ) from error


def _connection(settings: EvalsSettings) -> dict[str, Any]:
    from openai import AsyncOpenAI, OpenAIError  # noqa: PLC0415 - seconds

    given = settings.judge_api_key.get_secret_value() if settings.judge_api_key else None
    connection: dict[str, Any] = {
        "api_key": given or (_NO_KEY if settings.judge_base_url else None),
        "base_url": settings.judge_base_url,
        "timeout": settings.judge_timeout_seconds,
        "max_retries": _RETRIES,
    }
    try:
        client = AsyncOpenAI(**connection)
    except OpenAIError as error:
        raise JudgeError(f"{in_one_line(error)}: set CANDOR_JUDGE_API_KEY") from error
    return {**connection, "api_key": client.api_key, "base_url": str(client.base_url)}


def _asking(
    settings: EvalsSettings,
    connection: Mapping[str, Any],
    metric_class: Any,
    embedder: Embedder | None,
) -> AskRagas:
    from openai import AsyncOpenAI, DefaultAsyncHttpxClient  # noqa: PLC0415 - seconds
    from ragas.llms import llm_factory  # noqa: PLC0415 - as above

    tls = ssl.create_default_context()
    further = {"embeddings": _embeddings(embedder)} if embedder else {}

    async def ask(inputs: Inputs, meter: Meter) -> JudgedValue:
        hooks: dict[str, list[Callable[..., Any]]] = {"response": [partial(_note, settings, meter)]}
        http = DefaultAsyncHttpxClient(verify=tls, event_hooks=hooks)
        async with AsyncOpenAI(**connection, http_client=http) as client:
            llm = llm_factory(settings.judge_model, client=client)
            judged: JudgedValue = await metric_class(llm=llm, **further).ascore(**inputs)
            return judged

    return ask


async def _note(settings: EvalsSettings, meter: Meter, response: Any) -> None:
    """Tell the meter what a call took, as the server says; a refusal took what was sent."""
    model = settings.judge_model or ""
    try:
        told = json.loads(await response.aread())["usage"]
        tokens = Tokens(int(told["prompt_tokens"]), int(told["completion_tokens"]))
        is_estimated = False
    except (ValueError, KeyError, TypeError):
        tokens = Tokens(estimated_tokens(len(response.request.content)), 0)
        is_estimated = True
    cost = cost_usd(price_of(model, settings.prices), tokens)
    meter(Usage(model, tokens.prompt, tokens.completion, cost, is_estimated))


def _by_strings(metric: Any) -> AskRagas:
    async def ask(inputs: Inputs, _: Meter) -> JudgedValue:
        judged: JudgedValue = await metric.ascore(**inputs)
        return judged

    return ask


def _by_ids(metric: Any) -> AskRagas:
    sample = _loaded("ragas.dataset_schema", "SingleTurnSample")

    async def ask(inputs: Inputs, _: Meter) -> JudgedValue:
        return _Value(float(await metric.single_turn_ascore(sample(**inputs))))

    return ask


def _embeddings(embedder: Embedder) -> object:
    """Return the embedder under ragas's interface."""
    from ragas.embeddings.base import BaseRagasEmbedding  # noqa: PLC0415 - seconds

    class Embeddings(BaseRagasEmbedding):  # type: ignore[misc]  # ragas's types aren't read
        def embed_text(self, text: str, **_: object) -> list[float]:
            return [float(number) for number in embedder.embed([text])[0]]

        async def aembed_text(self, text: str, **_: object) -> list[float]:
            return await asyncio.to_thread(self.embed_text, text)

    return Embeddings()
