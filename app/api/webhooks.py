"""Webhooks: a help desk or a deployment says that articles changed, and a reindex starts."""

import asyncio
from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, FastAPI, Header, Request
from pydantic import SecretStr

from app.api.problems import RESPONSES
from app.api.schemas import ReindexStarted
from app.api.signatures import HEADER, Signatures
from app.errors import ConflictError
from app.jobs import REINDEX, Jobs
from ingestion.reindex_lock import running_reindex


def add_webhooks(
    application: FastAPI,
    secret: SecretStr,
    start: Callable[[], ReindexStarted],
    now: Callable[[], float],
) -> None:
    """Let the application take webhooks that are signed with `secret`."""
    signatures = Signatures(secret, now)
    router = APIRouter(prefix="/v1/webhooks", tags=["webhooks"], responses=RESPONSES)

    @router.post("/reindex", status_code=HTTPStatus.ACCEPTED)
    async def reindex(
        request: Request, signature: Annotated[str, Header(alias=HEADER)] = ""
    ) -> ReindexStarted:
        """Start a reindex of the configured sources, unless one is running; the body may be any.

        The header is `t=<seconds since 1970>,v1=<signature>`: the HMAC-SHA256, in hexadecimal
        digits, of the time, a full stop, and the body, under `CANDOR_WEBHOOK_SECRET`.
        """
        signatures.accept(signature, await request.body())
        return await asyncio.to_thread(start)

    application.include_router(router)


def start_reindex(jobs: Jobs, data_dir: Path) -> ReindexStarted:
    """Start a reindex of the configured sources, unless one is running in the data folder."""
    holder = running_reindex(data_dir)
    if holder is not None:
        return ReindexStarted(started=False, detail=f"A reindex is running already ({holder}).")
    try:
        job = jobs.start(REINDEX)
    except ConflictError as running:
        return ReindexStarted(started=False, detail=str(running))
    return ReindexStarted(started=True, job=job.id, detail="A reindex has started.")
