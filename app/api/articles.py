"""Articles: found by title, and read as a generation of the index keeps them."""

from typing import Annotated

from fastapi import APIRouter, Query

from app.api.bodies import article_body, article_summary
from app.api.problems import RESPONSES
from app.api.schemas import ArticleBody, ArticleSummary
from app.api.services import Provided

router = APIRouter(prefix="/v1/articles", tags=["articles"], responses=RESPONSES)


@router.get("")
def find_articles(
    services: Provided,
    query: Annotated[str, Query(max_length=200)] = "",
    *,
    offset: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
    limit: Annotated[int, Query(ge=1, le=1000)] = 20,
) -> list[ArticleSummary]:
    """Return the published articles whose titles hold every word of `query`, by title."""
    return [
        article_summary(found) for found in services.articles.titled(query, offset + limit)[offset:]
    ]


@router.get("/{article:path}")
def read_article(article: str, services: Provided, generation: str | None = None) -> ArticleBody:
    """Return an article as it is published, or as the `generation` that an answer cited has it."""
    return article_body(services.articles.article(article, generation))
