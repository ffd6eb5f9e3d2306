from collections.abc import Sequence

import numpy as np

from app.answering.remembered import RememberedEmbedder
from knowledge_base.embedding.embedder import Vectors
from tests.fakes import HashEmbedder


class CountingEmbedder(HashEmbedder):
    """Counts the texts that it embeds."""

    def __init__(self) -> None:
        super().__init__()
        self.embedded: list[str] = []

    def embed(self, texts: Sequence[str]) -> Vectors:
        self.embedded.extend(texts)
        return super().embed(texts)


class TestEmbed:
    def test_gives_the_vectors_of_the_embedder_behind_it(self) -> None:
        behind = HashEmbedder()
        texts = ["refund", "tent", "refund"]

        vectors = RememberedEmbedder(behind).embed(texts)

        assert np.array_equal(vectors, behind.embed(texts))

    def test_embeds_a_text_once(self) -> None:
        behind = CountingEmbedder()
        embedder = RememberedEmbedder(behind)
        embedder.embed(["refund", "tent"])

        embedder.embed(["tent", "boots", "boots"])

        assert behind.embedded == ["refund", "tent", "boots"]

    def test_forgets_what_was_used_longest_ago(self) -> None:
        behind = CountingEmbedder()
        embedder = RememberedEmbedder(behind, kept=2)
        embedder.embed(["refund", "tent"])
        embedder.embed(["refund", "boots"])

        embedder.embed(["refund"])
        embedder.embed(["tent"])

        assert behind.embedded == ["refund", "tent", "boots", "tent"]

    def test_gives_no_vector_for_no_text(self) -> None:
        vectors = RememberedEmbedder(HashEmbedder()).embed([])

        assert vectors.shape == (0, HashEmbedder().dimensions)
