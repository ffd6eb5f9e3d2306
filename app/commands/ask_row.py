"""One row of `candor ask --input`: a question, its day, and what was asked before it."""

from collections.abc import Mapping
from datetime import date

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from knowledge_base.errors import BadInputError


class AskRow(BaseModel):
    """A question of a batch; further fields of the row are ignored."""

    model_config = ConfigDict(frozen=True, extra="ignore", strict=False)

    id: str | int
    question: str
    at: date | None = None
    history: tuple[str, ...] = Field(default=())
    """Earlier questions of the same conversation, oldest first."""

    @classmethod
    def read(cls, row: Mapping[str, object]) -> "AskRow":
        """Return the row, checked.

        Raises:
            BadInputError: A field is missing or isn't what it must be.
        """
        try:
            return cls.model_validate(row)
        except ValidationError as error:
            first = error.errors()[0]
            place = ".".join(str(part) for part in first["loc"])
            raise BadInputError(f"`{place}` of the row can't be used: {first['msg']}") from error
