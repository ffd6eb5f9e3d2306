"""The routes on operations as the page sees them: typed calls."""

from dataclasses import dataclass
from datetime import date

from pydantic import TypeAdapter

from app.api.admin.operation_schemas import (
    MOST_TURNS,
    AlarmBody,
    CanaryBody,
    OperationsBody,
    TurnBody,
)
from ui.admin import AdminApi
from ui.transport import checked, parsed

_TURNS = TypeAdapter(list[TurnBody])


@dataclass(frozen=True, slots=True)
class Number:
    """A number of the page, of the turns of the last days."""

    days: int
    day: date | None = None
    """None for all of the days."""
    signal: str | None = None
    outcome: str | None = None
    release: str | None = None
    """Id of a release, or `WITHOUT_RELEASE`."""


class OperationsClient:
    """The calls of the page; each raises ApiAwayError and ApiProblemError."""

    def __init__(self, api: AdminApi) -> None:
        self._send = api.send

    def figures(self, days: int) -> OperationsBody:
        """Return the last days in figures."""
        return parsed(OperationsBody, self._send("GET", "/operations", params={"days": days}))

    def canary(self) -> CanaryBody:
        """Return how the canary stands."""
        return parsed(CanaryBody, self._send("GET", "/operations/canary"))

    def close_alarm(self, alarm: str, why: str) -> AlarmBody:
        """Close an alarm of the canary, and return it."""
        path = f"/operations/canary/alarms/{alarm}/close"
        return parsed(AlarmBody, self._send("POST", path, json={"why": why}))

    def turns(self, number: Number) -> list[TurnBody]:
        """Return the turns behind a number, the most telling first."""
        asked = {
            "days": number.days,
            "day": number.day,
            "signal": number.signal,
            "outcome": number.outcome,
            "release": number.release,
            "limit": MOST_TURNS,
        }
        given = {name: str(value) for name, value in asked.items() if value is not None}
        response = self._send("GET", "/operations/turns", params=given)
        return _TURNS.validate_json(checked(response).content)
