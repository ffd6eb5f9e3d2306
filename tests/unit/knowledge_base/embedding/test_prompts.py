"""A model's prompts stand before queries and documents."""

import json
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
from sentence_transformers import SentenceTransformer

from knowledge_base.bootstrap import open_embedder, open_ingestion_embedder
from knowledge_base.embedding.model_files import find_model
from knowledge_base.embedding.prompts import PromptedEmbedder, Prompts, read_prompts
from knowledge_base.errors import EmbedderError
from knowledge_base.settings import KnowledgeBaseSettings
from tests.fakes import HashEmbedder
from tests.tiny_model import write_static_model, write_tiny_model

TEXTS = ["refund the tent.", "", "a rental of 3 days"]
PROMPTS = {"query": "summit: ", "document": "trail: ", "another task": "fee: "}


def configure(model: Path, **configured: object) -> Path:
    """Write prompts into the model's configuration."""
    path = model / "config_sentence_transformers.json"
    known = json.loads(path.read_text("utf-8")) if path.is_file() else {}
    path.write_text(json.dumps(known | configured), "utf-8")
    return model


def cosines(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    lengths = np.linalg.norm(one, axis=1) * np.linalg.norm(other, axis=1)
    return np.asarray((one * other).sum(axis=1) / lengths)


class TestReadPrompts:
    @pytest.mark.parametrize(
        ("configured", "prompts"),
        [
            ({}, Prompts()),
            ({"prompts": None}, Prompts()),
            ({"prompts": {"query": "q: "}}, Prompts(query="q: ")),
            ({"prompts": {"corpus": "c: ", "passage": "p: "}}, Prompts(document="p: ")),
            ({"prompts": {"document": "", "passage": "p: "}}, Prompts(document="p: ")),
            ({"prompts": {"document": "d: ", "passage": "p: "}}, Prompts(document="d: ")),
            ({"prompts": {"other": "o: "}, "default_prompt_name": "other"}, Prompts()),
        ],
    )
    def test_chooses_them_by_name(
        self, tmp_path: Path, configured: Mapping[str, object], prompts: Prompts
    ) -> None:
        assert read_prompts(configure(tmp_path, **configured)) == prompts

    def test_finds_none_where_the_model_has_no_configuration(self, tmp_path: Path) -> None:
        assert read_prompts(tmp_path) == Prompts()

    @pytest.mark.parametrize("content", ["{", '{"prompts": ["query: "]}'])
    def test_refuses_a_configuration_that_it_can_not_read(
        self, tmp_path: Path, content: str
    ) -> None:
        (tmp_path / "config_sentence_transformers.json").write_text(content, "utf-8")

        with pytest.raises(EmbedderError, match="check CANDOR_EMBEDDER"):
            read_prompts(tmp_path)

    def test_refuses_a_model_that_pools_without_its_prompts(self, tmp_path: Path) -> None:
        configure(tmp_path, prompts=PROMPTS)
        (tmp_path / "1_Pooling").mkdir()
        (tmp_path / "1_Pooling" / "config.json").write_text('{"include_prompt": false}', "utf-8")

        with pytest.raises(EmbedderError, match="leaves its prompts out"):
            read_prompts(tmp_path)


class TestPromptedEmbedder:
    def test_puts_the_prompt_before_each_text(self) -> None:
        vectors = PromptedEmbedder(HashEmbedder(), "query: ").embed(["refund", "tent"])

        assert np.array_equal(vectors, HashEmbedder().embed(["query: refund", "query: tent"]))

    def test_is_named_and_measured_as_the_embedder_behind_it(self) -> None:
        prompted = PromptedEmbedder(HashEmbedder(8), "query: ")

        assert (prompted.fingerprint, prompted.dimensions) == (HashEmbedder(8).fingerprint, 8)


class TestOpenEmbedder:
    def test_embeds_queries_and_documents_as_sentence_transformers_does(
        self, tmp_path: Path
    ) -> None:
        model = configure(write_tiny_model(tmp_path / "tiny"), prompts=PROMPTS)
        settings = KnowledgeBaseSettings(data_dir=tmp_path / "data", embedder=str(model))

        documents = open_ingestion_embedder(settings).embed(TEXTS)
        queries = open_embedder(settings).embed(TEXTS)

        original = SentenceTransformer(str(model), device="cpu")
        assert cosines(documents, original.encode_document(TEXTS)).min() > 0.9999
        assert cosines(queries, original.encode_query(TEXTS)).min() > 0.9999
        assert cosines(documents, queries).max() < 0.9999

    def test_serves_a_model_that_is_no_transformer_as_it_is(self, tmp_path: Path) -> None:
        model = write_static_model(tmp_path / "static")
        settings = KnowledgeBaseSettings(data_dir=tmp_path / "data", embedder=str(model))
        texts = [text for text in TEXTS if text]

        documents = open_ingestion_embedder(settings).embed(texts)
        queries = open_embedder(settings).embed(texts)

        original = SentenceTransformer(str(model), device="cpu")
        assert cosines(documents, original.encode(texts)).min() > 0.9999
        assert np.array_equal(documents, queries)

    def test_takes_no_vectors_from_before_prompts_for_vectors_with_them(
        self, tmp_path: Path
    ) -> None:
        plain = write_tiny_model(tmp_path / "plain")
        prompted = configure(write_tiny_model(tmp_path / "prompted"), prompts=PROMPTS)

        assert not find_model(str(plain)).fingerprint.endswith("-prompted")
        assert find_model(str(prompted)).fingerprint.endswith("-prompted")
