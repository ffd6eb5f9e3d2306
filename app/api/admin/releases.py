"""Releases: created, compared, promoted, and rolled back."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path

from app.api.admin.desk import AtDesk
from app.api.admin.release_bodies import difference_body, release_body, releases_body
from app.api.admin.release_schemas import (
    CreateRequest,
    DifferenceBody,
    PromoteRequest,
    PromptBody,
    ReleaseBody,
    ReleasesBody,
    RollbackOfRelease,
)
from app.api.services import Provided
from app.errors import ConflictError, NotFoundError
from app.prompts.registry import LockState, listed, prompt_text
from app.releases.candidate import create_release
from app.releases.difference import differences
from app.releases.promotion import Promotions, Reason
from app.releases.release import is_release_id
from knowledge_base.errors import DamagedGenerationError

router = APIRouter()

_WHO = "admin page"


def _known(given: str) -> str:
    if not is_release_id(given):
        raise NotFoundError("There is no such release.")
    return given


def _path_id(release: Annotated[str, Path()]) -> str:
    return _known(release)


def _other_path_id(other: Annotated[str, Path()]) -> str:
    return _known(other)


ReleaseId = Annotated[str, Depends(_path_id)]
OtherId = Annotated[str, Depends(_other_path_id)]


@router.get("")
def list_releases(desk: AtDesk) -> ReleasesBody:
    """Return all releases, which of them serve, and who let them."""
    return releases_body(desk.releases, desk.evidence)


@router.post("")
def pin_release(asked: CreateRequest, desk: AtDesk, services: Provided) -> ReleaseBody:
    """Pin the settings and the published generation; the same set is the same release."""
    try:
        created = create_release(services.settings, note=asked.note)
    except DamagedGenerationError as damage:
        raise ConflictError(str(damage)) from damage
    return release_body(created, desk.evidence.of(created.pinned), None)


@router.get("/prompts")
def list_prompts(desk: AtDesk) -> list[PromptBody]:
    """Return every version of every prompt, with its text."""
    del desk
    return [
        PromptBody(
            prompt=one.id,
            purpose=one.purpose,
            state=one.state.value,
            text="" if one.state is LockState.GONE else prompt_text(one.id),
        )
        for one in listed()
    ]


@router.post("/rollback")
def roll_back_release(asked: RollbackOfRelease, desk: AtDesk, services: Provided) -> ReleasesBody:
    """Let what served before the last promotion serve again; 409 where nothing did."""
    Promotions(services.settings).roll_back(Reason(_WHO, asked.why))
    return releases_body(desk.releases, desk.evidence)


@router.get("/{release}/diff/{other}")
def compare_releases(release: ReleaseId, other: OtherId, desk: AtDesk) -> list[DifferenceBody]:
    """Return what the other one pins otherwise."""
    before, after = desk.releases.release(release), desk.releases.release(other)
    return list(map(difference_body, differences(before.pinned, after.pinned)))


@router.post("/{release}/promote")
def promote_release(
    release: ReleaseId, asked: PromoteRequest, desk: AtDesk, services: Provided
) -> ReleasesBody:
    """Let a release serve; 409 where the gate hasn't passed exactly its set, or it is frozen."""
    reason = Reason(_WHO, asked.why, asked.override)
    try:
        Promotions(services.settings).promote(release, reason, asked.share)
    except DamagedGenerationError as damage:
        raise ConflictError(str(damage)) from damage
    return releases_body(desk.releases, desk.evidence)
