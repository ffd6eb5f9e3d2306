"""Puts the assistant together from settings: the one place that knows every part."""

from collections.abc import Iterable
from dataclasses import replace
from functools import partial

import structlog

from app.answering.answer_cache import AnswerCache
from app.answering.answerer import Answerer
from app.answering.evidence import EvidenceReader
from app.answering.fences import LABELS
from app.answering.kept_model import opening
from app.answering.kept_replies import KeptReplies
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
from app.library import Library, OpenGeneration, PinnedLibrary, PublishedLibrary
from app.prompts.canary import deployment_canary
from app.prompts.registry import load_prompt
from app.releases.budgets import check_budgets
from app.releases.current_serving import ServingPointer
from app.releases.pinning import pinned_now, settings_of
from app.releases.release import Release
from app.releases.store import RELEASES, Releases
from app.served_assistant import ServedAssistant
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

_log = structlog.get_logger(__name__)


def build_assistant(
    settings: AppSettings,
    masker: Masker | None = None,
    kept: KeptReplies | None = None,
    generation: str | None = None,
) -> Assistant:
    """Return the assistant that the settings describe over what is published, opened.

    Whether it is the one that serves is for the releases to say: `build_served_assistant`.
    `masker` is the one that is loaded already, where there is one. With `kept`, chat models aren't
    asked the same twice. With `generation`, it answers from that one always, whatever is published.

    Raises:
        NoGenerationError: Nothing has been published yet.
        DamagedGenerationError: The published generation can't be read.
        EmbedderError: The embedding model can't be loaded, or doesn't fit the generation.
        PrivacyError: The settings want Presidio, and it isn't installed.
        PromptError: The prompt of a configured chat model can't be read.
    """
    canary = kept.canary if kept else deployment_canary(settings.data_dir)
    library = build_library(settings, canary, kept, generation)
    library.current()
    return _assistant(settings, library, canary, masker, kept)


def build_released_assistant(
    settings: AppSettings,
    release: Release,
    masker: Masker | None = None,
    kept: KeptReplies | None = None,
) -> Assistant:
    """Return the assistant of a release: its own generation, prompts, model and settings.

    The environment's settings give it the secrets, the addresses and the folders. With `kept`, chat
    models aren't asked the same twice.

    Raises:
        ReleaseError: A pinned prompt isn't what it was.
        CandorError: As for `build_assistant`.
    """
    return ReleaseOpening(settings, masker, kept).assistant(release)


def build_served_assistant(settings: AppSettings, masker: Masker | None = None) -> ServedAssistant:
    """Return the assistant that serves: of the releases that were promoted, else of the settings.

    Raises:
        CandorError: As for `build_assistant`.
    """
    pointer = ServingPointer(settings.data_dir / RELEASES)
    served = ServedAssistant(pointer.current, ReleaseOpening(settings, masker))
    served.current()
    return served


class ReleaseOpening:
    """Puts together the assistants of releases, which share their embedding model."""

    def __init__(
        self,
        settings: AppSettings,
        masker: Masker | None = None,
        kept: KeptReplies | None = None,
    ) -> None:
        self._settings = settings
        self._masker = masker
        self._kept = kept
        self._releases = Releases(settings.data_dir)
        self._embedders: dict[str, Embedder] = {}

    def of_settings(self) -> Assistant:
        """Return the assistant of the settings and of what is published."""
        return build_assistant(self._settings, self._masker)

    def of_release(self, release: str) -> Assistant:
        """Return the assistant of a release.

        Raises:
            NotFoundError: There is no such release.
            CandorError: It can't be opened.
        """
        found = self._releases.release(release)
        check_budgets(found, self._settings)
        return self.assistant(found)

    def assistant(self, release: Release) -> Assistant:
        """Return the assistant of a release that was read; see `build_released_assistant`."""
        settings = settings_of(release.pinned, self._settings)
        kept = self._kept
        canary = kept.canary if kept else deployment_canary(self._settings.data_dir)
        opened = _open(
            settings,
            self._embedder(settings),
            _chat_model(settings, canary, self._kept),
            release.pinned.generation,
        )
        if opened.release != release.pinned.unreleased_id:
            _log.warning("release_changed", release=release.id, now=opened.release)
        library = PinnedLibrary(replace(opened, release=release.id))
        return _assistant(settings, library, canary, self._masker, self._kept)

    def _embedder(self, settings: AppSettings) -> Embedder:
        if settings.embedder not in self._embedders:
            self._embedders[settings.embedder] = RememberedEmbedder(open_embedder(settings))
        return self._embedders[settings.embedder]


def _assistant(
    settings: AppSettings,
    library: Library,
    canary: str,
    masker: Masker | None,
    kept: KeptReplies | None,
) -> Assistant:
    return Assistant(
        library=library,
        gate=_gate(settings, kept),
        guardrails=build_guardrails(settings),
        output_guardrails=build_output_guardrails(settings, confidential(settings, canary)),
        masker=masker or build_masker(settings),
        contact=settings.contact,
        today=partial(today, settings.timezone),
    )


def build_library(
    settings: AppSettings,
    canary: str,
    kept: KeptReplies | None = None,
    generation: str | None = None,
) -> Library:
    """Return the library of the settings' data folder; raises as `build_assistant` does."""
    serving = Serving(settings.data_dir)
    if generation is None:
        serving.current()  # before the model is loaded, which takes longer
    embedder = RememberedEmbedder(open_embedder(settings))
    return PublishedLibrary(
        partial(str, generation) if generation else serving.generation_id,
        partial(_open, settings, embedder, _chat_model(settings, canary, kept)),
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
    quoting = QuotingAnswerer(EvidenceReader(embedder, scopes))
    return OpenGeneration(
        id=generation.id,
        search=RedactedSearch(SearchIndex(generation, embedder), generation.articles),
        scopes=scopes,
        answerer=chat_model or quoting,
        cache=_answer_cache(settings, embedder) if chat_model else None,
        quoter=quoting if settings.over_budget == "quote" else None,
        chunks={} if chat_model else _by_article(generation.chunks),
        grounds=Grounds.of(
            facts=read_ledger(settings.data_dir / GENERATIONS / generation.id),
            embedder=embedder,
            scopes=scopes,
            generation=generation.id,
            versions=generation.manifest.articles,
        ),
        release=pinned_now(settings, generation.manifest).unreleased_id,
    )


def _gate(settings: AppSettings, kept: KeptReplies | None) -> Gate:
    """Return the gate; its own patience lets a call that runs out of time still be counted."""
    patience_seconds = settings.gate_timeout_seconds + 1
    if settings.model is None and settings.gate_judge_model is None:
        return Gate(patience_seconds=patience_seconds)
    from app.answering.gate_voices import build_judge, build_repairer  # noqa: PLC0415 — takes long

    return Gate(
        repairer=build_repairer(settings, opening(kept)),
        judge=build_judge(settings, opening(kept)),
        patience_seconds=patience_seconds,
    )


def _answer_cache(settings: AppSettings, embedder: Embedder) -> AnswerCache | None:
    if not settings.answer_cache:
        return None
    return AnswerCache(
        embedder.embed, entries=settings.answer_cache, near=settings.answer_cache_near
    )


def _by_article(chunks: Iterable[Chunk]) -> dict[str, tuple[Chunk, ...]]:
    by_article: dict[str, tuple[Chunk, ...]] = {}
    for chunk in chunks:
        by_article[chunk.article_id] = (*by_article.get(chunk.article_id, ()), chunk)
    return by_article


def _chat_model(settings: AppSettings, canary: str, kept: KeptReplies | None) -> Answerer | None:
    if settings.model is None:
        return None
    from app.answering.chat_model import build_chat_model_answerer  # noqa: PLC0415 — takes long

    return build_chat_model_answerer(settings, canary, opening(kept))


def confidential(settings: AppSettings, canary: str) -> Confidential:
    """Return what is sent to the model beside the articles and must never be shown."""
    if settings.model is None:
        return Confidential()
    prompts = map(load_prompt, (settings.answer_prompt, settings.repair_prompt))
    parts = [part for prompt in prompts for part in prompt.parts]
    told = "\n".join(part.text for part in parts if part.role == "system")
    return Confidential(canary, told, LABELS)
