"""`candor serve` as its own process."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import httpx
import pytest

CANDOR = Path(sys.executable).with_name("candor")
PATIENCE_SECONDS = 200
_ADDRESS = re.compile(r"listens on (http://\S+) ")


@dataclass(frozen=True)
class Serving:
    """`candor serve`, its address, and a client of it."""

    process: subprocess.Popen[str]
    log: Path
    http: httpx.Client

    @property
    def address(self) -> str:
        return str(self.http.base_url).rstrip("/")

    def ended(self) -> str:
        """Wait until it has ended, and return what it told."""
        self.process.wait(PATIENCE_SECONDS)
        return self.log.read_text("utf-8")


@contextmanager
def candor_serve(data_dir: Path, **variables: str) -> Iterator[Serving]:
    """Run `candor serve` on a port that it is given, and yield it once it answers."""
    log = data_dir / "serve.log"
    with log.open("w") as told:
        process = start(data_dir, variables, stderr=told)
    try:
        address = told_address(process, log)
        with httpx.Client(base_url=address, timeout=PATIENCE_SECONDS) as http:
            http.get("/healthz").raise_for_status()
            yield Serving(process, log, http)
    finally:
        process.kill()
        process.wait()


def start(
    data_dir: Path,
    variables: Mapping[str, str],
    port: int = 0,
    stderr: int | IO[str] = subprocess.PIPE,
) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [CANDOR, "serve", "--port", str(port)],
        env={**os.environ, "CANDOR_DATA_DIR": str(data_dir), **variables},  # noqa: TID251 — a child process inherits them
        stderr=stderr,
        text=True,
    )


def told_address(process: subprocess.Popen[str], log: Path) -> str:
    """Return where it says that it listens, once it does."""
    while True:
        has_ended = process.poll() is not None
        told = log.read_text("utf-8")
        if found := _ADDRESS.search(told):
            return found.group(1)
        assert not has_ended, told
        time.sleep(0.05)


class TestServe:
    def test_starts_without_an_index_and_says_what_to_do(self, tmp_path: Path) -> None:
        with candor_serve(tmp_path) as serving:
            ready = serving.http.get("/readyz")
            answer = serving.http.post("/v1/chat", json={"question": "Is shipping free?"})
            serving.process.send_signal(signal.SIGINT)
            told = serving.ended()

        assert (ready.status_code, answer.status_code) == (503, 503)
        assert "candor reindex" in answer.json()["detail"]
        assert f"listens on {serving.address}" in told
        assert "candor reindex" in told
        assert "Traceback" not in told

    @pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
    def test_ends_when_it_is_told_to(self, stop: signal.Signals, tmp_path: Path) -> None:
        with candor_serve(tmp_path) as serving:
            serving.process.send_signal(stop)
            told = serving.ended()

        assert serving.process.returncode == 0
        assert "Traceback" not in told

    def test_logs_requests_without_what_was_asked(self, tmp_path: Path) -> None:
        with candor_serve(tmp_path, CANDOR_LOG_FORMAT="json") as serving:
            serving.http.get("/a%0Afaked%20line%1B[31m")
            serving.http.get("/v1/articles", params={"query": "private words"})
            serving.http.post("/v1/chat", json={"question": "private words?"})
            serving.process.terminate()
            told = serving.ended()

        lines = [json.loads(line) for line in told.splitlines() if line.startswith("{")]
        requests = [line["path"] for line in lines if line["event"] == "request"]
        assert requests[-3:] == ["/a%0Afaked%20line%1B[31m", "/v1/articles", "/v1/chat"]
        assert "private" not in told

    def test_says_in_one_line_that_the_port_is_taken(self, tmp_path: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = taken.getsockname()[1]
            process = start(tmp_path, {}, port)
            _, told = process.communicate(timeout=PATIENCE_SECONDS)

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
        process = start(tmp_path, {variable: value})

        _, told = process.communicate(timeout=PATIENCE_SECONDS)

        assert process.returncode == 1
        assert len(told.splitlines()) == 1
        assert "hidden" not in told
