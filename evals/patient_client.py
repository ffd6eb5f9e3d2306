"""A patient client: what an API couldn't take just now is asked again, three times in all.

A lost connection leaves open whether the server took the request: what may not be done twice is
asked again only where it never came that far.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus

import httpx

from knowledge_base.retry_after import asked_wait_seconds

MAX_TRIES = 3
LONGEST_WAIT_SECONDS = 60.0
"""What is to wait longer isn't asked again: a run can go on later."""
_FIRST_WAIT_SECONDS = 0.5
_NOT_TAKEN = (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE)
_NEVER_SENT = (httpx.ConnectError, httpx.ConnectTimeout)
_LOST = (*_NEVER_SENT, httpx.NetworkError, httpx.RemoteProtocolError)

Sleep = Callable[[float], Awaitable[None]]
"""Waits for so many seconds."""


@dataclass(frozen=True, slots=True)
class PatientClient:
    """Sends requests with a client of httpx."""

    http: httpx.AsyncClient
    sleep: Sleep = asyncio.sleep

    async def request(
        self,
        method: str,
        path: str,
        *,
        parameters: Mapping[str, str] | None = None,
        content: object = None,
        is_repeatable: bool = True,
    ) -> httpx.Response:
        """Return what is answered in the end, whatever its status.

        Args:
            method: The method of HTTP.
            path: The path below the client's address.
            parameters: What is asked in the query.
            content: What is sent as JSON; nothing for None.
            is_repeatable: Whether it does no harm where the server took it before a connection
                was lost.

        Raises:
            httpx.HTTPError: The last try ended without an answer, or another one may do harm.
        """
        transient = _LOST if is_repeatable else _NEVER_SENT
        for attempt in range(1, MAX_TRIES):
            backoff = _FIRST_WAIT_SECONDS * 2 ** (attempt - 1)
            try:
                response = await self.http.request(method, path, params=parameters, json=content)
            except transient:
                await self.sleep(backoff)
                continue
            wait = max(backoff, asked_wait_seconds(response.headers))
            if response.status_code not in _NOT_TAKEN or wait > LONGEST_WAIT_SECONDS:
                return response
            await self.sleep(wait)
        return await self.http.request(method, path, params=parameters, json=content)
