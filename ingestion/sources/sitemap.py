"""Sitemaps: the addresses of a website's pages, in one file or in an index of files."""

import io
from collections.abc import Callable
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from ingestion.errors import FetchError, SourceError
from ingestion.fetching.addresses import parse_address, shown
from ingestion.fetching.bodies import GZIP_MARK, unpack

MAX_BYTES = 50 * 1024 * 1024
"""The protocol's own limit for one file, unpacked (sitemaps.org)."""
MAX_DEPTH = 3
"""Indexes that may stand above a file of pages; the protocol knows one."""
MAX_FILES = 1_000


@dataclass(frozen=True, slots=True)
class Sitemap:
    """What one file names, in its order."""

    pages: tuple[str, ...]
    sitemaps: tuple[str, ...]


def parse_sitemap(data: bytes) -> Sitemap:
    """Return what a sitemap or an index of sitemaps names.

    Raises:
        SourceError: It is neither, or tries to blow up its reader.
    """
    found: dict[str, list[str]] = {"url": [], "sitemap": []}
    try:
        unpacked = unpack(data, MAX_BYTES) if data.startswith(GZIP_MARK) else data
        for _, element in iterparse(io.BytesIO(unpacked), forbid_dtd=True):
            name = _name(element)
            if name in found:
                found[name] += _locations(element)
                element.clear()
    except (ParseError, DefusedXmlException, FetchError, LookupError, ValueError) as error:
        raise SourceError("a sitemap can't be read: it is no whole XML") from error
    if _name(element) not in {"urlset", "sitemapindex"}:
        raise SourceError(f"a sitemap can't be read: it is {_name(element)!r} and no 'urlset'")
    return Sitemap(tuple(found["url"]), tuple(found["sitemap"]))


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _locations(element: Element) -> list[str]:
    return [(each.text or "").strip() for each in element if _name(each) == "loc"]


@dataclass(slots=True)
class SitemapWalk:
    """Goes from a sitemap to all the pages that it and those below it name."""

    fetch: Callable[[str], bytes]
    """Returns a file; raises FetchError."""
    max_pages: int
    pages: dict[str, None] = field(default_factory=dict)
    """Addresses of pages, each once."""
    _seen: set[str] = field(default_factory=set)

    def visit(self, url: str, depth: int = 0) -> None:
        """Add the pages below the sitemap at `url`; one that was visited before adds none.

        Raises:
            SourceError: A file can't be read, or there are more files, levels or pages than
                allowed: to leave some out would look as if they were gone.
        """
        address = str(parse_address(url))
        if address in self._seen:
            return
        self._seen.add(address)
        if len(self._seen) > MAX_FILES or depth > MAX_DEPTH:
            raise SourceError(
                f"the sitemap at {shown(url)} is one too many: {MAX_FILES} files in "
                f"{MAX_DEPTH} levels of indexes are read"
            )
        sitemap = self._read(address)
        self.pages |= dict.fromkeys(filter(None, sitemap.pages))
        if len(self.pages) > self.max_pages:
            raise SourceError(
                f"the sitemap at {shown(url)} brings the pages to {len(self.pages)}: at most "
                f"{self.max_pages} are read; raise CANDOR_SOURCE_MAX_ARTICLES"
            )
        for below in sitemap.sitemaps:
            self.visit(below, depth + 1)

    def _read(self, address: str) -> Sitemap:
        try:
            return parse_sitemap(self.fetch(address))
        except (FetchError, SourceError) as error:
            raise SourceError(f"the sitemap at {shown(address)}: {error}") from error
