"""Fetches from allowed hosts only: paced, retried while that may help, and bounded in all ways."""

import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib.metadata import version
from types import TracebackType
from typing import Self

import httpcore
import httpx

from ingestion.errors import FetchError, RefusedError, SourceError
from ingestion.fetching.addresses import (
    AddressPolicy,
    Resolve,
    origin_of,
    parse_address,
    resolve,
    shown,
)
from ingestion.fetching.bodies import read_body
from ingestion.fetching.clock import Clock, SystemClock
from ingestion.fetching.connections import CheckedNetwork, Deadline
from knowledge_base.errors import in_one_line
from knowledge_base.retry_after import asked_wait_seconds

PRODUCT = "Candor"
"""The name that robots.txt files know the client by."""
MAX_TRIES = 4
MAX_REDIRECTS = 5

_FIRST_WAIT_SECONDS = 0.5
_REDIRECTS = {301, 302, 303, 307, 308}
_WORTH_ANOTHER_TRY = {429, 500, 502, 503, 504}

Permit = Callable[[httpx.URL], None]
"""Raises RefusedError for an address that mustn't be fetched."""


@dataclass(frozen=True, slots=True)
class Response:
    """What a host answered."""

    url: httpx.URL
    """Where it came from in the end."""
    status: int
    headers: Mapping[str, str]
    """By name in lower case."""
    body: bytes


@dataclass(frozen=True, slots=True)
class Limits:
    """How much time and how many bytes may be spent."""

    max_bytes: int
    request_seconds: float = 30.0
    """For one request, from the first to the last byte."""
    total_seconds: float = 3600.0
    """For everything that one client fetches."""
    pause_seconds: float = 0.0
    """Between the starts of two requests."""


@dataclass(frozen=True, slots=True)
class Network:
    """The way to other hosts."""

    policy: AddressPolicy = field(default_factory=AddressPolicy)
    resolve: Resolve = resolve
    clock: Clock = field(default_factory=SystemClock)
    certificates: ssl.SSLContext | None = None
    """What certificates are checked against; the usual authorities by default."""


class PoliteClient:
    """Gets addresses of one source, one at a time."""

    def __init__(self, origins: frozenset[str], limits: Limits, network: Network) -> None:
        """Take what may be fetched.

        Args:
            origins: Scheme, host and port of all that may be fetched, as `origin_of` names them.
            limits: How much may be spent.
            network: The way to other hosts.
        """
        self._origins = origins
        self._limits = limits
        self._clock = network.clock
        self._ends = self._clock.now() + limits.total_seconds
        self._next_start = self._clock.now()
        self._deadline = Deadline()
        self._connections = httpcore.ConnectionPool(
            ssl_context=network.certificates,
            network_backend=CheckedNetwork(network.policy, self._deadline, network.resolve),
        )
        self.pause_seconds = limits.pause_seconds
        """Time between the starts of two requests; a host may ask for more."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._connections.close()

    def get(
        self,
        url: str,
        headers: Mapping[str, str] | None = None,
        *,
        permit: Permit = lambda _url: None,
        max_bytes: int | None = None,
    ) -> Response:
        """Return what `url` answers, whatever its status.

        Args:
            url: The address.
            headers: Sent to the address's own origin, and not along with a redirect to another.
            permit: Asked before each request, those of redirects too.
            max_bytes: The longest body, where it isn't the client's own.

        Raises:
            RefusedError: It mustn't be fetched.
            FetchError: It can't be fetched.
            SourceError: The time for the whole source is over.
        """
        asked = _Asked(parse_address(url), headers or {}, permit, max_bytes)
        for attempt in range(1, MAX_TRIES + 1):
            try:
                response = self._follow(asked)
            except _TransientError as error:
                reason, wait = str(error), 0.0
            else:
                if response.status not in _WORTH_ANOTHER_TRY:
                    return response
                reason, wait = f"answers {response.status}", asked_wait_seconds(response.headers)
            if attempt < MAX_TRIES:
                self._wait(wait or _FIRST_WAIT_SECONDS * 2 ** (attempt - 1), url, reason)
        raise FetchError(f"{shown(url)} {reason}, {MAX_TRIES} times in a row")

    def _follow(self, asked: "_Asked") -> Response:
        url, headers = asked.url, asked.headers
        for _ in range(MAX_REDIRECTS + 1):
            self._check(url)
            asked.permit(url)
            response = self._once(url, headers, asked.max_bytes or self._limits.max_bytes)
            location = response.headers.get("location")
            if response.status not in _REDIRECTS or location is None:
                return response
            url = _joined(url, location)
            headers = asked.headers if origin_of(url) == origin_of(asked.url) else {}
        raise FetchError(f"{shown(str(asked.url))} leads on more than {MAX_REDIRECTS} times")

    def _check(self, url: httpx.URL) -> None:
        if origin_of(url) not in self._origins:
            raise RefusedError(f"{shown(str(url))} lies on a host that this source may not read")

    def _once(self, url: httpx.URL, headers: Mapping[str, str], max_bytes: int) -> Response:
        self._pace(url)
        self._deadline.begin(min(self._limits.request_seconds, self._left(url)))
        sent = {
            "user-agent": f"{PRODUCT}/{version('candor')}",
            "accept-encoding": "gzip",
            **headers,
        }
        target = httpcore.URL(
            scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
        )
        try:
            with self._connections.stream("GET", target, headers=list(sent.items())) as answer:
                told = _headers(answer.headers)
                body = read_body(answer.iter_stream(), told.get("content-encoding", ""), max_bytes)
                return Response(url, answer.status, told, body)
        except FetchError as error:
            raise type(error)(f"{shown(str(url))}: {error}") from error
        except httpcore.TimeoutException as error:
            seconds = self._limits.request_seconds
            raise _TransientError(f"takes longer than {seconds:g} seconds") from error
        except httpcore.NetworkError as error:
            raise _TransientError(f"can't be reached ({in_one_line(error)})") from error
        except httpcore.ProtocolError as error:  # its message may quote a header that we sent
            raise _TransientError("breaks off, or doesn't speak HTTP") from error

    def _pace(self, url: httpx.URL) -> None:
        early = self._next_start - self._clock.now()
        if early > 0:
            self._wait(early, str(url), "is paced")
        self._next_start = self._clock.now() + self.pause_seconds

    def _wait(self, seconds: float, url: str, reason: str) -> None:
        if seconds >= self._left(parse_address(url)):
            raise SourceError(
                f"{shown(url)} {reason}, and to wait {seconds:.0f} seconds more takes longer than "
                "CANDOR_SOURCE_MAX_SECONDS allows"
            )
        self._clock.sleep(seconds)

    def _left(self, url: httpx.URL) -> float:
        """Return the seconds that the source may still take.

        Raises:
            SourceError: None are.
        """
        left = self._ends - self._clock.now()
        if left <= 0:
            raise SourceError(
                f"{url.host} takes longer than {self._limits.total_seconds:g} seconds in all; "
                "raise CANDOR_SOURCE_MAX_SECONDS"
            )
        return left


@dataclass(frozen=True, slots=True)
class _Asked:
    url: httpx.URL
    headers: Mapping[str, str] = field(repr=False)
    permit: Permit
    max_bytes: int | None


class _TransientError(Exception):
    """Something went wrong that may go well the next time."""


def _headers(raw: list[tuple[bytes, bytes]]) -> dict[str, str]:
    return {name.decode("ascii").lower(): value.decode("latin-1") for name, value in raw}


def _joined(url: httpx.URL, location: str) -> httpx.URL:
    try:
        return parse_address(str(url.join(location)))
    except (httpx.InvalidURL, ValueError) as error:
        raise RefusedError(f"{shown(str(url))} leads to what is no address") from error
