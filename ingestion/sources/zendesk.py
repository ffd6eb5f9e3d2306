"""Zendesk Guide, through the Help Center API.

https://developer.zendesk.com/api-reference/help_center/help-center-api/articles/
"""

import base64
import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime

from pydantic import BaseModel, SecretStr

from ingestion.errors import SourceError
from ingestion.fetching.json_api import JsonApi
from ingestion.sources.help_desk import ListedArticle, web_address

DEFAULT_LOCALE = "en-us"
PAGE_SIZE = 100
MAX_PAGES = 10_000

_SUBDOMAIN = re.compile(r"[a-z0-9][a-z0-9-]{0,62}", re.IGNORECASE)
_LOCALE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*", re.IGNORECASE)


class _Article(BaseModel):
    id: int
    title: str | None = None
    body: str | None = None
    html_url: str | None = None
    updated_at: str = ""
    draft: bool = False
    locale: str | None = None
    user_segment_id: int | None = None
    user_segment_ids: tuple[int, ...] | None = None


class _Meta(BaseModel):
    has_more: bool = False


class _Links(BaseModel):
    next: str | None = None


class _Page(BaseModel):
    articles: tuple[_Article, ...]
    meta: _Meta | None = None
    links: _Links = _Links()
    next_page: str | None = None
    """Of pages without cursors."""


class Zendesk:
    """The help centre of one Zendesk account in one language."""

    def __init__(
        self,
        subdomain: str,
        locale: str = DEFAULT_LOCALE,
        *,
        email: str | None = None,
        token: SecretStr | None = None,
        base: str | None = None,
    ) -> None:
        """Take an account.

        Args:
            subdomain: `acme` of `acme.zendesk.com`.
            locale: The language of the articles, as Zendesk writes it.
            email: The agent whose API token `token` is; an OAuth token has none.
            token: Without one, what the public may read is read.
            base: The address of its API, where that isn't Zendesk's.

        Raises:
            SourceError: That is no subdomain or no language.
        """
        if not _SUBDOMAIN.fullmatch(subdomain) or not _LOCALE.fullmatch(locale):
            raise SourceError(
                f"zendesk:{subdomain}/{locale} names no account and language: "
                "write zendesk:acme or zendesk:acme/de"
            )
        self.name = f"zendesk/{subdomain.lower()}/{locale.lower()}"
        self.base = base or f"https://{subdomain}.zendesk.com"
        self._locale = locale.lower()
        self._email = email
        self._token = token

    @property
    def headers(self) -> Mapping[str, str]:
        """The key, for the API's own host."""
        if self._token is None:
            return {}
        token = self._token.get_secret_value().strip()
        if self._email is None:
            return {"authorization": f"Bearer {token}"}
        user = base64.b64encode(f"{self._email}/token:{token}".encode()).decode()
        return {"authorization": f"Basic {user}"}

    def articles(self, api: JsonApi) -> Iterator[ListedArticle]:
        """Yield the published articles that everybody may read, as last changed last.

        Raises:
            SourceError: The list can't be read, or goes round in circles.
        """
        following: str | None = (
            f"/api/v2/help_center/{self._locale}/articles.json"
            f"?page[size]={PAGE_SIZE}&sort_by=updated_at&sort_order=asc"
        )
        seen: set[str] = set()
        while following:
            if following in seen or len(seen) > MAX_PAGES:
                raise SourceError(f"{self.name}: the API's pages of articles don't come to an end")
            seen.add(following)
            page = api.get(following, _Page)
            yield from (_listed(each) for each in page.articles if self._holds(each))
            following = _following(page)

    def _holds(self, article: _Article) -> bool:
        """Say whether customers may read an article, and in the language asked for."""
        for_everybody = article.user_segment_id is None and not article.user_segment_ids
        in_language = (article.locale or self._locale).lower() == self._locale
        return for_everybody and in_language and not article.draft


def _following(page: _Page) -> str | None:
    if page.meta is None:
        return page.next_page
    return page.links.next if page.meta.has_more else None


def _listed(article: _Article) -> ListedArticle:
    return ListedArticle(
        id=str(article.id),
        title=article.title or "",
        html=article.body or "",
        url=web_address(article.html_url),
        updated_at=article.updated_at,
        updated=_day(article.updated_at),
    )


def _day(written: str) -> date | None:
    try:
        return datetime.fromisoformat(written).date()
    except ValueError:
        return None
