"""Puts the assistant together from settings: the one place that knows every part."""

import secrets
from collections.abc import Iterable
from functools import partial

from app.answering.answerer import Answerer
from app.answering.evidence import EvidenceReader
from app.answering.quoting import QuotingAnswerer
from app.answering.remembered import RememberedEmbedder
from app.assistant import Assistant
from app.grounding.gate import Gate
from app.grounding.grounds import Grounds
from app.guardrails.personal_data import Masker
from app.guardrails.roster import (
    Confidential,
    build_guardrails,
    build_masker,
    build_output_guardrails,
)
from app.library import Library, OpenGeneration, PublishedLibrary
from app.prompts.registry import load_prompt
from app.settings import AppSettings
from knowledge_base.article import Chunk
from knowledge_base.bootstrap import open_embedder
from knowledge_base.embedding.embedder import Embedder
from knowledge_base.errors import EmbedderError
from knowledge_base.generations.generation import Generation
from knowledge_base.generations.ledger import read_ledger
from knowledge_base.generations.publication import GENERATIONS
from knowledge_base.generations.serving import Serving
from knowledge_base.planted.redaction import RedactedSearch
from knowledge_base.scope import Scopes
from knowledge_base.searching.search import SearchIndex
from knowledge_base.validity import today


def build_assistant(settings: AppSettings, masker: Masker | None = None) -> Assistant:
    """Return the assistant that the settings describe, its library opened.

    `masker` is the one that is loaded already, where there is one.

    Raises:
        NoGenerationError: Nothing has been published yet.
        DamagedGenerationError: The published generation can't be read.
        EmbedderError: The embedding model can't be loaded, or doesn't fit the generation.
        PrivacyError: The settings want Presidio, and it isn't installed.
        PromptError: The prompt of a configured chat model can't be read.
    """
    canary = new_canary()
    library = build_library(settings, canary)
    library.current()
    return Assistant(
        library=library,
        gate=_gate(settings),
        guardrails=build_guardrails(settings),
        output_guardrails=build_output_guardrails(settings, _confidential(settings, canary)),
        masker=masker or build_masker(settings),
        contact=settings.contact,
        today=partial(today, settings.timezone),
    )


def new_canary() -> str:
    """Return a random mark for this process's prompts."""
    return secrets.token_hex(8)


def build_library(settings: AppSettings, canary: str) -> Library:
    """Return the library of the settings' data folder; raises as `build_assistant` does."""
    serving = Serving(settings.data_dir)
    serving.current()  # before the model is loaded, which takes longer
    embedder = RememberedEmbedder(open_embedder(settings))
    return PublishedLibrary(
        serving.generation_id,
        partial(_open, settings, embedder, _chat_model(settings, canary)),
    )


def _open(
    settings: AppSettings, embedder: Embedder, chat_model: Answerer | None, generation_id: str
) -> OpenGeneration:
    generation = Generation.open(settings.data_dir, generation_id)
    if embedder.fingerprint != generation.manifest.embedder:
        raise EmbedderError(
            f"generation {generation.id} was built with {generation.manifest.embedder}, "
            f"CANDOR_EMBEDDER is {embedder.fingerprint}; run `candor reindex`"
        )
    scopes = Scopes(generation.articles.values())
    return OpenGeneration(
        id=generation.id,
        search=RedactedSearch(SearchIndex(generation, embedder), generation.articles),
        scopes=scopes,
        answerer=chat_model or QuotingAnswerer(EvidenceReader(embedder, scopes)),
        chunks={} if chat_model else _by_article(generation.chunks),
        grounds=Grounds.of(
            facts=read_ledger(settings.data_dir / GENERATIONS / generation.id),
            scopes=scopes,
            generation=generation.id,
            versions=generation.manifest.articles,
        ),
    )


def _gate(settings: AppSettings) -> Gate:
    """Return the gate; its own patience lets a call that runs out of time still be counted."""
    patience_seconds = settings.gate_timeout_seconds + 1
    if settings.model is None and settings.gate_judge_model is None:
        return Gate(patience_seconds=patience_seconds)
    from app.answering.gate_voices import build_judge, build_repairer  # noqa: PLC0415 — takes long

    return Gate(
        repairer=build_repairer(settings),
        judge=build_judge(settings),
        patience_seconds=patience_seconds,
    )


def _by_article(chunks: Iterable[Chunk]) -> dict[str, tuple[Chunk, ...]]:
    by_article: dict[str, tuple[Chunk, ...]] = {}
    for chunk in chunks:
        by_article[chunk.article_id] = (*by_article.get(chunk.article_id, ()), chunk)
    return by_article


def _chat_model(settings: AppSettings, canary: str) -> Answerer | None:
    if settings.model is None:
        return None
    from app.answering.chat_model import build_chat_model_answerer  # noqa: PLC0415 — takes long

    return build_chat_model_answerer(settings, canary)


def _confidential(settings: AppSettings, canary: str) -> Confidential:
    if settings.model is None:
        return Confidential()
    from app.answering.chat_model import ANSWER_PROMPT  # noqa: PLC0415 — takes long
    from app.answering.gate_voices import REPAIR_PROMPT  # noqa: PLC0415 — takes long

    parts = (*load_prompt(ANSWER_PROMPT).parts, *load_prompt(REPAIR_PROMPT).parts)
    return Confidential(canary, "\n".join(part.text for part in parts if part.role == "system"))
