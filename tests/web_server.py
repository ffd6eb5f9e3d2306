"""A web server on loopback that says what a test tells it to, faults included."""

import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

HTML = "text/html; charset=utf-8"


@dataclass(frozen=True)
class Request:
    """What a client asked for."""

    path: str
    """With the query."""
    headers: Mapping[str, str]
    """By name in lower case."""


@dataclass(frozen=True)
class Reply:
    """What the server says, and how badly."""

    body: bytes = b""
    status: int = 200
    content_type: str = HTML
    headers: Mapping[str, str] = field(default_factory=dict)
    missing_bytes: int = 0
    """So much of the body is promised and not sent."""
    seconds_a_byte: float = 0.0
    """How slowly the body drips."""
    seconds_a_header_byte: float = 0.0


Route = Reply | Callable[[Request], Reply]


@dataclass
class WebServer:
    """A running server: its routes may be changed, and it remembers what it was asked."""

    port: int
    routes: dict[str, Route | list[Route]] = field(default_factory=dict)
    """By path without the query; of a list, each reply is given once, the last one for good."""
    requests: list[Request] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def paths(self) -> list[str]:
        return [request.path for request in self.requests]

    def reply(self, request: Request) -> Reply:
        self.requests.append(request)
        route = self.routes.get(request.path.partition("?")[0], Reply(status=404))
        if isinstance(route, list):
            route = route.pop(0) if len(route) > 1 else route[0]
        return route if isinstance(route, Reply) else route(request)


class _Listening(ThreadingHTTPServer):
    """The socket of a web server."""

    daemon_threads = True
    web: WebServer


class _Handler(BaseHTTPRequestHandler):
    """Says what the web server tells it to."""

    protocol_version = "HTTP/1.1"
    server: _Listening

    def do_GET(self) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        try:
            self._send(self.server.web.reply(Request(self.path, headers)))
        except OSError:
            self.close_connection = True  # the client has gone, as it should

    def _send(self, reply: Reply) -> None:
        if reply.seconds_a_header_byte:
            self._drip(b"H" * 1000, reply.seconds_a_header_byte)
        self.send_response(reply.status)
        self.send_header("content-type", reply.content_type)
        self.send_header("content-length", str(len(reply.body) + reply.missing_bytes))
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.end_headers()
        if reply.seconds_a_byte:
            self._drip(reply.body, reply.seconds_a_byte)
        else:
            self.wfile.write(reply.body)
        self.close_connection = bool(reply.missing_bytes)

    def _drip(self, data: bytes, seconds: float) -> None:
        for byte in data:
            self.wfile.write(bytes([byte]))
            time.sleep(seconds)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def web_server(encryption: ssl.SSLContext | None = None) -> Iterator[WebServer]:
    """Run a server on a free port for as long as the context lasts."""
    with _Listening(("127.0.0.1", 0), _Handler) as listening:
        if encryption is not None:
            listening.socket = encryption.wrap_socket(listening.socket, server_side=True)
        listening.web = WebServer(listening.server_address[1])
        thread = threading.Thread(target=listening.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield listening.web
        listening.shutdown()
        thread.join()
