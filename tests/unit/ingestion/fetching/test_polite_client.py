"""Fetching from a server that behaves well, and from one that doesn't."""

import gzip
import ssl
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import chain, repeat
from pathlib import Path

import httpx
import pytest

from ingestion.errors import FetchError, SourceError
from ingestion.fetching.addresses import AddressPolicy, Resolve, origins
from ingestion.fetching.polite_client import (
    MAX_REDIRECTS,
    MAX_TRIES,
    Limits,
    Network,
    PoliteClient,
)
from tests.fakes import PatientClock
from tests.web_server import Reply, WebServer, web_server

SECRET = {"authorization": "Bearer secret"}
DRIPPED_SECONDS = 20
"""For so long would one of the slow replies drip."""
PRIVATE = "127.0.0.2"
"""An address that the policy of these tests doesn't allow."""


@dataclass
class Site:
    """A client of one server, whose waiting takes no time."""

    server: WebServer
    limits: Limits = field(default_factory=lambda: Limits(max_bytes=1000))
    hosts: tuple[str, ...] = ()
    resolve: Resolve = lambda _host, _port: ("127.0.0.1",)
    clock: PatientClock = field(default_factory=PatientClock)

    def client(self) -> PoliteClient:
        network = Network(AddressPolicy(["127.0.0.1"]), self.resolve, self.clock)
        allowed = origins(httpx.URL(self.server.address), self.hosts)
        return PoliteClient(allowed, self.limits, network)

    def get(self, path: str = "/", headers: dict[str, str] | None = None) -> bytes:
        with self.client() as client:
            return client.get(self.server.address + path, headers).body


class TestGet:
    def test_returns_what_was_answered(self, server: WebServer) -> None:
        server.routes["/a"] = Reply(b"Refunds", headers={"ETag": "x"})

        with Site(server).client() as client:
            answer = client.get(f"{server.address}/a")

        assert (answer.status, answer.body, answer.headers["etag"]) == (200, b"Refunds", "x")

    def test_says_who_asks(self, server: WebServer) -> None:
        server.routes["/"] = Reply()

        Site(server).get()

        assert server.requests[0].headers["user-agent"].startswith("Candor/")

    def test_unpacks_gzip(self, server: WebServer) -> None:
        packed = gzip.compress(b"Refunds")
        server.routes["/"] = Reply(packed, headers={"content-encoding": "gzip"})

        assert Site(server).get() == b"Refunds"

    def test_returns_a_status_that_another_try_would_not_change(self, server: WebServer) -> None:
        with Site(server).client() as client:
            answer = client.get(f"{server.address}/gone")

        assert answer.status == 404
        assert server.paths == ["/gone"]


class TestRetries:
    @pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
    def test_help_where_a_server_fails_for_a_moment(self, server: WebServer, status: int) -> None:
        server.routes["/"] = [Reply(status=status), Reply(status=status), Reply(b"Refunds")]
        site = Site(server)

        assert site.get() == b"Refunds"
        assert site.clock.waited == [0.5, 1.0]

    def test_wait_as_long_as_the_server_asks(self, server: WebServer) -> None:
        asked = Reply(status=429, headers={"retry-after": "7"})
        server.routes["/"] = [asked, Reply(b"Refunds")]
        site = Site(server)

        assert site.get() == b"Refunds"
        assert site.clock.waited == [7.0]

    def test_wait_until_the_moment_that_the_server_names(self, server: WebServer) -> None:
        later = format_datetime(datetime.now(UTC) + timedelta(seconds=600), usegmt=True)
        asked = Reply(status=503, headers={"retry-after": later})
        server.routes["/"] = [asked, Reply(b"Refunds")]
        site = Site(server)

        assert site.get() == b"Refunds"
        assert 500 < site.clock.waited[0] <= 600

    def test_end_where_the_server_fails_on(self, server: WebServer) -> None:
        server.routes["/"] = Reply(status=500)

        with pytest.raises(FetchError, match=r"answers 500, 4 times in a row"):
            Site(server).get()
        assert len(server.requests) == MAX_TRIES

    def test_end_where_the_server_asks_to_wait_too_long(self, server: WebServer) -> None:
        server.routes["/"] = Reply(status=429, headers={"retry-after": "9999999"})

        with pytest.raises(SourceError, match="9999999 seconds more takes longer"):
            Site(server).get()

    @pytest.mark.parametrize("asked", ["", "soon", "-5", "٣", "Fri, 99 Dec 2100"])
    def test_ignore_a_wait_that_is_none(self, server: WebServer, asked: str) -> None:
        told = {"retry-after": asked.encode().decode("latin-1")}
        server.routes["/"] = [Reply(status=429, headers=told), Reply(b"Refunds")]

        assert Site(server).get() == b"Refunds"

    def test_help_where_a_body_is_cut_short(self, server: WebServer) -> None:
        server.routes["/"] = [Reply(b"Ref", missing_bytes=4), Reply(b"Refunds")]

        assert Site(server).get() == b"Refunds"

    def test_end_where_nobody_listens(self) -> None:
        with web_server() as gone:
            pass

        with pytest.raises(FetchError, match="can't be reached"):
            Site(gone).get()

    def test_end_where_the_name_has_no_address(self, server: WebServer) -> None:
        def unknown(host: str, port: int) -> Sequence[str]:
            raise OSError(f"{host}:{port}")

        with pytest.raises(FetchError, match=r"127\.0\.0\.1 has no address"):
            Site(server, resolve=unknown).get()


class TestLimits:
    @pytest.mark.parametrize(
        "slow", [Reply(b"x" * 1000, seconds_a_byte=0.02), Reply(seconds_a_header_byte=0.02)]
    )
    def test_end_a_request_that_drips(self, server: WebServer, slow: Reply) -> None:
        server.routes["/"] = slow
        began = time.monotonic()

        with pytest.raises(FetchError, match=r"takes longer than 0\.1 seconds"):
            Site(server, Limits(max_bytes=1000, request_seconds=0.1)).get()
        assert time.monotonic() - began < DRIPPED_SECONDS

    def test_end_a_body_that_is_too_long(self, server: WebServer) -> None:
        server.routes["/"] = Reply(b"x" * 1001)

        with pytest.raises(FetchError, match="over 1000 bytes"):
            Site(server).get()

    def test_end_a_body_that_grows_when_it_is_unpacked(self, server: WebServer) -> None:
        bomb = gzip.compress(b"\0" * 10_000_000)
        server.routes["/"] = Reply(bomb, headers={"content-encoding": "gzip"})

        with pytest.raises(FetchError, match="over 1000 bytes"):
            Site(server).get()

    def test_end_the_source_when_its_time_is_over(self, server: WebServer) -> None:
        server.routes["/"] = Reply()
        site = Site(server, Limits(max_bytes=10, total_seconds=60))

        with site.client() as client:
            client.get(server.address)
            site.clock.sleep(61)

            with pytest.raises(SourceError, match="longer than 60 seconds in all"):
                client.get(server.address)

    def test_leave_time_between_requests(self, server: WebServer) -> None:
        server.routes["/"] = Reply()
        site = Site(server, Limits(max_bytes=10, pause_seconds=500))

        with site.client() as client:
            client.get(server.address)
            client.get(server.address)

        assert len(site.clock.waited) == 1
        assert 400 < site.clock.waited[0] <= 500


class TestRedirects:
    def test_are_followed_on_the_same_host_with_the_key(self, server: WebServer) -> None:
        server.routes["/a"] = Reply(status=302, headers={"location": "/b"})
        server.routes["/b"] = Reply(b"Refunds")

        assert Site(server).get("/a", SECRET) == b"Refunds"
        assert server.requests[1].headers["authorization"] == "Bearer secret"

    def test_to_another_host_are_refused(self, server: WebServer) -> None:
        with web_server() as other:
            server.routes["/"] = Reply(status=302, headers={"location": other.address})

            with pytest.raises(FetchError, match="a host that this source may not read"):
                Site(server).get("/", SECRET)

        assert other.requests == []

    def test_to_another_allowed_host_carry_no_key(self, server: WebServer) -> None:
        with web_server() as other:
            server.routes["/"] = Reply(status=302, headers={"location": other.address})
            other.routes["/"] = Reply(b"Refunds")

            body = Site(server, hosts=(f"127.0.0.1:{other.port}",)).get("/", SECRET)

        assert body == b"Refunds"
        assert "authorization" not in other.requests[0].headers

    @pytest.mark.parametrize(
        "location", ["file:///etc/passwd", "http://[", "gopher://127.0.0.1", "http://u:p@127.0.0.1"]
    )
    def test_to_what_is_no_web_address_are_refused(self, server: WebServer, location: str) -> None:
        server.routes["/"] = Reply(status=301, headers={"location": location})

        with pytest.raises(FetchError):
            Site(server).get()

    def test_in_circles_are_refused(self, server: WebServer) -> None:
        server.routes["/"] = Reply(status=302, headers={"location": "/"})

        with pytest.raises(FetchError, match="leads on more than"):
            Site(server).get()
        assert len(server.requests) == MAX_REDIRECTS + 1

    def test_to_a_private_address_are_refused(self, server: WebServer) -> None:
        private = f"{PRIVATE}:{server.port}"
        server.routes["/"] = Reply(status=302, headers={"location": f"http://{private}/admin"})
        site = Site(server, hosts=(private,), resolve=lambda host, _port: (host,))

        with pytest.raises(FetchError, match=r"127\.0\.0\.2 has the address 127\.0\.0\.2"):
            site.get()
        assert server.paths == ["/"]


class TestNames:
    def test_that_lead_to_a_private_address_are_refused(self, server: WebServer) -> None:
        site = Site(server, resolve=lambda _host, _port: ("127.0.0.1", PRIVATE))

        with pytest.raises(FetchError, match="which is not public"):
            site.get()
        assert server.requests == []

    def test_are_resolved_once_a_connection_to_the_address_that_was_checked(
        self, server: WebServer
    ) -> None:
        answers = chain([("127.0.0.1",)], repeat((PRIVATE,)))
        asked: list[str] = []

        def rebinding(host: str, _port: int) -> tuple[str, ...]:
            asked.append(host)
            return next(answers)

        server.routes["/"] = Reply(b"Refunds", headers={"connection": "close"})
        site = Site(server, hosts=(f"docs.example:{server.port}",), resolve=rebinding)
        address = f"http://docs.example:{server.port}/"

        with site.client() as client:
            first = client.get(address).body
            with pytest.raises(FetchError, match="which is not public"):
                client.get(address)

        assert first == b"Refunds"
        assert asked == ["docs.example", "docs.example"]
        assert server.requests[0].headers["host"] == f"docs.example:{server.port}"
        assert len(server.requests) == 1


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a certificate of docs.example, and its key, in one file."""
    folder = tmp_path_factory.mktemp("certificate")
    made = folder / "docs.pem"
    try:
        subprocess.run(
            [
                *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt"),
                *("ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", "/CN=docs"),
                *("-addext", "subjectAltName=DNS:docs.example", "-keyout", made, "-out", made),
            ],
            check=True,
            capture_output=True,
        )
    except FileNotFoundError:
        pytest.skip("needs the openssl command to make a certificate; install it")
    return made


class TestEncryption:
    @pytest.mark.parametrize(("host", "fits"), [("docs.example", True), ("help.example", False)])
    def test_verifies_the_name_though_it_connects_to_the_address(
        self, certificate: Path, host: str, *, fits: bool
    ) -> None:
        own = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        own.load_cert_chain(certificate)
        with web_server(own) as server:
            server.routes["/"] = Reply(b"Refunds")
            network = Network(
                AddressPolicy(["127.0.0.1"]),
                lambda _host, _port: ("127.0.0.1",),
                PatientClock(),
                ssl.create_default_context(cafile=str(certificate)),
            )
            address = f"https://{host}:{server.port}"
            with PoliteClient(origins(httpx.URL(address)), Limits(1000), network) as client:
                if fits:
                    assert client.get(address).body == b"Refunds"
                else:
                    with pytest.raises(FetchError, match="can't be reached"):
                        client.get(address)
