"""The API behind a real socket, in the event loop of the test."""

import asyncio
import json
import socket
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import uvicorn
from httpx_sse import ServerSentEvent, aconnect_sse

from app.answer import Answer, Citation, Outcome, Sentence
from app.api.application import child_processes, create_app
from app.grounding.receipt import Attempt, CheckedClaim, Evidence, Origin, Receipt, Ruling
from app.grounding.verdict import Claim, Finding, Place, Verdict
from app.jobs import Jobs
from app.oversight import Oversight
from app.settings import AppSettings
from app.store.conversations import Conversations
from app.store.database import open_database
from app.store.sql_arms import SqlArmTurns
from app.store.sql_conversations import SqlConversations
from app.store.sql_live import SqlLiveTurns
from app.store.sql_reviews import SqlReviews
from app.telemetry.limits import limits_of
from app.telemetry.metrics import Metrics
from app.turn_ports import Answering
from knowledge_base.article import Article
from tests.builders import a_passage, an_article
from tests.fakes import FixedArticles

ARTICLE = an_article("Orders over 75 USD ship free. Refunds take 5 days.", article_id="ship/us")


@dataclass(frozen=True)
class Event:
    """One server-sent event."""

    id: str
    event: str
    data: str

    def json(self) -> dict[str, Any]:
        return dict(json.loads(self.data))


@dataclass
class Api:
    """A running API and a client of it."""

    http: httpx.AsyncClient
    articles: FixedArticles
    store: Conversations

    async def ask(self, question: str = "Is shipping free?", **fields: object) -> httpx.Response:
        return await self.http.post(
            "/v1/chat",
            json={"question": question, **fields},
            headers={"accept": "application/json"},
        )

    async def stream(self, question: str = "Is shipping free?") -> list[Event]:
        async with aconnect_sse(
            self.http, "POST", "/v1/chat", json={"question": question}
        ) as source:
            return [_event(sent) async for sent in source.aiter_sse()]

    async def events(self, turn: str, after: str | None = None) -> list[Event]:
        headers = {} if after is None else {"last-event-id": after}
        async with aconnect_sse(
            self.http, "GET", f"/v1/turns/{turn}/events", headers=headers
        ) as source:
            return [_event(sent) async for sent in source.aiter_sse()]


def _event(sent: ServerSentEvent) -> Event:
    return Event(sent.id, sent.event, sent.data)


@asynccontextmanager
async def serving(
    assistant: Answering,
    data_dir: Path,
    *,
    library: FixedArticles | None = None,
    new_jobs: Callable[[], Jobs] = child_processes,
    oversight: Oversight | None = None,
    metrics: Metrics | None = None,
    **settings: object,
) -> AsyncGenerator[Api]:
    """Run the API on a free port for as long as the context lasts."""
    chosen = AppSettings(data_dir=data_dir, **settings)  # type: ignore[arg-type] # any field
    database = open_database(data_dir, chosen.database_url)
    store = SqlConversations(database)
    shelf = library or FixedArticles(ARTICLE)
    config = uvicorn.Config(
        create_app(
            chosen,
            assistant,
            store,
            SqlReviews(database),
            shelf,
            new_jobs=new_jobs,
            oversight=oversight or Oversight(limits_of(chosen)),
            metrics=metrics,
            live=SqlLiveTurns(database),
            arms=SqlArmTurns(database),
        ),
        log_config=None,
        timeout_graceful_shutdown=1,
    )
    server = uvicorn.Server(config)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        running = asyncio.create_task(server.serve(sockets=[listener]))
        async with httpx.AsyncClient(base_url=address, timeout=60) as http:
            yield Api(http, shelf, store)
        server.should_exit = True
        await running
    store.close()


def a_sentence(text: str = "Orders over 75 USD ship free.", article: Article = ARTICLE) -> Sentence:
    start = max(article.body.find(text), 0)
    return Sentence(text, (Citation(a_passage(article=article), start, start + len(text)),))


def an_answer(*sentences: Sentence, outcome: Outcome = Outcome.ANSWERED) -> Answer:
    return Answer(
        outcome=outcome,
        text=" ".join(sentence.text for sentence in sentences) or "Our articles don't cover this.",
        sentences=sentences,
        generation="g1",
    )


def a_receipt(sentence: Sentence, *blocked: str) -> Receipt:
    """Return the receipt of a sentence, shown after other wordings of it were blocked."""
    (citation,) = sentence.citations
    claim = Claim(sentence.text, 0, len(sentence.text))
    place = Place(0, citation.start, citation.end)
    found = Finding(claim, Verdict.SUPPORTED, 1.0, "the article says so", "verbatim", place)
    evidence = Evidence(citation.passage, citation.start, citation.end, version="a" * 64)
    attempts = (
        *(_blocked(text) for text in blocked),
        Attempt(Origin.QUOTE, sentence.text, (CheckedClaim(found, evidence),)),
    )
    ruling = Ruling.QUOTED if blocked else Ruling.RELEASED
    return Receipt(ruling, attempts, sentence, generation="g1")


def a_refusal(text: str) -> Receipt:
    """Return the receipt of a sentence that was dropped."""
    return Receipt(Ruling.DROPPED, (_blocked(text),), None, generation="g1")


def _blocked(text: str) -> Attempt:
    claim = Claim(text, 0, len(text))
    found = Finding(claim, Verdict.CONTRADICTED, 0.0, "80 USD is said nowhere", "policy facts")
    return Attempt(Origin.DRAFT, text, (CheckedClaim(found, None),))
