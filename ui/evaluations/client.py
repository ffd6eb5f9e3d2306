"""The routes on evaluations as the page sees them: typed calls."""

from urllib.parse import quote

from pydantic import TypeAdapter

from app.api.admin.evaluation_schemas import (
    CandidateBody,
    CasesBody,
    ComparisonBody,
    ReviewRequest,
    RightAnswerBody,
    RunBody,
)
from ui.admin import AdminApi
from ui.transport import checked, parsed

_RUNS = TypeAdapter(list[RunBody])
_CANDIDATES = TypeAdapter(list[CandidateBody])


class EvaluationsClient:
    """The calls of the page; each raises ApiAwayError and ApiProblemError."""

    def __init__(self, api: AdminApi) -> None:
        self._send = api.send

    def runs(self) -> list[RunBody]:
        """Return all runs, the latest first."""
        return _RUNS.validate_json(checked(self._send("GET", "/runs")).content)

    def cases(
        self, run: str, *, kind: str | None, failed: str | None, offset: int, limit: int
    ) -> CasesBody:
        """Return cases of a run: of one kind, or those that fell short in one metric."""
        asked = {"kind": kind, "failed": failed, "offset": offset, "limit": limit}
        given = {name: value for name, value in asked.items() if value is not None}
        path = f"/runs/{quote(run, safe='')}/cases"
        return parsed(CasesBody, self._send("GET", path, params=given))

    def compare(self, before: str, after: str) -> ComparisonBody:
        """Return what changed from one run to another."""
        path = f"/runs/{quote(after, safe='')}/compared-with/{quote(before, safe='')}"
        return parsed(ComparisonBody, self._send("GET", path))

    def candidates(self, limit: int) -> list[CandidateBody]:
        """Return answers that nobody has reviewed, the newest first."""
        response = self._send("GET", "/reviews", params={"limit": limit})
        return _CANDIDATES.validate_json(checked(response).content)

    def review(self, turn: str, right: RightAnswerBody | None) -> None:
        """Say what is right, or take the answer from the queue."""
        said = ReviewRequest(right=right).model_dump(mode="json")
        checked(self._send("PUT", f"/reviews/{turn}", json=said))
