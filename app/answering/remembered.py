"""An embedder that remembers what it embedded.

So a question is embedded once for search and for the answer, and a statement of an article once
for all the questions that it is weighed for.
"""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from app.telemetry.traces import step_span
from knowledge_base.embedding.embedder import Embedder, Vectors

KEPT = 20_000
"""Vectors kept, about 30 MB at 384 dimensions."""


class RememberedEmbedder:
    """Embeds each text once while its vector is kept; the least recently used goes first."""

    def __init__(self, embedder: Embedder, kept: int = KEPT) -> None:
        self._embedder = embedder
        self._kept = kept
        self._known: OrderedDict[str, NDArray[np.float32]] = OrderedDict()
        self._lock = Lock()

    @property
    def fingerprint(self) -> str:
        """The fingerprint of the embedder behind it."""
        return self._embedder.fingerprint

    @property
    def dimensions(self) -> int:
        """Length of each vector."""
        return self._embedder.dimensions

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector a text, in the order given."""
        if not texts:
            return np.zeros((0, self.dimensions), dtype=np.float32)
        known = self._recalled(texts)
        missing = [text for text in dict.fromkeys(texts) if text not in known]
        if missing:
            with step_span("embed"):
                known.update(zip(missing, self._embedder.embed(missing), strict=True))
        self._remember(known)
        return np.stack([known[text] for text in texts])

    def _recalled(self, texts: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        with self._lock:
            return {text: self._known[text] for text in texts if text in self._known}

    def _remember(self, used: Mapping[str, NDArray[np.float32]]) -> None:
        with self._lock:
            for text, vector in used.items():
                self._known[text] = vector
                self._known.move_to_end(text)
            while len(self._known) > self._kept:
                self._known.popitem(last=False)
