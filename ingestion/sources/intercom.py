"""Intercom Articles, through the REST API.

https://developers.intercom.com/docs/references/rest-api/api.intercom.io/articles
"""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any

from pydantic import BaseModel, SecretStr, ValidationError

from ingestion.errors import SourceError
from ingestion.fetching.json_api import JsonApi
from ingestion.sources.help_desk import ListedArticle, web_address

API_VERSION = "2.11"
PAGE_SIZE = 50
MAX_PAGES = 10_000
MAX_ROUNDS = 3
"""How often the list is read anew because it changed while it was read."""

_LOCALE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*", re.IGNORECASE)
_PUBLISHED = "published"


class _Content(BaseModel):
    """An article in one language."""

    title: str | None = None
    body: str | None = None
    url: str | None = None
    state: str = ""
    updated_at: int | None = None


class _Article(_Content):
    id: str | int
    default_locale: str | None = None
    translated_content: dict[str, Any] | None = None


class _Pages(BaseModel):
    page: int
    total_pages: int


class _Page(BaseModel):
    data: tuple[_Article, ...]
    pages: _Pages
    total_count: int


class Intercom:
    """The articles of one Intercom workspace, in one language or in each article's own."""

    def __init__(self, token: SecretStr | None, base: str, locale: str | None = None) -> None:
        """Take a workspace, which its token names.

        Raises:
            SourceError: There is no token, or that is no language.
        """
        if token is None:
            raise SourceError(
                "Intercom's articles are read with a token: set CANDOR_INTERCOM_TOKEN"
            )
        if locale is not None and not _LOCALE.fullmatch(locale):
            raise SourceError(
                f"intercom:{locale} names no language: write intercom: or intercom:de"
            )
        self.name = f"intercom/{locale}" if locale else "intercom"
        self.base = base
        self._locale = locale
        self._token = token

    @property
    def headers(self) -> Mapping[str, str]:
        """The key and the version, for the API's own host."""
        token = self._token.get_secret_value().strip()
        return {"authorization": f"Bearer {token}", "intercom-version": API_VERSION}

    def articles(self, api: JsonApi) -> Iterator[ListedArticle]:
        """Yield the published articles.

        The list has numbered pages: an article that goes while they are read moves another one
        to a page that was read already. So the list is read until all of its pages agree with what
        was found on how many there are.

        Raises:
            SourceError: The list can't be read, or changes each time.
        """
        for _ in range(MAX_ROUNDS):
            found, totals = self._round(api)
            if totals == {len(found)}:
                yield from filter(None, map(self._listed, found.values()))
                return
        raise SourceError(
            f"{self.name} lists {max(totals)} articles, and {len(found)} different ones could be "
            "read; run `candor reindex` again when nobody edits them"
        )

    def _round(self, api: JsonApi) -> tuple[dict[str, _Article], set[int]]:
        """Return all articles by id, and how many there were by the count on each page."""
        found: dict[str, _Article] = {}
        totals: set[int] = set()
        number, last = 1, 1
        while number <= last:
            page = api.get(f"/articles?page={number}&per_page={PAGE_SIZE}", _Page)
            last = page.pages.total_pages
            if page.pages.page != number or last > MAX_PAGES:
                raise SourceError(
                    f"{self.name}: page {number} of the articles says that it is page "
                    f"{page.pages.page} of {last}"
                )
            found = {str(each.id): each for each in page.data} | found
            totals.add(page.total_count)
            number += 1
        return found, totals

    def _listed(self, article: _Article) -> ListedArticle | None:
        content = self._content(article)
        if content is None or content.state != _PUBLISHED:
            return None
        return ListedArticle(
            id=str(article.id),
            title=content.title or "",
            html=content.body or "",
            url=web_address(content.url),
            updated_at=str(content.updated_at or ""),
            updated=_day(content.updated_at),
        )

    def _content(self, article: _Article) -> _Content | None:
        """Return an article in the language asked for; None where there is no translation."""
        if self._locale in {None, article.default_locale}:
            return article
        try:
            return _Content.model_validate((article.translated_content or {})[self._locale or ""])
        except (KeyError, ValidationError):
            return None


def _day(seconds: int | None) -> date | None:
    try:
        return datetime.fromtimestamp(seconds, UTC).date() if seconds else None
    except (OverflowError, OSError, ValueError):
        return None
