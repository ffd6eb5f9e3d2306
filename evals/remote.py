"""A running API as the assistant that is measured: questions over HTTP, articles from its index.

Only who has the admin key is told which passages were found, which model wrote and what that took.
Without it, the metrics of the search are not applicable, invented policies are unscored, and a
budget can't be kept.
"""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from urllib.parse import quote

import httpx

from app.answer import Answer, Citation, Exchange, Question, Sentence, Usage
from app.api.admin.schemas import Overview, TurnRecordBody
from app.api.schemas import (
    ChatBody,
    CitationBody,
    ConversationBody,
    Health,
    SentenceBody,
)
from evals.case import Case
from evals.errors import RemoteError
from evals.metrics.invented_policy import NoInventedPolicy
from evals.metrics.score import Metric, Score
from evals.patient_client import PatientClient, Sleep
from evals.remote_call import sent
from evals.remote_help_centre import RemoteHelpCentre, read_help_centre
from knowledge_base.article import Chunk, Passage

MODEL = "api"
"""What stands for the model, which the API doesn't name."""
_OF_THE_SEARCH = ("retrieved@", "ndcg@", "context_")
_OF_SCOPES = NoInventedPolicy.name


@dataclass(frozen=True, slots=True)
class RemoteAssistant:
    """Asks an API; see `evals.runner.MeasuredAssistant`."""

    http: Mapping[str, object]
    """Options of the HTTP client: address, headers, timeout."""
    served: RemoteHelpCentre
    tells_all: bool = False
    """Whether its key opens what an admin may read: how each turn was answered."""
    _conversations: dict[tuple[str, ...], list[str]] = field(
        default_factory=lambda: defaultdict(list)
    )
    """Conversations that may go on, by what was asked and answered in them so far."""
    _sleep: Sleep = asyncio.sleep

    async def answer(
        self, question: str, history: Sequence[Exchange] = (), at: date | None = None
    ) -> AsyncIterator[Sentence | Answer]:
        """Yield the answer's sentences, then the answer, as the API gave it.

        Raises:
            RemoteError: The API can't be reached, refused, or serves another index by now.
        """
        said = tuple(words for one in history for words in (one.question, one.answer))
        asked = {"question": question, "at": at.isoformat() if at else None}
        if said:
            asked["conversation"] = self._conversations[said].pop()
        async with httpx.AsyncClient(**self.http) as http:  # type: ignore[arg-type] # httpx's own
            client = PatientClient(http, self._sleep)
            # A turn that was taken stays in its conversation: asked again, it would stand twice.
            chat = await sent(
                client, "POST", "/v1/chat", ChatBody, content=asked, is_repeatable=not said
            )
            path = f"/v1/conversations/{quote(chat.conversation, safe='')}"
            turns = (await sent(client, "GET", path, ConversationBody)).turns
            record = await self._record(client, chat.turn)
        self._conversations[(*said, question, chat.text)].append(chat.conversation)
        generation = next((turn.generation for turn in turns if turn.turn == chat.turn), None)
        sentences = tuple(self._sentence(sentence, generation) for sentence in chat.sentences)
        for sentence in sentences:
            yield sentence
        answer = Answer(chat.outcome, chat.text, sentences, generation=generation, model=MODEL)
        yield self._with_record(answer, record, question, at) if record else answer

    async def _record(self, client: PatientClient, turn: str) -> TurnRecordBody | None:
        if not self.tells_all:
            return None
        return await sent(client, "GET", f"/v1/admin/turns/{turn}", TurnRecordBody)

    def _with_record(
        self, answer: Answer, record: TurnRecordBody, question: str, at: date | None
    ) -> Answer:
        passages = (self._passage(one.article, one.start, one.end) for one in record.passages)
        return replace(
            answer,
            question=Question(question, record.query, at or record.asked),
            passages=tuple(passages),
            model=record.model,
            prompt=record.prompt,
            prompt_fingerprint=record.prompt_fingerprint,
            usage=tuple(Usage(**call.model_dump()) for call in record.usage),
            timings_ms=record.timings_ms,
        )

    def _sentence(self, body: SentenceBody, generation: str | None) -> Sentence:
        if generation != self.served.generation:
            raise RemoteError(
                f"the API answers from generation {generation}, the run began with "
                f"{self.served.generation}: run it again"
            )
        return Sentence(body.text, tuple(self._citation(one) for one in body.citations))

    def _citation(self, body: CitationBody) -> Citation:
        passage = self._passage(body.article, body.passage_start, body.passage_end)
        return Citation(passage, body.start, body.end)

    def _passage(self, article_id: str, start: int, end: int) -> Passage:
        article = self.served.articles.get(article_id)
        if article is None:
            raise RemoteError(f"the API cites {article_id}, which it doesn't list")
        chunk = Chunk(article.id, (), start, end, article.body[start:end])
        return Passage(chunk, article, score=1.0)


def open_remote(url: str, key: str | None, timeout_seconds: float) -> RemoteAssistant:
    """Return the assistant behind an API's address, its articles read.

    Raises:
        RemoteError: The API can't be reached, or serves no index.
    """
    headers = {"accept": "application/json"} | ({"authorization": f"Bearer {key}"} if key else {})
    options: dict[str, object] = {"base_url": url, "headers": headers, "timeout": timeout_seconds}
    return asyncio.run(_opened(url, options))


async def _opened(url: str, options: Mapping[str, object]) -> RemoteAssistant:
    async with httpx.AsyncClient(**options) as http:  # type: ignore[arg-type] # httpx's own
        client = PatientClient(http)
        generation = (await sent(client, "GET", "/readyz", Health)).generation
        if generation is None:
            raise RemoteError(f"the API at {url} serves no index: run `candor reindex` there")
        is_admin = await _is_open_to(client)
        served = await read_help_centre(client, generation, is_admin=is_admin)
    return RemoteAssistant(options, served, is_admin)


def without_the_admin_key(metrics: Sequence[Metric]) -> tuple[Metric, ...]:
    """Return the metrics; those of what the search found, and of whom articles are for, untold."""
    return tuple(_told(one) for one in metrics)


def _told(metric: Metric) -> Metric:
    if metric.name.startswith(_OF_THE_SEARCH):
        return NotTold(metric.name)
    return ScopesNotTold(metric.name) if metric.name == _OF_SCOPES else metric


@dataclass(frozen=True, slots=True)
class NotTold:
    """A metric of something that the API doesn't tell."""

    name: str

    def score(self, case: Case, answer: Answer) -> Score:  # noqa: ARG002 - the port's signature
        """Return that it is not applicable, and what would make it so."""
        return Score.not_applicable(
            self.name,
            "the API tells what it found only with its admin key",
        )


@dataclass(frozen=True, slots=True)
class ScopesNotTold:
    """A metric that would take articles for other customers as support."""

    name: str

    def score(self, case: Case, answer: Answer) -> Score:  # noqa: ARG002 - the port's signature
        """Return that it is unscored, and what it takes."""
        return Score.unscored(
            self.name,
            "the API tells whom an article is for, and what it supersedes, only with its admin key",
        )


async def _is_open_to(client: PatientClient) -> bool:
    """Tell whether the key is the admin's."""
    try:
        await sent(client, "GET", "/v1/admin", Overview)
    except RemoteError:
        return False
    return True
