"""Response bodies that tell of generations."""

from datetime import UTC, datetime

from app.api.admin.schemas import DiffBody, GenerationBody, ListedGeneration
from knowledge_base.generations.archive import GenerationDiff, Listed
from knowledge_base.generations.manifest import Manifest

_TIME = "%Y%m%dT%H%M%S%fZ"
"""How an id begins."""


def listed_generation(listed: Listed) -> ListedGeneration:
    """Return a generation as a list names it."""
    return ListedGeneration(
        generation=listed.id,
        built=_built(listed.id),
        state=listed.state.value,
        serves=listed.serves,
        articles=listed.articles,
        chunks=listed.chunks,
        problem=listed.problem,
    )


def generation_body(manifest: Manifest) -> GenerationBody:
    """Return what a generation was built from and with."""
    return GenerationBody(
        generation=manifest.id,
        built=manifest.created,
        candor=manifest.candor,
        sources=manifest.sources,
        embedder=manifest.embedder,
        articles=len(manifest.articles),
        chunks=manifest.chunks,
        plan=manifest.plan,
        checks=manifest.checks,
    )


def diff_body(diff: GenerationDiff) -> DiffBody:
    """Return what changed from one generation to another."""
    return DiffBody(
        before=diff.before,
        after=diff.after,
        articles=diff.articles,
        facts=dict(diff.facts),
        chunks_before=diff.chunks_before,
        chunks_after=diff.chunks_after,
    )


def _built(generation_id: str) -> datetime | None:
    time, _, _ = generation_id.partition("-")
    try:
        return datetime.strptime(time, _TIME).replace(tzinfo=UTC)
    except ValueError:
        return None
