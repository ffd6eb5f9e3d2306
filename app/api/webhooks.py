"""Webhooks: a help desk or a deployment says that articles changed, and a reindex starts."""

import asyncio
from collections.abc import Callable
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, FastAPI, Header, Request
from pydantic import SecretStr

from app.api.problems import RESPONSES
from app.api.schemas import ReindexStarted
from app.api.signatures import HEADER, Signatures
from app.editor_jobs import EditorJobs, JobKind
from app.errors import ConflictError


def add_webhooks(
    application: FastAPI,
    secret: SecretStr,
    jobs: EditorJobs,
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
        return await asyncio.to_thread(_start, jobs)

    application.include_router(router)


def _start(jobs: EditorJobs) -> ReindexStarted:
    try:
        started = jobs.start(JobKind.REINDEX)
    except ConflictError as running:
        return ReindexStarted(started=False, detail=str(running))
    return ReindexStarted(started=True, job=started.job.id, detail="A reindex has started.")
