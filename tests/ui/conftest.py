"""A whole site on free ports (index, API, page) and a real browser that looks at it."""

import os
import random
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

CANDOR = Path(sys.executable).with_name("candor")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE_SECONDS = 120
NOBODYS_PORTS = range(20_000, 30_000)
"""Below those that systems give to clients, and to servers that name none."""
_GIVEN: set[int] = set()


def free_port() -> int:
    """Return a port that is free, and that no connection going out is given meanwhile."""
    for port in random.sample(NOBODYS_PORTS, len(NOBODYS_PORTS)):
        if port in _GIVEN:
            continue
        with suppress(OSError), socket.create_server(("127.0.0.1", port)):
            _GIVEN.add(port)
            return port
    pytest.fail("every port is taken")


@dataclass
class Site:
    """The processes of one site; the API can be taken away and brought back."""

    data_dir: Path
    api_port: int = field(default_factory=free_port)
    ui_port: int = field(default_factory=free_port)
    variables: dict[str, str] = field(default_factory=dict)
    _running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.ui_port}"

    def start(self, command: str) -> None:
        self._running[command] = subprocess.Popen([CANDOR, command], env=self._environment())
        path = {"serve": f"{self.api_port}/readyz", "ui": f"{self.ui_port}/_stcore/health"}
        wait_for(f"http://127.0.0.1:{path[command]}")

    @contextmanager
    def serving(self) -> Iterator[None]:
        """Start the API and the page, and end both with the block."""
        try:
            self.start("serve")
            self.start("ui")
            yield
        finally:
            self.close()

    def stop(self, command: str) -> None:
        process = self._running.pop(command)
        process.terminate()
        process.wait(timeout=PATIENCE_SECONDS)

    def reindex(self) -> None:
        subprocess.run([CANDOR, "reindex", "--json"], env=self._environment(), check=True)

    def close(self) -> None:
        for command in list(self._running):
            self.stop(command)

    def _environment(self) -> dict[str, str]:
        own = {
            "CANDOR_DATA_DIR": str(self.data_dir),
            "CANDOR_PORT": str(self.api_port),
            "CANDOR_UI_PORT": str(self.ui_port),
            "CANDOR_API_URL": f"http://127.0.0.1:{self.api_port}",
        }
        return {**os.environ, **own, **self.variables}  # noqa: TID251 — child processes inherit them


def wait_for(url: str) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except (urllib.error.URLError, OSError):
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    running = Site(tmp_path_factory.mktemp("site"))
    running.reindex()
    with running.serving():
        yield running


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.fail("no chromium on the path: install Debian's package `chromium`")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield running
        running.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    expect.set_options(timeout=PATIENCE_SECONDS * 1000)
    context = browser.new_context(viewport={"width": 1100, "height": 900})
    context.set_default_timeout(PATIENCE_SECONDS * 1000)
    yield context.new_page()
    context.close()
