import json
import subprocess
import sys
from pathlib import Path

import pytest

from knowledge_base.embedding.model_files import EmbeddingModel, find_model
from knowledge_base.embedding.onnx_export import LOWEST_COSINE, NotExportableError, export_copy
from knowledge_base.embedding.onnx_model import OnnxEmbedder
from knowledge_base.embedding.sentence_transformer import SentenceTransformerEmbedder
from knowledge_base.errors import EmbedderError, StorageError
from tests.tiny_model import write_static_model, write_tiny_model

EXPORT = """
import sys
from pathlib import Path
from knowledge_base.embedding.model_files import find_model
from knowledge_base.embedding.onnx_export import export_copy
export_copy(find_model(sys.argv[1]), Path(sys.argv[2]))
"""
TEXTS = ["refund the tent.", "fee", "", "a rental of 3 days " * 30]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> EmbeddingModel:
    return find_model(str(write_tiny_model(tmp_path_factory.mktemp("models") / "tiny")))


class TestExportCopy:
    @pytest.mark.parametrize(
        ("pooling", "normalise"), [("mean", True), ("mean", False), ("cls", True), ("max", False)]
    )
    def test_pools_and_normalises_as_the_model_says(
        self, tmp_path: Path, pooling: str, *, normalise: bool
    ) -> None:
        tiny = write_tiny_model(tmp_path / "tiny", pooling=pooling, normalise=normalise)
        model = find_model(str(tiny))

        export_copy(model, tmp_path / "copies" / "tiny")

        copied = OnnxEmbedder(tmp_path / "copies" / "tiny").embed(TEXTS)
        original = SentenceTransformerEmbedder(model).embed(TEXTS)
        assert (copied * original).sum(axis=1).min() >= LOWEST_COSINE

    def test_describes_the_copy(self, tmp_path: Path, model: EmbeddingModel) -> None:
        export_copy(model, tmp_path / "copy")

        described = json.loads((tmp_path / "copy" / "copy.json").read_text("utf-8"))
        assert described["fingerprint"] == model.fingerprint
        assert described["max_tokens"] == 32
        assert described["lowest_cosine"] >= LOWEST_COSINE

    def test_leaves_one_whole_copy_where_two_processes_make_it(
        self, tmp_path: Path, model: EmbeddingModel
    ) -> None:
        copy = tmp_path / "copy"
        command = [sys.executable, "-c", EXPORT, str(model.directory), str(copy)]

        both = [subprocess.Popen(command) for _ in range(2)]

        assert [process.wait() for process in both] == [0, 0]
        assert OnnxEmbedder(copy).embed(TEXTS).shape == (4, 16)
        assert list(tmp_path.iterdir()) == [copy]

    def test_refuses_a_copy_that_gives_other_vectors(self, tmp_path: Path) -> None:
        tiny = write_tiny_model(tmp_path / "tiny")
        config = tiny / "tokenizer_config.json"
        cut_in_front = json.loads(config.read_text("utf-8")) | {"truncation_side": "left"}
        config.write_text(json.dumps(cut_in_front), "utf-8")

        with pytest.raises(NotExportableError, match="other vectors"):
            export_copy(find_model(str(tiny)), tmp_path / "copies" / "tiny")

        assert list((tmp_path / "copies").iterdir()) == []

    def test_refuses_a_model_that_is_no_transformer(self, tmp_path: Path) -> None:
        static = find_model(str(write_static_model(tmp_path / "static")))

        with pytest.raises(NotExportableError, match="tokenizer"):
            export_copy(static, tmp_path / "copies" / "static")

        assert list((tmp_path / "copies").iterdir()) == []

    def test_puts_no_default_prompt_into_the_copy(self, tmp_path: Path) -> None:
        tiny = write_tiny_model(tmp_path / "tiny")
        config = tiny / "config_sentence_transformers.json"
        prompts = {"prompts": {"query": "refund summit "}, "default_prompt_name": "query"}
        config.write_text(json.dumps(json.loads(config.read_text("utf-8")) | prompts), "utf-8")
        model = find_model(str(tiny))

        export_copy(model, tmp_path / "copy")

        copied = OnnxEmbedder(tmp_path / "copy").embed(TEXTS)
        original = SentenceTransformerEmbedder(model).embed(TEXTS)
        assert (copied * original).sum(axis=1).min() >= LOWEST_COSINE

    def test_says_that_the_folder_can_not_be_written(
        self, tmp_path: Path, model: EmbeddingModel
    ) -> None:
        (tmp_path / "file").write_text("in the way", "utf-8")

        with pytest.raises(StorageError, match="file"):
            export_copy(model, tmp_path / "file" / "copy")

    @pytest.mark.parametrize("damaged", ["model.safetensors", "config.json", "tokenizer.json"])
    def test_says_that_the_model_is_damaged(self, tmp_path: Path, damaged: str) -> None:
        tiny = write_tiny_model(tmp_path / "tiny")
        (tiny / damaged).write_bytes((tiny / damaged).read_bytes()[:100])

        with pytest.raises(EmbedderError, match="CANDOR_EMBEDDER"):
            export_copy(find_model(str(tiny)), tmp_path / "copy")


class TestOnnxEmbedder:
    @pytest.mark.parametrize("damaged", ["model.onnx", "tokenizer.json", "copy.json"])
    def test_refuses_a_damaged_copy(
        self, tmp_path: Path, model: EmbeddingModel, damaged: str
    ) -> None:
        export_copy(model, tmp_path / "copy")
        (tmp_path / "copy" / damaged).write_bytes(b"cut")

        with pytest.raises(EmbedderError, match="is damaged; run"):
            OnnxEmbedder(tmp_path / "copy")

    @pytest.mark.parametrize("times", [1, -1], ids=["once", "always"])
    def test_refuses_a_graph_that_can_not_run(
        self, tmp_path: Path, model: EmbeddingModel, times: int
    ) -> None:
        export_copy(model, tmp_path / "copy")
        graph = tmp_path / "copy" / "model.onnx"
        graph.write_bytes(graph.read_bytes().replace(b"MatMul", b"MatMux", times))

        with pytest.raises(EmbedderError, match="is damaged; run"):
            OnnxEmbedder(tmp_path / "copy")

    @pytest.mark.parametrize("missing", ["model.onnx", "tokenizer.json", "copy.json"])
    def test_refuses_an_incomplete_copy(
        self, tmp_path: Path, model: EmbeddingModel, missing: str
    ) -> None:
        export_copy(model, tmp_path / "copy")
        (tmp_path / "copy" / missing).unlink()

        with pytest.raises(EmbedderError, match="is damaged; run"):
            OnnxEmbedder(tmp_path / "copy")
