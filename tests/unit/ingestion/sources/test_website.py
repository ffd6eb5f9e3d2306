"""Websites, good and bad."""

import gzip
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from ingestion.errors import SourceError
from ingestion.fetching.addresses import AddressPolicy
from ingestion.fetching.polite_client import Limits, Network
from ingestion.sources.source import Skipped
from ingestion.sources.website import MAX_FAILURES, WebsiteBounds, WebsiteSource
from knowledge_base.article import Article
from tests.fakes import PatientClock
from tests.web_server import Reply, Request, WebServer, web_server

MENU = "<nav>Products</nav>"
XML = "application/xml"


def page(text: str, title: str = "Returns") -> Reply:
    html = f"<html><body>{MENU}<main><h1>{title}</h1><p>{text}</p></main></body></html>"
    return Reply(html.encode())


@dataclass
class Site:
    """A website of one sitemap, and what is read of it."""

    server: WebServer
    data_dir: Path
    hosts: tuple[str, ...] = ()
    max_pages: int = 100
    clock: PatientClock = field(default_factory=PatientClock)

    def has(self, **pages: Reply) -> None:
        for name, reply in pages.items():
            self.server.routes[f"/{name}"] = reply
        self.lists(*(f"{self.server.address}/{name}" for name in pages))

    def lists(self, *addresses: str) -> None:
        listed = "".join(f"<url><loc>{address}</loc></url>" for address in addresses)
        body = f"<urlset>{listed}</urlset>".encode()
        self.server.routes["/sitemap.xml"] = Reply(body, content_type=XML)

    def read(self) -> list[Article | Skipped]:
        limits = Limits(max_bytes=100_000)
        bounds = WebsiteBounds(self.data_dir, limits, self.max_pages, self.hosts)
        network = Network(AddressPolicy(["127.0.0.1"]), clock=self.clock)
        return list(WebsiteSource(f"{self.server.address}/sitemap.xml", bounds, network).read())

    def found(self) -> dict[str, str]:
        """Return what each page became: its text, or the reason against it."""
        return {
            one.path.partition("/")[2]: one.body if isinstance(one, Article) else one.reason
            for one in self.read()
        }


@pytest.fixture
def site(server: WebServer, tmp_path: Path) -> Site:
    return Site(server, tmp_path)


class TestPages:
    def test_become_articles_in_the_order_of_their_addresses(self, site: Site) -> None:
        site.has(b=page("It takes 5 days.", "Refunds"), a=page("You have 30 days."))
        name = site.server.address.removeprefix("http://")

        first, second = site.read()

        assert first == Article(
            id=f"{name}/a",
            title="Returns",
            body="You have 30 days.",
            path=f"{name}/a",
            url=f"{site.server.address}/a",
        )
        assert isinstance(second, Article)
        assert (second.title, second.body) == ("Refunds", "It takes 5 days.")

    def test_that_do_not_mark_their_article_lose_what_stands_around_it(self, site: Site) -> None:
        html = (
            "<html><head><title>Returns | Ridgeline</title></head><body>"
            "<div class=menu><a href=/>Home</a> <a href=/b>Tents</a></div>"
            "<div id=content><h1>Returns</h1><p>You have 30 days to send an unused item back to "
            "us, in its own packaging.</p><p>Sale items are excluded.</p></div>"
            "<div class=footer><a href=/p>Privacy</a> Copyright Ridgeline</div></body></html>"
        )
        site.has(a=Reply(html.encode()))

        assert site.found() == {
            "a": (
                "You have 30 days to send an unused item back to us, in its own packaging.\n\n"
                "Sale items are excluded."
            )
        }

    @pytest.mark.parametrize(
        ("content_type", "html"),
        [
            ("text/html; charset=iso-8859-1", "<p>Für 30 Tage.</p>".encode("latin-1")),
            ("text/html", "<meta charset='iso-8859-1'><p>Für 30 Tage.</p>".encode("latin-1")),
            ("text/html; charset=nonsense", "<p>Für 30 Tage.</p>".encode()),
            ("text/html; charset=zlib", "<p>Für 30 Tage.</p>".encode()),
        ],
    )
    def test_are_read_in_their_own_encoding(
        self, site: Site, content_type: str, html: bytes
    ) -> None:
        site.has(a=Reply(html, content_type=content_type))

        assert site.found() == {"a": "Für 30 Tage."}

    def test_that_cannot_be_used_are_listed_with_their_reason(self, site: Site) -> None:
        site.has(
            a=page("You have 30 days."),
            b=Reply(b"\x89PNG", content_type="image/png"),
            c=Reply(b"<html></html>"),
            d=Reply(b"x" * 100_001),
            e=Reply(status=403),
        )

        found = site.found()

        assert found["a"] == "You have 30 days."
        assert found["b"] == "no web page: its type is 'image/png'"
        assert found["c"] == "empty: it holds no text"
        assert "over 100000 bytes" in found["d"]
        assert found["e"] == "its address answers 403"

    def test_that_are_gone_are_withdrawn(self, site: Site) -> None:
        site.has(a=Reply(status=404), b=Reply(status=410), c=Reply(status=500))

        withdrawn = [one.withdrawn for one in site.read() if isinstance(one, Skipped)]

        assert withdrawn == [True, True, False]

    def test_on_other_hosts_are_not_fetched(self, site: Site) -> None:
        with web_server() as other:
            site.lists(f"{other.address}/a", "https://docs.example/b", "ftp://a.example", "c")

            reasons = [one.reason for one in site.read() if isinstance(one, Skipped)]

        assert len(reasons) == 4
        assert other.requests == []

    def test_on_other_hosts_are_fetched_where_these_are_named(self, site: Site) -> None:
        with web_server() as other:
            site.hosts = (f"127.0.0.1:{other.port}",)
            site.lists(f"{other.address}/a")
            other.routes["/a"] = page("You have 30 days.")

            assert site.found() == {"a": "You have 30 days."}


class TestUnchangedPages:
    def test_are_not_sent_again(self, site: Site) -> None:
        def answer(request: Request) -> Reply:
            unchanged = request.headers.get("if-none-match") == '"1"'
            told = {"etag": '"1"', "last-modified": "Sun, 01 Nov 2026 09:00:00 GMT"}
            body = page("You have 30 days.").body
            return Reply(status=304) if unchanged else Reply(body, headers=told)

        site.has(a=Reply())
        site.server.routes["/a"] = answer

        first, second = site.read(), site.read()

        assert first == second
        asked = site.server.requests[-1].headers
        assert asked["if-none-match"] == '"1"'
        assert asked["if-modified-since"] == "Sun, 01 Nov 2026 09:00:00 GMT"

    def test_are_read_anew_when_they_changed(self, site: Site) -> None:
        site.has(a=page("You have 30 days."))
        site.read()
        site.has(a=page("You have 45 days."))

        assert site.found() == {"a": "You have 45 days."}

    def test_are_forgotten_when_they_are_gone(self, site: Site) -> None:
        site.has(a=page("You have 30 days."), b=page("It is free."))
        site.read()
        site.has(b=page("It is free."))

        assert site.found() == {"b": "It is free."}


class TestRobots:
    def test_keep_pages_out(self, site: Site) -> None:
        site.has(a=page("You have 30 days."), b=page("It is free."))
        site.server.routes["/robots.txt"] = Reply(b"User-agent: Candor\nDisallow: /b")

        assert "robots.txt" in site.found()["b"]
        assert "/b" not in site.server.paths

    def test_keep_the_target_of_a_redirect_out(self, site: Site) -> None:
        site.has(a=Reply(status=302, headers={"location": "/hidden"}))
        site.server.routes["/robots.txt"] = Reply(b"User-agent: *\nDisallow: /hidden")

        assert "robots.txt" in site.found()["a"]
        assert "/hidden" not in site.server.paths

    def test_slow_the_reading_down(self, site: Site) -> None:
        site.has(a=page("You have 30 days."), b=page("It is free."))
        site.server.routes["/robots.txt"] = Reply(b"User-agent: *\nCrawl-delay: 900")

        site.read()

        assert len(site.clock.waited) == 2
        assert all(800 < waited <= 900 for waited in site.clock.waited)

    def test_that_cannot_be_read_stop_everything(self, site: Site) -> None:
        site.has(a=page("You have 30 days."))
        site.server.routes["/robots.txt"] = Reply(status=503)

        with pytest.raises(SourceError, match=r"robots\.txt' answers 503"):
            site.read()
        assert "/a" not in site.server.paths


class TestTheWebsiteAsAWhole:
    def test_is_down_when_page_after_page_fails(self, site: Site) -> None:
        site.has(**{f"p{number:02}": Reply(status=500) for number in range(50)})

        with pytest.raises(SourceError, match=f"{MAX_FAILURES} pages in a row"):
            site.read()

    def test_is_not_down_when_page_after_page_must_not_be_fetched(self, site: Site) -> None:
        pages = {f"p{number:02}": page("You have 30 days.") for number in range(MAX_FAILURES + 1)}
        site.has(**pages)
        site.server.routes["/robots.txt"] = Reply(b"User-agent: *\nDisallow: /p")

        assert len(site.found()) == len(pages)

    def test_is_down_when_most_pages_are_gone(self, site: Site) -> None:
        gone = {f"p{number:02}": Reply(status=404) for number in range(MAX_FAILURES)}
        site.has(a=page("You have 30 days."), **gone)

        with pytest.raises(SourceError, match="10 of the 11 pages in its sitemap are gone"):
            site.read()

    @pytest.mark.parametrize(
        "sitemap",
        [
            Reply(status=404),
            Reply(status=500),
            Reply(b"<html>Welcome</html>"),
            Reply(b"<urlset><url>", content_type=XML),
            Reply(b"<urlset>", content_type=XML, missing_bytes=9),
            Reply(gzip.compress(b"\0" * 60_000_000), content_type="application/gzip"),
            Reply(status=302, headers={"location": "http://169.254.169.254/latest"}),
        ],
    )
    def test_cannot_be_read_without_its_sitemap(self, site: Site, sitemap: Reply) -> None:
        site.server.routes["/sitemap.xml"] = sitemap

        with pytest.raises(SourceError) as caught:
            site.read()
        assert len(str(caught.value).splitlines()) == 1

    def test_is_read_from_a_packed_sitemap(self, site: Site) -> None:
        site.has(a=page("You have 30 days."))
        plain = site.server.routes["/sitemap.xml"]
        assert isinstance(plain, Reply)
        site.server.routes["/sitemap.xml"] = Reply(gzip.compress(plain.body), content_type=XML)

        assert site.found() == {"a": "You have 30 days."}

    def test_is_not_read_in_a_private_network(self, server: WebServer, tmp_path: Path) -> None:
        bounds = WebsiteBounds(tmp_path, Limits(max_bytes=1000))

        with pytest.raises(SourceError, match="CANDOR_ALLOWED_NETWORKS"):
            list(WebsiteSource(f"{server.address}/sitemap.xml", bounds, Network()).read())
        assert server.requests == []
