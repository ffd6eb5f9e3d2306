"""What the content editor's routes work with, and how they come by it."""

from dataclasses import dataclass
from typing import Annotated, cast

from fastapi import Depends, Request

from app.editor_jobs import EditorJobs
from app.evaluation_runs import EvaluationRuns
from app.lint_results import LintResults
from app.published_articles import Articles
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
    reviews: ReviewQueue
    review_share: float
    """How much of what nobody complained about is reviewed, between 0 and 1."""


def open_desk(
    settings: AppSettings, articles: Articles, jobs: EditorJobs, reviews: ReviewQueue
) -> Desk:
    """Return the desk of a data folder, its articles, its jobs and its review queue."""
    return Desk(
        articles,
        Review(articles),
        jobs,
        lint=LintResults(jobs),
        generations=Generations(settings.data_dir),
        runs=EvaluationRuns(settings.data_dir),
        reviews=reviews,
        review_share=settings.review_share,
    )


def desk_of(request: Request) -> Desk:
    """Return the desk of the application that serves `request`."""
    return cast("Desk", request.app.state.desk)


AtDesk = Annotated[Desk, Depends(desk_of)]
