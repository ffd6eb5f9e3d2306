"""The content editor's routes as the page sees them: typed calls, with the admin key."""

from enum import StrEnum
from urllib.parse import quote

import httpx
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
from ui.transport import checked, parsed, send

_ADMIN = "/v1/admin"
_JOBS = TypeAdapter(list[JobBody])
_GENERATIONS = TypeAdapter(list[ListedGeneration])
_VERIFYING_SECONDS = 330.0


class Access(StrEnum):
    """Whether the API lets the content editor in."""

    OPEN = "open"
    LOCKED = "locked"
    """It wants another key."""
    OFF = "off"
    """It has no admin key, and so none of these routes."""


class AdminClient:
    """Speaks to one API with one key; each call raises ApiAwayError and ApiProblemError."""

    def __init__(self, http: httpx.Client, key: str) -> None:
        self._http = http
        # Bytes, since a key may hold any characters; but those for control fit into no header.
        fits = bool(key) and key.isprintable()
        self._headers = {b"authorization": b"Bearer " + key.encode()} if fits else {}

    def access(self) -> Access:
        """Return whether the key opens the routes."""
        response = self._send("GET", "")
        if response.status_code == httpx.codes.NOT_FOUND:
            return Access.OFF
        if response.status_code == httpx.codes.UNAUTHORIZED:
            return Access.LOCKED
        checked(response)
        return Access.OPEN

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

    def start(self, kind: JobKindName) -> JobBody:
        """Start a job."""
        asked = JobRequest(kind=kind).model_dump()
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

    def _send(self, method: str, path: str, **options: object) -> httpx.Response:
        return send(self._http, method, f"{_ADMIN}{path}", headers=self._headers, **options)


def _quoted(name: str) -> str:
    return quote(name, safe="")
