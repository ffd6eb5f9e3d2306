"""Zendesk Guide."""

import base64
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest
from pydantic import SecretStr

from ingestion.errors import SourceError
from ingestion.fetching.addresses import AddressPolicy
from ingestion.fetching.polite_client import Limits, Network
from ingestion.sources.help_desk import HelpDeskBounds, HelpDeskSource
from ingestion.sources.source import Skipped
from ingestion.sources.zendesk import Zendesk
from knowledge_base.article import Article
from tests.fakes import PatientClock
from tests.help_desk_servers import JSON, ZendeskServer, as_json, zendesk_article
from tests.web_server import Reply, WebServer, web_server

LIST = "/api/v2/help_center/en-us/articles.json"
TOKEN = "very-secret"


@dataclass
class Desk:
    """A help centre, and what is read of it."""

    zendesk: ZendeskServer
    data_dir: Path
    email: str | None = None
    limits: Limits = field(default_factory=lambda: Limits(max_bytes=1000))
    max_articles: int = 100
    clock: PatientClock = field(default_factory=PatientClock)

    @property
    def server(self) -> WebServer:
        return self.zendesk.server

    def read(self) -> list[Article | Skipped]:
        desk = Zendesk("acme", email=self.email, token=SecretStr(TOKEN), base=self.server.address)
        bounds = HelpDeskBounds(self.data_dir, self.limits, self.max_articles)
        network = Network(AddressPolicy(["127.0.0.1"]), clock=self.clock)
        return list(HelpDeskSource("zendesk:acme", desk, bounds, network).read())

    def bodies(self) -> dict[str, str]:
        return {one.id: one.body for one in self.read() if isinstance(one, Article)}


@pytest.fixture
def desk(server: WebServer, tmp_path: Path) -> Desk:
    return Desk(ZendeskServer(server), tmp_path)


class TestArticles:
    def test_hold_what_zendesk_says_of_them(self, desk: Desk) -> None:
        html = "<h2>Time</h2><p>You have 30 days.</p><ul><li>Unused</li></ul>"
        desk.zendesk.articles = [zendesk_article(7, html, title="Returns")]

        assert desk.read() == [
            Article(
                id="zendesk/acme/en-us/7",
                title="Returns",
                body="## Time\n\nYou have 30 days.\n\n- Unused",
                path="zendesk/acme/en-us/7",
                url="https://acme.zendesk.com/hc/en-us/articles/7",
                updated=date(2026, 10, 1),
            )
        ]

    def test_are_listed_page_by_page(self, desk: Desk) -> None:
        desk.zendesk.articles = [zendesk_article(number) for number in range(1, 6)]

        assert len(desk.bodies()) == 5
        assert len(desk.server.requests) == 3

    def test_are_left_out_where_customers_may_not_read_them(self, desk: Desk) -> None:
        desk.zendesk.articles = [
            zendesk_article(1),
            zendesk_article(2, draft=True),
            zendesk_article(3, user_segment_id=9),
            zendesk_article(4, user_segment_ids=[9]),
            zendesk_article(5, locale="de"),
        ]

        assert list(desk.bodies()) == ["zendesk/acme/en-us/1"]

    def test_that_are_no_longer_listed_are_gone(self, desk: Desk) -> None:
        desk.zendesk.articles = [zendesk_article(1), zendesk_article(2)]
        desk.read()
        desk.zendesk.articles = [zendesk_article(2)]

        assert list(desk.bodies()) == ["zendesk/acme/en-us/2"]

    def test_are_read_anew_when_they_changed(self, desk: Desk) -> None:
        desk.zendesk.articles = [zendesk_article(1), zendesk_article(2)]
        desk.read()
        later = "2026-11-02T08:00:00Z"
        desk.zendesk.articles[0] = zendesk_article(1, "<p>45 days.</p>", updated_at=later)

        bodies = desk.bodies()

        assert bodies["zendesk/acme/en-us/1"] == "45 days."
        assert bodies["zendesk/acme/en-us/2"] == "Refunds take 5 days."

    def test_that_cannot_be_used_are_listed_with_their_reason(self, desk: Desk) -> None:
        desk.zendesk.articles = [
            zendesk_article(1, "<img src=a.png>"),
            zendesk_article(2, None),
            zendesk_article(3, "x" * 1001),
        ]

        reasons = [one.reason for one in desk.read() if isinstance(one, Skipped)]

        assert reasons == [
            "empty: it holds no text",
            "empty: it holds no text",
            "over 1000 characters: the most that is read",
        ]

    def test_that_are_listed_twice_are_read_as_they_were_last(self, desk: Desk) -> None:
        desk.zendesk.articles = [zendesk_article(1), zendesk_article(1, "<p>45 days.</p>")]

        assert list(desk.bodies().values()) == ["45 days."]

    @pytest.mark.parametrize("address", [None, "javascript:alert(1)", "/hc/1", "http://u:p@x/"])
    def test_have_no_address_that_a_browser_should_not_open(
        self, desk: Desk, address: str | None
    ) -> None:
        desk.zendesk.articles = [zendesk_article(1, html_url=address)]

        assert [one.url for one in desk.read() if isinstance(one, Article)] == [None]


class TestTheKey:
    def test_is_sent_as_oauth_s(self, desk: Desk) -> None:
        desk.read()

        assert desk.server.requests[0].headers["authorization"] == f"Bearer {TOKEN}"

    def test_is_sent_with_its_agent(self, desk: Desk) -> None:
        desk.email = "editor@acme.example"

        desk.read()

        user = base64.b64encode(f"editor@acme.example/token:{TOKEN}".encode()).decode()
        assert desk.server.requests[0].headers["authorization"] == f"Basic {user}"

    @pytest.mark.parametrize("status", [401, 403])
    def test_that_is_not_taken_is_told_without_it(self, desk: Desk, status: int) -> None:
        desk.server.routes[LIST] = as_json({"error": "Couldn't authenticate you"}, status)

        with pytest.raises(SourceError, match="doesn't take the token") as caught:
            desk.read()
        assert TOKEN not in str(caught.value)

    def test_is_not_sent_to_the_host_of_a_redirect(self, desk: Desk) -> None:
        with web_server() as other:
            desk.server.routes[LIST] = Reply(status=302, headers={"location": other.address})

            with pytest.raises(SourceError, match="may not read"):
                desk.read()

        assert other.requests == []


class TestTheList:
    def test_waits_as_long_as_it_is_told_to(self, desk: Desk) -> None:
        page = as_json({"articles": [zendesk_article(1)], "meta": {"has_more": False}})
        told = Reply(b"{}", 429, JSON, {"retry-after": "59"})
        desk.server.routes[LIST] = [told, page]

        assert len(desk.bodies()) == 1
        assert desk.clock.waited == [59.0]

    @pytest.mark.parametrize(
        "fault",
        [
            Reply(status=500),
            Reply(b'{"articles": [', missing_bytes=5),
            Reply(b'{"articles": []}' * 9, seconds_a_byte=0.05),
        ],
    )
    def test_is_asked_for_again_after_a_fault(self, desk: Desk, fault: Reply) -> None:
        page = as_json({"articles": [zendesk_article(1)], "meta": {"has_more": False}})
        desk.limits = Limits(max_bytes=1000, request_seconds=2)
        desk.server.routes[LIST] = [fault, page]

        assert len(desk.bodies()) == 1

    @pytest.mark.parametrize(
        "fault",
        [
            Reply(status=404),
            Reply(status=500),
            Reply(b"<html>Maintenance</html>"),
            Reply(b"{", content_type=JSON),
            as_json([]),
            as_json({"articles": None}),
            as_json({"articles": [{"title": "no id"}]}),
            as_json({"articles": [zendesk_article(1, draft="perhaps")]}),
            Reply(status=302, headers={"location": LIST}),
        ],
    )
    def test_that_cannot_be_read_is_an_error_of_the_source(self, desk: Desk, fault: Reply) -> None:
        desk.server.routes[LIST] = fault

        with pytest.raises(SourceError) as caught:
            desk.read()
        assert TOKEN not in str(caught.value)
        assert len(str(caught.value).splitlines()) == 1

    def test_that_goes_round_in_circles_is_refused(self, desk: Desk) -> None:
        page = {"articles": [zendesk_article(1)], "meta": {"has_more": True}}
        desk.server.routes[LIST] = as_json({**page, "links": {"next": f"{LIST}?page[after]=1"}})

        with pytest.raises(SourceError, match="don't come to an end"):
            desk.read()

    def test_that_leads_to_another_host_is_refused(self, desk: Desk) -> None:
        with web_server() as other:
            page = {"articles": [zendesk_article(1)], "meta": {"has_more": True}}
            desk.server.routes[LIST] = as_json({**page, "links": {"next": other.address + LIST}})

            with pytest.raises(SourceError, match="another host"):
                desk.read()

        assert other.requests == []

    def test_that_is_too_long_is_refused_whole(self, desk: Desk) -> None:
        desk.max_articles = 3
        desk.zendesk.articles = [zendesk_article(number) for number in range(9)]

        with pytest.raises(SourceError, match="more than 3 articles"):
            desk.read()

    def test_may_have_numbered_pages(self, desk: Desk) -> None:
        following = f"{desk.server.address}{LIST}?page=2"
        first = {"articles": [zendesk_article(1)], "next_page": following, "count": 2}
        second = {"articles": [zendesk_article(2)], "next_page": None, "count": 2}
        desk.server.routes[LIST] = [as_json(first), as_json(second)]

        assert len(desk.bodies()) == 2


class TestZendesk:
    @pytest.mark.parametrize(
        ("subdomain", "locale"),
        [("", "en"), ("a.b", "en"), ("a/b", "en"), ("-a", "en"), ("acme", "../x"), ("acme", "e")],
    )
    def test_refuses_what_names_no_account_and_language(self, subdomain: str, locale: str) -> None:
        with pytest.raises(SourceError, match="write zendesk:acme"):
            Zendesk(subdomain, locale)

    def test_asks_zendesk_without_a_key_for_what_is_public(self) -> None:
        zendesk = Zendesk("acme")

        assert zendesk.base == "https://acme.zendesk.com"
        assert zendesk.headers == {}
