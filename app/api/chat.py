"""Asking: a question in, its turn's events or the whole answer out."""

import asyncio
from collections.abc import AsyncGenerator, Coroutine
from contextlib import aclosing
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Header, Request, Response
from fastapi.exceptions import RequestValidationError

from app.api.client_keys import client_of
from app.api.negotiation import wants_json
from app.api.problems import RESPONSES, problem_response
from app.api.schemas import ChatBody, ChatRequest, Problem
from app.api.services import Provided, Services, well_formed
from app.api.streaming import STREAM, TurnStream
from app.failure import Failure
from app.store.records import EventName, NewTurn, TurnEvent
from app.telemetry.traces import continued

router = APIRouter(tags=["chat"], responses=RESPONSES)


@router.post(
    "/v1/chat",
    response_model=ChatBody,
    responses={HTTPStatus.OK: {"content": STREAM}},
)
async def chat(
    asked: ChatRequest,
    services: Provided,
    request: Request,
    accept: Annotated[str, Header()] = "*/*",
    authorization: Annotated[str, Header(include_in_schema=False)] = "",
) -> Response:
    """Answer a question: as server-sent events, or whole on `accept: application/json`.

    The stream's events are `turn` (its ids), `sentence` (with its citations), `outcome` (with the
    whole text) or `error` (a problem document), then `done`; each is numbered.
    """
    _check_length(asked.question, services.settings.max_question_chars)
    client = client_of(authorization, services.settings.client_keys)
    with continued(request.headers):
        turn = await _start(services, asked, client)
    events = services.turns.follow(turn.id)
    if not wants_json(accept):
        return TurnStream(events)
    return await _unless_it_leaves(request, _whole(turn, events))


def _check_length(question: str, longest: int) -> None:
    if len(question) > longest:
        told = f"has {len(question)} characters: at most {longest} are accepted"
        raise RequestValidationError(
            [{"type": "string_too_long", "loc": ("body", "question"), "msg": told}]
        )


async def _start(services: Services, asked: ChatRequest, client: str) -> NewTurn:
    conversation = asked.conversation
    if conversation is not None:
        well_formed(conversation, "conversation")
    return await services.turns.start(asked.question, conversation, asked.at, client)


async def _whole(turn: NewTurn, events: AsyncGenerator[TurnEvent]) -> Response:
    sentences = []
    async with aclosing(events):
        async for event in events:
            if event.name is EventName.SENTENCE:
                sentences.append(event.data)
            elif event.name is EventName.OUTCOME:
                ids = {"conversation": turn.conversation, "turn": turn.id}
                body = ChatBody.model_validate(ids | dict(event.data) | {"sentences": sentences})
            elif event.name is EventName.ERROR:
                problem = Problem.model_validate(event.data)
                return problem_response(Failure(problem.status, problem.detail))
    return Response(body.model_dump_json(), media_type="application/json")


async def _unless_it_leaves(
    request: Request, answering: Coroutine[None, None, Response]
) -> Response:
    answer = asyncio.ensure_future(answering)
    leaving = asyncio.ensure_future(_disconnect(request))
    try:
        await asyncio.wait({answer, leaving}, return_when=asyncio.FIRST_COMPLETED)
        return answer.result() if answer.done() else Response(status_code=HTTPStatus.NO_CONTENT)
    finally:
        answer.cancel()
        leaving.cancel()


async def _disconnect(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
