"""A website, by its sitemap."""

from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

from ingestion.errors import (
    FetchError,
    RefusedError,
    SourceError,
    UnusableFileError,
    WithdrawnError,
)
from ingestion.fetched_page import FetchedPage, PageReader, decode_page
from ingestion.fetching.addresses import origins, parse_address
from ingestion.fetching.polite_client import Limits, Network, PoliteClient, Response
from ingestion.fetching.robots import Robots
from ingestion.sources.article_cache import ArticleCache, Kept, digest
from ingestion.sources.sitemap import MAX_BYTES as SITEMAP_BYTES
from ingestion.sources.sitemap import SitemapWalk
from ingestion.sources.source import Skipped
from knowledge_base.article import Article

MAX_FAILURES = 10
"""So many pages in a row that can't be fetched, and the website counts as down."""

_PAGES = ("text/html", "application/xhtml+xml")
_GONE = {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}


@dataclass(frozen=True, slots=True)
class WebsiteBounds:
    """What is read of a website, and where its pages are kept."""

    data_dir: Path
    limits: Limits
    max_pages: int = 10_000
    hosts: tuple[str, ...] = ()
    """Hosts that its pages may lie on, beside the sitemap's own."""


class WebsiteSource:
    """Reads every page that a sitemap names and the host's robots.txt allows.

    A page that didn't change since the last time isn't sent again by its host.
    """

    def __init__(self, address: str, bounds: WebsiteBounds, network: Network) -> None:
        """Take the address of the sitemap, or of an index of sitemaps.

        Raises:
            SourceError: It is no web address.
        """
        self._name = address
        self._bounds = bounds
        self._network = network
        try:
            self._sitemap = parse_address(address)
            self._origins = origins(self._sitemap, bounds.hosts)
        except FetchError as error:
            raise SourceError(f"{error}: name the address of a sitemap") from error

    def read(self) -> Iterator[Article | Skipped]:
        """Yield an article for each page, or the reason why it is none, by address.

        Raises:
            SourceError: The sitemap can't be read, the website is down, or it takes too long.
            StorageError: What was read before can't be used.
        """
        with (
            PoliteClient(self._origins, self._bounds.limits, self._network) as client,
            ArticleCache(self._bounds.data_dir, self._name) as cache,
        ):
            fetching = _Fetching(client, Robots(client), cache)
            pages = self._pages(fetching)
            yield from self._articles(pages, fetching)
            cache.keep_only(pages)

    def _pages(self, fetching: "_Fetching") -> set[str]:
        walk = SitemapWalk(fetching.sitemap, self._bounds.max_pages)
        try:
            walk.visit(str(self._sitemap))
        except FetchError as error:
            raise SourceError(f"{self._name}: {error}") from error
        return set(walk.pages)

    def _articles(self, pages: set[str], fetching: "_Fetching") -> Iterator[Article | Skipped]:
        failed, gone = 0, 0
        for address in sorted(pages):
            try:
                yield fetching.article(address)
                failed = 0
            except (FetchError, UnusableFileError) as error:
                withdrawn = isinstance(error, WithdrawnError)
                failed = failed + 1 if _is_failure(error) else 0
                gone += withdrawn
                self._check(failed, gone, len(pages), error)
                yield Skipped(_path(address), str(error), self._name, withdrawn)

    def _check(self, failed: int, gone: int, pages: int, last: Exception) -> None:
        """Refuse to take a website that is down for one without pages."""
        if failed >= MAX_FAILURES:
            raise SourceError(f"{self._name}: {failed} pages in a row can't be fetched: {last}")
        if gone >= MAX_FAILURES and 2 * gone > pages:
            raise SourceError(
                f"{self._name}: {gone} of the {pages} pages in its sitemap are gone: "
                "the website is down, or its sitemap is out of date"
            )


class _Fetching:
    """Fetches one website's pages, and those that changed only."""

    def __init__(self, client: PoliteClient, robots: Robots, cache: ArticleCache) -> None:
        self._client = client
        self._robots = robots
        self._cache = cache
        self._reader = PageReader()

    def sitemap(self, address: str) -> bytes:
        """Return a sitemap's file; raises FetchError where it isn't there."""
        answer = self._client.get(address, permit=self._robots.permit, max_bytes=SITEMAP_BYTES)
        if answer.status != HTTPStatus.OK:
            raise FetchError(f"it answers {answer.status}")
        return answer.body

    def article(self, address: str) -> Article:
        """Return the article at an address; raises FetchError and UnusableFileError."""
        kept = self._cache.get(address)
        answer = self._client.get(address, _conditions(kept), permit=self._robots.permit)
        if kept and answer.status == HTTPStatus.NOT_MODIFIED:
            return kept.article
        _check_page(answer)
        made_from = digest(answer.headers["content-type"], answer.body)
        unchanged = kept is not None and kept.digest == made_from
        article = kept.article if kept and unchanged else self._read(address, answer)
        told = (answer.headers.get(name, "") for name in ("etag", "last-modified"))
        self._cache.put(address, Kept(article, made_from, *told))
        return article

    def _read(self, address: str, answer: Response) -> Article:
        html = decode_page(answer.body, answer.headers["content-type"])
        path = _path(address)
        return self._reader.read(FetchedPage(id=path, path=path, url=address, html=html))


def _is_failure(error: Exception) -> bool:
    """Say whether `error` may mean that the website is down."""
    return isinstance(error, FetchError) and not isinstance(error, RefusedError)


def _conditions(kept: Kept | None) -> dict[str, str]:
    """Return the headers with which a host is asked for a page only if it changed."""
    if kept is None:
        return {}
    told = {"if-none-match": kept.etag, "if-modified-since": kept.modified}
    return {name: value for name, value in told.items() if value}


def _check_page(answer: Response) -> None:
    if answer.status in _GONE:
        raise WithdrawnError(f"gone: its address answers {answer.status}")
    if answer.status != HTTPStatus.OK:
        raise FetchError(f"its address answers {answer.status}")
    kind = answer.headers.get("content-type", "")
    if kind.partition(";")[0].strip().lower() not in _PAGES:
        raise UnusableFileError(f"no web page: its type is {kind[:80]!r}")


def _path(address: str) -> str:
    """Return host and path of an address: what a page is known by."""
    return address.partition("://")[2].rstrip("/")
