"""What a chat model costs."""

from datetime import date

from pydantic import BaseModel, ConfigDict, Field


class Price(BaseModel):
    """A chat model's list price in US dollars per million tokens."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    prompt: float = Field(ge=0)
    cached: float = Field(ge=0)
    """Prompt tokens that the provider read from its prefix cache."""
    completion: float = Field(ge=0)
    as_of: date
    """The day on which the price was read."""
