"""A server for the client to fetch from."""

from collections.abc import Iterator

import pytest

from tests.web_server import WebServer, web_server


@pytest.fixture
def server() -> Iterator[WebServer]:
    with web_server() as running:
        yield running
