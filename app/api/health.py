"""Whether the process lives, and whether it can serve."""

from fastapi import APIRouter

from app.api.problems import RESPONSES
from app.api.schemas import Health
from app.api.services import Provided

router = APIRouter(tags=["health"], responses=RESPONSES)


@router.get("/healthz", response_model_exclude_none=True)
async def is_alive() -> Health:
    """Say that the process answers."""
    return Health(status="ok")


@router.get("/readyz", response_model_exclude_none=True)
def is_ready(services: Provided) -> Health:
    """Say that an index is published and the database can be used; 503 where not."""
    generation = services.articles.current()
    services.conversations.check()
    return Health(status="ready", generation=generation, warning=services.articles.warning())
