"""A running API as the assistant that is measured: questions over HTTP, articles from its index.

The API doesn't tell which passages it found, which model wrote, or what that took: metrics of the
search aren't measured, and a budget can't be kept.
"""

from collections import defaultdict
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from http import HTTPStatus
from typing import TypeVar
from urllib.parse import quote

import httpx
from pydantic import BaseModel, TypeAdapter, ValidationError

from app.answer import Answer, Citation, Exchange, Sentence
from app.api.schemas import (
    ArticleBody,
    ArticleSummary,
    ChatBody,
    CitationBody,
    ConversationBody,
    Health,
    Problem,
    SentenceBody,
)
from evals.errors import RemoteError
from evals.metrics.score import Metric
from knowledge_base.article import Article, Chunk, Passage

MODEL = "api"
"""What stands for the model, which the API doesn't name."""
_MOST_ARTICLES = 1000  # as many as the API lists at once
_OF_THE_SEARCH = ("retrieved@", "ndcg@", "context_")
_SUMMARIES = TypeAdapter(list[ArticleSummary])

Body = TypeVar("Body", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class RemoteHelpCentre:
    """What an API serves."""

    generation: str
    articles: Mapping[str, Article]


@dataclass(frozen=True, slots=True)
class RemoteAssistant:
    """Asks an API; see `evals.runner.MeasuredAssistant`."""

    http: Mapping[str, object]
    """Options of the HTTP client: address, headers, timeout."""
    served: RemoteHelpCentre
    _conversations: dict[tuple[str, ...], list[str]] = field(
        default_factory=lambda: defaultdict(list)
    )
    """Conversations that may go on, by what was asked and answered in them so far."""

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
        async with httpx.AsyncClient(**self.http) as client:  # type: ignore[arg-type] # httpx's own
            chat = await _sent(client, "POST", "/v1/chat", ChatBody, asked)
            path = f"/v1/conversations/{quote(chat.conversation, safe='')}"
            turns = (await _sent(client, "GET", path, ConversationBody)).turns
        self._conversations[(*said, question, chat.text)].append(chat.conversation)
        generation = next((turn.generation for turn in turns if turn.turn == chat.turn), None)
        sentences = tuple(self._sentence(sentence, generation) for sentence in chat.sentences)
        for sentence in sentences:
            yield sentence
        yield Answer(chat.outcome, chat.text, sentences, generation=generation, model=MODEL)

    def _sentence(self, body: SentenceBody, generation: str | None) -> Sentence:
        if generation != self.served.generation:
            raise RemoteError(
                f"the API answers from generation {generation}, the run began with "
                f"{self.served.generation}: run it again"
            )
        return Sentence(body.text, tuple(self._citation(one) for one in body.citations))

    def _citation(self, body: CitationBody) -> Citation:
        article = self.served.articles.get(body.article)
        if article is None:
            raise RemoteError(f"the API cites {body.article}, which it doesn't list")
        text = article.body[body.passage_start : body.passage_end]
        chunk = Chunk(article.id, (), body.passage_start, body.passage_end, text)
        return Citation(Passage(chunk, article, score=1.0), body.start, body.end)


def open_remote(url: str, key: str | None, timeout_seconds: float) -> RemoteAssistant:
    """Return the assistant behind an API's address, its articles read.

    Raises:
        RemoteError: The API can't be reached, or serves no index.
    """
    headers = {"accept": "application/json"} | ({"authorization": f"Bearer {key}"} if key else {})
    options: dict[str, object] = {"base_url": url, "headers": headers, "timeout": timeout_seconds}
    with httpx.Client(**options) as client:  # type: ignore[arg-type] # httpx's own
        generation = _got(client, "/readyz", Health).generation
        if generation is None:
            raise RemoteError(f"the API at {url} serves no index: run `candor reindex` there")
        try:
            listed = _SUMMARIES.validate_json(_fetched(client, "/v1/articles").content)
        except ValidationError as error:
            raise RemoteError(f"the API at {url} lists no articles: is it Candor's?") from error
        bodies = (
            _got(client, f"/v1/articles/{quote(one.article, safe='/')}", ArticleBody, generation)
            for one in listed
        )
        articles = {body.article: _article(body) for body in bodies}
    return RemoteAssistant(options, RemoteHelpCentre(generation, articles))


def without_the_search(metrics: Sequence[Metric]) -> tuple[Metric, ...]:
    """Return the metrics that need no look at what the search found."""
    return tuple(one for one in metrics if not one.name.startswith(_OF_THE_SEARCH))


def public_address(url: str) -> str:
    """Return an address without user, password and query, which may be secret."""
    parsed = httpx.URL(url)
    return str(parsed.copy_with(username=None, password=None, query=None, fragment=None))


def _article(body: ArticleBody) -> Article:
    return Article(
        id=body.article,
        title=body.title,
        body=body.body,
        path=body.article,
        url=body.url,
        updated=body.updated,
    )


async def _sent(
    client: httpx.AsyncClient, method: str, path: str, body: type[Body], content: object = None
) -> Body:
    try:
        return _parsed(body, await client.request(method, path, json=content))
    except httpx.HTTPError as error:
        raise _away(client.base_url, error) from error


def _got(client: httpx.Client, path: str, body: type[Body], generation: str | None = None) -> Body:
    return _parsed(body, _fetched(client, path, generation))


def _fetched(client: httpx.Client, path: str, generation: str | None = None) -> httpx.Response:
    parameters = {"generation": generation} if generation else {"limit": str(_MOST_ARTICLES)}
    try:
        return client.get(path, params=parameters)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise _away(client.base_url, error) from error


def _parsed(body: type[Body], response: httpx.Response) -> Body:
    try:
        if response.status_code == HTTPStatus.OK:
            return body.model_validate_json(response.content)
        detail = Problem.model_validate_json(response.content).detail
    except ValidationError:
        detail = "with something that isn't Candor's"
    raise RemoteError(f"the API answered {response.status_code}: {detail}")


def _away(address: httpx.URL, error: Exception) -> RemoteError:
    return RemoteError(
        f"the API at {public_address(str(address))} can't be reached ({type(error).__name__}): "
        "check --url, and that it runs"
    )
