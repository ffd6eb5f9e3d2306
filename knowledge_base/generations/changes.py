"""What two editions of the articles differ in."""

from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict


class ArticleChanges(BaseModel):
    """Ids of the articles that were added, changed and removed, in the order of their ids."""

    model_config = ConfigDict(frozen=True)

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: int = 0

    @property
    def any(self) -> bool:
        """Whether the two editions differ at all."""
        return bool(self.added or self.changed or self.removed)


class ChunkChanges(BaseModel):
    """Numbers of chunks; as many as come and go in one article count as changed."""

    model_config = ConfigDict(frozen=True)

    added: int = 0
    changed: int = 0
    removed: int = 0
    unchanged: int = 0


def article_changes(before: Mapping[str, str], after: Mapping[str, str]) -> ArticleChanges:
    """Return what differs between two editions, each the content hash of each article by id."""
    both = before.keys() & after.keys()
    changed = [one for one in both if before[one] != after[one]]
    return ArticleChanges(
        added=tuple(sorted(after.keys() - before.keys())),
        changed=tuple(sorted(changed)),
        removed=tuple(sorted(before.keys() - after.keys())),
        unchanged=len(both) - len(changed),
    )
