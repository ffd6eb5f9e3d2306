"""A folder of article files, or a single one."""

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from io import FileIO
from pathlib import Path

from ingestion.article_file import SUFFIXES, ArticleReader
from ingestion.documents.converter import DocumentConverter
from ingestion.errors import SourceError, UnusableFileError, WithdrawnError
from ingestion.sources.article_cache import ArticleCache
from ingestion.sources.source import Skipped
from knowledge_base.article import Article


class FolderSource:
    """Reads every article file below a folder, in the order of their paths.

    An article file ends in `.md`, `.markdown`, `.mdx`, `.html`, `.htm`, `.txt`, `.docx` or `.pdf`.
    Files with another ending, and files and folders whose name begins with a dot, are no articles.
    Links are followed to files inside the folder only.
    """

    def __init__(self, root: Path, max_bytes: int, data_dir: Path | None = None) -> None:
        """Take a folder or a file.

        Args:
            root: Where it is.
            max_bytes: Largest file that is read.
            data_dir: Where articles are kept as they were read, so that a file is taken apart
                once as long as it stays the same.
        """
        self._root = root
        self._max_bytes = max_bytes
        self._data_dir = data_dir

    def read(self) -> Iterator[Article | Skipped]:
        """Yield every article, and every file that can't become one, sorted by path.

        Raises:
            SourceError: The folder isn't there or can't be listed.
        """
        paths = self.paths()
        folder = self._root.parent if self._root.is_file() else self._root
        # Names are put together as text: a Path costs more than reading a small file.
        prefix = f"{folder.as_posix().rstrip('/')}/"
        with DocumentConverter() as convert, self._kept(paths) as kept:
            reader = ArticleReader(convert)
            for path in paths:
                try:
                    yield self._article(prefix, path, reader, kept)
                except UnusableFileError as error:
                    withdrawn = isinstance(error, WithdrawnError)
                    yield Skipped(_printable(path), str(error), str(self._root), withdrawn)

    @contextmanager
    def _kept(self, paths: Iterable[str]) -> Iterator[ArticleCache | None]:
        """Yield where articles are kept; those whose files are gone are forgotten."""
        if self._data_dir is None:
            yield None
            return
        with ArticleCache(self._data_dir, str(self._root.resolve())) as cache:
            yield cache
            cache.keep_only(set(paths))

    def _article(
        self, prefix: str, path: str, reader: ArticleReader, kept: ArticleCache | None
    ) -> Article:
        data = self._bytes(prefix + _named(path))
        if kept is None:
            return reader.read(path, data)
        made_from = hashlib.sha256(data).hexdigest()
        return kept.read(path, made_from, partial(reader.read, path, data))

    def paths(self) -> tuple[str, ...]:
        """Return the POSIX paths, below the source, of all that would be read, sorted.

        Raises:
            SourceError: The folder isn't there or can't be listed.
        """
        try:
            if self._root.is_file():
                return (self._root.name,)
            return tuple(sorted(self._walk()))
        except OSError as error:
            raise SourceError(
                f"source {str(self._root)!r} can't be read ({_problem(error)}): "
                "name a folder or a file that is there"
            ) from error

    def _walk(self) -> Iterator[str]:
        """Yield the paths of article files, linked folders, and folders that can't be read."""
        next(self._root.iterdir(), None)  # an OSError here is about the source as a whole
        unreadable: list[OSError] = []
        for folder, folders, files in os.walk(self._root, onerror=unreadable.append):
            folders[:] = [name for name in folders if not name.startswith(".")]
            below = Path(folder).relative_to(self._root).as_posix()
            linked = [name for name in folders if (Path(folder) / name).is_symlink()]
            for name in [*linked, *filter(_is_article, files)]:
                yield name if below == "." else f"{below}/{name}"
        for error in unreadable:
            yield Path(str(error.filename)).relative_to(self._root).as_posix()

    def _bytes(self, file: str) -> bytes:
        """Return the content of a file.

        Raises:
            UnusableFileError: It is no regular file inside the source, too large, or unreadable.
        """
        try:
            status = os.lstat(file)
            if not stat.S_ISREG(status.st_mode):
                status = self._followed(Path(file))
            if status.st_size > self._max_bytes:
                raise UnusableFileError(f"over {self._max_bytes} bytes: the most that is read")
            with FileIO(file) as stream:
                return stream.readall()
        except (
            OSError,
            RuntimeError,
        ) as error:  # before Python 3.13, a loop of links is the latter
            raise UnusableFileError(f"can't be read: {_problem(error)}") from error

    def _followed(self, file: Path) -> os.stat_result:
        """Return the status of the regular file that a link leads to."""
        if file.is_symlink() and file != self._root:
            target = file.resolve(strict=True)
            if target.is_dir():
                raise UnusableFileError("a link to a folder: not followed")
            if not target.is_relative_to(self._root.resolve()):
                raise UnusableFileError("a link that leads out of the source: not followed")
        status = file.stat()
        if stat.S_ISDIR(status.st_mode):
            next(file.iterdir(), None)
        if not stat.S_ISREG(status.st_mode):
            raise UnusableFileError("no regular file")
        return status


def _is_article(name: str) -> bool:
    return not name.startswith(".") and name.lower().endswith(tuple(SUFFIXES))


def _named(path: str) -> str:
    if _printable(path) != path:
        raise UnusableFileError("its name is not UTF-8: rename it")
    return path


def _printable(path: str) -> str:
    return path.encode("utf-8", "replace").decode("utf-8")


def _problem(error: OSError | RuntimeError) -> str:
    reason = error.strerror if isinstance(error, OSError) else None
    return (reason or "a link that leads to itself").lower()
