"""Making a model's ONNX copy: once, in one piece, and only if it gives the same vectors.

The whole module chain of the sentence-transformers model is traced (transformer, pooling, dense
layers, normalisation), so that the copy pools as the model says.
What can't be traced, or comes out different, is refused: sentence-transformers itself serves it.
"""

import hashlib
import shutil
import tempfile
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from knowledge_base.embedding.embedder import unit_rows
from knowledge_base.embedding.model_files import EmbeddingModel
from knowledge_base.embedding.onnx_model import (
    DESCRIPTION_FILE,
    MODEL_FILE,
    TOKENIZER_FILE,
    CopyDescription,
    OnnxEmbedder,
)
from knowledge_base.embedding.sentence_transformer import load_sentence_transformer
from knowledge_base.errors import EmbedderError, StorageError, in_one_line

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer
    from torch.nn import Module

OPSET = 17
LOWEST_COSINE = 0.9999

_LONGEST_INPUT = 512
_OUTPUT = "sentence_embedding"
_INPUTS = ("input_ids", "attention_mask", "token_type_ids")
_PROBES = (
    "How do I return a tent that I bought online?",
    "REFUNDS take 5–7 business days; orders over 75.00 USD ship free.",
    "  Was kostet die Rückgabe?\nUnd wie lange dauert sie? 返品はいくらですか。 ",
    "",
    "A rental may be cancelled up to the day before it starts. " * 60,
)


class NotExportableError(EmbedderError):
    """The model can't run as ONNX, or would give other vectors."""


def export_copy(model: EmbeddingModel, directory: Path) -> None:
    """Write the model's ONNX copy into `directory`, complete or not at all.

    Two processes may do so at once: the first one's copy stays.

    Raises:
        NotExportableError: The model has no ONNX form that gives the same vectors.
        StorageError: The directory can't be written.
    """
    try:
        directory.parent.mkdir(parents=True, exist_ok=True)
        with _scratch_beside(directory) as scratch:
            _write_copy(model, scratch)
            if not directory.exists():
                _move(scratch, directory)
    except OSError as error:
        raise StorageError(
            f"the ONNX copy of {model.name} can't be written to {directory}: {error.strerror}"
        ) from error


@contextmanager
def _scratch_beside(directory: Path) -> Iterator[Path]:
    scratch = Path(tempfile.mkdtemp(prefix=".copy-", dir=directory.parent))
    try:
        yield scratch
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _move(scratch: Path, directory: Path) -> None:
    try:
        scratch.rename(directory)
    except OSError:
        if not directory.is_dir():
            raise


def _write_copy(model: EmbeddingModel, scratch: Path) -> None:
    original = load_sentence_transformer(model)
    tokenizer_sha256 = _write_tokenizer(original, scratch / TOKENIZER_FILE)
    expected = unit_rows(original.encode(list(_PROBES), prompt="", show_progress_bar=False))
    described = CopyDescription(
        name=model.name,
        fingerprint=model.fingerprint,
        dimensions=expected.shape[1],
        max_tokens=original.max_seq_length or _LONGEST_INPUT,
        padding_id=int(original.tokenizer.pad_token_id or 0),
        inputs=_trace(original, scratch / MODEL_FILE),
        tokenizer_sha256=tokenizer_sha256,
        lowest_cosine=-1,
    )
    _describe(scratch, described)
    lowest = float((expected * OnnxEmbedder(scratch).embed(_PROBES)).sum(axis=1).min())
    if not lowest >= LOWEST_COSINE:
        raise NotExportableError(f"its ONNX copy gives other vectors (cosine {lowest:.4f})")
    _describe(scratch, described.model_copy(update={"lowest_cosine": lowest}))


def _describe(scratch: Path, described: CopyDescription) -> None:
    (scratch / DESCRIPTION_FILE).write_text(described.model_dump_json(indent=2), "utf-8")


def _write_tokenizer(original: "SentenceTransformer", path: Path) -> str:
    """Write the tokenizer and return the hash of its file."""
    try:
        content = original.tokenizer.backend_tokenizer.to_str().encode()
    except AttributeError as error:
        raise NotExportableError("it has no fast tokenizer of a transformer") from error
    path.write_bytes(content)
    return hashlib.sha256(content).hexdigest()


def _trace(original: "SentenceTransformer", path: Path) -> tuple[str, ...]:
    """Write the graph of the whole module chain and return the names of its inputs."""
    import torch

    example = original.preprocess([_PROBES[0], _PROBES[1]])
    names = tuple(name for name in _INPUTS if name in example)
    try:
        with warnings.catch_warnings(), torch.no_grad():
            # The tracer warns of each branch that it fixes; the probes show whether one mattered.
            warnings.simplefilter("ignore")
            torch.onnx.export(
                _module_chain(original, names),
                tuple(example[name] for name in names),
                str(path),
                input_names=list(names),
                output_names=[_OUTPUT],
                dynamic_axes={name: {0: "texts", 1: "tokens"} for name in names}
                | {_OUTPUT: {0: "texts"}},
                opset_version=OPSET,
                dynamo=False,
            )
    except (RuntimeError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise NotExportableError(f"it can't be traced to ONNX ({in_one_line(error)})") from error
    return names


def _module_chain(original: "SentenceTransformer", names: Sequence[str]) -> "Module":
    from torch.nn import Module

    class Chain(Module):
        def __init__(self) -> None:
            super().__init__()
            self.original = original

        def forward(self, *inputs: object) -> object:
            features: dict[str, Any] = dict(zip(names, inputs, strict=True))
            return self.original(features)[_OUTPUT]

    return Chain().eval()
