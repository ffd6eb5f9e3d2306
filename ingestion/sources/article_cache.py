"""What was read from a source, kept so that only what changed is read again."""

import hashlib
import sqlite3
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Self

from pydantic import TypeAdapter, ValidationError

import ingestion
from knowledge_base.article import Article
from knowledge_base.errors import StorageError
from knowledge_base.write_ahead_log import use_write_ahead_log

SOURCES = "sources"

_FILE = "articles.sqlite3"
_WAIT_SECONDS = 60.0
_NAME_LENGTH = 16
_AT_ONCE = 256
"""Pages that are written together: a transaction for each costs more than writing them."""
_Row = tuple[str, str, bytes, str, str, str]
_TABLE = (
    "CREATE TABLE IF NOT EXISTS kept ("
    "page TEXT PRIMARY KEY, code TEXT NOT NULL, article BLOB NOT NULL, digest TEXT NOT NULL, "
    "etag TEXT NOT NULL, modified TEXT NOT NULL)"
)
_INSERT = "INSERT OR REPLACE INTO kept VALUES (?, ?, ?, ?, ?, ?)"
_OF_THIS_CODE = "SELECT page, article, digest, etag, modified FROM kept WHERE code = ?"


@dataclass(frozen=True, slots=True)
class Kept:
    """An article, and by what it can be told that it is still the same."""

    article: Article
    digest: str
    """Of everything that the article was made from."""
    etag: str = ""
    modified: str = ""
    """The `ETag` and `Last-Modified` that its host gave."""


_ARTICLE = TypeAdapter(Article)


class ArticleCache:
    """The articles of one source as they were read last, in a file of the data folder.

    What other code has made of a page, that of an earlier version, is not kept.
    """

    def __init__(self, data_dir: Path, source: str) -> None:
        name = hashlib.sha256(source.encode()).hexdigest()[:_NAME_LENGTH]
        self._path = data_dir / SOURCES / name / _FILE
        self._to_keep: list[_Row] = []

    def __enter__(self) -> Self:
        with self._errors():
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._rows = sqlite3.connect(self._path, timeout=_WAIT_SECONDS, isolation_level=None)
            # No wait for the disk after each page: what a loss of power takes is read again.
            use_write_ahead_log(self._rows, _WAIT_SECONDS)
            self._rows.execute("PRAGMA synchronous = NORMAL")
            self._rows.execute(_TABLE)
            self._kept = {row[0]: row[1:] for row in self._rows.execute(_OF_THIS_CODE, (_code(),))}
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._rows.close()

    def get(self, page: str) -> Kept | None:
        """Return what is kept of a page; None where nothing is, or nothing that can be used."""
        row = self._kept.get(page)
        try:
            return Kept(_ARTICLE.validate_json(row[0]), *row[1:]) if row else None
        except ValidationError:
            return None

    def put(self, page: str, kept: Kept) -> None:
        """Keep what was read of a page.

        Raises:
            StorageError: The file can't be written.
        """
        row = self._remember(page, kept)
        with self._errors():
            self._rows.execute(_INSERT, row)

    def _remember(self, page: str, kept: Kept) -> _Row:
        """Return the row of a page, which `get` finds from now on."""
        row = (_ARTICLE.dump_json(kept.article), kept.digest, kept.etag, kept.modified)
        self._kept[page] = row
        return (page, _code(), *row)

    def read(self, page: str, made_from: str, read: Callable[[], Article]) -> Article:
        """Return what is kept of a page if it was made from the same, else what `read` returns.

        Args:
            page: What the page is known by.
            made_from: The digest of everything that the article is made from.
            read: Makes the article; it is kept, with others, until `keep_only` at the latest.
                What it raises is passed on.

        Raises:
            StorageError: The file can't be written.
        """
        kept = self.get(page)
        if kept is not None and kept.digest == made_from:
            return kept.article
        article = read()
        self._to_keep.append(self._remember(page, Kept(article, made_from)))
        if len(self._to_keep) == _AT_ONCE:
            self._write()
        return article

    def keep_only(self, pages: Collection[str]) -> None:
        """Forget every page but `pages`.

        Raises:
            StorageError: The file can't be written.
        """
        self._write()
        with self._errors():
            known = [name for (name,) in self._rows.execute("SELECT page FROM kept")]
            gone = [(name,) for name in known if name not in pages]
            self._rows.executemany("DELETE FROM kept WHERE page = ?", gone)
        self._kept = {page: row for page, row in self._kept.items() if page in pages}

    def _write(self) -> None:
        """Write what is to be kept, in one transaction."""
        with self._errors():
            self._rows.execute("BEGIN")
            self._rows.executemany(_INSERT, self._to_keep)
            self._rows.execute("COMMIT")
        self._to_keep.clear()

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            raise StorageError(
                f"what was read before can't be used ({self._path}: {error}); make room, or "
                "delete the file, and the next `candor reindex` fills it again"
            ) from error


def digest(*parts: str | bytes) -> str:
    """Return a hash of what an article is made from."""
    hashed = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        hashed.update(b"%d:%b" % (len(data), data))
    return hashed.hexdigest()


@cache
def _code() -> str:
    """Return a hash of this package's code."""
    hashed = hashlib.sha256()
    for folder in ingestion.__path__:
        for file in sorted(Path(folder).rglob("*.py")):
            hashed.update(file.read_bytes())
    return hashed.hexdigest()
