"""The port behind which long work says how far it is."""

from typing import Protocol


class Progress(Protocol):
    """Hears of steps, one after the other."""

    def begin(self, step: str, total: int | None) -> None:
        """Begin a step of `total` pieces, None where their number isn't known yet."""
        ...

    def advance(self, pieces: int = 1) -> None:
        """Count pieces of the present step as done."""
        ...


class NoProgress:
    """Hears nothing."""

    def begin(self, step: str, total: int | None) -> None:
        """Begin a step."""

    def advance(self, pieces: int = 1) -> None:
        """Count pieces."""
