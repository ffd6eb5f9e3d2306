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
from app.api.metrics import add_metrics
from app.api.problems import RequestLog, handle_errors
from app.api.services import Services
from app.api.webhooks import add_webhooks
from app.drift.canaries import Canaries
from app.editor_jobs import EditorJobs, JobKind
from app.guardrails.personal_data import Masker
from app.jobs import Jobs, ProcessJobs
from app.live_turn import TurnTimes
from app.operations import Operations
from app.oversight import Oversight
from app.published_articles import Articles
from app.releases.store import Releases
from app.schedule import Schedule, open_schedule
from app.settings import AppSettings
from app.store.arms import ArmTurns
from app.store.conversations import Conversations
from app.store.live import LiveTurns
from app.store.reviews import ReviewQueue
from app.telemetry.limits import limits_of
from app.telemetry.metrics import Metrics
from app.turn_ports import Answering, Assigning
from app.turns import Turns
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
    assignment: Assigning | None = None,
    oversight: Oversight | None = None,
    metrics: Metrics | None = None,
    live: LiveTurns | None = None,
    arms: ArmTurns | None = None,
) -> FastAPI:
    """Return the API over an assistant, what is kept of its answers, and its articles.

    `new_jobs` makes what runs long work: each kind of work has one of its own. `masker` hides
    personal data from the store; without one, nothing is hidden. `assignment` gives each
    conversation its release. `oversight` keeps budgets and tells of turns; without one, nobody
    does. `metrics` are what Prometheus reads.
    `live` reads what turns count for; without it there are no routes on operations. `arms` reads
    the turns of releases; without it they can't be compared by them.
    """
    masker = masker or Masker(())
    running = Turns(
        assistant,
        store,
        times=TurnTimes(settings.reader_grace_seconds),
        now=lambda: datetime.now(UTC),
        check=library.current,
        masker=masker,
        assignment=assignment,
        oversight=oversight,
    )
    jobs = EditorJobs(
        {kind: new_jobs() for kind in JobKind}, partial(running_reindex, settings.data_dir)
    )
    schedule = open_schedule(
        settings.data_dir, settings.schedule, new_jobs, lambda: datetime.now(UTC)
    )
    application = FastAPI(
        title="Candor",
        description="Answers from help articles, each sentence with what it rests on.",
        version=version("candor"),
        lifespan=_watching(running, jobs, schedule),
        docs_url=None,  # its page loads scripts from another host
        redoc_url=None,
        redirect_slashes=False,
    )
    application.state.services = Services(settings, running, store, library, masker)
    handle_errors(application)
    application.add_middleware(BodyLimits, max_bytes=settings.max_body_bytes)
    if settings.admin_key is not None:
        add_admin_routes(
            application,
            settings.admin_key,
            open_desk(settings, library, jobs, reviews),
            _operations(settings, live) if live else None,
            arms,
        )
    if settings.webhook_secret is not None:
        add_webhooks(application, settings.webhook_secret, jobs, time.time)
    if settings.metrics_key is not None and metrics is not None:
        add_metrics(application, settings.metrics_key, metrics)
    application.add_middleware(RequestLog)
    for part in (chat, turns, conversations, articles, health):
        application.include_router(part.router)
    return application


def _operations(settings: AppSettings, live: LiveTurns) -> Operations:
    return Operations(
        live,
        Canaries(settings.data_dir),
        Releases(settings.data_dir),
        timezone=settings.timezone,
        now=lambda: datetime.now(UTC),
        limits=limits_of(settings),
    )


def _watching(
    running: Turns, jobs: EditorJobs, schedule: Schedule | None
) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(_application: FastAPI) -> AsyncGenerator[None]:
        watches = [asyncio.create_task(running.watch())]
        if schedule is not None:
            watches.append(asyncio.create_task(schedule.run()))
        try:
            yield
        finally:
            for watch in watches:
                watch.cancel()
            await running.close()
            await asyncio.to_thread(jobs.close)
            if schedule is not None:
                await asyncio.to_thread(schedule.close)

    return lifespan
