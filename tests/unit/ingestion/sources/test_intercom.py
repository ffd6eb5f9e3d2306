"""Intercom Articles."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from ingestion.errors import SourceError
from ingestion.fetching.addresses import AddressPolicy
from ingestion.fetching.polite_client import Limits, Network
from ingestion.sources.help_desk import HelpDeskBounds, HelpDeskSource
from ingestion.sources.intercom import MAX_ROUNDS, Intercom
from ingestion.sources.source import Skipped
from knowledge_base.article import Article
from tests.fakes import PatientClock
from tests.help_desk_servers import IntercomServer, as_json, intercom_article
from tests.web_server import Reply, WebServer

TOKEN = SecretStr("very-secret")


@dataclass
class Desk:
    """A workspace, and what is read of it."""

    intercom: IntercomServer
    data_dir: Path
    locale: str | None = None

    @property
    def server(self) -> WebServer:
        return self.intercom.server

    def read(self) -> list[Article | Skipped]:
        desk = Intercom(TOKEN, self.server.address, self.locale)
        bounds = HelpDeskBounds(self.data_dir, Limits(max_bytes=1000), 100)
        network = Network(AddressPolicy(["127.0.0.1"]), clock=PatientClock())
        return list(HelpDeskSource("intercom:", desk, bounds, network).read())

    def titles(self) -> dict[str, str]:
        return {one.id: one.title for one in self.read() if isinstance(one, Article)}


@pytest.fixture
def desk(server: WebServer, tmp_path: Path) -> Desk:
    return Desk(IntercomServer(server), tmp_path)


def listing(*articles: Any, page: int = 1, total_pages: int = 1) -> Reply:
    return as_json(
        {
            "type": "list",
            "pages": {"type": "pages", "page": page, "per_page": 50, "total_pages": total_pages},
            "total_count": len(articles),
            "data": articles,
        }
    )


class TestArticles:
    def test_hold_what_intercom_says_of_them(self, desk: Desk) -> None:
        html = "<h2>Time</h2><p>You have 30 days.</p>"
        desk.intercom.articles = [intercom_article(7, html, title="Returns")]

        assert desk.read() == [
            Article(
                id="intercom/7",
                title="Returns",
                body="## Time\n\nYou have 30 days.",
                path="intercom/7",
                url="https://help.acme.example/en/articles/7",
                updated=date(2026, 10, 1),
            )
        ]

    def test_are_listed_page_by_page_with_key_and_version(self, desk: Desk) -> None:
        desk.intercom.articles = [intercom_article(number) for number in range(5)]

        assert len(desk.titles()) == 5
        assert len(desk.server.requests) == 3
        sent = desk.server.requests[0].headers
        assert sent["authorization"] == "Bearer very-secret"
        assert sent["intercom-version"]

    def test_that_are_drafts_are_left_out(self, desk: Desk) -> None:
        desk.intercom.articles = [intercom_article(1), intercom_article(2, state="draft")]

        assert list(desk.titles()) == ["intercom/1"]

    def test_are_read_in_the_language_asked_for(self, desk: Desk) -> None:
        german = {"title": "Rückgabe", "body": "<p>30 Tage.</p>", "state": "published"}
        desk.intercom.articles = [
            intercom_article(1, translated_content={"type": "x", "de": german}),
            intercom_article(2, translated_content={"de": {**german, "state": "draft"}}),
            intercom_article(3, translated_content=None),
            intercom_article(4, translated_content={"de": None}),
            intercom_article(5, title="Lieferung", default_locale="de"),
        ]
        desk.locale = "de"

        assert desk.titles() == {"intercom/de/1": "Rückgabe", "intercom/de/5": "Lieferung"}

    @pytest.mark.parametrize("moment", [None, 0, -1, 10**18])
    def test_may_lack_the_day_of_their_last_change(self, desk: Desk, moment: int | None) -> None:
        desk.intercom.articles = [intercom_article(1, updated_at=moment)]

        assert len(desk.titles()) == 1


class TestTheList:
    def test_is_read_again_where_an_article_went_in_between(self, desk: Desk) -> None:
        articles = [intercom_article(number) for number in range(1, 5)]
        desk.intercom.articles = articles
        desk.intercom.after_page = {1: articles[1:]}

        assert list(desk.titles()) == ["intercom/2", "intercom/3", "intercom/4"]

    def test_that_changes_each_time_is_an_error_of_the_source(self, desk: Desk) -> None:
        page = listing(intercom_article(1), intercom_article(1))
        desk.server.routes["/articles"] = page

        with pytest.raises(SourceError, match="lists 2 articles, and 1 different ones"):
            desk.read()
        assert len(desk.server.requests) == MAX_ROUNDS

    @pytest.mark.parametrize(
        "fault",
        [
            listing(intercom_article(1), page=2),
            listing(intercom_article(1), total_pages=10**9),
            listing({"id": None}),
            as_json({"data": []}),
            Reply(b"nothing"),
            Reply(status=401),
            Reply(status=503),
        ],
    )
    def test_that_cannot_be_read_is_an_error_of_the_source(self, desk: Desk, fault: Reply) -> None:
        desk.server.routes["/articles"] = fault

        with pytest.raises(SourceError) as caught:
            desk.read()
        assert "very-secret" not in str(caught.value)
        assert len(str(caught.value).splitlines()) == 1


class TestIntercom:
    def test_needs_a_token(self) -> None:
        with pytest.raises(SourceError, match="set CANDOR_INTERCOM_TOKEN"):
            Intercom(None, "https://api.intercom.io")

    def test_refuses_what_is_no_language(self) -> None:
        with pytest.raises(SourceError, match="names no language"):
            Intercom(TOKEN, "https://api.intercom.io", "../x")
