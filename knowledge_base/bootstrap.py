"""Puts the knowledge base together from its settings."""

import logging
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from knowledge_base.embedding.embedder import Embedder
from knowledge_base.settings import KnowledgeBaseSettings

if TYPE_CHECKING:
    from knowledge_base.embedding.model_files import EmbeddingModel
    from knowledge_base.searching.search import SearchIndex

MODELS = "models"

_logger = logging.getLogger(__name__)


def open_search(settings: KnowledgeBaseSettings) -> "SearchIndex":
    """Return search over the generation that serves.

    Raises:
        NoGenerationError: Nothing has been published yet.
        DamagedGenerationError: There is no whole generation.
        EmbedderError: It was built with another embedding model than the settings name.
    """
    from knowledge_base.generations.serving import Serving

    return open_generation_search(settings, Serving(settings.data_dir).generation_id())


def open_generation_search(settings: KnowledgeBaseSettings, generation_id: str) -> "SearchIndex":
    """Return search over the named generation; see `open_search`."""
    from knowledge_base.embedding.model_files import find_model
    from knowledge_base.errors import EmbedderError
    from knowledge_base.generations.generation import Generation
    from knowledge_base.searching.search import SearchIndex

    generation = Generation.open(settings.data_dir, generation_id)
    model = find_model(settings.embedder)
    if model.fingerprint != generation.manifest.embedder:
        raise EmbedderError(
            f"generation {generation.id} was built with {generation.manifest.embedder}, "
            f"CANDOR_EMBEDDER is {model.fingerprint}; run `candor reindex`"
        )
    return SearchIndex(generation, _for_queries(model, settings.data_dir))


def open_embedder(settings: KnowledgeBaseSettings) -> Embedder:
    """Return the embedder for queries: the model's ONNX copy, or the model where there is none.

    It puts the model's prompt for queries before each text, where the model has one.

    Raises:
        EmbedderError: The model isn't here or can't be loaded.
    """
    from knowledge_base.embedding.model_files import find_model

    return _for_queries(find_model(settings.embedder), settings.data_dir)


def open_ingestion_embedder(settings: KnowledgeBaseSettings) -> Embedder:
    """Return the embedder for ingestion: the same, fetched and copied if need be, on all cores.

    It puts the model's prompt for documents before each text, where the model has one.

    Raises:
        EmbedderError: The model can't be had or can't be loaded.
        StorageError: Its ONNX copy can't be written.
    """
    from knowledge_base.embedding.model_files import find_model

    model = find_model(settings.embedder, download=True)
    _ensure_copy(model, _copy_folder(model, settings.data_dir))
    serving = _serving(model, settings.data_dir, workers=len(os.sched_getaffinity(0)))
    return _prompted(serving, model.prompts.document)


def _for_queries(model: "EmbeddingModel", data_dir: Path) -> Embedder:
    return _prompted(_serving(model, data_dir, workers=1), model.prompts.query)


def _prompted(embedder: Embedder, prompt: str) -> Embedder:
    from knowledge_base.embedding.prompts import PromptedEmbedder

    return PromptedEmbedder(embedder, prompt) if prompt else embedder


def _serving(model: "EmbeddingModel", data_dir: Path, *, workers: int) -> Embedder:
    copy = _copy_folder(model, data_dir)
    if copy.is_dir():
        from knowledge_base.embedding.onnx_model import OnnxEmbedder

        return OnnxEmbedder(copy, workers=workers)
    from knowledge_base.embedding.sentence_transformer import SentenceTransformerEmbedder

    return SentenceTransformerEmbedder(model)


def _copy_folder(model: "EmbeddingModel", data_dir: Path) -> Path:
    return data_dir / MODELS / model.fingerprint


def _ensure_copy(model: "EmbeddingModel", copy: Path) -> None:
    """Make the ONNX copy where there is none, and again where it is damaged."""
    from knowledge_base.embedding.onnx_model import OnnxEmbedder
    from knowledge_base.errors import EmbedderError

    if copy.is_dir():
        try:
            OnnxEmbedder(copy)
        except EmbedderError as damage:
            _logger.warning("%s: it is made again", damage)
            shutil.rmtree(copy)
        else:
            return
    _export(model, copy)


def _export(model: "EmbeddingModel", copy: Path) -> None:
    from knowledge_base.embedding.onnx_export import NotExportableError, export_copy

    try:
        export_copy(model, copy)
    except NotExportableError as refused:
        _logger.warning("%s is served by sentence-transformers: %s", model.name, refused)
