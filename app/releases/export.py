"""Exporting a release: what it pins and what spoke for it, gathered, signed and written."""

from datetime import UTC, datetime
from pathlib import Path

from app.errors import ReleaseError
from app.releases.bundle import BundleManifest, contents_of, write_bundle
from app.releases.evidence import open_evidence
from app.releases.keys import SigningKey
from app.releases.store import Releases
from app.settings import AppSettings


def export_release(settings: AppSettings, name: str, folder: Path) -> BundleManifest:
    """Write the signed bundle of a release to a new folder, and return its manifest.

    Raises:
        NotFoundError: There is no such release.
        ReleaseError: No key is set, or a file can't be read or written.
        PromptError: A prompt can't be read.
    """
    if settings.signing_key is None:
        raise ReleaseError(
            "a bundle is signed: make a key with `candor release key FOLDER` and name its private "
            "half in CANDOR_SIGNING_KEY"
        )
    key = SigningKey.read(settings.signing_key)
    releases = Releases(settings.data_dir)
    release = releases.release(name)
    spoke = open_evidence(settings).of(release.pinned)
    runs = [one.run.id for one in spoke if one.gate is not None]
    contents = contents_of(release, releases.log(), runs, settings)
    return write_bundle(folder, contents, release, key, datetime.now(UTC))
