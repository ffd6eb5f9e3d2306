"""One row of `candor ask --input`: a question, its day, and what was asked before it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from knowledge_base.batch import read_day
from knowledge_base.errors import BadInputError


@dataclass(frozen=True, slots=True)
class AskRow:
    """A question of a batch; further fields of the row are ignored."""

    question: str
    at: date | None
    history: tuple[str, ...]
    """Earlier questions of the same conversation, oldest first."""

    @classmethod
    def read(cls, row: Mapping[str, object]) -> "AskRow":
        """Return the row, checked.

        Raises:
            BadInputError: A field is missing or isn't what it must be.
        """
        question = row.get("question")
        if not isinstance(question, str):
            raise BadInputError("the row has no `question`")
        return cls(question, read_day(row.get("at")), _history(row.get("history")))


def _history(given: object) -> tuple[str, ...]:
    if given is None:
        return ()
    if not isinstance(given, list) or not all(isinstance(earlier, str) for earlier in given):
        raise BadInputError("`history` is no list of earlier questions")
    return tuple(given)
