"""An embedder that has the vectors of some texts already, for whoever embedded them all at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from knowledge_base.embedding.embedder import Embedder, Vectors


@dataclass(frozen=True, slots=True)
class KnowingEmbedder:
    """Embeds what isn't known."""

    embedder: Embedder
    known: Mapping[str, Vectors]
    """The vector of each text, one row."""

    @property
    def fingerprint(self) -> str:
        """Name and content hash of the model."""
        return self.embedder.fingerprint

    @property
    def dimensions(self) -> int:
        """Length of each vector."""
        return self.embedder.dimensions

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector a text; those that aren't known are embedded together."""
        missing = [text for text in texts if text not in self.known]
        new = dict(zip(missing, self.embedder.embed(missing) if missing else (), strict=True))
        return np.array([new[text] if text in new else self.known[text] for text in texts])
