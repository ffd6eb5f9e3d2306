"""The manifest: what one generation holds, what it was built from, and with what."""

from collections.abc import Mapping
from datetime import datetime

from pydantic import BaseModel, ConfigDict

FORMAT = 1
"""Layout of a generation's files; one with another number is rebuilt, not read."""


class ManifestFile(BaseModel):
    """One file of the generation, by its content."""

    model_config = ConfigDict(frozen=True)

    bytes: int
    sha256: str


class SkippedFile(BaseModel):
    """A file of a source that couldn't be used, and why."""

    model_config = ConfigDict(frozen=True)

    source: str
    path: str
    reason: str


class Ingredients(BaseModel):
    """What a generation is built from, and with what."""

    model_config = ConfigDict(frozen=True)

    sources: tuple[str, ...]
    chunker: str
    """Fingerprint of the chunker."""
    embedder: str
    """Fingerprint of the embedding model."""
    skipped: tuple[SkippedFile, ...] = ()


class Manifest(Ingredients):
    """What stands in a generation's `manifest.json`."""

    format: int = FORMAT
    id: str
    created: datetime
    candor: str
    """Version of Candor that built it."""
    recipe: str
    """Name of the recipe by which texts are embedded and indexed."""
    articles: Mapping[str, str]
    """Content hash of each article, by id."""
    chunks: int
    dimensions: int
    files: Mapping[str, ManifestFile]
    """Every file by its path below the generation; Chroma's own, which it touches when it opens
    them, are left out."""
