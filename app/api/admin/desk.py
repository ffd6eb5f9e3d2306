"""What the content editor's routes work with, and how they come by it."""

from dataclasses import dataclass
from typing import Annotated, cast

from fastapi import Depends, Request

from app.editor_jobs import EditorJobs
from app.evaluation_runs import EvaluationRuns
from app.lint_results import LintResults
from app.published_articles import Articles
from app.releases.evidence import Evidence, open_evidence
from app.releases.store import Releases
from app.review import Review
from app.settings import AppSettings
from app.store.reviews import ReviewQueue
from knowledge_base.generations.archive import Generations


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything that the content editor's routes need."""

    articles: Articles
    review: Review
    jobs: EditorJobs
    lint: LintResults
    generations: Generations
    runs: EvaluationRuns
    releases: Releases
    evidence: Evidence
    reviews: ReviewQueue
    review_share: float
    """How much of what nobody complained about is reviewed, between 0 and 1."""


def open_desk(
    settings: AppSettings, articles: Articles, jobs: EditorJobs, reviews: ReviewQueue
) -> Desk:
    """Return the desk of a data folder, its articles, its jobs and its review queue."""
    runs = EvaluationRuns(settings.data_dir)
    return Desk(
        articles,
        Review(articles),
        jobs,
        lint=LintResults(jobs),
        generations=Generations(settings.data_dir),
        runs=runs,
        releases=Releases(settings.data_dir),
        evidence=open_evidence(settings),
        reviews=reviews,
        review_share=settings.review_share,
    )


def desk_of(request: Request) -> Desk:
    """Return the desk of the application that serves `request`."""
    return cast("Desk", request.app.state.desk)


AtDesk = Annotated[Desk, Depends(desk_of)]
