"""Response bodies of the content editor's routes."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from app.api.admin.schemas import (
    ArticlePage,
    FactBody,
    JobBody,
    ListedArticle,
    ReindexedBody,
    ReviewedArticle,
    StepBody,
)
from app.api.bodies import article_body
from app.editor_jobs import EditorJob, JobKind
from app.jobs import JobState
from app.review import Found, Reviewed
from knowledge_base.article import Article
from knowledge_base.plan import Plan
from knowledge_base.policy.fact import PolicyFact
from knowledge_base.policy.wording import described

Said = TypeVar("Said", bound=BaseModel)


def article_page(found: Found) -> ArticlePage:
    """Return a page of the articles that were looked for."""
    return ArticlePage(total=found.total, articles=tuple(map(_listed, found.articles)))


def reviewed_article(reviewed: Reviewed) -> ReviewedArticle:
    """Return an article with what is known of it."""
    article = reviewed.article
    return ReviewedArticle(
        **article_body(article).model_dump(),
        generation=reviewed.generation,
        valid_from=article.valid_from,
        valid_to=article.valid_to,
        applies_to=dict(article.applies_to),
        supersedes=article.supersedes,
        facts=tuple(map(_fact_body, reviewed.facts)),
    )


def job_body(started: EditorJob) -> JobBody:
    """Return a job as it stands."""
    job = started.job
    result = job.progress[-1:] if job.state is JobState.SUCCEEDED else ()
    return JobBody(
        job=job.id,
        kind=started.kind.value,
        state=job.state.value,
        started=job.started,
        ended=job.ended,
        step=_latest(StepBody, job.progress),
        error=job.error,
        plan=_latest(Plan, result) if started.kind is JobKind.PLAN else None,
        reindexed=_latest(ReindexedBody, result) if started.kind is JobKind.REINDEX else None,
    )


def _latest(said: type[Said], lines: Iterable[Mapping[str, Any]]) -> Said | None:
    """Return the last of the lines that a job wrote that says this kind of thing."""
    for line in reversed(tuple(lines)):
        try:
            return said.model_validate(line)
        except ValidationError:
            continue
    return None


def _listed(article: Article) -> ListedArticle:
    return ListedArticle(article=article.id, title=article.title, updated=article.updated)


def _fact_body(fact: PolicyFact) -> FactBody:
    return FactBody(
        said=described(fact),
        kind=fact.kind.value,
        start=fact.start,
        end=fact.end,
        sentence_start=fact.sentence_start,
        sentence_end=fact.sentence_end,
    )
