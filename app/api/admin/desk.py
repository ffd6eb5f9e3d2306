"""What the content editor's routes work with, and how they come by it."""

from dataclasses import dataclass
from typing import Annotated, cast

from fastapi import Depends, Request

from app.editor_jobs import EditorJobs
from app.published_articles import Articles
from app.review import Review
from knowledge_base.generations import Generations


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything that the content editor's routes need."""

    articles: Articles
    review: Review
    jobs: EditorJobs
    generations: Generations


def desk_of(request: Request) -> Desk:
    """Return the desk of the application that serves `request`."""
    return cast("Desk", request.app.state.desk)


AtDesk = Annotated[Desk, Depends(desk_of)]
