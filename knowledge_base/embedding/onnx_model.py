"""Embeddings from a model's ONNX copy: what queries and ingestion run on.

Neither torch nor transformers is imported, which saves seconds at start, and the copy answers a
query in less than half the time.
One thread serves a query; many texts are spread over the cores in small batches of like length,
each on one thread, since threads that share a batch mostly wait for each other.
"""

import hashlib
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from onnxruntime import (  # type: ignore[import-untyped]  # it ships no types
    InferenceSession,
    SessionOptions,
)
from onnxruntime.capi.onnxruntime_pybind11_state import (  # type: ignore[import-untyped]  # as above
    Fail,
    InvalidArgument,
    InvalidGraph,
    InvalidProtobuf,
    NoSuchFile,
)
from pydantic import BaseModel, ConfigDict
from tokenizers import Encoding, Tokenizer

from knowledge_base.embedding.embedder import Vectors, encodable, unit_rows
from knowledge_base.errors import EmbedderError

MODEL_FILE = "model.onnx"
TOKENIZER_FILE = "tokenizer.json"
DESCRIPTION_FILE = "copy.json"

BATCH_SIZE = 8
"""Texts of similar length that are encoded together: the fastest on two cores, see
`benchmarks/ingest.py`."""

_DAMAGE = (OSError, ValueError, Fail, InvalidArgument, InvalidGraph, InvalidProtobuf, NoSuchFile)


class CopyDescription(BaseModel):
    """What must be known of an ONNX copy beside its graph and its tokenizer."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    fingerprint: str
    dimensions: int
    max_tokens: int
    padding_id: int
    inputs: tuple[str, ...]
    tokenizer_sha256: str
    """What `tokenizer.json` must hash to: its reader says damage in no way that can be caught."""
    lowest_cosine: float
    """Lowest cosine between the copy's vectors and the original's when it was made."""


class OnnxEmbedder:
    """Embeds with the ONNX copy in a directory."""

    def __init__(self, directory: Path, *, workers: int = 1) -> None:
        """Open the copy.

        Args:
            directory: What `onnx_export.export_copy` wrote.
            workers: Batches that are encoded at the same time when many texts come at once.

        Raises:
            EmbedderError: The copy is incomplete or damaged.
        """
        try:
            described = (directory / DESCRIPTION_FILE).read_text("utf-8")
            self._described = CopyDescription.model_validate_json(described)
            self._session = _session(directory / MODEL_FILE)
            self._tokenizer = _tokenizer(directory / TOKENIZER_FILE, self._described)
        except _DAMAGE as error:
            raise EmbedderError(
                f"the ONNX copy in {directory} is damaged; run `candor reindex`"
            ) from error
        self._workers = workers

    @property
    def fingerprint(self) -> str:
        """Name and content hash of the model that this is a copy of."""
        return self._described.fingerprint

    @property
    def dimensions(self) -> int:
        """Length of each vector."""
        return self._described.dimensions

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector a text, in the order given."""
        encodings = self._tokenizer.encode_batch(encodable(texts))
        vectors = np.empty((len(texts), self.dimensions), dtype=np.float32)
        batches = list(_batches_of_like_length(encodings))

        def encode(batch: NDArray[np.intp]) -> None:
            vectors[batch] = self._encode([encodings[place] for place in batch])

        if self._workers == 1 or len(batches) == 1:
            for batch in batches:
                encode(batch)
        else:
            with ThreadPoolExecutor(self._workers) as pool:
                list(pool.map(encode, batches))
        return vectors

    def _encode(self, encodings: Sequence[Encoding]) -> Vectors:
        shape = len(encodings), max(len(encoding.ids) for encoding in encodings)
        inputs = {
            "input_ids": np.full(shape, self._described.padding_id, dtype=np.int64),
            "attention_mask": np.zeros(shape, dtype=np.int64),
            "token_type_ids": np.zeros(shape, dtype=np.int64),
        }
        for row, encoding in enumerate(encodings):
            inputs["input_ids"][row, : len(encoding.ids)] = encoding.ids
            inputs["attention_mask"][row, : len(encoding.ids)] = 1
            inputs["token_type_ids"][row, : len(encoding.ids)] = encoding.type_ids
        wanted = {name: inputs[name] for name in self._described.inputs}
        return unit_rows(np.asarray(self._session.run(None, wanted)[0]))


def _batches_of_like_length(encodings: Sequence[Encoding]) -> Iterator[NDArray[np.intp]]:
    """Yield the places of the encodings, longest first, so that little padding is computed."""
    order = np.argsort([-len(encoding.ids) for encoding in encodings], kind="stable")
    yield from (order[start : start + BATCH_SIZE] for start in range(0, len(order), BATCH_SIZE))


def _session(path: Path) -> InferenceSession:
    options = SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    return InferenceSession(path, options, providers=["CPUExecutionProvider"])


def _tokenizer(path: Path, described: CopyDescription) -> Tokenizer:
    content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() != described.tokenizer_sha256:
        raise ValueError(f"{path} isn't what was written")
    tokenizer = Tokenizer.from_str(content.decode("utf-8"))
    tokenizer.enable_truncation(described.max_tokens)
    tokenizer.no_padding()
    return tokenizer
