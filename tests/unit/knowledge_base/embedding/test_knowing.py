import numpy as np

from knowledge_base.embedding.knowing import KnowingEmbedder
from tests.fakes import HashEmbedder


class TestKnowingEmbedder:
    def test_gives_what_it_knows_and_embeds_the_rest_in_the_order_asked(self) -> None:
        inner = HashEmbedder()
        known = np.ones(inner.dimensions, dtype=np.float32)
        embedder = KnowingEmbedder(inner, {"known": known})

        vectors = embedder.embed(["new", "known"])

        assert np.array_equal(vectors[0], inner.embed(["new"])[0])
        assert np.array_equal(vectors[1], known)

    def test_is_taken_for_the_embedder_behind_it(self) -> None:
        inner = HashEmbedder()

        embedder = KnowingEmbedder(inner, {})

        assert (embedder.fingerprint, embedder.dimensions) == (inner.fingerprint, inner.dimensions)
