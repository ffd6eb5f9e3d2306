"""What the content editor's routes work with, and how they come by it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, cast

from fastapi import Depends, Request

from app.editor_jobs import EditorJobs
from app.lint_results import LintResults
from app.published_articles import Articles
from app.review import Review
from knowledge_base.generations.archive import Generations


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything that the content editor's routes need."""

    articles: Articles
    review: Review
    jobs: EditorJobs
    lint: LintResults
    generations: Generations


def open_desk(data_dir: Path, articles: Articles, jobs: EditorJobs) -> Desk:
    """Return the desk of a data folder, its articles and its jobs."""
    return Desk(
        articles, Review(articles), jobs, lint=LintResults(jobs), generations=Generations(data_dir)
    )


def desk_of(request: Request) -> Desk:
    """Return the desk of the application that serves `request`."""
    return cast("Desk", request.app.state.desk)


AtDesk = Annotated[Desk, Depends(desk_of)]
