"""The API, put together."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, datetime
from importlib.metadata import version

from fastapi import FastAPI

from app.api import articles, chat, conversations, health, turns
from app.api.limits import BodyLimits
from app.api.problems import RequestLog, handle_errors
from app.api.services import Services
from app.published_articles import Articles
from app.settings import AppSettings
from app.store.conversations import Conversations
from app.turns import Answering, Turns, TurnTimes


def create_app(
    settings: AppSettings, assistant: Answering, store: Conversations, library: Articles
) -> FastAPI:
    """Return the API over an assistant, the store of its conversations and its articles."""
    running = Turns(
        assistant,
        store,
        times=TurnTimes(settings.reader_grace_seconds),
        now=lambda: datetime.now(UTC),
    )
    application = FastAPI(
        title="Candor",
        description="Answers from help articles, each sentence with what it rests on.",
        version=version("candor"),
        lifespan=_watching(running),
        docs_url=None,  # its page loads scripts from another host
        redoc_url=None,
        redirect_slashes=False,
    )
    application.state.services = Services(settings, running, store, library)
    handle_errors(application)
    application.add_middleware(BodyLimits, max_bytes=settings.max_body_bytes)
    application.add_middleware(RequestLog)
    for part in (chat, turns, conversations, articles, health):
        application.include_router(part.router)
    return application


def _watching(
    running: Turns,
) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(_application: FastAPI) -> AsyncGenerator[None]:
        watch = asyncio.create_task(running.watch())
        try:
            yield
        finally:
            watch.cancel()
            await running.close()

    return lifespan
