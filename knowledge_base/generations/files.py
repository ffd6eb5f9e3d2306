"""The files of a generation, their checksums, and the seal over the list of them.

`manifest.json` has the size and the SHA-256 of every other file, `manifest.json.sha256` that of
the manifest, in the form that `sha256sum --check` reads.
"""

import hashlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path

from knowledge_base.generations.manifest import FORMAT, Manifest, ManifestFile
from knowledge_base.searching.texts import RECIPE

MANIFEST_FILE = "manifest.json"
SEAL_FILE = "manifest.json.sha256"
ARTICLES_FILE = "articles.jsonl"
CHUNKS_FILE = "chunks.jsonl"
FACTS_FILE = "facts.jsonl"
NAMES_FILE = "names.json"
VECTORS_FILE = "vectors.npy"
KEYWORDS_FOLDER = "keywords"
CHROMA_FOLDER = "chroma"


def described_files(folder: Path) -> dict[str, ManifestFile]:
    """Return every file below `folder` but the manifest and its seal, by path, as it is now."""
    return {
        path.relative_to(folder).as_posix(): _described(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in {MANIFEST_FILE, SEAL_FILE}
    }


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write the manifest and its seal."""
    content = manifest.model_dump_json(indent=2).encode()
    (folder / MANIFEST_FILE).write_bytes(content)
    (folder / SEAL_FILE).write_bytes(_seal(content))


def read_manifest(folder: Path) -> Manifest:
    """Return the manifest of the generation in `folder`.

    Raises:
        OSError: It isn't there or can't be read.
        ValueError: It isn't what was sealed, or another version of Candor wrote it.
    """
    content = (folder / MANIFEST_FILE).read_bytes()
    seal = folder / SEAL_FILE
    if seal.is_file() and seal.read_bytes() != _seal(content):
        raise ValueError(f"{MANIFEST_FILE} isn't what was sealed")
    if json.loads(content).get("format") != FORMAT:
        raise ValueError("it was built by another version of Candor")
    if not seal.is_file():
        raise ValueError(f"{SEAL_FILE} is missing")
    manifest = Manifest.model_validate_json(content)
    if manifest.recipe != RECIPE:
        raise ValueError(f"it was built by the recipe {manifest.recipe}, this is {RECIPE}")
    return manifest


def is_served(name: str) -> bool:
    """Whether answering reads the file; Chroma's are read by checks only."""
    return not name.startswith(f"{CHROMA_FOLDER}/")


def damage(
    folder: Path, manifest: Manifest, wanted: Callable[[str], bool] = lambda _: True
) -> Iterator[str]:
    """Yield what is wrong with each file that isn't what the manifest says, a line each."""
    for name, expected in manifest.files.items():
        if wanted(name):
            told = _difference(folder / name, name, expected)
            if told:
                yield told


def _seal(manifest: bytes) -> bytes:
    return f"{hashlib.sha256(manifest).hexdigest()}  {MANIFEST_FILE}\n".encode()


def _difference(path: Path, name: str, expected: ManifestFile) -> str | None:
    try:
        found = _described(path)
    except FileNotFoundError:
        return f"{name} is missing"
    except OSError as error:
        return f"{name} can't be read ({error.strerror})"
    if found.bytes != expected.bytes:
        return f"{name} has {found.bytes} bytes instead of {expected.bytes}"
    if found.sha256 != expected.sha256:
        return f"{name} has other content than was written"
    return None


def _described(path: Path) -> ManifestFile:
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return ManifestFile(bytes=path.stat().st_size, sha256=digest)
