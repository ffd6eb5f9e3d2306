"""The candidate: the set that the settings and the published generation make now."""

from app.releases.evidence import open_evidence
from app.releases.pinning import pinned_now
from app.releases.release import Pinned, Release
from app.releases.store import Releases
from app.settings import AppSettings
from knowledge_base.errors import UnknownGenerationError
from knowledge_base.generations.generation import whole_manifest
from knowledge_base.generations.publication import (
    GENERATIONS,
    current_generation_id,
    is_generation_id,
)


def candidate(settings: AppSettings, generation: str | None = None) -> Pinned:
    """Return the set of the settings and of a generation, by default the published one.

    Raises:
        NoGenerationError: Nothing has been published yet.
        UnknownGenerationError: There is no such generation.
        DamagedGenerationError: It isn't what was written.
        PromptError: A prompt can't be read.
    """
    chosen = generation or current_generation_id(settings.data_dir)
    folder = settings.data_dir / GENERATIONS / chosen
    if not is_generation_id(chosen) or not folder.is_dir():
        raise UnknownGenerationError(
            f"there is no generation {chosen}; `candor generations list` shows them"
        )
    return pinned_now(settings, whole_manifest(folder))


def create_release(settings: AppSettings, generation: str | None = None, note: str = "") -> Release:
    """Keep the candidate as a release, with the run that lets it through, where there is one.

    Raises:
        ReleaseError: The release can't be written.
        CandorError: As for `candidate`.
    """
    pinned = candidate(settings, generation)
    evaluation = open_evidence(settings).letting_through(pinned)
    return Releases(settings.data_dir).create(pinned, evaluation=evaluation, note=note)
