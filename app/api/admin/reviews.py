"""The review queue: answers that a person makes cases of."""

from datetime import UTC, datetime
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Query

from app.api.admin.desk import AtDesk, Desk
from app.api.admin.evaluation_schemas import CandidateBody, ReviewRequest, RightAnswerBody
from app.api.services import TurnId
from app.store.reviews import Candidate, RightAnswer

router = APIRouter()


@router.get("")
def list_candidates(
    desk: AtDesk, limit: Annotated[int, Query(ge=1, le=100)] = 20
) -> list[CandidateBody]:
    """Return answers that nobody has reviewed, the newest first."""
    return list(map(_candidate_body, desk.reviews.waiting(limit, desk.review_share)))


@router.put("/{turn}", status_code=HTTPStatus.NO_CONTENT)
def review(turn: TurnId, said: ReviewRequest, desk: AtDesk) -> None:
    """Make a case of an answer, or take it from the queue; what was said before is replaced."""
    now = datetime.now(UTC)
    if said.right is None:
        desk.reviews.dismiss(turn, now)
    else:
        desk.reviews.accept(turn, _right_answer(said.right, desk), now)


def _right_answer(body: RightAnswerBody, desk: Desk) -> RightAnswer:
    for article in body.articles:
        desk.articles.article(article)  # a case on an article that isn't there can't be run
    return RightAnswer(body.outcomes, body.articles, body.must, body.must_not, body.note)


def _candidate_body(candidate: Candidate) -> CandidateBody:
    return CandidateBody(
        turn=candidate.turn,
        question=candidate.question,
        history=candidate.history,
        at=candidate.at,
        asked=candidate.asked,
        outcome=candidate.outcome.value,
        text=candidate.text,
        articles=candidate.articles,
        occasions=tuple(one.value for one in candidate.occasions),
        comment=candidate.comment,
    )
