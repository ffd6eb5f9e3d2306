"""The three services of `benchmarks/overhead.py`, each in a process of its own."""

import atexit
import json
import signal
import socket
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import uuid4

import uvicorn
from fastapi import FastAPI
from langchain_core.embeddings import Embeddings
from langchain_core.output_parsers import StrOutputParser
from langchain_core.prompts import ChatPromptTemplate
from langchain_core.vectorstores import InMemoryVectorStore
from opentelemetry.context import Context
from opentelemetry.sdk.trace import ReadableSpan, Span, SpanProcessor
from pydantic import BaseModel
from starlette.types import ASGIApp, Receive, Scope, Send

from app.answering.answer_cache import AnswerCache
from app.answering.chat_model import build_chat_model_answerer
from app.answering.provider import ChatModel, ModelAddress
from app.api.application import create_app
from app.assistant import PASSAGES, Assistant
from app.bootstrap import build_library
from app.grounding.gate import Gate
from app.guardrails.roster import (
    Confidential,
    build_guardrails,
    build_masker,
    build_output_guardrails,
)
from app.library import Library, OpenGeneration
from app.oversight import Oversight
from app.price import Price
from app.prompts.canary import deployment_canary
from app.published_articles import open_articles, when_built
from app.releases.pointer import Serving as ServingReleases
from app.served_assistant import ServedAssistant
from app.settings import AppSettings
from app.store.database import open_database
from app.store.sql_conversations import SqlConversations
from app.store.sql_reviews import SqlReviews
from app.telemetry.limits import limits_of
from app.telemetry.logs import configure_logging
from app.telemetry.metrics import Metrics
from app.telemetry.traces import OtelTraces
from benchmarks.instant_model import InstantModel
from knowledge_base.bootstrap import open_embedder
from knowledge_base.embedding.embedder import Embedder
from knowledge_base.generations.generation import Generation
from knowledge_base.generations.serving import Serving
from knowledge_base.validity import today
from tests.fakes import FixedOpening

_PRICE = Price(prompt=1, cached=0.5, completion=4, as_of=date(2026, 11, 1))
_SYSTEM = "Answer from the passages alone, and cite each by its number."
_HUMAN = "{passages}\n\nQuestion: {question}"


class Asked(BaseModel):
    """A question."""

    question: str


class LateFile:
    """Keeps lines in memory until the process ends: what is measured shouldn't wait for a disk."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._lines: list[object] = []
        atexit.register(self._write)

    def add(self, line: object) -> None:
        """Keep one line, as JSON."""
        self._lines.append(line)

    def _write(self) -> None:
        self._file.write_text("\n".join(map(json.dumps, self._lines)), encoding="utf-8")


class SpanFile(SpanProcessor):
    """Keeps of each span its turn, name, time and processor time, one a line.

    The processor time is the whole process's, which answers one request at a time here.
    """

    def __init__(self, file: Path) -> None:
        self._file = LateFile(file)
        self._began: dict[int, float] = {}

    def on_start(self, span: Span, parent_context: Context | None = None) -> None:
        """Note what the process has used by now."""
        del parent_context
        if span.context:
            self._began[span.context.span_id] = time.process_time()

    def on_end(self, span: ReadableSpan) -> None:
        """Keep one span."""
        if span.start_time and span.end_time and span.context:
            cpu = time.process_time() - self._began.pop(span.context.span_id)
            ms = (span.end_time - span.start_time) / 1e6
            self.add(f"{span.context.trace_id:032x}", span.name, ms, 1000 * cpu)

    def add(self, turn: str, name: str, ms: float, cpu_ms: float) -> None:
        """Keep one line."""
        self._file.add({"turn": turn, "name": name, "ms": ms, "cpu_ms": cpu_ms})


class Clocked:
    """Keeps the process's seconds of processor time by each request's arrival, one a line."""

    def __init__(self, app: ASGIApp, file: Path) -> None:
        self._app = app
        self._file = LateFile(file)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] == "http":
            self._file.add(time.process_time())
        await self._app(scope, receive, send)


def echo(_settings: AppSettings, _folder: Path) -> FastAPI:
    """Return a service that gives back what it was sent."""
    application = FastAPI()

    @application.post("/v1/chat")
    async def reply(asked: Asked) -> dict[str, str]:
        return {"turn": uuid4().hex, "text": asked.question}

    return application


def chain(settings: AppSettings, folder: Path) -> FastAPI:
    """Return a service with a plain LangChain chain over the same chunks."""
    generation = Generation.open(settings.data_dir, Serving(settings.data_dir).generation_id())
    store = InMemoryVectorStore(_LangChainEmbeddings(open_embedder(settings)))
    store.add_texts([chunk.text for chunk in generation.chunks])
    retriever = store.as_retriever(search_kwargs={"k": PASSAGES})
    prompt = ChatPromptTemplate.from_messages([("system", _SYSTEM), ("human", _HUMAN)])
    answering = prompt | InstantModel() | StrOutputParser()
    spans, application = SpanFile(folder / "chain.jsonl"), FastAPI()

    @application.post("/v1/chat")
    async def reply(asked: Asked) -> dict[str, str]:
        turn, began, used = uuid4().hex, time.perf_counter(), time.process_time()
        found = await retriever.ainvoke(asked.question)
        ms, cpu_ms = 1000 * (time.perf_counter() - began), 1000 * (time.process_time() - used)
        spans.add(turn, "retrieval", ms, cpu_ms)
        fenced = (
            f'<passage number="{number}">\n{document.page_content}\n</passage>'
            for number, document in enumerate(found, 1)
        )
        inputs = {"passages": "\n".join(fenced), "question": asked.question}
        pieces = [piece async for piece in answering.astream(inputs)]
        return {"turn": turn, "text": "".join(pieces)}

    return application


def candor(settings: AppSettings, folder: Path) -> FastAPI:
    """Return Candor's own service with everything on, its model replaced."""
    database = open_database(folder)
    traces = OtelTraces(SpanFile(folder / "candor.jsonl"))
    articles, masker = open_articles(settings.data_dir), build_masker(settings)
    masker.load()
    metrics = Metrics(when_built(settings.data_dir), lambda: datetime.now(UTC))
    oversight = Oversight(limits_of(settings), traces, metrics.count)
    assistant = Assistant(
        library=_Instant(settings),
        gate=Gate(),
        guardrails=build_guardrails(settings),
        output_guardrails=build_output_guardrails(settings, Confidential()),
        contact=settings.contact,
        today=lambda: today(settings.timezone),
    )
    return create_app(
        settings,
        ServedAssistant(ServingReleases, FixedOpening(assistant)),
        SqlConversations(database),
        SqlReviews(database),
        articles,
        masker=masker,
        oversight=oversight,
        metrics=metrics,
    )


class _Instant:
    """The published library, with the instant model in place of who quotes."""

    def __init__(self, settings: AppSettings) -> None:
        canary = deployment_canary(settings.data_dir)
        library: Library = build_library(settings, canary)
        opened = library.current()
        answerer = build_chat_model_answerer(
            settings.model_copy(update={"model": "instant:model"}), canary, _open_instant
        )
        self._opened = OpenGeneration(
            id=opened.id,
            search=opened.search,
            scopes=opened.scopes,
            answerer=answerer,
            quoter=opened.answerer,
            cache=AnswerCache(open_embedder(settings).embed, entries=1000, near=True),
            grounds=opened.grounds,
            release=opened.release,
        )

    def current(self) -> OpenGeneration:
        """Return the published generation, opened."""
        return self._opened


def _open_instant(address: ModelAddress) -> ChatModel:
    return ChatModel(address.name, InstantModel(), _PRICE)


class _LangChainEmbeddings(Embeddings):
    """The embedding model, as LangChain asks for one."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return a vector a text."""
        return [list(map(float, row)) for row in self._embedder.embed(texts)]

    def embed_query(self, text: str) -> list[float]:
        """Return the vector of one text."""
        return self.embed_documents([text])[0]


_SERVICES: dict[str, Callable[[AppSettings, Path], FastAPI]] = {
    "echo": echo,
    "chain": chain,
    "candor": candor,
}


def main() -> None:
    """Serve one of them until it is ended."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())  # else nothing is written at the end
    name, port, folder = sys.argv[1:]
    configure_logging("json")
    settings = AppSettings(
        budget_request_usd=1, budget_key_usd=1000, budget_day_usd=1000, metrics_key="x" * 16
    )
    application = _SERVICES[name](settings, Path(folder))
    with socket.create_server(("127.0.0.1", int(port))) as listener:
        clocked = Clocked(application, Path(folder) / f"{name}.cpu")
        config = uvicorn.Config(clocked, log_config=None, access_log=False)
        uvicorn.Server(config).run(sockets=[listener])


if __name__ == "__main__":
    main()
