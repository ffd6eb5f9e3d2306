"""The port behind which help articles are found."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from knowledge_base.article import Article


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that can't be used, and why."""

    path: str
    """POSIX path below the source it was found in."""
    reason: str
    """One line that a person can read."""
    source: str = ""
    """The source it was found in, as it was given."""
    withdrawn: bool = False
    """Whether its author took it back (a draft, a page that is gone): no earlier version holds."""


class Source(Protocol):
    """A place that articles are read from."""

    def read(self) -> Iterator[Article | Skipped]:
        """Yield every article, and every file that can't become one, in a stable order.

        Raises:
            SourceError: The source as a whole can't be read.
        """
        ...
