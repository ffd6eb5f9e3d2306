"""Planning: what a reindex would change, and how long it would take."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from ingestion.chunking import Chunker
from ingestion.cutting import UNKNOWN, CutEdition, cut_edition
from ingestion.earlier import Compared, Earlier
from ingestion.edition import Edition
from ingestion.planted_instructions import planted_instructions
from knowledge_base.embedding.cache import missing_texts
from knowledge_base.generations.changes import ChunkChanges, article_changes
from knowledge_base.generations.ledger import (
    Ledger,
    WrittenFacts,
    changed_facts,
    ledger_fingerprint,
    read_names,
)
from knowledge_base.generations.manifest import Pace
from knowledge_base.generations.plan import Plan
from knowledge_base.policy.names import NameUses


@dataclass(frozen=True, slots=True)
class Recipe:
    """What shapes a generation beside its articles."""

    chunker: Chunker
    embedder: str
    """Fingerprint of the embedding model."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A plan, with what it was made from."""

    plan: Plan
    edition: Edition
    hashes: Mapping[str, str]
    """Content hash of each article by id."""
    earlier: Earlier | None
    """The generation that is built upon or, where all is built anew, only compared with."""
    cut: CutEdition | None = None
    """The chunks; None where nothing changes, so that nobody needs them."""
    ledger: Ledger = field(default_factory=lambda: Ledger({}))
    """The policy facts; empty where nothing changes."""


def make_plan(
    edition: Edition,
    compared: Compared,
    recipe: Recipe,
    *,
    embeddings: Path,
    full: bool = False,
) -> Planned:
    """Return what turning the edition into a generation would change.

    Args:
        edition: The articles.
        compared: The generation that serves.
        recipe: What the new generation would be built with.
        embeddings: Folder of the embedding cache.
        full: Whether everything is to be built anew.
    """
    earlier, hashes = compared.earlier, edition.hashes()
    changes = article_changes(earlier.manifest.articles if earlier else {}, hashes)
    rebuild = _reason_to_rebuild(compared, recipe, full=full)
    planned = Planned(
        Plan(
            compared_with=earlier.manifest.id if earlier else None,
            rebuild=rebuild,
            articles=changes,
            chunks=ChunkChanges(unchanged=earlier.manifest.chunks if earlier else 0),
            embeddings=0,
            seconds=None,
            skipped=tuple(edition.skipped),
            kept=tuple(edition.kept),
        ),
        edition,
        hashes,
        earlier,
    )
    if planned.plan.changes_nothing:
        return planned
    return _with_chunks(planned, recipe, embeddings)


def _with_chunks(planned: Planned, recipe: Recipe, embeddings: Path) -> Planned:
    plan, articles = planned.plan, planned.edition.articles
    new = {*plan.articles.added, *plan.articles.changed}
    unchanged = frozenset() if plan.rebuild else frozenset(articles.keys() - new)
    cut = cut_edition(articles, recipe.chunker, planned.earlier, unchanged)
    if plan.rebuild:
        cut = replace(cut, rows=(UNKNOWN,) * len(cut.chunks))
    missing = missing_texts(embeddings, recipe.embedder, cut.unknown_texts())
    pace = planned.earlier.manifest.pace if planned.earlier else None
    seconds = _seconds(pace, missing, len(cut.chunks))
    before = planned.earlier.facts if planned.earlier else WrittenFacts({})
    ledger = Ledger(articles, before.of(unchanged), _names(planned))
    read_anew = (articles[one] for one in sorted(new))
    told = {
        "chunks": cut.changes,
        "embeddings": missing,
        "seconds": seconds,
        "facts": changed_facts(before, ledger, plan.articles.changed),
        "planted": tuple(planted_instructions(read_anew)),
    }
    return replace(planned, plan=plan.model_copy(update=told), cut=cut, ledger=ledger)


def _names(planned: Planned) -> NameUses | None:
    """Return the counts of names that are known before, changed by what has changed."""
    plan, earlier = planned.plan, planned.earlier
    if plan.rebuild or earlier is None:
        return None
    changes, now = plan.articles, planned.edition.articles
    names = read_names(earlier.folder)
    names.change(
        added=[now[one] for one in (*changes.added, *changes.changed)],
        removed=[earlier.articles[one] for one in (*changes.removed, *changes.changed)],
    )
    return names


def _reason_to_rebuild(compared: Compared, recipe: Recipe, *, full: bool) -> str | None:
    if compared.damage:
        return compared.damage
    if compared.earlier is None:
        return "there is no generation yet"
    manifest = compared.earlier.manifest
    if manifest.chunker != recipe.chunker.fingerprint:
        return "articles are cut in another way than before"
    if manifest.embedder != recipe.embedder:
        return f"the embedding model was {manifest.embedder}, now it is {recipe.embedder}"
    if manifest.ledger != ledger_fingerprint():
        return "policy facts are read in another way than before"
    return "it was asked for" if full else None


def _seconds(pace: Pace | None, embeddings: int, chunks: int) -> float | None:
    """Return the time expected, None where the pace isn't known."""
    if pace is None or (embeddings and pace.seconds_a_text is None):
        return None
    return embeddings * (pace.seconds_a_text or 0.0) + chunks * pace.seconds_a_chunk
