"""What every embedder must do: the fake, the ONNX copy, and sentence-transformers itself."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from knowledge_base.embedding.embedder import Embedder
from knowledge_base.embedding.model_files import BUNDLED, find_model
from knowledge_base.embedding.onnx_export import LOWEST_COSINE, export_copy
from knowledge_base.embedding.onnx_model import OnnxEmbedder
from knowledge_base.embedding.sentence_transformer import SentenceTransformerEmbedder
from tests.fakes import HashEmbedder

TEXTS = [
    "How long do refunds take?",
    "A tent may be returned within 60 days if it was never pitched.",
    "",
    "Wie lange dauert eine Rückgabe? 返品",
    "returns " * 400,
    "TENTS",
]


@pytest.fixture(scope="module")
def onnx_copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    copy = tmp_path_factory.mktemp("models") / "copy"
    export_copy(find_model(BUNDLED), copy)
    return copy


@pytest.fixture(scope="module", params=["hash", "onnx", "onnx-workers", "sentence-transformers"])
def embedder(request: pytest.FixtureRequest) -> Embedder:
    if request.param == "hash":
        return HashEmbedder()
    if request.param == "sentence-transformers":
        return SentenceTransformerEmbedder(find_model(BUNDLED))
    workers = 2 if request.param == "onnx-workers" else 1
    return OnnxEmbedder(request.getfixturevalue("onnx_copy"), workers=workers)


class TestEmbed:
    def test_gives_one_unit_vector_a_text(self, embedder: Embedder) -> None:
        vectors = embedder.embed(TEXTS)

        assert vectors.shape == (len(TEXTS), embedder.dimensions)
        assert vectors.dtype == np.float32
        assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)

    def test_gives_no_vectors_for_no_texts(self, embedder: Embedder) -> None:
        vectors = embedder.embed([])

        assert vectors.shape == (0, embedder.dimensions)

    def test_keeps_the_order_whatever_stands_beside_a_text(self, embedder: Embedder) -> None:
        together = embedder.embed(TEXTS * 2)

        alone = np.concatenate([embedder.embed([text]) for text in TEXTS * 2])

        assert np.allclose(together, alone, atol=1e-5)

    def test_puts_like_texts_nearer_than_others(self, embedder: Embedder) -> None:
        question, like, other = embedder.embed(
            ["how long do refunds take", "refunds take long", "bicycle bell colours"]
        )

        assert question @ like > question @ other

    def test_reads_a_lone_surrogate(self, embedder: Embedder) -> None:
        vectors = embedder.embed(["a refund \ud800"])

        assert np.isfinite(vectors).all()

    def test_gives_several_threads_the_same_vectors(self, embedder: Embedder) -> None:
        expected = embedder.embed(TEXTS[:4])

        with ThreadPoolExecutor(4) as pool:
            found = list(pool.map(embedder.embed, [TEXTS[:4]] * 4))

        assert all(np.allclose(vectors, expected, atol=1e-5) for vectors in found)

    def test_is_named_by_its_fingerprint(self, embedder: Embedder) -> None:
        assert embedder.fingerprint
        assert "/" not in embedder.fingerprint


class TestOnnxCopyOfTheBundledModel:
    def test_gives_the_vectors_of_the_original(self, onnx_copy: Path) -> None:
        original = SentenceTransformerEmbedder(find_model(BUNDLED)).embed(TEXTS)

        copied = OnnxEmbedder(onnx_copy).embed(TEXTS)

        assert (original * copied).sum(axis=1).min() >= LOWEST_COSINE

    def test_has_the_fingerprint_of_the_original(self, onnx_copy: Path) -> None:
        assert OnnxEmbedder(onnx_copy).fingerprint == find_model(BUNDLED).fingerprint
