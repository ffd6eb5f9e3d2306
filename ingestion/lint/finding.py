"""Findings: what a check has to say about an article, by which rule, and where it stands."""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How much a finding matters; the values are SARIF's."""

    ERROR = "error"
    """Customers can be told something wrong, or an article or a link doesn't work."""
    WARNING = "warning"
    """Something is likely to be wrong, or soon will be."""
    NOTE = "note"
    """Something could be better."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of finding."""

    id: str
    level: Level
    summary: str
    """What is wrong, in one sentence."""
    advice: str
    """What to do about it, in one sentence."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands, and its words."""

    article_id: str
    path: str
    """The file, from where the source was named; of a source without files, the article's path."""
    quote: str
    line: int | None = None
    """Line of the file, counting from 1; None where it can't be told."""
    end_line: int | None = None
    heading: str = ""
    """The heading above it, else the article's title."""

    def __str__(self) -> str:
        """Return path and line, or path and heading where the line isn't known."""
        if self.line is not None:
            return f"{self.path}:{self.line}"
        return f"{self.path} ({self.heading})" if self.heading else self.path


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found."""

    rule: Rule
    message: str
    places: tuple[Place, ...]
    """Where to mend it first, then what it was compared with."""
