"""The links between articles: where each one leads, and which lead nowhere."""

import posixpath
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from ingestion.article_file import TEXTS
from ingestion.lint.addresses import Addresses
from ingestion.lint.manuscript import Manuscript
from ingestion.markup.links import Link, find_links

MIN_SHARE_FOUND = 0.5
"""Addresses of a kind are understood where at least this share of them leads to an article."""

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_PLACEHOLDER = re.compile(r"[{}<>$\s\\]|%7B|^url$|^link$|^\.\.\.$|^@", re.IGNORECASE)
_NO_SCHEME = re.compile(r"www\.[\w-]+\.\w+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ArticleLink:
    """A link from an article that leads to another one, or ought to."""

    source: Manuscript
    link: Link
    target_id: str | None
    """The article it leads to; None where it leads nowhere."""
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class _Target:
    """What a link's target says."""

    path: str
    anchor: str
    is_url: bool


class LinkGraph:
    """All links of a help centre that are known to lead to an article, or known not to."""

    def __init__(self, manuscripts: Iterable[Manuscript], files: Iterable[str]) -> None:
        self._manuscripts = tuple(manuscripts)
        self._addresses = Addresses(self._manuscripts, files)

    @cached_property
    def links(self) -> tuple[ArticleLink, ...]:
        """The links, in the order of the articles and their text."""
        return tuple(
            ArticleLink(source, link, target_id, target.anchor)
            for source, link, target in self._written
            for target_id in self._judged(source, target)
        )

    @cached_property
    def _written(self) -> tuple[tuple[Manuscript, Link, _Target], ...]:
        return tuple(
            (manuscript, link, target)
            for manuscript in self._manuscripts
            for link in find_links(manuscript.text or "")
            if (target := _read(link.target)) is not None
        )

    def _judged(self, source: Manuscript, target: _Target) -> Iterator[str | None]:
        """Yield the article that a target is, None where it ought to be one, or nothing."""
        found = self._find(source, target)
        if found is not None:
            yield found
        elif self._is_broken(source, target):
            yield None

    def _find(self, source: Manuscript, target: _Target) -> str | None:
        if target.is_url:
            return self._addresses.by_url(target.path)
        if not target.path:
            return source.article.id
        if not target.path.startswith("/"):
            beside = self._addresses.beside(source, target.path)
            if beside is not None or PurePosixPath(target.path).suffix:
                return beside
        return self._addresses.by_tail(target.path.replace("../", "").removeprefix("./"))

    def _is_broken(self, source: Manuscript, target: _Target) -> bool:
        if target.is_url:
            return self._addresses.ought_to_be_url(target.path, self._numbered_hosts)
        suffix = PurePosixPath(target.path).suffix.lower()
        if _NO_SCHEME.match(target.path):
            return True
        if suffix and suffix not in TEXTS:
            return False
        if target.path.startswith("/"):
            return not self._addresses.is_folder(target.path) and self._is_understood(target.path)
        if self._addresses.is_file(source, target.path):
            return False
        return bool(suffix) or self._relative_understood

    @cached_property
    def _numbered_hosts(self) -> frozenset[str]:
        """Hosts at which most numbered addresses are those of articles."""
        seen, found = Counter[str](), Counter[str]()
        for _, _, target in self._written:
            if target.is_url and "/articles/" in target.path:
                host = urlsplit(target.path).netloc.lower()
                seen[host] += 1
                found[host] += self._addresses.by_url(target.path) is not None
        return frozenset(host for host in seen if found[host] >= MIN_SHARE_FOUND * seen[host])

    def _is_understood(self, path: str) -> bool:
        """Tell whether most of what is linked to in a folder is an article that is known."""
        known, unknown = self._rooted[posixpath.dirname(path)]
        return len(known) >= MIN_SHARE_FOUND * (len(known) + len(unknown))

    @cached_property
    def _rooted(self) -> Mapping[str, tuple[set[str], set[str]]]:
        """By folder, the paths from the site's root that lead to an article, and all others."""
        folders: dict[str, tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
        for source, _, target in self._written:
            if target.path.startswith("/") and not target.is_url:
                known, unknown = folders[posixpath.dirname(target.path)]
                found = self._find(source, target) is not None
                (known if found else unknown).add(target.path)
        return folders

    @cached_property
    def _relative_understood(self) -> bool:
        """Tell whether most paths without an ending lead to an article."""
        found = [
            self._find(source, target) is not None
            for source, _, target in self._written
            if target.path
            and not target.is_url
            and not target.path.startswith("/")
            and not PurePosixPath(target.path).suffix
        ]
        return sum(found) >= MIN_SHARE_FOUND * len(found)

    def is_start_page(self, manuscript: Manuscript) -> bool:
        """Tell whether a site's navigation leads to an article, whatever links to it."""
        return self._addresses.is_start_page(manuscript)


def _read(written: str) -> _Target | None:
    """Return what a link's target says, None where it is an address of another kind."""
    if _PLACEHOLDER.search(written):
        return None
    is_url = written.lower().startswith(("http://", "https://"))
    if not is_url and (_SCHEME.match(written) or written.startswith("//")):
        return None
    try:
        parts = urlsplit(written)
    except ValueError:
        return None
    path = written.partition("#")[0].partition("?")[0]
    return _Target(path if is_url else unquote(path), unquote(parts.fragment), is_url)
