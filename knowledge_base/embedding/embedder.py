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


def products(vectors: Vectors, vector: Vectors) -> Vectors:
    """Return the inner product of each row of `vectors` with `vector`.

    One thread does it: a product shared by the cores takes half the time on an idle machine and
    ten times as long on a busy one, where its threads wait for each other.
    """
    return np.asarray(np.einsum("ij,j->i", vectors, vector), dtype=np.float32)


def encodable(texts: Iterable[str]) -> list[str]:
    """Return `texts` with lone surrogates, which no tokenizer reads, replaced by `?`."""
    return [text.encode("utf-8", "replace").decode("utf-8") for text in texts]
