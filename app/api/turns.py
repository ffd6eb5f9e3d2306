"""Turns: read, followed and rated."""

import asyncio
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Header, Response

from app.api.bodies import turn_body
from app.api.problems import RESPONSES
from app.api.receipt_bodies import receipts_body
from app.api.schemas import FeedbackRequest, ReceiptsBody, TurnBody
from app.api.services import Provided, Services, TurnId
from app.api.streaming import STREAM, TurnStream
from app.store.records import Feedback, Rating, TurnState

router = APIRouter(prefix="/v1/turns", tags=["turns"], responses=RESPONSES)


@router.get("/{turn}")
def read_turn(turn: TurnId, services: Provided) -> TurnBody:
    """Return a turn, whether it runs or has ended."""
    return turn_body(services.conversations.turn(turn))


@router.get(
    "/{turn}/events", response_class=Response, responses={HTTPStatus.OK: {"content": STREAM}}
)
async def read_events(
    turn: TurnId,
    services: Provided,
    last_event_id: Annotated[int, Header(ge=0, le=2**31 - 1)] = 0,
) -> Response:
    """Stream a turn's events after `Last-Event-ID`, from the start without it.

    They are replayed where the turn has ended; 204 where nothing is left to come.
    """
    if await asyncio.to_thread(_is_over, services, turn, last_event_id):
        return Response(status_code=HTTPStatus.NO_CONTENT)
    return TurnStream(services.turns.follow(turn, last_event_id))


@router.get("/{turn}/receipts")
def read_receipts(turn: TurnId, services: Provided) -> ReceiptsBody:
    """Return what each sentence shown so far rests on, and how many were kept back."""
    return receipts_body(turn, services.conversations.receipts(turn))


@router.post("/{turn}/feedback", status_code=HTTPStatus.NO_CONTENT)
def rate_turn(turn: TurnId, feedback: FeedbackRequest, services: Provided) -> None:
    """Keep what a customer thought of an answer; the last word counts."""
    comment = services.masker.mask(feedback.comment) if feedback.comment else feedback.comment
    given = Feedback(Rating(feedback.rating), feedback.reason, comment)
    services.conversations.rate(turn, given, datetime.now(UTC))


@router.delete("/{turn}/feedback", status_code=HTTPStatus.NO_CONTENT)
def take_rating_back(turn: TurnId, services: Provided) -> None:
    """Forget what a customer thought of an answer; nothing happens where nothing is kept."""
    services.conversations.rate(turn, None, datetime.now(UTC))


def _is_over(services: Services, turn: str, seen: int) -> bool:
    ended = services.conversations.turn(turn).state is not TurnState.RUNNING
    return ended and not services.conversations.events(turn, seen)
