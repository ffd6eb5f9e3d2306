"""A server that a test needs as a process of its own, on a socket that it inherits.

So nobody can take the port between the moment when it is picked and the server's start, and a
question that comes before the server is there waits for it in the socket's queue.
"""

import socket
import subprocess
import sys
from pathlib import Path

import httpx

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 200


class ServerProcess:
    """A module of the tests that serves a data folder, and a client of it."""

    def __init__(self, module: str, data_dir: Path) -> None:
        """Start it, and wait until it answers."""
        with socket.create_server(("127.0.0.1", 0)) as listener:
            number = listener.fileno()
            address = f"http://127.0.0.1:{listener.getsockname()[1]}"
            self.process = subprocess.Popen(
                [sys.executable, "-m", module, str(data_dir), str(number)],
                cwd=ROOT,
                pass_fds=[number],
            )
        self.http = httpx.Client(base_url=address, timeout=PATIENCE_SECONDS)
        self.http.get("/healthz").raise_for_status()

    def close(self) -> None:
        """End it, whatever it does."""
        self.process.kill()
        self.process.wait()
        self.http.close()
