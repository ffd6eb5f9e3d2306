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
    *,
    with_findings: bool = False,
    offset: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
) -> ArticlePage:
    """Return the published articles that hold every word of `query`; those in titles first.

    `with_findings` leaves out those in which the latest lint found nothing.
    """
    lint = desk.lint.latest()
    findings = lint.by_article if lint else None
    among = findings or {} if with_findings else None
    return article_page(desk.review.find(query, among=among, offset=offset, limit=limit), findings)


@router.get("/{article:path}")
def read_article(article: str, desk: AtDesk) -> ReviewedArticle:
    """Return a published article with its policy facts and what the latest lint found in it."""
    lint = desk.lint.latest()
    findings = lint.by_article.get(article, ()) if lint else None
    return reviewed_article(desk.review.read(article), findings)
