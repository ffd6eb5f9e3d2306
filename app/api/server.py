"""Serves the API: takes the port, opens what it needs, and runs until it is told to stop."""

import asyncio
import signal
import socket
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from threading import Event, Thread

import structlog
import typer
import uvicorn
from fastapi import FastAPI

from app.api.application import create_app
from app.bootstrap import build_served_assistant
from app.errors import ReleaseError, ServeError
from app.guardrails.personal_data import Masker
from app.guardrails.roster import build_masker
from app.late_assistant import LateAssistant
from app.oversight import Oversight
from app.published_articles import PublishedArticles, open_articles, when_built
from app.releases.assignment import Assignment
from app.releases.current_serving import ServingPointer
from app.releases.store import RELEASES
from app.served_assistant import ServedAssistant
from app.settings import AppSettings
from app.store.database import open_database
from app.store.sql_arms import SqlArmTurns
from app.store.sql_conversations import SqlConversations
from app.store.sql_live import SqlLiveTurns
from app.store.sql_reviews import SqlReviews
from app.telemetry.limits import limits_of
from app.telemetry.logs import configure_logging
from app.telemetry.metrics import Metrics
from app.telemetry.traces import open_traces
from app.turns import Turns
from knowledge_base.errors import NoGenerationError

_log = structlog.get_logger(__name__)

_SHUTDOWN_SECONDS = 3
"""Answers that are being written get so long to end once the server is told to stop."""
_IDLE_SECONDS = 75
"""Longer than clients keep an idle connection: one that the server closes first fails a request."""
_LOOKS_EVERY_SECONDS = 1.0
_LAST_WORDS_SECONDS = 2
"""And their readers so long to hear that they were stopped."""


def run_server(settings: AppSettings) -> None:
    """Serve the API until the process is told to stop.

    Raises:
        BudgetError: The budgets that are set can't be kept.
        ServeError: The address can't be listened on.
        PrivacyError: The settings want Presidio, and it isn't installed.
        StoreError: The database can't be opened.
    """
    configure_logging(settings.log_format)
    with listen(settings.host, settings.port) as listener:
        database = open_database(settings.data_dir, settings.database_url)
        store = SqlConversations(database)
        articles = open_articles(settings.data_dir)
        masker = build_masker(settings)
        Thread(target=masker.load, daemon=True).start()
        stopping = Event()
        assistant = LateAssistant(partial(_build, settings, articles, stopping))
        traces = open_traces(settings.otlp_endpoint)
        metrics = Metrics(when_built(settings.data_dir), lambda: datetime.now(UTC))
        oversight = Oversight(limits_of(settings), traces, metrics.count)
        application = create_app(
            settings,
            assistant,
            store,
            SqlReviews(database),
            articles,
            masker=masker,
            assignment=Assignment(ServingPointer(settings.data_dir / RELEASES).current),
            oversight=oversight,
            metrics=metrics,
            live=SqlLiveTurns(database),
            arms=SqlArmTurns(database),
        )
        _say_where(listener, articles)
        try:
            serve(application, listener)
        finally:
            stopping.set()
            store.close()
            traces.close()


def serve(application: FastAPI, listener: socket.socket) -> None:
    """Serve the application on a listening socket until the process is told to stop."""
    config = uvicorn.Config(
        application,
        log_config=None,
        access_log=False,  # it would log queries; `RequestLog` doesn't
        timeout_graceful_shutdown=_SHUTDOWN_SECONDS + _LAST_WORDS_SECONDS,
        timeout_keep_alive=_IDLE_SECONDS,
    )
    # The server raises the signal that stopped it once more: what closes things after it runs then.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with suppress(KeyboardInterrupt):  # Ctrl-C is how it is stopped
        _Server(config, application.state.services.turns).run(sockets=[listener])


class _Server(uvicorn.Server):
    """Tells the readers of unfinished answers that it stops, before it lets go of them."""

    def __init__(self, config: uvicorn.Config, turns: Turns) -> None:
        super().__init__(config)
        self._turns = turns

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Take no more requests, and end when all are answered or their time is up."""
        ending = asyncio.create_task(self._end_turns())
        await super().shutdown(sockets)
        ending.cancel()

    async def _end_turns(self) -> None:
        await asyncio.sleep(_SHUTDOWN_SECONDS)
        await self._turns.close()


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens on the address.

    Raises:
        ServeError: The port is taken, or the address isn't this machine's.
    """
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        return socket.create_server(address[:2], family=family, backlog=2048)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise ServeError(
            f"the API can't listen on {host}:{port} ({reason}); end what uses that port, "
            "or choose another with --port or CANDOR_PORT"
        ) from error


def _build(settings: AppSettings, articles: PublishedArticles, stopping: Event) -> ServedAssistant:
    articles.current()  # without an index, loading the models would be for nothing
    served = build_served_assistant(settings, Masker(()))  # what reaches it, `Turns` has masked
    Thread(target=keep_open, args=(served.open_ahead, stopping), daemon=True).start()
    return served


def keep_open(
    open_ahead: Callable[[], None], stopping: Event, pause_seconds: float = _LOOKS_EVERY_SECONDS
) -> None:
    """Open what begins to serve within a pause, until the server stops."""
    while not stopping.is_set():
        try:
            open_ahead()
        except ReleaseError as error:
            _log.error("releases_not_opened", reason=str(error))
        stopping.wait(pause_seconds)


def _say_where(listener: socket.socket, articles: PublishedArticles) -> None:
    host, port = listener.getsockname()[:2]
    shown = f"[{host}]" if ":" in host else host
    typer.echo(f"Candor's API listens on http://{shown}:{port} (Ctrl-C stops it).", err=True)
    try:
        articles.current()
    except NoGenerationError as error:
        typer.echo(f"Questions can't be answered yet: {error}", err=True)
