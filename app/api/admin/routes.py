"""The content editor's routes, put together; an application has them only where it has a key."""

from fastapi import APIRouter, Depends, FastAPI
from fastapi.security import HTTPBearer
from pydantic import SecretStr

from app.api.admin import (
    arms,
    articles,
    generations,
    jobs,
    operations,
    overview,
    releases,
    reviews,
    runs,
    turns,
)
from app.api.admin.desk import Desk
from app.api.admin.key import ADMIN, AdminKey
from app.api.problems import RESPONSES
from app.operations import Operations
from app.store.arms import ArmTurns

_PARTS: tuple[tuple[str, APIRouter], ...] = (
    ("", overview.router),
    ("/articles", articles.router),
    ("/jobs", jobs.router),
    ("/generations", generations.router),
    ("/runs", runs.router),
    ("/releases", releases.router),
    ("/reviews", reviews.router),
    ("/turns", turns.router),
)


def add_admin_routes(
    application: FastAPI,
    key: SecretStr,
    desk: Desk,
    running: Operations | None = None,
    turns_by_release: ArmTurns | None = None,
) -> None:
    """Let the application serve the content editor who has the key, and whoever operates it."""
    application.state.desk = desk
    application.state.operations = running
    application.state.arms = turns_by_release
    application.add_middleware(AdminKey, key=key)
    read = (("/operations", operations.router),) if running else ()
    compared = (("/releases", arms.router),) if turns_by_release else ()
    for path, router in (*_PARTS, *read, *compared):
        application.include_router(
            router,
            prefix=f"{ADMIN}{path}",
            tags=["admin"],
            responses=RESPONSES,
            dependencies=[Depends(HTTPBearer(auto_error=False))],  # for OpenAPI; the key is checked
        )
