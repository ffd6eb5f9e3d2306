"""What every source keeps to, the one in `docs/adding-a-source.md` among them."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from ingestion.errors import SourceError
from ingestion.fetching.addresses import AddressPolicy
from ingestion.fetching.polite_client import Limits, Network
from ingestion.sources.folder import FolderSource
from ingestion.sources.help_desk import HelpDeskBounds, HelpDeskSource
from ingestion.sources.intercom import Intercom
from ingestion.sources.source import Skipped, Source
from ingestion.sources.website import WebsiteBounds, WebsiteSource
from ingestion.sources.zendesk import Zendesk
from knowledge_base.article import Article
from tests.fakes import PatientClock
from tests.help_desk_servers import (
    IntercomServer,
    ZendeskServer,
    intercom_article,
    zendesk_article,
)
from tests.web_server import Reply, WebServer, web_server

PAGE = Path(__file__).resolve().parents[2] / "docs" / "adding-a-source.md"
LIMITS = Limits(max_bytes=10_000)
BODIES = {"1": "<p>Refunds take 5 days.</p>", "2": "<h2>Cost</h2><p>It is free.</p>", "3": ""}
"""What the source of each kind holds: two articles, and one that can't be used."""


@dataclass
class Held:
    """A source that holds `BODIES`, and what takes all of it away."""

    source: Source
    lose: Callable[[], object]


def folder(_server: WebServer, data: Path) -> Held:
    root = data / "articles"
    root.mkdir()
    for name, body in BODIES.items():
        (root / f"{name}.html").write_text(body)

    def lose() -> None:
        root.rename(data / "elsewhere")

    return Held(FolderSource(root, 10_000), lose)


def website(server: WebServer, data: Path) -> Held:
    listed = "".join(f"<url><loc>{server.address}/{name}</loc></url>" for name in BODIES)
    server.routes["/sitemap.xml"] = Reply(f"<urlset>{listed}</urlset>".encode())
    for name, body in BODIES.items():
        server.routes[f"/{name}"] = Reply(f"<main>{body}</main>".encode())
    bounds = WebsiteBounds(data, LIMITS)
    source = WebsiteSource(f"{server.address}/sitemap.xml", bounds, network())
    return Held(source, server.routes.clear)


def zendesk(server: WebServer, data: Path) -> Held:
    ZendeskServer(server, [zendesk_article(int(name), body) for name, body in BODIES.items()])
    desk = Zendesk("acme", base=server.address)
    source = HelpDeskSource("zendesk:acme", desk, HelpDeskBounds(data, LIMITS), network())
    return Held(source, server.routes.clear)


def intercom(server: WebServer, data: Path) -> Held:
    IntercomServer(server, [intercom_article(int(name), body) for name, body in BODIES.items()])
    desk = Intercom(SecretStr("token"), server.address)
    source = HelpDeskSource("intercom:", desk, HelpDeskBounds(data, LIMITS), network())
    return Held(source, server.routes.clear)


def documented(_server: WebServer, data: Path) -> Held:
    file = data / "faq.json"
    entries = [
        {"id": name, "question": f"Question {name}", "answer": body}
        for name, body in BODIES.items()
    ]
    file.write_text(json.dumps(entries))
    names: dict[str, Any] = {}
    exec(code_on_the_page(), names)  # noqa: S102 — the page's own code
    return Held(names["FaqSource"](file), file.unlink)


def network() -> Network:
    return Network(AddressPolicy(["127.0.0.1"]), clock=PatientClock())


def code_on_the_page() -> str:
    (code,) = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    return str(code)


@pytest.fixture(params=[folder, website, zendesk, intercom, documented])
def held(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Held]:
    with web_server() as server:
        yield request.param(server, tmp_path)


class TestRead:
    def test_yields_articles_and_what_is_none(self, held: Held) -> None:
        found = list(held.source.read())

        bodies = [one.body for one in found if isinstance(one, Article)]
        reasons = [one.reason for one in found if isinstance(one, Skipped)]
        assert bodies == ["Refunds take 5 days.", "## Cost\n\nIt is free."]
        assert reasons == ["empty: it holds no text"]

    def test_names_each_article_once_and_what_is_none_by_a_path(self, held: Held) -> None:
        found = list(held.source.read())

        ids = [one.id for one in found if isinstance(one, Article)]
        paths = [one.path for one in found]
        assert len(set(ids)) == len(ids)
        assert len(set(paths)) == len(paths)
        assert all([*ids, *paths])

    def test_yields_the_same_again(self, held: Held) -> None:
        assert list(held.source.read()) == list(held.source.read())

    def test_of_a_source_that_is_lost_is_an_error_and_not_nothing(self, held: Held) -> None:
        list(held.source.read())
        held.lose()

        with pytest.raises(SourceError) as caught:
            list(held.source.read())
        assert len(str(caught.value).splitlines()) == 1


class TestThePage:
    def test_shows_a_source_in_less_than_40_lines(self) -> None:
        assert len(code_on_the_page().splitlines()) < 40
