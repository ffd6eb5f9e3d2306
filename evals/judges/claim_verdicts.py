"""Verdicts: what a judge's reply says of each claim, or why it can't be read."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict

_FENCED = re.compile(r"\s*```(?:json)?\s*\n(?P<inside>.*)\n\s*```\s*", re.DOTALL)


class UnreadableVerdictsError(ValueError):
    """A reply isn't the JSON object that was asked for, or doesn't judge every claim once."""


@dataclass(frozen=True, slots=True)
class Verdicts:
    """Which of an answer's claims, numbered from 1, the passages support."""

    supported: frozenset[int]
    reasons: Mapping[int, str]
    """Why, by the number of a claim that isn't supported."""


def read_verdicts(text: str, claims: int) -> Verdicts:
    """Return the verdicts on `claims` claims.

    Raises:
        UnreadableVerdictsError: The reply has another form, or leaves out, adds or repeats one.
    """
    fenced = _FENCED.fullmatch(text)
    try:
        row = _VerdictRow.model_validate_json(fenced["inside"] if fenced else text.strip())
        reasons = {int(number): reason for number, reason in row.unsupported.items()}
    except ValueError as error:
        raise UnreadableVerdictsError("the reply isn't the JSON that was asked for") from error
    judged = sorted((*row.supported, *reasons))
    if judged != list(range(1, claims + 1)):
        raise UnreadableVerdictsError(f"the reply judges the claims {judged} of {claims}")
    return Verdicts(frozenset(row.supported), reasons)


class _VerdictRow(BaseModel):
    """A judge's reply."""

    model_config = ConfigDict(extra="forbid", strict=True)

    supported: list[int]
    unsupported: dict[str, str]
