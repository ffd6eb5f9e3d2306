"""The routes on releases as the page sees them: typed calls."""

from pydantic import TypeAdapter

from app.api.admin.release_schemas import (
    ArmsBody,
    CreateRequest,
    DifferenceBody,
    PromoteRequest,
    PromptBody,
    ReleaseBody,
    ReleasesBody,
    RollbackOfRelease,
)
from ui.admin import AdminApi
from ui.transport import checked, parsed

_DIFFERENCES = TypeAdapter(list[DifferenceBody])
_PROMPTS = TypeAdapter(list[PromptBody])


class ReleasesClient:
    """The calls of the page; each raises ApiAwayError and ApiProblemError."""

    def __init__(self, api: AdminApi) -> None:
        self._send = api.send

    def releases(self) -> ReleasesBody:
        """Return how the releases stand."""
        return parsed(ReleasesBody, self._send("GET", "/releases"))

    def create(self, note: str) -> ReleaseBody:
        """Pin the settings and the published generation."""
        said = CreateRequest(note=note).model_dump(mode="json")
        return parsed(ReleaseBody, self._send("POST", "/releases", json=said))

    def differences(self, before: str, after: str) -> list[DifferenceBody]:
        """Return what one release pins otherwise than another."""
        response = self._send("GET", f"/releases/{before}/diff/{after}")
        return _DIFFERENCES.validate_json(checked(response).content)

    def compared(self, before: str, after: str) -> ArmsBody:
        """Return how the conversations of two releases went."""
        return parsed(ArmsBody, self._send("GET", f"/releases/{before}/compare/{after}"))

    def promote(self, release: str, asked: PromoteRequest) -> ReleasesBody:
        """Let a release serve."""
        said = asked.model_dump(mode="json")
        path = f"/releases/{release}/promote"
        return parsed(ReleasesBody, self._send("POST", path, json=said))

    def roll_back(self, why: str) -> ReleasesBody:
        """Let what served before serve again."""
        said = RollbackOfRelease(why=why).model_dump(mode="json")
        return parsed(ReleasesBody, self._send("POST", "/releases/rollback", json=said))

    def prompts(self) -> list[PromptBody]:
        """Return every version of every prompt."""
        return _PROMPTS.validate_json(checked(self._send("GET", "/releases/prompts")).content)
