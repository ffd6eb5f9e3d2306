"""Conversations: begun and read."""

from datetime import UTC, datetime
from http import HTTPStatus

from fastapi import APIRouter

from app.api.bodies import conversation_body
from app.api.problems import RESPONSES
from app.api.schemas import ConversationBody
from app.api.services import ConversationId, Provided
from app.turns import new_id

router = APIRouter(prefix="/v1/conversations", tags=["conversations"], responses=RESPONSES)


@router.post("", status_code=HTTPStatus.CREATED)
def begin_conversation(services: Provided) -> ConversationBody:
    """Begin a conversation without a question."""
    conversation, now = new_id(), datetime.now(UTC)
    services.conversations.create(conversation, now)
    return ConversationBody(conversation=conversation, created=now, turns=())


@router.get("/{conversation}")
def read_conversation(conversation: ConversationId, services: Provided) -> ConversationBody:
    """Return a conversation with its turns, oldest first."""
    return conversation_body(services.conversations.conversation(conversation))
