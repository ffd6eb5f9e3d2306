"""The set that serves: whose model the canary asks, and with which settings and generation."""

from dataclasses import dataclass

from app.drift.canaries import Reference
from app.errors import DriftError
from app.releases.difference import differences
from app.releases.pinning import pinned_now, settings_of
from app.releases.release import Pinned
from app.releases.store import Releases
from app.settings import AppSettings
from knowledge_base.generations.generation import sealed_manifest
from knowledge_base.generations.publication import GENERATIONS
from knowledge_base.generations.serving import Serving


@dataclass(frozen=True, slots=True)
class ServedSet:
    """A release, or what the settings make where none was promoted."""

    release: str
    generation: str
    settings: AppSettings

    @property
    def model(self) -> str:
        """`provider:name`, or `quoting`."""
        return self.settings.model or "quoting"


def served_set(settings: AppSettings) -> ServedSet:
    """Return what serves: of several arms, the one with most of the conversations.

    Raises:
        NoGenerationError: Nothing has been published yet.
        ReleaseError: The release can't be read, or a prompt isn't what it pins.
    """
    releases = Releases(settings.data_dir)
    arms = releases.serving().arms
    if arms:
        return release_set(settings, max(arms, key=lambda arm: arm.weight).release)
    generation = Serving(settings.data_dir).generation_id()
    manifest = sealed_manifest(settings.data_dir / GENERATIONS / generation)
    release = pinned_now(settings, manifest).unreleased_id
    return ServedSet(release, generation, asking_the_model(settings))


def release_set(settings: AppSettings, release: str) -> ServedSet:
    """Return one release's set.

    Raises:
        NotFoundError: There is no such release.
        ReleaseError: It can't be read, or a prompt isn't what it pins.
    """
    pinned = Releases(settings.data_dir).release(release).pinned
    return ServedSet(release, pinned.generation, asking_the_model(settings_of(pinned, settings)))


def asking_the_model(settings: AppSettings) -> AppSettings:
    """Return the settings without the answer cache, so that every question reaches the model."""
    return settings.model_copy(update={"answer_cache": 0})


def pinned_over(served: ServedSet, generation: str) -> Pinned:
    """Return the set as this program makes it, over a generation.

    Raises:
        DamagedGenerationError: The generation is missing or can't be read.
    """
    manifest = sealed_manifest(served.settings.data_dir / GENERATIONS / generation)
    return pinned_now(served.settings, manifest)


def check_reference(reference: Reference, served: ServedSet) -> None:
    """Refuse to look at another model than the reference's, or at the same one asked otherwise.

    Raises:
        DriftError: Another release serves, or another model, or anything that is pinned differs.
        DamagedGenerationError: The reference's generation is missing or can't be read.
    """
    is_other = served.model != reference.model or (
        served.release != reference.release and not reference.release.startswith("unreleased")
    )
    if is_other:
        raise DriftError(
            f"the reference is of {reference.release} ({reference.model}), and {served.release} "
            f"({served.model}) serves: write a new one with `candor canary reference`"
        )
    if reference.pinned is None:
        raise DriftError(
            "the reference doesn't say which settings it was written with: write a new one with "
            "`candor canary reference`"
        )
    differing = differences(reference.pinned, pinned_over(served, reference.generation))
    if differing:
        raise DriftError(
            f"{', '.join(one.name for one in differing)} changed since the reference was written, "
            "so a look couldn't tell that from a change of the model: write a new one with "
            "`candor canary reference`"
        )
