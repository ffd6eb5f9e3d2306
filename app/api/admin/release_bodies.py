"""Response bodies of the routes on releases."""

from collections.abc import Sequence

from app.api.admin.release_schemas import (
    DifferenceBody,
    EvidenceBody,
    FreezeBody,
    ReleaseBody,
    ReleasesBody,
)
from app.releases.difference import Difference, prompt_lines
from app.releases.evidence import Evidence, GateResult, let_through
from app.releases.release import Release
from app.releases.store import Releases

_SHOWN_ENTRIES = 50


def releases_body(releases: Releases, evidence: Evidence) -> ReleasesBody:
    """Return how the releases of a data folder stand."""
    serving, frozen = releases.serving(), releases.frozen()
    weights = {arm.release: arm.weight for arm in serving.arms}
    return ReleasesBody(
        serving=serving.releases,
        can_roll_back=bool(serving.before),
        goes_back_to=serving.taken_back().releases if serving.before else (),
        frozen=FreezeBody(reason=frozen.reason, since=frozen.since) if frozen else None,
        releases=tuple(
            release_body(one, evidence.of(one.pinned), weights.get(one.id))
            for one in releases.listed()
        ),
        log=releases.log()[:_SHOWN_ENTRIES],
    )


def release_body(
    release: Release, evidence: Sequence[GateResult], weight: float | None
) -> ReleaseBody:
    """Return a release as the page sees it."""
    model = release.pinned.model.get("model")
    return ReleaseBody(
        release=release.id,
        created=release.created,
        note=release.note,
        fingerprint=release.pinned.fingerprint,
        generation=release.pinned.generation,
        model=model if isinstance(model, str) else None,
        prompts=tuple(release.pinned.prompts),
        weight=weight,
        passes=let_through(evidence),
        evidence=tuple(map(_evidence, evidence)),
    )


def difference_body(found: Difference) -> DifferenceBody:
    """Return what differs, a prompt with its changed lines."""
    lines = prompt_lines(found)
    return DifferenceBody(name=found.name, before=found.before, after=found.after, lines=lines)


def _evidence(found: GateResult) -> EvidenceBody:
    return EvidenceBody(
        run=found.run.id,
        suite=found.run.config.suite.name,
        passes=found.passes,
        counts=found.counts,
        problem=found.problem,
        checks=found.gate.checks if found.gate else (),
    )
