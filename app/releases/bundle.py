"""A bundle: all that a release pins, as a signed folder that can be checked anywhere.

`manifest.json` lists every file with its checksum, and `manifest.sig` is the Ed25519 signature of
the manifest's bytes. The key isn't inside: whoever verifies has it from elsewhere. A folder, not an
archive: an archive's own headers and padding would be bytes that no checksum covers.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict, SecretStr

from app.errors import ReleaseError
from app.evaluation_runs import EvaluationRuns
from app.prompts.registry import prompt_text
from app.releases.evidence import GATE_FILE
from app.releases.keys import SigningKey
from app.releases.promotion_log import Entry
from app.releases.release import RELEASE, Release
from app.settings import AppSettings
from knowledge_base.generations.files import MANIFEST_FILE
from knowledge_base.generations.publication import GENERATIONS

FORMAT = 1
MANIFEST, SIGNATURE = "manifest.json", "manifest.sig"
BLOCK_BYTES = 64
"""Each block has a short checksum of its own, by which the byte that differs is found."""

_BLOCK_DIGITS = 8


class BundledFile(BaseModel):
    """A file of a bundle, by its content."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    bytes: int
    sha256: str
    blocks: str
    """First 8 hexadecimal digits of each block's SHA-256, one after the other."""


class BundleManifest(BaseModel):
    """What `manifest.json` holds."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: int = FORMAT
    release: str
    fingerprint: str
    """Of the pinned set."""
    made: datetime
    key: str
    """Fingerprint of the public key that verifies it."""
    files: Mapping[str, BundledFile]


def bundled(content: bytes) -> BundledFile:
    """Return what a manifest says of a file with this content."""
    return BundledFile(
        bytes=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        blocks="".join(map(block_checksum, blocks(content))),
    )


def blocks(content: bytes) -> Iterator[bytes]:
    """Yield the content in blocks."""
    for start in range(0, len(content), BLOCK_BYTES):
        yield content[start : start + BLOCK_BYTES]


def block_checksum(block: bytes) -> str:
    """Return the short checksum of a block."""
    return hashlib.sha256(block).hexdigest()[:_BLOCK_DIGITS]


def write_bundle(
    folder: Path, contents: Mapping[str, bytes], release: Release, key: SigningKey, made: datetime
) -> BundleManifest:
    """Write a signed bundle to a new folder, and return its manifest.

    Raises:
        ReleaseError: The folder isn't empty, or can't be written.
    """
    manifest = BundleManifest(
        release=release.id,
        fingerprint=release.pinned.fingerprint,
        made=made,
        key=key.verifying.fingerprint,
        files={name: bundled(content) for name, content in sorted(contents.items())},
    )
    listed = manifest.model_dump_json(indent=1).encode()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise ReleaseError(f"{folder} isn't empty: name another folder")
        for name, content in {**contents, MANIFEST: listed, SIGNATURE: key.sign(listed)}.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content)
    except OSError as error:
        raise ReleaseError(
            f"the bundle can't be written to {folder} ({error.strerror}): name another folder"
        ) from error
    return manifest


def contents_of(
    release: Release, log: Sequence[Entry], runs: Sequence[str], settings: AppSettings
) -> dict[str, bytes]:
    """Return the files of a release's bundle by their names, manifest and signature aside.

    `runs` are the evaluation runs that spoke for it.

    Raises:
        ReleaseError: A file can't be read, or one holds a secret of the settings.
        PromptError: A prompt can't be read.
    """
    pinned = release.pinned
    sections = (pinned.model, pinned.wording, pinned.search, pinned.guardrails, pinned.gate)
    settled = {name: value for section in sections for name, value in section.items()}
    lines = [one.model_dump_json(exclude_none=True) for one in log if one.release == release.id]
    contents = {
        "release.json": RELEASE.dump_json(release, indent=1),
        "settings.json": _json(settled),
        "prices.json": _json(pinned.prices),
        "promotions.jsonl": "".join(f"{line}\n" for line in lines).encode(),
        **{f"prompts/{one}.md": prompt_text(one).encode() for one in pinned.prompts},
        **dict(_files(release, runs, settings)),
    }
    _check_no_secret(contents, settings)
    return contents


def _files(
    release: Release, runs: Sequence[str], settings: AppSettings
) -> Iterator[tuple[str, bytes]]:
    generation = settings.data_dir / GENERATIONS / release.pinned.generation
    yield f"generation/{MANIFEST_FILE}", _read(generation / MANIFEST_FILE)
    for run in runs:
        folder = EvaluationRuns(settings.data_dir).folder(run)
        for name in ("config.json", "summary.json", GATE_FILE):
            yield f"evaluation/{run}/{name}", _read(folder / name)


def _check_no_secret(contents: Mapping[str, bytes], settings: AppSettings) -> None:
    for setting in type(settings).model_fields:
        for secret in _secrets(getattr(settings, setting)):
            found = next((name for name, content in contents.items() if secret in content), None)
            if found:
                raise ReleaseError(
                    f"{found} holds the secret of CANDOR_{setting.upper()}: it can't be exported; "
                    "take it out of what the release was made from"
                )


def _secrets(value: object) -> Iterator[bytes]:
    """Yield the secrets in a setting's value, however deep."""
    if isinstance(value, SecretStr) and value.get_secret_value():
        yield value.get_secret_value().encode()
    elif isinstance(value, Mapping):
        yield from (secret for one in value.values() for secret in _secrets(one))
    elif isinstance(value, Sequence) and not isinstance(value, str | bytes):
        yield from (secret for one in value for secret in _secrets(one))


def _json(content: Mapping[str, object]) -> bytes:
    return json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True).encode()


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise ReleaseError(f"{file} can't be read ({error.strerror}): restore it") from error
