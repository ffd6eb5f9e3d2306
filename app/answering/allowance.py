"""How long a model may take: its share until its first sentence, then all that is left."""

import asyncio


class Allowance:
    """The time that one model has within the time for the whole answer."""

    def __init__(self, share_at: float, total_at: float) -> None:
        self._now = asyncio.get_running_loop().time
        self._started = self._now()
        self._share_at = min(share_at, total_at)
        self._total_at = total_at

    @property
    def seconds(self) -> float:
        """Seconds that the model was given; 0 where nothing was left."""
        return max(0.0, self._share_at - self._started)

    def seconds_left(self) -> float:
        """Seconds until the model's time is up; 0 when it is."""
        return max(0.0, self._share_at - self._now())

    def extend(self) -> None:
        """Give the model all the time there is: its first sentence stands, no other will follow."""
        self._share_at = self._total_at
