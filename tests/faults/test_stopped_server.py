"""A server that is killed or stopped while it answers."""

import signal
import time
from pathlib import Path

import httpx
import pytest
from httpx_sse import connect_sse

from tests.faults.server_process import PATIENCE_SECONDS, ServerProcess

LONGEST_SECONDS = 25
"""It takes five itself, on a busy machine more; its reader's grace would be a minute."""


class StallingServer(ServerProcess):
    """A server whose answers never end."""

    def __init__(self, data_dir: Path) -> None:
        super().__init__("tests.faults.stalling_server", data_dir)

    def send(self, number: signal.Signals) -> float:
        """Send a signal and return how many seconds the process took to end."""
        began = time.monotonic()
        self.process.send_signal(number)
        self.process.wait(timeout=PATIENCE_SECONDS)
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
        assert seconds < LONGEST_SECONDS
        assert body["state"] == "failed"
        assert "stopped" in body["error"]

    def test_tells_a_reader_who_stays_and_ends_quietly(
        self, tmp_path: Path, capfd: pytest.CaptureFixture[str]
    ) -> None:
        server = StallingServer(tmp_path)
        with (
            httpx.Client(base_url=server.http.base_url, timeout=PATIENCE_SECONDS) as reader,
            connect_sse(reader, "POST", "/v1/chat", json={"question": "Free?"}) as source,
        ):
            events = source.iter_sse()
            before = [next(events).event, next(events).event]

            seconds = server.send(signal.SIGTERM)
            rest = [event.event for event in events]

        assert seconds < LONGEST_SECONDS
        assert [*before, *rest] == ["turn", "sentence", "error", "done"]
        assert "Traceback" not in capfd.readouterr().err
