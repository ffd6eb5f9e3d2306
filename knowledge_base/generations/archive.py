"""The generations of a data folder: which there are, what they hold, and which may go."""

import shutil
from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from knowledge_base.errors import DamagedGenerationError, NoGenerationError, UnknownGenerationError
from knowledge_base.generations.changes import ArticleChanges, article_changes
from knowledge_base.generations.generation import sealed_manifest, whole_manifest
from knowledge_base.generations.ledger import changed_facts, read_ledger
from knowledge_base.generations.manifest import Manifest
from knowledge_base.generations.pins import read_pins
from knowledge_base.generations.publication import (
    GENERATIONS,
    Publication,
    is_generation_id,
    read_publication,
    take_back,
    target_of_rollback,
)
from knowledge_base.generations.serving import Serving
from knowledge_base.generations.writer import FAILED, REASON_FILE, SCRATCH


class State(StrEnum):
    """Where a generation stands."""

    PUBLISHED = "published"
    EARLIER = "earlier"
    """Published before; a rollback can go to it."""
    ASIDE = "aside"
    """Not published, or taken back."""
    FAILED = "failed"
    """It failed its checks; kept for inspection."""


class Listed(BaseModel):
    """A generation in a list."""

    model_config = ConfigDict(frozen=True)

    id: str
    state: State
    serves: bool
    articles: int | None
    """None, as `chunks`, where its manifest can't be read."""
    chunks: int | None
    problem: str | None
    """What is wrong with it, as far as that is known, in one line."""


class GenerationDiff(BaseModel):
    """What one generation holds that another one doesn't."""

    model_config = ConfigDict(frozen=True)

    before: str
    after: str
    articles: ArticleChanges
    facts: Mapping[str, tuple[str, ...]]
    """What changed articles promise otherwise, a line a fact, by article."""
    chunks_before: int
    chunks_after: int


class Generations:
    """The generations of one data folder."""

    def __init__(self, data_dir: Path) -> None:
        self._data_dir = data_dir
        self._folder = data_dir / GENERATIONS

    def folder(self, generation_id: str) -> Path:
        """Return where a generation lies.

        Raises:
            UnknownGenerationError: There is no such generation.
        """
        if not is_generation_id(generation_id) or not (self._folder / generation_id).is_dir():
            raise UnknownGenerationError(
                f"there is no generation {generation_id}; `candor generations list` shows them"
            )
        return self._folder / generation_id

    def manifest(self, generation_id: str) -> Manifest:
        """Return the manifest of a generation.

        Raises:
            UnknownGenerationError: There is no such generation.
            DamagedGenerationError: Its manifest can't be read.
        """
        return sealed_manifest(self.folder(generation_id))

    def listed(self) -> Iterator[Listed]:
        """Yield every generation, the newest first, then those that failed.

        Raises:
            StorageError: Which generations releases pin can't be read.
        """
        publication = _publication(self._data_dir)
        published, instead_of = self._serving()
        serving = read_pins(self._data_dir).serving or (published,)
        for generation_id in self.ids():
            state = _state(generation_id, publication)
            yield self._listed(
                generation_id,
                state,
                serves=generation_id in serving,
                problem=instead_of if state is State.PUBLISHED else None,
            )
        for folder in sorted((self._folder / FAILED).glob("*"), reverse=True):
            yield _failed(folder)

    def diff(self, before: str, after: str) -> GenerationDiff:
        """Return what changed from one generation to another.

        Raises:
            UnknownGenerationError: There is no such generation.
            DamagedGenerationError: One of them isn't what was written.
        """
        folders = self.folder(before), self.folder(after)
        old, new = map(whole_manifest, folders)
        articles = article_changes(old.articles, new.articles)
        return GenerationDiff(
            before=before,
            after=after,
            articles=articles,
            facts=changed_facts(read_ledger(folders[0]), read_ledger(folders[1]), articles.changed),
            chunks_before=old.chunks,
            chunks_after=new.chunks,
        )

    def roll_back(self, generation_id: str | None = None) -> Publication:
        """Let an earlier generation serve again, by default the one published before this one.

        Raises:
            NoGenerationError: Nothing has been published yet.
            UnknownGenerationError: There is no such generation, or none before this one.
            DamagedGenerationError: A file of it isn't what was written; what serves, stays.
            StorageError: The pointer can't be written; the one before it stays.
        """
        wanted = target_of_rollback(self._data_dir, generation_id)
        whole_manifest(self._folder / wanted)
        return take_back(self._data_dir, wanted)

    def prune(self, keep: int) -> tuple[str, ...]:
        """Remove all but the `keep` newest generations and return the ids of those removed.

        What is published, what was published before it, what serves, and what a release within
        reach of a rollback pins are never removed.

        Raises:
            StorageError: What is pinned can't be read; nothing is removed.
        """
        publication = _publication(self._data_dir)
        serving, _ = self._serving()
        spared = {serving, *read_pins(self._data_dir).kept}
        if publication:
            spared |= {publication.generation, *self._kept_before(publication)[-1:]}
        old = [one for one in self.ids()[keep:] if one not in spared]
        for generation_id in old:
            # Out of sight at once; what a kill leaves is cleared away by the next reindex.
            doomed = self._folder / f"{SCRATCH}{generation_id}"
            (self._folder / generation_id).rename(doomed)
            shutil.rmtree(doomed, ignore_errors=True)
        return tuple(old)

    def published(self) -> str | None:
        """Return the id of what is published, None where nothing is, or the pointer is lost."""
        publication = _publication(self._data_dir)
        return publication.generation if publication else None

    def ids(self) -> list[str]:
        """Return the ids of all generations that didn't fail, the newest first."""
        if not self._folder.is_dir():
            return []
        names = (path.name for path in self._folder.iterdir() if path.is_dir())
        return sorted(filter(is_generation_id, names), reverse=True)

    def _kept_before(self, publication: Publication) -> list[str]:
        return [one for one in publication.before if (self._folder / one).is_dir()]

    def _serving(self) -> tuple[str | None, str | None]:
        """Return the id of what serves, and why it isn't what is published."""
        try:
            served = Serving(self._data_dir).current()
        except NoGenerationError:
            return None, None
        except DamagedGenerationError as damage:
            return None, str(damage)
        return served.generation, served.instead_of

    def _listed(
        self, generation_id: str, state: State, *, serves: bool, problem: str | None
    ) -> Listed:
        try:
            manifest = self.manifest(generation_id)
        except DamagedGenerationError as damage:
            return Listed(
                id=generation_id,
                state=state,
                serves=serves,
                articles=None,
                chunks=None,
                problem=problem or str(damage),
            )
        return Listed(
            id=generation_id,
            state=state,
            serves=serves,
            articles=len(manifest.articles),
            chunks=manifest.chunks,
            problem=problem,
        )


def _publication(data_dir: Path) -> Publication | None:
    try:
        return read_publication(data_dir)
    except (NoGenerationError, DamagedGenerationError):
        return None


def _state(generation_id: str, publication: Publication | None) -> State:
    if publication is None:
        return State.ASIDE
    if generation_id == publication.generation:
        return State.PUBLISHED
    return State.EARLIER if generation_id in publication.before else State.ASIDE


def _failed(folder: Path) -> Listed:
    reason = folder / REASON_FILE
    told = reason.read_text("utf-8").strip() if reason.is_file() else "no reason was written"
    return Listed(
        id=folder.name, state=State.FAILED, serves=False, articles=None, chunks=None, problem=told
    )
