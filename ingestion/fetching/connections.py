"""Connections to checked addresses only, none of which outlasts its request's time.

A host name is resolved once for each connection, all its addresses are checked, and the one
connected to is one of them: a name that changes its mind in between gains nothing. TLS still
verifies the host's name.
"""

import ssl
import time
from collections.abc import Iterable
from typing import Any

import httpcore
from httpcore import SOCKET_OPTION

from ingestion.fetching.addresses import AddressPolicy, Resolve, resolve


class Deadline:
    """The time until which the running request may take."""

    def __init__(self) -> None:
        self._ends = 0.0

    def begin(self, seconds: float) -> None:
        """Let a new request take `seconds` from now on."""
        self._ends = time.monotonic() + seconds

    def remaining(self) -> float:
        """Return the seconds that are left.

        Raises:
            httpcore.ReadTimeout: None are.
        """
        left = self._ends - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("the time for the request is over")
        return left


class CheckedNetwork(httpcore.NetworkBackend):
    """Connects where the policy allows it."""

    def __init__(
        self, policy: AddressPolicy, deadline: Deadline, resolve_host: Resolve = resolve
    ) -> None:
        self._policy = policy
        self._deadline = deadline
        self._resolve = resolve_host
        self._system = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002 — the deadline is closer
        local_address: str | None = None,
        socket_options: Iterable[SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Return a connection to the first address of `host` that answers.

        Raises:
            RefusedError: One of its addresses isn't allowed.
            httpcore.ConnectError: It has no address, or none answers.
        """
        failure: Exception = httpcore.ConnectError(f"{host} has no address")
        for address in self._checked(host, port):
            try:
                stream = self._system.connect_tcp(
                    address, port, self._deadline.remaining(), local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
            else:
                return _BoundedStream(stream, self._deadline)
        raise failure

    def _checked(self, host: str, port: int) -> tuple[str, ...]:
        try:
            addresses = tuple(self._resolve(host, port))
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(f"{host} has no address") from error
        self._policy.check(host, addresses)
        return addresses


class _BoundedStream(httpcore.NetworkStream):
    """A connection whose every step ends with the request's time, however slowly it drips."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002
        return self._stream.read(max_bytes, self._deadline.remaining())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002
        self._stream.write(buffer, self._deadline.remaining())

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002
    ) -> httpcore.NetworkStream:
        left = self._deadline.remaining()
        return _BoundedStream(
            self._stream.start_tls(ssl_context, server_hostname, left), self._deadline
        )

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
