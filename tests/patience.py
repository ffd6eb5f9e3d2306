"""Waits for what a test needs, in place of a time within which it should have come about."""

import asyncio
from collections.abc import Callable

_PATIENCE_SECONDS = 200
_PAUSE_SECONDS = 0.01


async def until(is_so: Callable[[], bool]) -> None:
    """Return once it is so, and fail where it doesn't come about."""
    for _ in range(int(_PATIENCE_SECONDS / _PAUSE_SECONDS)):
        if is_so():
            return
        await asyncio.sleep(_PAUSE_SECONDS)
    raise AssertionError("what was waited for didn't come about")
