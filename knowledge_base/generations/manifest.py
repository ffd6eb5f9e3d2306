"""The manifest: what one generation holds, what it was built from, and with what."""

from collections.abc import Mapping
from datetime import datetime

from pydantic import BaseModel, ConfigDict

from knowledge_base.generations.plan import Plan, SkippedFile

FORMAT = 3
"""Layout of a generation's files; one with another number is rebuilt, not read."""


class ManifestFile(BaseModel):
    """One file of the generation, by its content."""

    model_config = ConfigDict(frozen=True)

    bytes: int
    sha256: str


class Ingredients(BaseModel):
    """What a generation is built from, and with what."""

    model_config = ConfigDict(frozen=True)

    sources: tuple[str, ...]
    chunker: str
    """Fingerprint of the chunker."""
    embedder: str
    """Fingerprint of the embedding model."""
    ledger: str
    """Fingerprint of what reads policy facts."""
    skipped: tuple[SkippedFile, ...] = ()
    origins: Mapping[str, str] = {}
    """The source that each article was read from, by the article's id."""
    plan: Plan | None = None
    """What the run set out to do."""


class ProbeScore(BaseModel):
    """How many questions of a probe set found one of their articles."""

    model_config = ConfigDict(frozen=True)

    probe: str
    """Name and content hash of the file."""
    questions: int
    found: int
    """Questions with a gold article among the first five."""


class Checks(BaseModel):
    """What was measured of a generation before it was published."""

    model_config = ConfigDict(frozen=True)

    recall: float
    """Share of the ten nearest vectors that the vector index finds, over a sample."""
    sample: int
    """Vectors that were asked for it."""
    ef_search: int
    """How far the vector index looks; raised until enough is found."""
    seconds: float
    """Time that all checks took."""
    probe: ProbeScore | None = None


class Pace(BaseModel):
    """How fast a run was, from which the next one's time is expected."""

    model_config = ConfigDict(frozen=True)

    seconds_a_text: float | None
    """Of embedding; None where nothing was embedded yet."""
    seconds_a_chunk: float
    """Of everything else."""


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
    """Every file but the manifest and its seal, by its path below the generation."""
    checks: Checks | None = None
    pace: Pace | None = None
