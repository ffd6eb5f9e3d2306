"""The content editor's routes, put together; an application has them only where it has a key."""

from fastapi import APIRouter, Depends, FastAPI
from fastapi.security import HTTPBearer
from pydantic import SecretStr

from app.api.admin import articles, generations, jobs, overview, reviews, runs
from app.api.admin.desk import Desk
from app.api.admin.key import ADMIN, AdminKey
from app.api.problems import RESPONSES

_PARTS: tuple[tuple[str, APIRouter], ...] = (
    ("", overview.router),
    ("/articles", articles.router),
    ("/jobs", jobs.router),
    ("/generations", generations.router),
    ("/runs", runs.router),
    ("/reviews", reviews.router),
)


def add_admin_routes(application: FastAPI, key: SecretStr, desk: Desk) -> None:
    """Let the application serve the content editor who has the key."""
    application.state.desk = desk
    application.add_middleware(AdminKey, key=key)
    for path, router in _PARTS:
        application.include_router(
            router,
            prefix=f"{ADMIN}{path}",
            tags=["admin"],
            responses=RESPONSES,
            dependencies=[Depends(HTTPBearer(auto_error=False))],  # for OpenAPI; the key is checked
        )
