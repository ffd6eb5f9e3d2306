"""Sitemaps."""

import gzip

import pytest

from ingestion.errors import FetchError, SourceError
from ingestion.sources.sitemap import MAX_DEPTH, MAX_FILES, Sitemap, SitemapWalk, parse_sitemap

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def pages(*addresses: str) -> bytes:
    listed = "".join(f"<url><loc> {each}\n</loc><lastmod>x</lastmod></url>" for each in addresses)
    return f'<?xml version="1.0"?><urlset xmlns="{NAMESPACE}">{listed}</urlset>'.encode()


def index(*addresses: str) -> bytes:
    listed = "".join(f"<sitemap><loc>{each}</loc></sitemap>" for each in addresses)
    return f'<sitemapindex xmlns="{NAMESPACE}">{listed}</sitemapindex>'.encode()


def walk(files: dict[str, bytes], max_pages: int = 10) -> list[str]:
    def fetch(address: str) -> bytes:
        if address not in files:
            raise FetchError("it answers 404")
        return files[address]

    walking = SitemapWalk(fetch, max_pages)
    walking.visit("http://a.example/0")
    return list(walking.pages)


class TestParseSitemap:
    def test_returns_the_pages(self) -> None:
        assert parse_sitemap(pages("http://a.example/", "http://a.example/b")) == Sitemap(
            ("http://a.example/", "http://a.example/b"), ()
        )

    def test_returns_the_sitemaps_of_an_index(self) -> None:
        assert parse_sitemap(index("http://a.example/1.xml")) == Sitemap(
            (), ("http://a.example/1.xml",)
        )

    def test_unpacks_a_packed_one(self) -> None:
        assert parse_sitemap(gzip.compress(pages("http://a.example/"))).pages

    def test_takes_no_picture_s_address_for_a_page_s(self) -> None:
        listed = (
            b'<urlset xmlns:i="http://i"><url><loc>http://a.example/</loc>'
            b"<i:image><i:loc>http://a.example/a.png</i:loc></i:image></url></urlset>"
        )

        assert parse_sitemap(listed).pages == ("http://a.example/",)

    @pytest.mark.parametrize(
        "data",
        [
            b"",
            b"<html><body>Not found</body></html>",
            b"{}",
            pages("http://a.example/")[:-5],
            gzip.compress(pages("http://a.example/"))[:-5],
            b"\x1f\x8bnothing",
            b'<?xml version="1.0" encoding="x-none"?><urlset/>',
            b'<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><urlset>&b;</urlset>',
            b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><urlset/>',
        ],
    )
    def test_refuses_what_is_no_sitemap(self, data: bytes) -> None:
        with pytest.raises(SourceError, match="a sitemap can't be read"):
            parse_sitemap(data)


class TestSitemapWalk:
    def test_finds_the_pages_of_every_file_once(self) -> None:
        found = walk(
            {
                "http://a.example/0": index("http://a.example/1", "http://a.example/2"),
                "http://a.example/1": pages("http://a.example/a", "http://a.example/b"),
                "http://a.example/2": pages("http://a.example/b", "http://a.example/c"),
            }
        )

        assert found == ["http://a.example/a", "http://a.example/b", "http://a.example/c"]

    def test_ends_in_a_loop(self) -> None:
        found = walk(
            {
                "http://a.example/0": index("http://a.example/1"),
                "http://a.example/1": index("http://a.example/0", "http://a.example/2"),
                "http://a.example/2": pages("http://a.example/a"),
            }
        )

        assert found == ["http://a.example/a"]

    def test_refuses_indexes_too_deep(self) -> None:
        files = {
            f"http://a.example/{number}": index(f"http://a.example/{number + 1}")
            for number in range(MAX_DEPTH + 2)
        }

        with pytest.raises(SourceError, match="one too many"):
            walk(files)

    def test_refuses_too_many_files(self) -> None:
        many = [f"http://a.example/{number}" for number in range(1, MAX_FILES + 1)]

        with pytest.raises(SourceError, match="one too many"):
            walk({"http://a.example/0": index(*many), **dict.fromkeys(many, pages())})

    def test_refuses_too_many_pages_and_leaves_none_out(self) -> None:
        listed = pages(*(f"http://a.example/{number}" for number in range(11)))

        with pytest.raises(SourceError, match="brings the pages to 11: at most 10 are read"):
            walk({"http://a.example/0": listed})

    def test_says_which_file_cannot_be_read(self) -> None:
        with pytest.raises(SourceError, match=r"'http://a.example/1': it answers 404"):
            walk({"http://a.example/0": index("http://a.example/1")})
