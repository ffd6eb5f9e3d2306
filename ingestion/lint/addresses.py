"""Addresses: which article a link's target is, where the help centre itself can tell.

A help centre rarely says at which address its articles are published. Files lie beside each
other, `url` in the front matter names an address, and a page's path usually ends like its file's;
what fits none of these is left alone unless its neighbours make plain that it ought to fit.
"""

import posixpath
import re
from collections.abc import Iterable
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from ingestion.article_file import SUFFIXES
from ingestion.lint.manuscript import Manuscript

_INDEXES = frozenset({"index", "readme"})
_START_PAGES = _INDEXES | {"introduction", "overview", "home", "welcome"}
_NUMBERED = re.compile(r"/articles/(?P<id>\d{3,})(?:-[^/]*)?/?$")
"""How Zendesk and Intercom write an article's address: its id, then words that may change."""


def page_path(path: str) -> str:
    """Return the path of the page that a file becomes: without its ending, or `index`."""
    pure = PurePosixPath(path)
    if pure.suffix.lower() in SUFFIXES:
        pure = pure.with_suffix("")
    if pure.name.lower() in _INDEXES:
        pure = pure.parent
    return "" if str(pure) == "." else str(pure)


class Addresses:
    """Finds articles by the addresses that their authors write."""

    def __init__(self, manuscripts: Iterable[Manuscript], files: Iterable[str]) -> None:
        self._files = frozenset(files)
        self._pages: dict[str, str] = {}
        self._tails: dict[str, str] = {}
        self._folders: set[str] = set()
        self._urls: dict[str, str] = {}
        self._url_folders: set[str] = set()
        self._ids: dict[str, str] = {}
        for manuscript in manuscripts:
            self._add(manuscript)

    def _add(self, manuscript: Manuscript) -> None:
        article = manuscript.article
        page = page_path(manuscript.path)
        self._pages[page] = article.id
        self._tails.update(dict.fromkeys(_tails(page), article.id))
        self._folders.update(_tails(posixpath.dirname(page)))
        if article.url:
            url = _plain_url(article.url)
            self._urls[url] = article.id
            self._url_folders.add(posixpath.dirname(url))
        numbered = _NUMBERED.search(urlsplit(article.url or "").path)
        self._ids[numbered["id"] if numbered else article.id] = article.id

    def beside(self, manuscript: Manuscript, path: str) -> str | None:
        """Return the id of the article at a relative `path`.

        A path is seen from the file that links and from the folders above it, as some publishing
        systems do; a page also from the page, which many sites publish in a folder of its own.
        """
        page = page_path(manuscript.path)
        pages = () if PurePosixPath(path).suffix else (page, posixpath.dirname(page))
        above = () if path.startswith(".") else PurePosixPath(manuscript.path).parents
        for base in (posixpath.dirname(manuscript.path), *pages, *map(str, above)):
            found = self._pages.get(page_path(_joined(base, path)))
            if found is not None:
                return found
        return None

    def is_file(self, manuscript: Manuscript, path: str) -> bool:
        """Tell whether there is any file at a relative `path`, an article or not."""
        return _joined(posixpath.dirname(manuscript.path), path) in self._files

    def by_tail(self, path: str) -> str | None:
        """Return the id of an article whose page's path ends in `path`."""
        return self._tails.get(page_path(path.strip("/")))

    def is_start_page(self, manuscript: Manuscript) -> bool:
        """Tell whether an article opens a folder, so that a site's navigation leads to it."""
        stem = PurePosixPath(manuscript.path).stem.lower()
        return stem in _START_PAGES or page_path(manuscript.path) in self._folders

    def is_folder(self, path: str) -> bool:
        """Tell whether articles lie in the folder at `path`."""
        return page_path(path.strip("/")) in self._folders

    def by_url(self, url: str) -> str | None:
        """Return the id of the article at a whole address."""
        numbered = _NUMBERED.search(urlsplit(url).path)
        found = self._urls.get(_plain_url(url))
        return found or (self._ids.get(numbered["id"]) if numbered else None)

    def ought_to_be_url(self, url: str, numbered_hosts: Iterable[str]) -> bool:
        """Tell whether a whole address lies beside those of the articles."""
        parts = urlsplit(url)
        if parts.netloc.lower() in numbered_hosts and _NUMBERED.search(parts.path):
            return True
        return posixpath.dirname(_plain_url(url)) in self._url_folders


def _tails(page: str) -> Iterable[str]:
    parts = page.split("/")
    return ("/".join(parts[start:]) for start in range(len(parts)))


def _joined(folder: str, path: str) -> str:
    return posixpath.normpath(posixpath.join(folder, path))


def _plain_url(url: str) -> str:
    parts = urlsplit(url)
    return unquote(f"{parts.netloc.lower()}{parts.path.rstrip('/')}")
