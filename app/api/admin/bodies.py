"""Response bodies of the content editor's routes."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from app.api.admin.schemas import (
    ArticlePage,
    FactBody,
    JobBody,
    LintBody,
    ListedArticle,
    ReindexedBody,
    ReviewedArticle,
    StepBody,
)
from app.api.bodies import article_body
from app.editor_jobs import EditorJob, JobKind
from app.jobs import JobState
from app.lint_results import LintFinding, LintResult
from app.review import Found, Reviewed
from knowledge_base.generations.plan import Plan
from knowledge_base.policy.fact import PolicyFact
from knowledge_base.policy.wording import described

Findings = Mapping[str, tuple[LintFinding, ...]]
"""What was found in each article, by its id."""
Said = TypeVar("Said", bound=BaseModel)


def article_page(found: Found, findings: Findings | None) -> ArticlePage:
    """Return a page of the articles that were looked for, with the number of their findings."""
    listed = tuple(
        ListedArticle(
            article=article.id,
            title=article.title,
            updated=article.updated,
            findings=None if findings is None else len(findings.get(article.id, ())),
        )
        for article in found.articles
    )
    return ArticlePage(total=found.total, articles=listed)


def reviewed_article(
    reviewed: Reviewed, findings: tuple[LintFinding, ...] | None
) -> ReviewedArticle:
    """Return an article with what is known of it."""
    article = reviewed.article
    return ReviewedArticle(
        **article_body(article).model_dump(),
        generation=reviewed.generation,
        applies_to=dict(article.applies_to),
        supersedes=article.supersedes,
        facts=tuple(map(_fact_body, reviewed.facts)),
        findings=findings,
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
        lint=_lint_body(_latest(LintResult, result)) if started.kind is JobKind.LINT else None,
    )


def _lint_body(result: LintResult | None) -> LintBody | None:
    if result is None:
        return None
    levels = Counter(finding.level for finding in result.findings)
    return LintBody(
        at=result.at,
        articles=result.articles,
        errors=levels["error"],
        warnings=levels["warning"],
        notes=levels["note"],
    )


def _latest(said: type[Said], lines: Iterable[Mapping[str, Any]]) -> Said | None:
    """Return the last of the lines that a job wrote that says this kind of thing."""
    for line in reversed(tuple(lines)):
        try:
            return said.model_validate(line)
        except ValidationError:
            continue
    return None


def _fact_body(fact: PolicyFact) -> FactBody:
    return FactBody(
        said=described(fact),
        kind=fact.kind.value,
        start=fact.start,
        end=fact.end,
        sentence_start=fact.sentence_start,
        sentence_end=fact.sentence_end,
    )
