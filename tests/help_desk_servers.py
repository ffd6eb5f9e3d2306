"""Help desks on loopback: they speak the documented shapes of Zendesk's and Intercom's APIs."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.web_server import Reply, Request, WebServer

JSON = "application/json; charset=utf-8"


def as_json(body: object, status: int = 200) -> Reply:
    return Reply(json.dumps(body).encode(), status, JSON)


def zendesk_article(
    number: int, body: str | None = "<p>Refunds take 5 days.</p>", **more: Any
) -> Any:
    """Return an article as Zendesk's Help Center API lists it."""
    return {
        "id": number,
        "url": f"https://acme.zendesk.com/api/v2/help_center/en-us/articles/{number}.json",
        "html_url": f"https://acme.zendesk.com/hc/en-us/articles/{number}",
        "author_id": 3465,
        "comments_disabled": True,
        "draft": False,
        "promoted": False,
        "position": 0,
        "vote_sum": 0,
        "section_id": 98838,
        "created_at": "2026-01-01T09:00:00Z",
        "updated_at": "2026-10-01T09:00:00Z",
        "edited_at": "2026-10-01T09:00:00Z",
        "name": f"Article {number}",
        "title": f"Article {number}",
        "source_locale": "en-us",
        "locale": "en-us",
        "outdated": False,
        "outdated_locales": [],
        "user_segment_id": None,
        "permission_group_id": 123,
        "content_tag_ids": [],
        "label_names": [],
        "body": body,
        **more,
    }


@dataclass
class ZendeskServer:
    """A help centre; its pages are listed with cursors."""

    server: WebServer
    articles: list[Any] = field(default_factory=list)
    page_size: int = 2

    def __post_init__(self) -> None:
        self.server.routes["/api/v2/help_center/en-us/articles.json"] = self._list

    def _list(self, request: Request) -> Reply:
        start = int(_asked(request, "page[after]", "0"))
        end = start + self.page_size
        more = end < len(self.articles)
        address = f"{self.server.address}/api/v2/help_center/en-us/articles.json"
        return as_json(
            {
                "articles": self.articles[start:end],
                "meta": {"has_more": more, "after_cursor": str(end), "before_cursor": str(start)},
                "links": {
                    "first": f"{address}?page[size]={self.page_size}",
                    "next": f"{address}?page[after]={end}&page[size]={self.page_size}",
                    "prev": "",
                },
            }
        )


def intercom_article(number: int, body: str = "<p>Refunds take 5 days.</p>", **more: Any) -> Any:
    """Return an article as Intercom's API lists it."""
    return {
        "type": "article",
        "id": str(number),
        "workspace_id": "abc",
        "title": f"Article {number}",
        "description": "",
        "body": body,
        "author_id": 991,
        "state": "published",
        "created_at": 1767258000,
        "updated_at": 1790845200,
        "url": f"https://help.acme.example/en/articles/{number}",
        "parent_id": 18,
        "parent_type": "collection",
        "default_locale": "en",
        "translated_content": {"type": "article_translated_content"},
        **more,
    }


@dataclass
class IntercomServer:
    """A workspace; its pages are numbered."""

    server: WebServer
    articles: list[Any] = field(default_factory=list)
    page_size: int = 2
    after_page: "dict[int, Sequence[Any]]" = field(default_factory=dict)
    """What the list becomes when a page has been read, by the page's number; once."""

    def __post_init__(self) -> None:
        self.server.routes["/articles"] = self._list

    def _list(self, request: Request) -> Reply:
        number = int(_asked(request, "page", "1"))
        start = (number - 1) * self.page_size
        pages = max(-(-len(self.articles) // self.page_size), 1)
        reply = as_json(
            {
                "type": "list",
                "pages": {
                    "type": "pages",
                    "page": number,
                    "per_page": self.page_size,
                    "total_pages": pages,
                    "next": f"{self.server.address}/articles?page={number + 1}",
                },
                "total_count": len(self.articles),
                "data": self.articles[start : start + self.page_size],
            }
        )
        self.articles = list(self.after_page.pop(number, self.articles))
        return reply


def _asked(request: Request, name: str, default: str) -> str:
    return parse_qs(urlsplit(request.path).query).get(name, [default])[0]
