"""The port behind which tests stop a reindex, or fill its disk, at a step of their choice."""

from enum import StrEnum
from typing import Protocol


class Step(StrEnum):
    """A moment of building and publishing a generation at which everything may end."""

    LOCKED = "locked"
    READ = "read"
    PLANNED = "planned"
    FOLDER_MADE = "folder_made"
    ARTICLES_WRITTEN = "articles_written"
    FACTS_WRITTEN = "facts_written"
    EMBEDDED = "embedded"
    VECTORS_WRITTEN = "vectors_written"
    SHARD_WRITTEN = "shard_written"
    KEYWORDS_WRITTEN = "keywords_written"
    CHECKED = "checked"
    SEALED = "sealed"
    DURABLE = "durable"
    NAMED = "named"
    POINTER_WRITTEN = "pointer_written"
    PUBLISHED = "published"


class Failpoints(Protocol):
    """Hears of each step when it is reached."""

    def reach(self, step: Step) -> None:
        """Do nothing, or end the process, or raise what a full disk raises."""
        ...


class NoFailpoints:
    """Lets every step pass."""

    def reach(self, step: Step) -> None:
        """Do nothing."""
