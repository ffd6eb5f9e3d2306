"""What every test runs under: no network but loopback, and no settings from this machine."""

import os
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from pytest_socket import socket_allow_hosts

LOOPBACK = ["127.0.0.1", "::1"]
LONGEST_SECONDS = 60
"""A test of the API or of a page takes a fraction of it."""

# The same examples on every machine, however slow or busy it is, and nothing kept between runs.
settings.register_profile(
    "steady",
    derandomize=True,
    deadline=None,
    database=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("steady")


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


@pytest.fixture
def within_a_day() -> None:
    """Begin after midnight (UTC) where the day ends before a test does that speaks of today."""
    now = datetime.now(UTC)
    later = now + timedelta(seconds=LONGEST_SECONDS)
    if later.date() != now.date():
        midnight = later.replace(hour=0, minute=0, second=0, microsecond=0)
        time.sleep((midnight - now).total_seconds())
