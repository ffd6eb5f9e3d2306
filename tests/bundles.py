"""A bundle as `candor release export` writes it, and the key that verifies it."""

from dataclasses import dataclass
from pathlib import Path

from pydantic import SecretStr

from app.releases.candidate import create_release
from app.releases.export import export_release
from app.releases.keys import PRIVATE, SigningKey, VerifyingKey
from app.releases.verification import problems
from app.settings import AppSettings
from knowledge_base.generations.publication import publish
from tests.generations import write_generation
from tests.releases import measure

SECRETS = {
    "model_api_key": SecretStr("sk-the-models-own-key"),
    "admin_key": SecretStr("the-desks-own-long-key"),
}


@dataclass(frozen=True)
class Bundle:
    """One of a release that the gate has passed."""

    folder: Path
    key: VerifyingKey

    def problems(self, key: VerifyingKey | None = None) -> list[str]:
        return list(problems(self.folder, key or self.key))

    @property
    def files(self) -> dict[str, bytes]:
        found = (path for path in sorted(self.folder.rglob("*")) if path.is_file())
        return {path.relative_to(self.folder).as_posix(): path.read_bytes() for path in found}


def export_bundle(data_dir: Path) -> Bundle:
    """Publish, pin, measure and export below a folder, and return the bundle."""
    publish(data_dir, write_generation(data_dir))
    key = SigningKey.generate()
    key.write(data_dir / "keys")
    settings = AppSettings(
        data_dir=data_dir,
        model="openai:m",
        signing_key=data_dir / "keys" / PRIVATE,
        **SECRETS,  # type: ignore[arg-type] # secrets all
    )
    release = create_release(settings, note="For the archive.")
    measure(data_dir, release.pinned)
    export_release(settings, release.id, data_dir / "bundle")
    return Bundle(data_dir / "bundle", key.verifying)
