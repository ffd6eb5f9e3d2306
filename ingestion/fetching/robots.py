"""robots.txt: what a host asks clients to leave alone, and how slowly to go (RFC 9309)."""

from http import HTTPStatus

import httpx
from protego import Protego

from ingestion.errors import FetchError, RefusedError
from ingestion.fetching.addresses import origin_of
from ingestion.fetching.polite_client import PRODUCT, PoliteClient

MAX_BYTES = 500 * 1024
"""RFC 9309 asks for at least so many."""

_PATH = "/robots.txt"


class Robots:
    """The rules of every host that a client fetches from, read when the first page is asked for."""

    def __init__(self, client: PoliteClient) -> None:
        self._client = client
        self._rules: dict[str, Protego] = {}

    def permit(self, url: httpx.URL) -> None:
        """Refuse an address that its host's rules don't allow; a host without rules allows all.

        Raises:
            RefusedError: They don't allow it.
            FetchError: They can't be read.
            SourceError: The time for the whole source is over.
        """
        if url.path == _PATH:
            return
        rules = self._of(url)
        if not rules.can_fetch(str(url), PRODUCT):
            raise RefusedError(f"{str(url)!r} is not to be fetched, says its host's robots.txt")
        asked = rules.crawl_delay(PRODUCT) or 0.0
        self._client.pause_seconds = max(self._client.pause_seconds, asked)

    def _of(self, url: httpx.URL) -> Protego:
        origin = origin_of(url)
        if origin not in self._rules:
            self._rules[origin] = Protego.parse(self._read(url))
        return self._rules[origin]

    def _read(self, url: httpx.URL) -> str:
        answer = self._client.get(str(url.join(_PATH)), max_bytes=MAX_BYTES)
        if answer.status == HTTPStatus.OK:
            return answer.body.decode("utf-8", "replace")
        if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise FetchError(f"the robots.txt of {url.host} can't be read: {answer.status}")
        return ""
