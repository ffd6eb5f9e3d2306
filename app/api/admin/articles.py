"""Articles as the content editor reads them: found by any word, with their facts beside them."""

from typing import Annotated

from fastapi import APIRouter, Query

from app.api.admin.bodies import article_page, reviewed_article
from app.api.admin.desk import AtDesk
from app.api.admin.schemas import ArticlePage, ReviewedArticle

router = APIRouter()


@router.get("")
def find_articles(
    desk: AtDesk,
    query: Annotated[str, Query(max_length=200)] = "",
    offset: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
) -> ArticlePage:
    """Return the published articles that hold every word of `query`; those in titles first."""
    return article_page(desk.review.find(query, offset=offset, limit=limit))


@router.get("/{article:path}")
def read_article(article: str, desk: AtDesk) -> ReviewedArticle:
    """Return a published article with the policy facts that it states."""
    return reviewed_article(desk.review.read(article))
