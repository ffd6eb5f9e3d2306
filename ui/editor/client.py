"""The content editor's routes as the page sees them: typed calls."""

from urllib.parse import quote

from pydantic import TypeAdapter

from app.api.admin.schemas import (
    ArticlePage,
    DiffBody,
    GenerationBody,
    JobBody,
    JobKindName,
    JobRequest,
    ListedGeneration,
    Overview,
    ReviewedArticle,
    RollbackRequest,
    VerifiedBody,
)
from ui.admin import AdminApi
from ui.transport import checked, parsed

_JOBS = TypeAdapter(list[JobBody])
_GENERATIONS = TypeAdapter(list[ListedGeneration])
_VERIFYING_SECONDS = 330.0


class AdminClient:
    """The content editor's calls; each raises ApiAwayError and ApiProblemError."""

    def __init__(self, api: AdminApi) -> None:
        self._send = api.send

    def articles(self, query: str, *, with_findings: bool, offset: int, limit: int) -> ArticlePage:
        """Return the articles that hold every word of `query`."""
        parameters = {
            "query": query,
            "with_findings": with_findings,
            "offset": offset,
            "limit": limit,
        }
        return parsed(ArticlePage, self._send("GET", "/articles", params=parameters))

    def article(self, article: str) -> ReviewedArticle:
        """Return an article with what is known of it."""
        path = f"/articles/{quote(article, safe='/')}"
        return parsed(ReviewedArticle, self._send("GET", path))

    def jobs(self) -> list[JobBody]:
        """Return the latest job of each kind."""
        return _JOBS.validate_json(checked(self._send("GET", "/jobs")).content)

    def start(self, kind: JobKindName, max_cost_usd: float | None = None) -> JobBody:
        """Start a job; an evaluation may have a limit of what it costs."""
        asked = JobRequest(kind=kind, max_cost_usd=max_cost_usd).model_dump(exclude_none=True)
        return parsed(JobBody, self._send("POST", "/jobs", json=asked))

    def job(self, job: str) -> JobBody:
        """Return a job as it stands."""
        return parsed(JobBody, self._send("GET", f"/jobs/{_quoted(job)}"))

    def cancel(self, job: str) -> JobBody:
        """End a job, and return what came of it."""
        return parsed(JobBody, self._send("DELETE", f"/jobs/{_quoted(job)}"))

    def generations(self) -> list[ListedGeneration]:
        """Return all generations, the newest first."""
        return _GENERATIONS.validate_json(checked(self._send("GET", "/generations")).content)

    def generation(self, generation: str) -> GenerationBody:
        """Return what a generation was built from and with."""
        return parsed(GenerationBody, self._send("GET", f"/generations/{_quoted(generation)}"))

    def diff(self, before: str, after: str) -> DiffBody:
        """Return what changed from one generation to another."""
        path = f"/generations/{_quoted(before)}/diff/{_quoted(after)}"
        return parsed(DiffBody, self._send("GET", path))

    def verify(self, generation: str) -> VerifiedBody:
        """Return what is wrong with a generation; reading all of it may take minutes."""
        path = f"/generations/{_quoted(generation)}/verify"
        return parsed(VerifiedBody, self._send("POST", path, timeout=_VERIFYING_SECONDS))

    def roll_back(self, generation: str) -> Overview:
        """Let an earlier generation serve again."""
        asked = RollbackRequest(generation=generation).model_dump()
        return parsed(Overview, self._send("POST", "/generations/rollback", json=asked))


def _quoted(name: str) -> str:
    return quote(name, safe="")
