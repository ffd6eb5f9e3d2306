"""Verifying a generation: every file against its checksum, and the vector index by asking it.

Chroma can end the process that opens a damaged index, so it is asked in a child process, on a
copy, and only where all checksums agree.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
from pydantic import BaseModel, ConfigDict

from knowledge_base.errors import DamagedGenerationError
from knowledge_base.generations.files import CHROMA_FOLDER, damage
from knowledge_base.generations.generation import read_vectors, sealed_manifest
from knowledge_base.searching.vector_index import copied_index, first_places

SAMPLE = 200
_SEED = 1
_LONGEST_SECONDS = 300.0
_SAME = 1 - 1e-6


class Verified(BaseModel):
    """What is wrong with a generation, and what to do about it."""

    model_config = ConfigDict(frozen=True)

    generation: str
    files: int
    """How many were read."""
    problems: tuple[str, ...]
    """One line each; none where the generation is whole."""
    advice: str


def verify(folder: Path, *, is_published: bool) -> Verified:
    """Read all of a generation and return what is wrong with it; this never raises for damage."""
    try:
        manifest = sealed_manifest(folder)
    except DamagedGenerationError as damaged:
        return _verified(folder.name, 0, (str(damaged),), is_published=is_published)
    problems = tuple(damage(folder, manifest)) or index_problems(folder)
    return _verified(folder.name, len(manifest.files), problems, is_published=is_published)


def _verified(
    generation: str, files: int, problems: tuple[str, ...], *, is_published: bool
) -> Verified:
    if not problems:
        advice = "nothing to do"
    elif is_published:
        advice = (
            "run `candor reindex`, which builds it anew; until then the newest whole generation "
            "published before it serves"
        )
    else:
        advice = "don't go back to it; `candor generations prune` removes it in its turn"
    return Verified(generation=generation, files=files, problems=problems, advice=advice)


def index_problems(folder: Path) -> tuple[str, ...]:
    """Ask the vector index in a child process, and return what is wrong with it."""
    command = [sys.executable, "-m", "knowledge_base.generations.verification", str(folder)]
    try:
        done = subprocess.run(  # noqa: S603 — this module itself
            command, capture_output=True, text=True, timeout=_LONGEST_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return (f"the vector index doesn't answer within {_LONGEST_SECONDS:.0f} s",)
    if done.returncode < 0:
        return (f"the vector index ends the process that opens it (signal {-done.returncode})",)
    if done.returncode:
        told = done.stderr.strip().splitlines()
        return (told[-1] if told else "the vector index can't be opened",)
    return ()


def main(folder: Path) -> None:
    """Ask the vector index of a generation for a sample of its vectors, and exit with 1 if lost."""
    vectors = read_vectors(folder)
    places = first_places(vectors)
    sample = np.random.default_rng(_SEED).permutation(places)[:SAMPLE]
    asked = vectors[sample]
    with tempfile.TemporaryDirectory() as scratch:
        try:
            with copied_index(folder / CHROMA_FOLDER, vectors, Path(scratch)) as index:
                held, nearest = len(index), index.nearest(asked, 1)[:, 0]
        except DamagedGenerationError as damaged:
            sys.exit(str(damaged))
    found = np.einsum("ij,ij->i", vectors[nearest], asked) >= _SAME
    if held != len(places):
        sys.exit(f"the vector index holds {held} vectors instead of {len(places)}")
    if not found.all():
        sys.exit(f"the vector index doesn't find {np.sum(~found)} of {len(sample)} vectors")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
