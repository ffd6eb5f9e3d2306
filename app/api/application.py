"""The API, put together."""

import asyncio
import time
from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import version

from fastapi import FastAPI

from app.api import articles, chat, conversations, health, turns
from app.api.admin.desk import open_desk
from app.api.admin.routes import add_admin_routes
from app.api.limits import BodyLimits
from app.api.problems import RequestLog, handle_errors
from app.api.services import Services
from app.api.webhooks import add_webhooks
from app.editor_jobs import EditorJobs, JobKind
from app.guardrails.personal_data import Masker
from app.jobs import Jobs, ProcessJobs
from app.live_turn import TurnTimes
from app.published_articles import Articles
from app.settings import AppSettings
from app.store.conversations import Conversations
from app.store.reviews import ReviewQueue
from app.turns import Answering, Turns
from ingestion.reindex_lock import running_reindex


def child_processes() -> Jobs:
    """Return what runs long work as child processes."""
    return ProcessJobs(lambda: datetime.now(UTC))


def create_app(
    settings: AppSettings,
    assistant: Answering,
    store: Conversations,
    reviews: ReviewQueue,
    library: Articles,
    *,
    new_jobs: Callable[[], Jobs] = child_processes,
    masker: Masker | None = None,
) -> FastAPI:
    """Return the API over an assistant, what is kept of its answers, and its articles.

    `new_jobs` makes what runs long work: each kind of work has one of its own. `masker` hides
    personal data from the store; without one, nothing is hidden.
    """
    masker = masker or Masker(())
    running = Turns(
        assistant,
        store,
        times=TurnTimes(settings.reader_grace_seconds),
        now=lambda: datetime.now(UTC),
        masker=masker,
    )
    jobs = EditorJobs(
        {kind: new_jobs() for kind in JobKind}, partial(running_reindex, settings.data_dir)
    )
    application = FastAPI(
        title="Candor",
        description="Answers from help articles, each sentence with what it rests on.",
        version=version("candor"),
        lifespan=_watching(running, jobs),
        docs_url=None,  # its page loads scripts from another host
        redoc_url=None,
        redirect_slashes=False,
    )
    application.state.services = Services(settings, running, store, library, masker)
    handle_errors(application)
    application.add_middleware(BodyLimits, max_bytes=settings.max_body_bytes)
    if settings.admin_key is not None:
        add_admin_routes(
            application, settings.admin_key, open_desk(settings, library, jobs, reviews)
        )
    if settings.webhook_secret is not None:
        add_webhooks(application, settings.webhook_secret, jobs, time.time)
    application.add_middleware(RequestLog)
    for part in (chat, turns, conversations, articles, health):
        application.include_router(part.router)
    return application


def _watching(
    running: Turns, jobs: EditorJobs
) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(_application: FastAPI) -> AsyncGenerator[None]:
        watch = asyncio.create_task(running.watch())
        try:
            yield
        finally:
            watch.cancel()
            await running.close()
            await asyncio.to_thread(jobs.close)

    return lifespan
