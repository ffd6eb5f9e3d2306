"""A help desk's articles, listed by its API: what Zendesk and Intercom have in common."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Protocol

import httpx

from ingestion.errors import FetchError, SourceError, UnusableFileError
from ingestion.fetched_page import FetchedPage, PageReader
from ingestion.fetching.addresses import origin_of, parse_address
from ingestion.fetching.json_api import JsonApi
from ingestion.fetching.polite_client import Limits, Network, PoliteClient
from ingestion.sources.article_cache import ArticleCache, digest
from ingestion.sources.source import Skipped
from knowledge_base.article import Article


@dataclass(frozen=True, slots=True)
class ListedArticle:
    """A published article as an API lists it."""

    id: str
    """Unique within the help desk and language."""
    title: str
    html: str
    url: str | None
    updated_at: str
    """When it was changed last, as the API writes it."""
    updated: date | None
    """The same, as a day."""


class HelpDesk(Protocol):
    """A help desk whose API lists its articles."""

    @property
    def name(self) -> str:
        """What its articles' ids begin with: kind, account and language."""
        ...

    @property
    def base(self) -> str:
        """The address of its API."""
        ...

    @property
    def headers(self) -> Mapping[str, str]:
        """What each request carries, its key among it."""
        ...

    def articles(self, api: JsonApi) -> Iterator[ListedArticle]:
        """Yield every article that customers may read, in any order, the last version of each last.

        Raises:
            SourceError: The list can't be read, or not to its end.
        """
        ...


@dataclass(frozen=True, slots=True)
class HelpDeskBounds:
    """How much is read of a help desk, and where its articles are kept."""

    data_dir: Path
    limits: Limits
    max_articles: int = 10_000


class HelpDeskSource:
    """Reads every published article of a help desk; one that didn't change isn't worked on again.

    What the list no longer holds is gone: a list that can't be read to its end is an error.
    """

    def __init__(self, name: str, desk: HelpDesk, bounds: HelpDeskBounds, network: Network) -> None:
        """Take a help desk, by the name that it was given.

        Raises:
            SourceError: Its address is none.
        """
        self._name = name
        self._desk = desk
        self._bounds = bounds
        self._network = network
        self._reader = PageReader()
        try:
            self._base = parse_address(desk.base)
        except FetchError as error:
            raise SourceError(f"{name}: {error}") from error

    def read(self) -> Iterator[Article | Skipped]:
        """Yield an article for each that is published, or the reason why it is none, by id.

        Raises:
            SourceError: The list can't be read, or not in time.
            StorageError: What was read before can't be used.
        """
        origins = frozenset({origin_of(self._base)})
        with (
            PoliteClient(origins, self._bounds.limits, self._network) as client,
            ArticleCache(self._bounds.data_dir, self._name) as cache,
        ):
            listed = self._listed(JsonApi(client, self._base, self._desk.headers))
            for article_id in sorted(listed):
                yield self._article(listed[article_id], cache)
            cache.keep_only(listed)

    def _listed(self, api: JsonApi) -> dict[str, ListedArticle]:
        listed = {}
        for each in self._desk.articles(api):
            listed[each.id] = each
            if len(listed) > self._bounds.max_articles:
                raise SourceError(
                    f"{self._name} lists more than {self._bounds.max_articles} articles: "
                    "raise CANDOR_SOURCE_MAX_ARTICLES"
                )
        return listed

    def _article(self, listed: ListedArticle, cache: ArticleCache) -> Article | Skipped:
        made_from = digest(listed.updated_at, listed.title, listed.url or "", listed.html)
        try:
            return cache.read(listed.id, made_from, partial(self._read, listed))
        except UnusableFileError as error:
            return Skipped(self._id(listed), str(error), self._name)

    def _read(self, listed: ListedArticle) -> Article:
        if len(listed.html) > self._bounds.limits.max_bytes:
            raise UnusableFileError(
                f"over {self._bounds.limits.max_bytes} characters: the most that is read"
            )
        page = FetchedPage(
            id=self._id(listed),
            path=self._id(listed),
            url=listed.url,
            html=listed.html,
            title=listed.title,
            updated=listed.updated,
        )
        return self._reader.read(page)

    def _id(self, listed: ListedArticle) -> str:
        return f"{self._desk.name}/{listed.id}"


def web_address(given: str | None) -> str | None:
    """Return `given` if it is an address that a customer's browser may open, else None."""
    try:
        return str(parse_address(given)) if given else None
    except (FetchError, httpx.InvalidURL):
        return None
