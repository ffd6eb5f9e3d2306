"""A chat model behind a real socket: the OpenAI protocol, with the failures that providers have.

Each request is answered by the next `Behaviour` of the server's script; the last one repeats.
"""

import json
import select
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Behaviour = Callable[["Exchange"], None]

USAGE = {
    "prompt_tokens": 120,
    "completion_tokens": 30,
    "total_tokens": 150,
    "prompt_tokens_details": {"cached_tokens": 100},
}


class Exchange:
    """One request, the socket to answer it on, and what was answered."""

    def __init__(self, server: "OpenAIServer", handler: BaseHTTPRequestHandler) -> None:
        length = int(handler.headers.get("content-length", 0))
        self.body: dict[str, Any] = json.loads(handler.rfile.read(length))
        self.headers = {name.lower(): value for name, value in handler.headers.items()}
        self.server = server
        self.status: int | None = None
        self.sent_text = ""
        self.sent_usage: Mapping[str, Any] | None = None
        self.served: dict[str, Any] = {}
        """What the reply says of what serves, beside the model that was asked for."""
        self._handler = handler

    def begin(self, status: int = 200, **headers: str) -> None:
        """Send the status and headers; no connection outlives its reply, as tests' loops end."""
        headers.setdefault("content_type", "text/event-stream")
        headers["connection"] = "close"
        self.status = status
        self._handler.send_response(status)
        for name, value in headers.items():
            self._handler.send_header(name.replace("_", "-"), value)
        self._handler.send_header("transfer-encoding", "chunked")
        self._handler.end_headers()

    def send(self, text: str) -> None:
        data = text.encode()
        self._handler.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
        self._handler.wfile.flush()

    def send_chunk(self, text: str, finish: str | None = None) -> None:
        choice = {"index": 0, "delta": {"content": text}, "finish_reason": finish}
        self.sent_text += text
        self.send(f"data: {json.dumps(self._chunk([choice]))}\n\n")

    def send_usage(self, usage: Mapping[str, Any] = USAGE) -> None:
        self.sent_usage = usage
        self.send(f"data: {json.dumps(self._chunk([]) | {'usage': usage})}\n\n")

    def end(self) -> None:
        """End the body as HTTP wants it ended."""
        self._handler.wfile.write(b"0\r\n\r\n")

    def hang_up(self) -> None:
        """Close the socket in the middle of the body."""
        self._handler.close_connection = True

    def wait_for_reader_to_leave(self) -> None:
        connection = self._handler.connection
        while not self.server.closing.is_set():
            readable, _, _ = select.select([connection], [], [], 0.02)
            if readable and not connection.recv(1):
                self.server.reader_left_at = time.monotonic()
                break
        self.hang_up()

    def _chunk(self, choices: list[dict[str, Any]]) -> dict[str, Any]:
        return {
            "id": "chatcmpl-1",
            "object": "chat.completion.chunk",
            "created": 1,
            "model": self.body.get("model", ""),
            "choices": choices,
            **self.served,
        }


class OpenAIServer:
    """The server's address, its script, and what was asked of it."""

    def __init__(self, script: Sequence[Behaviour]) -> None:
        self.requests: list[Exchange] = []
        self.asked_at: list[float] = []
        self.reader_left_at: float | None = None
        self.closing = threading.Event()
        self._script = list(script)
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self._http.server_address[1]}/v1"

    def serve(self) -> None:
        self._http.serve_forever(poll_interval=0.02)

    def close(self) -> None:
        self.closing.set()
        self._http.shutdown()
        self._http.server_close()

    def answer(self, exchange: Exchange) -> None:
        behaviour = self._script[min(len(self.requests), len(self._script) - 1)]
        self.requests.append(exchange)
        self.asked_at.append(time.monotonic())
        behaviour(exchange)

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def handle(self) -> None:
                try:
                    super().handle()
                except OSError:  # the reader left while it was being written to
                    server.reader_left_at = time.monotonic()

            def do_POST(self) -> None:
                server.answer(Exchange(server, self))

            def log_message(self, format: str, *_: Any) -> None:  # noqa: A002 — its signature
                pass

        return Handler


@contextmanager
def an_openai_server(*script: Behaviour) -> Iterator[OpenAIServer]:
    """A running server that behaves as scripted, one behaviour a request."""
    server = OpenAIServer(script)
    thread = threading.Thread(target=server.serve)
    thread.start()
    try:
        yield server
    finally:
        server.close()
        thread.join()


def replies(
    text: str,
    *,
    usage: bool | Mapping[str, Any] = True,
    piece: int = 7,
    finish: str = "stop",
) -> Behaviour:
    """The whole reply, streamed a few characters at a time, or in one piece if that was asked."""
    counted = USAGE if usage is True else usage

    def reply(exchange: Exchange) -> None:
        if not exchange.body.get("stream"):
            message = {"role": "assistant", "content": text}
            choice = {"index": 0, "message": message, "finish_reason": finish}
            whole = exchange._chunk([choice]) | {"object": "chat.completion", "usage": USAGE}
            exchange.begin(content_type="application/json")
            exchange.send(json.dumps(whole))
            exchange.end()
            return
        exchange.begin()
        for start in range(0, len(text), piece):
            exchange.send_chunk(text[start : start + piece])
        exchange.send_chunk("", finish=finish)
        if counted:
            exchange.send_usage(counted)
        exchange.send("data: [DONE]\n\n")
        exchange.end()

    return reply


def refuses(status: int, **headers: str) -> Behaviour:
    """An HTTP error, whose message repeats the key that was sent."""

    def refuse(exchange: Exchange) -> None:
        exchange.begin(status, content_type="application/json", **headers)
        said = f"No: {exchange.headers['authorization']}"
        exchange.send(json.dumps({"error": {"message": said, "type": "error", "code": status}}))
        exchange.end()

    return refuse


def breaks_a_chunk(after: str = "") -> Behaviour:
    """A stream with an event in it that isn't JSON."""

    def break_chunk(exchange: Exchange) -> None:
        exchange.begin()
        exchange.send_chunk(after)
        exchange.send('data: {"choices": [{"delta": \n\n')
        exchange.end()

    return break_chunk


def sends_an_odd_chunk() -> Behaviour:
    """A stream with an event in it that is JSON, and no chunk."""

    def send_odd_chunk(exchange: Exchange) -> None:
        exchange.begin()
        exchange.send('data: {"choices": [{"delta": "text"}]}\n\n')
        exchange.end()

    return send_odd_chunk


def reports_an_error(after: str = "") -> Behaviour:
    """A stream that says half-way that something went wrong."""

    def report_error(exchange: Exchange) -> None:
        exchange.begin()
        exchange.send_chunk(after)
        exchange.send('data: {"error": {"message": "overloaded", "type": "server_error"}}\n\n')
        exchange.end()

    return report_error


def stalls(after: str = "") -> Behaviour:
    """A stream that stops without ending, until its reader leaves."""

    def stall(exchange: Exchange) -> None:
        exchange.begin()
        exchange.send_chunk(after)
        exchange.wait_for_reader_to_leave()

    return stall


def cuts(after: str = "", *, politely: bool = False) -> Behaviour:
    """A stream that is cut: the socket closed, or (politely) the body ended too early."""

    def cut(exchange: Exchange) -> None:
        exchange.begin()
        exchange.send_chunk(after)
        exchange.end() if politely else exchange.hang_up()

    return cut


def sends_a_web_page() -> Behaviour:
    """A page where a stream was asked for, as a proxy's login page is."""

    def send_web_page(exchange: Exchange) -> None:
        exchange.begin(content_type="text/html")
        exchange.send("<html><body>Sign in</body></html>")
        exchange.end()

    return send_web_page
