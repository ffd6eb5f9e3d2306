"""Generations of the index: listed, compared, verified, and taken back."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

from fastapi import APIRouter, Depends, Path

from app.api.admin.desk import AtDesk
from app.api.admin.generation_bodies import diff_body, generation_body, listed_generation
from app.api.admin.schemas import (
    DiffBody,
    GenerationBody,
    ListedGeneration,
    Overview,
    RollbackRequest,
    VerifiedBody,
)
from app.errors import ConflictError, NotFoundError
from knowledge_base.errors import DamagedGenerationError
from knowledge_base.generations.publication import is_generation_id
from knowledge_base.generations.verification import verify

router = APIRouter()


def _known(given: str) -> str:
    if not is_generation_id(given):
        raise NotFoundError("There is no such generation.")
    return given


def _path_id(generation: Annotated[str, Path()]) -> str:
    return _known(generation)


def _other_path_id(other: Annotated[str, Path()]) -> str:
    return _known(other)


GenerationId = Annotated[str, Depends(_path_id)]
OtherId = Annotated[str, Depends(_other_path_id)]


@router.get("")
def list_generations(desk: AtDesk) -> list[ListedGeneration]:
    """Return all generations, the newest first, then those that failed their checks."""
    return list(map(listed_generation, desk.generations.listed()))


@router.get("/{generation}")
def read_generation(generation: GenerationId, desk: AtDesk) -> GenerationBody:
    """Return what a generation was built from, its plan and its checks; 409 if it is damaged."""
    with _damage_told():
        return generation_body(desk.generations.manifest(generation))


@router.get("/{generation}/diff/{other}")
def compare_generations(generation: GenerationId, other: OtherId, desk: AtDesk) -> DiffBody:
    """Return what changed from one generation to the other; 409 if one is damaged."""
    with _damage_told():
        return diff_body(desk.generations.diff(generation, other))


@router.post("/{generation}/verify")
def verify_generation(generation: GenerationId, desk: AtDesk) -> VerifiedBody:
    """Read all files of a generation, and say what is wrong with it and what to do."""
    shelf = desk.generations
    found = verify(shelf.folder(generation), is_published=generation == shelf.published())
    return VerifiedBody(problems=found.problems, advice=found.advice)


@router.post("/rollback")
def roll_back(asked: RollbackRequest, desk: AtDesk) -> Overview:
    """Let an earlier generation serve again, by default the one published before this one."""
    wanted = None if asked.generation is None else _known(asked.generation)
    with _damage_told():
        return Overview(generation=desk.generations.roll_back(wanted).generation)


@contextmanager
def _damage_told() -> Iterator[None]:
    """Tell the editor what is damaged, which a customer isn't told."""
    try:
        yield
    except DamagedGenerationError as damage:
        raise ConflictError(str(damage)) from damage
