"""What the routes work with, and how they come by it."""

import re
from dataclasses import dataclass
from typing import Annotated, cast

from fastapi import Depends, Path, Request

from app.errors import NotFoundError
from app.guardrails.personal_data import Masker
from app.published_articles import Articles
from app.settings import AppSettings
from app.store.conversations import Conversations
from app.turns import Turns

_ID = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Services:
    """Everything that the routes need."""

    settings: AppSettings
    turns: Turns
    conversations: Conversations
    articles: Articles
    masker: Masker


async def services_of(request: Request) -> Services:
    """Return the services of the application that serves `request`.

    Like all here it waits for nothing, but FastAPI gives what isn't `async` a thread of its own.
    """
    return cast("Services", request.app.state.services)


def well_formed(given: str, what: str) -> str:
    """Return an id that could be one; nothing else is ever looked up.

    Raises:
        NotFoundError: It can't be the id of anything.
    """
    if _ID.fullmatch(given) is None:
        raise NotFoundError(f"There is no such {what}: an id is 32 hexadecimal characters.")
    return given


async def _turn_id(turn: Annotated[str, Path()]) -> str:
    return well_formed(turn, "turn")


async def _conversation_id(conversation: Annotated[str, Path()]) -> str:
    return well_formed(conversation, "conversation")


Provided = Annotated[Services, Depends(services_of)]
TurnId = Annotated[str, Depends(_turn_id)]
ConversationId = Annotated[str, Depends(_conversation_id)]
