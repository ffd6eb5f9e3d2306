"""A breaker: a provider that fails time after time is left alone for a while.

Customers don't wait for one call after the other to fail, and the fallback is asked at once
(Nygard, Release It!, 2007). Each model of each process has one of its own.
"""

import time
from collections.abc import Callable

PAUSE_SECONDS = 30.0
"""After so long one call is let through, to see whether the provider is back."""


class Breaker:
    """Counts failures in a row."""

    def __init__(self, failures: int, clock: Callable[[], float] = time.monotonic) -> None:
        """Take how many failures open it, 0 for never, and a clock in seconds."""
        self._failures = failures
        self._clock = clock
        self._in_a_row = 0
        self._ask_again_at = 0.0

    def allows(self) -> bool:
        """Say whether a call may be made; while it is open, one in `PAUSE_SECONDS` may."""
        if not self._failures or self._in_a_row < self._failures:
            return True
        now = self._clock()
        if now < self._ask_again_at:
            return False
        self._ask_again_at = now + PAUSE_SECONDS
        return True

    def failed(self) -> None:
        """Count a call that failed."""
        self._in_a_row += 1
        if self._in_a_row == self._failures:
            self._ask_again_at = self._clock() + PAUSE_SECONDS

    def succeeded(self) -> None:
        """Close it."""
        self._in_a_row = 0
