"""The vector index of a generation: shards in Chroma, most of them copied from the one before.

A shard is known by the vectors in it, so a generation takes over those whose vectors it still
has, and only what is new is indexed. A shard that has grown too small or holds too much that is
gone is built anew together with the new vectors.
A vector that comes again is stored once: among a thousand equal ones, Chroma's graph loses others.
"""

import hashlib
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge_base.embedding.embedder import Vectors
from knowledge_base.errors import DamagedGenerationError
from knowledge_base.failpoints import Failpoints, NoFailpoints, Step
from knowledge_base.progress import NoProgress, Progress
from knowledge_base.searching.vectors import SHARD_SIZE, look_further, open_shard, write_shard

Places = NDArray[np.intp]

SMALLEST_SHARD = 512
"""Vectors that a shard must still hold to be taken over."""
MOST_GONE = 0.2
"""Share of a shard's vectors that may be gone where it is taken over."""

KEYS_FILE = "keys.txt"
_MOVED = "-"
"""What stands in a shard's keys for a vector that has moved to another shard."""

_SAME_DIGITS = 5


@dataclass(frozen=True, slots=True)
class Shard:
    """A shard of an index on disk."""

    directory: Path
    places: Places
    """Of each of its vectors, the place among the generation's; -1 where it is gone."""
    is_new: bool
    """Whether it was built for this generation, not taken over from the one before."""

    @property
    def living(self) -> Places:
        """The places of the vectors that the generation has."""
        return self.places[self.places >= 0]

    def nearest(self, vectors: Vectors, limit: int) -> Places:
        """Return the places of about `limit` nearest vectors of each row, -1 where one is gone."""
        gone = min(len(self.places) - len(self.living), limit)
        with open_shard(self.directory) as opened:
            found = opened.nearest(vectors, min(limit + gone, len(self.places)))
        return np.asarray(self.places[found], dtype=np.intp)


class VectorIndex:
    """The shards that hold the vectors of a generation."""

    def __init__(self, vectors: Vectors, shards: Sequence[Shard]) -> None:
        self._vectors = vectors
        self.shards = tuple(shards)

    def __len__(self) -> int:
        return sum(len(shard.living) for shard in self.shards)

    def nearest(self, asked: Vectors, limit: int) -> Places:
        """Return the places of the `limit` nearest vectors of each row, nearest first.

        Every row has as many as the poorest one.
        """
        found = np.hstack([shard.nearest(asked, limit) for shard in self.shards])
        similarity = np.einsum("ijk,ik->ij", self._vectors[found], asked)
        similarity[found < 0] = -np.inf
        order = np.argsort(-similarity, axis=1, kind="stable")[:, :limit]
        width = int(np.min(np.sum(found >= 0, axis=1), initial=limit))
        return np.take_along_axis(found, order, axis=1)[:, :width]

    def look_further(self, ef_search: int) -> None:
        """Let searches compare `ef_search` vectors a shard from now on."""
        for shard in self.shards:
            look_further(shard.directory, ef_search)


def write_index(
    directory: Path,
    vectors: Vectors,
    *,
    before: Path | None = None,
    progress: Progress | None = None,
    failpoints: Failpoints | None = None,
) -> VectorIndex:
    """Write an index of the different ones of `vectors` into `directory`, and return it.

    Args:
        directory: A folder that isn't there yet.
        vectors: Unit vectors.
        before: The index of the generation before, of which whole shards are copied.
        progress: Hears of each vector.
        failpoints: Hears of each new shard.

    Raises:
        StorageError: Chroma can't write there.
        OSError: The folder can't be written.
    """
    wanted = _places_by_key(vectors)
    (progress or NoProgress()).begin("Indexing", len(wanted))
    directory.mkdir()
    taken = list(_taken_over(before, directory, wanted)) if before else []
    held = set(np.concatenate([shard.places for shard in taken]).tolist()) if taken else set()
    missing = [(key, place) for key, place in wanted.items() if place not in held]
    (progress or NoProgress()).advance(len(wanted) - len(missing))
    new = []
    for start in range(0, len(missing), SHARD_SIZE):
        piece = missing[start : start + SHARD_SIZE]
        new.append(_new_shard(directory, dict(piece), vectors))
        (failpoints or NoFailpoints()).reach(Step.SHARD_WRITTEN)
        (progress or NoProgress()).advance(len(piece))
    return VectorIndex(vectors, taken + new)


@contextmanager
def copied_index(directory: Path, vectors: Vectors, scratch: Path) -> Iterator[VectorIndex]:
    """Open a copy of a published index, in the folder `scratch`, as long as the block runs.

    Raises:
        DamagedGenerationError: It can't be read.
    """
    copy = scratch / directory.name
    try:
        shutil.copytree(directory, copy)
        wanted = _places_by_key(vectors)
        yield VectorIndex(vectors, [_shard(one, wanted, is_new=False) for one in _folders(copy)])
    except (OSError, ValueError) as error:
        raise DamagedGenerationError(
            f"the vectors in {directory} can't be read; run `candor reindex --full`"
        ) from error
    finally:
        shutil.rmtree(copy, ignore_errors=True)


def move_apart(shard: Shard, lost: Places, vectors: Vectors) -> Shard:
    """Move vectors that a shard doesn't find into one of their own beside it, and return that.

    Chroma builds a graph in random order, and now and then one leaves out vectors of a tight
    cluster; a graph of at most `MAX_NEIGHBOURS` vectors joins each of them to all others.

    Raises:
        StorageError: Chroma can't write there.
        OSError: The folder can't be written.
    """
    moving = np.isin(shard.places, lost)
    keys = np.array(_keys(shard.directory))
    _write_keys(shard.directory, np.where(moving, _MOVED, keys).tolist())
    piece = dict(zip(keys[moving].tolist(), shard.places[moving].tolist(), strict=True))
    return _new_shard(shard.directory.parent, piece, vectors)


def first_places(vectors: Vectors) -> Places:
    """Return the places of the vectors that are stored: of equal ones, the first."""
    return np.fromiter(_places_by_key(vectors).values(), dtype=np.intp)


def _places_by_key(vectors: Vectors) -> dict[str, int]:
    """Return the first place of each different vector, by a hash of its rounded numbers."""
    rounded = np.round(vectors, _SAME_DIGITS) + np.float32(0)  # -0.0 becomes 0.0
    places: dict[str, int] = {}
    for place, row in enumerate(rounded):
        places.setdefault(hashlib.sha256(row.tobytes()).hexdigest()[:32], place)
    return places


def _taken_over(before: Path, directory: Path, wanted: Mapping[str, int]) -> Iterator[Shard]:
    for folder in _folders(before):
        shard = _shard(folder, wanted, is_new=False)
        living, size = len(shard.living), len(shard.places)
        if living >= SMALLEST_SHARD and size - living <= MOST_GONE * size:
            copy = directory / folder.name
            shutil.copytree(folder, copy)
            yield Shard(copy, shard.places, is_new=False)


def _new_shard(directory: Path, piece: Mapping[str, int], vectors: Vectors) -> Shard:
    places = np.fromiter(piece.values(), dtype=np.intp)
    folder = directory / hashlib.sha256("\n".join(piece).encode()).hexdigest()[:16]
    write_shard(folder, vectors[places])
    _write_keys(folder, piece)
    return Shard(folder, places, is_new=True)


def _shard(folder: Path, wanted: Mapping[str, int], *, is_new: bool) -> Shard:
    places = np.fromiter((wanted.get(key, -1) for key in _keys(folder)), dtype=np.intp)
    return Shard(folder, places, is_new=is_new)


def _keys(folder: Path) -> list[str]:
    return (folder / KEYS_FILE).read_text("ascii").split()


def _write_keys(folder: Path, keys: Iterable[str]) -> None:
    (folder / KEYS_FILE).write_text("\n".join(keys), "ascii")


def _folders(directory: Path) -> list[Path]:
    return sorted(path for path in directory.iterdir() if path.is_dir())
