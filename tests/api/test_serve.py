"""`candor serve` as its own process."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

CANDOR = Path(sys.executable).with_name("candor")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


@contextmanager
def candor_serve(data_dir: Path, **variables: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Run `candor serve` on a free port, and yield it with its address once it answers."""
    port = free_port()
    process = start(data_dir, port, **variables)
    address = f"http://127.0.0.1:{port}"
    try:
        wait_until_it_answers(address)
        yield process, address
    finally:
        process.kill()
        process.communicate()


def start(data_dir: Path, port: int, **variables: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [CANDOR, "serve", "--port", str(port)],
        env={**os.environ, "CANDOR_DATA_DIR": str(data_dir), **variables},  # noqa: TID251 — a child process inherits them
        stderr=subprocess.PIPE,
        text=True,
    )


def wait_until_it_answers(address: str) -> None:
    for _ in range(400):
        try:
            if httpx.get(f"{address}/healthz").is_success:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    pytest.fail(f"{address} never answered")


class TestServe:
    def test_starts_without_an_index_and_says_what_to_do(self, tmp_path: Path) -> None:
        with candor_serve(tmp_path) as (process, address):
            ready = httpx.get(f"{address}/readyz")
            answer = httpx.post(f"{address}/v1/chat", json={"question": "Is shipping free?"})
            process.send_signal(signal.SIGINT)
            _, told = process.communicate(timeout=10)

        assert (ready.status_code, answer.status_code) == (503, 503)
        assert "candor reindex" in answer.json()["detail"]
        assert f"listens on {address}" in told
        assert "candor reindex" in told
        assert "Traceback" not in told

    @pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
    def test_ends_when_it_is_told_to(self, stop: signal.Signals, tmp_path: Path) -> None:
        with candor_serve(tmp_path) as (process, _):
            process.send_signal(stop)
            _, told = process.communicate(timeout=10)

        assert process.returncode in {0, -signal.SIGTERM}
        assert "Traceback" not in told

    def test_logs_requests_without_what_was_asked(self, tmp_path: Path) -> None:
        with candor_serve(tmp_path, CANDOR_LOG_FORMAT="json") as (process, address):
            httpx.get(f"{address}/a%0Afaked%20line%1B[31m")
            httpx.get(f"{address}/v1/articles", params={"query": "private words"})
            httpx.post(f"{address}/v1/chat", json={"question": "private words?"})
            process.terminate()
            _, told = process.communicate(timeout=10)

        lines = [json.loads(line) for line in told.splitlines() if line.startswith("{")]
        requests = [line["path"] for line in lines if line["event"] == "request"]
        assert requests[-3:] == ["/a%0Afaked%20line%1B[31m", "/v1/articles", "/v1/chat"]
        assert "private" not in told

    def test_says_in_one_line_that_the_port_is_taken(self, tmp_path: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = taken.getsockname()[1]
            process = start(tmp_path, port)
            _, told = process.communicate(timeout=30)

        assert process.returncode == 1
        assert len(told.splitlines()) == 1
        assert f"127.0.0.1:{port}" in told

    @pytest.mark.parametrize(
        ("variable", "value"),
        [
            ("CANDOR_DATABASE_URL", "nonsense"),
            ("CANDOR_DATABASE_URL", "postgresql+psycopg://x:hidden@127.0.0.1:1/x"),
            ("CANDOR_HOST", "203.0.113.1"),
            ("CANDOR_HOST", "no such host"),
            ("CANDOR_PORT", "hidden"),
            ("CANDOR_TIMEZONE", "Mars/Phobos"),
        ],
    )
    def test_says_in_one_line_what_it_can_t_use(
        self, variable: str, value: str, tmp_path: Path
    ) -> None:
        process = start(tmp_path, free_port(), **{variable: value})

        _, told = process.communicate(timeout=30)

        assert process.returncode == 1
        assert len(told.splitlines()) == 1
        assert "hidden" not in told
