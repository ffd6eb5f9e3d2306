"""A server that is killed or stopped while it answers."""

import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest
from httpx_sse import connect_sse

ROOT = Path(__file__).resolve().parents[2]


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


class StallingServer:
    """A server whose answers never end, as its own process."""

    def __init__(self, data_dir: Path) -> None:
        port = free_port()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.stalling_server", str(data_dir), str(port)],
            cwd=ROOT,
        )
        self.http = httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30)
        self._wait()

    def _wait(self) -> None:
        for _ in range(300):
            try:
                self.http.get("/healthz")
            except httpx.TransportError:
                time.sleep(0.1)
            else:
                return
        pytest.fail("the server never answered")

    def send(self, number: signal.Signals) -> float:
        """Send a signal and return how many seconds the process took to end."""
        began = time.monotonic()
        self._process.send_signal(number)
        self._process.wait(timeout=30)
        self.http.close()
        return time.monotonic() - began


def turn_asked(server: StallingServer) -> str:
    """Ask, read the first sentence, and return the turn's id."""
    with connect_sse(server.http, "POST", "/v1/chat", json={"question": "Free?"}) as source:
        events = source.iter_sse()
        turn = str(next(events).json()["turn"])
        next(events)
    return turn


class TestAServerThatWasKilled:
    def test_leaves_a_turn_that_the_next_server_fails(self, tmp_path: Path) -> None:
        killed = StallingServer(tmp_path)
        turn = turn_asked(killed)
        killed.send(signal.SIGKILL)
        server = StallingServer(tmp_path)

        with connect_sse(server.http, "GET", f"/v1/turns/{turn}/events") as source:
            events = list(source.iter_sse())
        body = server.http.get(f"/v1/turns/{turn}").json()
        again = server.http.get(f"/v1/conversations/{body['conversation']}").json()
        server.send(signal.SIGTERM)

        assert [event.event for event in events] == ["turn", "sentence", "error", "done"]
        assert body["state"] == "failed"
        assert "restarted" in body["error"]
        assert len(body["sentences"]) == 1
        assert len(again["turns"]) == 1


class TestAServerThatIsStopped:
    def test_ends_within_seconds_though_an_answer_is_being_written(self, tmp_path: Path) -> None:
        server = StallingServer(tmp_path)
        turn = turn_asked(server)

        seconds = server.send(signal.SIGTERM)

        after = StallingServer(tmp_path)
        body = after.http.get(f"/v1/turns/{turn}").json()
        after.send(signal.SIGTERM)
        assert seconds < 10
        assert body["state"] == "failed"
        assert "stopped" in body["error"]

    def test_tells_a_reader_who_stays_and_ends_quietly(
        self, tmp_path: Path, capfd: pytest.CaptureFixture[str]
    ) -> None:
        server = StallingServer(tmp_path)
        with (
            httpx.Client(base_url=server.http.base_url, timeout=30) as reader,
            connect_sse(reader, "POST", "/v1/chat", json={"question": "Free?"}) as source,
        ):
            events = source.iter_sse()
            next(events)

            seconds = server.send(signal.SIGTERM)
            rest = [event.event for event in events]

        assert seconds < 10
        assert rest == ["sentence", "error", "done"]
        assert "Traceback" not in capfd.readouterr().err
