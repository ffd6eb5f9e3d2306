"""The API on a thread of its own, for callers that block."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from app.turn_ports import Answering
from tests.live_server import Api, serving


@contextmanager
def api_on_a_thread(assistant: Answering, data_dir: Path, **options: Any) -> Iterator[str]:
    """Run the API as long as the context lasts, and hand out its address; see `serving`."""
    started, stop = threading.Event(), threading.Event()
    addresses: list[str] = []

    async def serve() -> None:
        async with serving(assistant, data_dir, **options) as api:
            addresses.append(_address(api))
            started.set()
            await asyncio.to_thread(stop.wait)

    thread = threading.Thread(target=asyncio.run, args=(serve(),), daemon=True)
    thread.start()
    if not started.wait(timeout=60):
        raise TimeoutError("the API didn't start")
    try:
        yield addresses[0]
    finally:
        stop.set()
        thread.join(timeout=60)


def _address(api: Api) -> str:
    return str(api.http.base_url)
