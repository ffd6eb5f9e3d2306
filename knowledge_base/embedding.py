"""The port behind which text becomes vectors."""

from collections.abc import Iterable, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]

_SHORTEST_LENGTH = 1e-12


class Embedder(Protocol):
    """Turns texts into unit vectors."""

    @property
    def fingerprint(self) -> str:
        """Name and content hash of the model: vectors of one fingerprint are comparable."""
        ...

    @property
    def dimensions(self) -> int:
        """Length of each vector."""
        ...

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector a text, shape `(len(texts), dimensions)`, in the order given."""
        ...


def unit_rows(vectors: NDArray[np.floating]) -> Vectors:
    """Return `vectors` with each row divided by its length, as 32-bit floats."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, _SHORTEST_LENGTH), dtype=np.float32)


def encodable(texts: Iterable[str]) -> list[str]:
    """Return `texts` with lone surrogates, which no tokenizer reads, replaced by `?`."""
    return [text.encode("utf-8", "replace").decode("utf-8") for text in texts]
