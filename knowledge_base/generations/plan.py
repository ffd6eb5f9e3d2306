"""The plan: what a reindex is about to do, as it is printed and kept in the manifest."""

from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict

from knowledge_base.generations.changes import ArticleChanges, ChunkChanges


class SkippedFile(BaseModel):
    """A file of a source that couldn't be used, and why."""

    model_config = ConfigDict(frozen=True)

    source: str
    path: str
    reason: str


class KeptArticle(SkippedFile):
    """An article that stays as it was last read, since its file can't be used now."""

    article: str


class PlantedInstruction(BaseModel):
    """Words of a new or changed article that look like an instruction to a model."""

    model_config = ConfigDict(frozen=True)

    article: str
    line: int
    """Of the article's text as it is indexed, from 1 on; 0 is its title."""
    reason: str


class Plan(BaseModel):
    """What a reindex changes, and what that takes."""

    model_config = ConfigDict(frozen=True)

    compared_with: str | None
    """The generation that serves; None where there is none."""
    rebuild: str | None
    """Why everything is built anew; None where what is unchanged is taken over."""
    articles: ArticleChanges
    chunks: ChunkChanges
    embeddings: int
    """Different texts that have to be embedded."""
    seconds: float | None
    """Expected from the pace of the run before; None where that isn't known."""
    facts: Mapping[str, tuple[str, ...]] = {}
    """What changed articles promise otherwise, a line a fact, by article."""
    planted: tuple[PlantedInstruction, ...] = ()
    """What new and changed articles say to a model."""
    skipped: tuple[SkippedFile, ...] = ()
    kept: tuple[KeptArticle, ...] = ()

    @property
    def changes_nothing(self) -> bool:
        """Whether a new generation would be the same as the one that serves."""
        return self.rebuild is None and self.compared_with is not None and not self.articles.any
