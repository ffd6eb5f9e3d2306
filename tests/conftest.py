"""What every test runs under: no network but loopback, and no settings from this machine."""

import os
from pathlib import Path

import pytest
from pytest_socket import socket_allow_hosts

LOOPBACK = ["127.0.0.1", "::1"]


@pytest.fixture(autouse=True)
def _loopback_only() -> None:
    socket_allow_hosts(LOOPBACK, allow_unix_socket=True)


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Keep the developer's own `CANDOR_…` variables, `.env` and data folder out of the tests."""
    for name in list(os.environ):  # noqa: TID251 — this is where they are taken away
        if name.startswith("CANDOR_") and name != "CANDOR_BENCH_DATA":
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
