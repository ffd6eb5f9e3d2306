"""The articles behind an API, read whole: those of the admin's routes tell whom each is for.

Only who has the admin key is told an article's scope and what it supersedes; without it, what
needs them can't be measured.
"""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from pydantic import TypeAdapter, ValidationError

from app.api.admin.schemas import ArticlePage, ReviewedArticle
from app.api.schemas import ArticleBody, ArticleSummary
from evals.errors import RemoteError
from evals.patient_client import PatientClient
from evals.remote_call import answered, sent
from knowledge_base.article import Article

_PAGE = 1000  # as many as the API lists at once
_ADMIN_PAGE = 100  # as many as its admin's list does
_SUMMARIES = TypeAdapter(list[ArticleSummary])


@dataclass(frozen=True, slots=True)
class RemoteHelpCentre:
    """What an API serves."""

    generation: str
    articles: Mapping[str, Article]


async def read_help_centre(
    client: PatientClient, generation: str, *, is_admin: bool
) -> RemoteHelpCentre:
    """Return all articles of the generation that serves.

    Raises:
        RemoteError: The API can't be reached, or serves another generation by now.
    """
    ids = _admin_ids(client) if is_admin else _public_ids(client)
    read = _reviewed if is_admin else _published
    articles = [await read(client, one, generation) async for one in ids]
    return RemoteHelpCentre(generation, {article.id: article for article in articles})


async def _public_ids(client: PatientClient) -> AsyncIterator[str]:
    offset, is_whole = 0, False
    while not is_whole:
        asked = {"limit": str(_PAGE), "offset": str(offset)}
        response = await answered(client, "GET", "/v1/articles", parameters=asked)
        try:
            page = _SUMMARIES.validate_json(response.content)
        except ValidationError as error:
            raise RemoteError("the API lists no articles: is it Candor's?") from error
        for one in page:
            yield one.article
        offset, is_whole = offset + len(page), len(page) < _PAGE


async def _admin_ids(client: PatientClient) -> AsyncIterator[str]:
    offset, is_whole = 0, False
    while not is_whole:
        asked = {"limit": str(_ADMIN_PAGE), "offset": str(offset)}
        page = await sent(client, "GET", "/v1/admin/articles", ArticlePage, parameters=asked)
        for one in page.articles:
            yield one.article
        offset += len(page.articles)
        is_whole = not page.articles or offset >= page.total


async def _published(client: PatientClient, article: str, generation: str) -> Article:
    asked = {"generation": generation}
    path = f"/v1/articles/{quote(article, safe='/')}"
    return _article(await sent(client, "GET", path, ArticleBody, parameters=asked))


async def _reviewed(client: PatientClient, article: str, generation: str) -> Article:
    path = f"/v1/admin/articles/{quote(article, safe='/')}"
    body = await sent(client, "GET", path, ReviewedArticle)
    if body.generation != generation:
        raise RemoteError(
            f"the API published generation {body.generation} while {generation} was read: "
            "run it again"
        )
    return _article(body, body.applies_to, body.supersedes)


def _article(
    body: ArticleBody,
    applies_to: Mapping[str, tuple[str, ...]] | None = None,
    supersedes: tuple[str, ...] = (),
) -> Article:
    return Article(
        id=body.article,
        title=body.title,
        body=body.body,
        path=body.article,
        url=body.url,
        updated=body.updated,
        applies_to=applies_to or {},
        valid_from=body.valid_from,
        valid_to=body.valid_to,
        supersedes=supersedes,
    )
