"""Embeddings from sentence-transformers: the reference, and what serves where ONNX can't."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from knowledge_base.embedding.embedder import Vectors, encodable, unit_rows
from knowledge_base.embedding.model_files import EmbeddingModel
from knowledge_base.errors import EmbedderError, in_one_line

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

BATCH_SIZE = 8
"""Texts of similar length that are encoded together: the fastest on two cores, see
`benchmarks/ingest.py`."""

# A model's files are read by several libraries, each with its own idea of what to raise.
_DAMAGE = (OSError, ValueError, KeyError, TypeError, AttributeError, RuntimeError)


class SentenceTransformerEmbedder:
    """Embeds with a sentence-transformers model, on the CPU or the accelerator it finds."""

    def __init__(self, model: EmbeddingModel) -> None:
        self._fingerprint = model.fingerprint
        self._model = load_sentence_transformer(model)
        self._dimensions = self._model.get_embedding_dimension()

    @property
    def fingerprint(self) -> str:
        """Name and content hash of the model."""
        return self._fingerprint

    @property
    def dimensions(self) -> int:
        """Length of each vector."""
        if self._dimensions is None:
            raise EmbedderError(f"{self._fingerprint} doesn't say how long its vectors are")
        return self._dimensions

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector a text, in the order given."""
        encoded = self._model.encode(
            encodable(texts),
            prompt="",  # not the model's default one: see `knowledge_base.embedding.prompts`
            batch_size=BATCH_SIZE,
            show_progress_bar=False,
            convert_to_numpy=True,
        )
        return unit_rows(encoded.reshape(len(texts), self.dimensions))


def load_sentence_transformer(model: EmbeddingModel) -> "SentenceTransformer":
    """Return the model as sentence-transformers loads it, without looking at the network.

    Raises:
        EmbedderError: Its files can't be read as a model.
    """
    from safetensors import SafetensorError
    from sentence_transformers import SentenceTransformer
    from transformers.utils.logging import disable_progress_bar

    disable_progress_bar()  # type: ignore[no-untyped-call]  # it has no types
    try:
        return SentenceTransformer(str(model.directory), local_files_only=True)
    except (SafetensorError, *_DAMAGE) as error:
        raise EmbedderError(
            f"the embedding model {model.name} can't be loaded ({in_one_line(error)}); "
            "check CANDOR_EMBEDDER"
        ) from error
