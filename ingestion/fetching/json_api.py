"""A JSON API, asked with its key, which never goes to another host."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import TypeVar

import httpx
from pydantic import BaseModel, ValidationError

from ingestion.errors import FetchError, SourceError
from ingestion.fetching.addresses import origin_of
from ingestion.fetching.polite_client import PoliteClient

MAX_BYTES = 64 * 1024 * 1024
"""Longest page of a list that is read."""

_REFUSALS = {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}
_Shape = TypeVar("_Shape", bound=BaseModel)


class JsonApi:
    """Asks one API; whatever goes wrong is about the source as a whole."""

    def __init__(self, client: PoliteClient, base: httpx.URL, headers: Mapping[str, str]) -> None:
        self._client = client
        self._base = base
        self._headers = {"accept": "application/json", **headers}

    def get(self, reference: str, shape: type[_Shape]) -> _Shape:
        """Return what the API answers at a path, or at a whole address on its own host.

        Raises:
            SourceError: It lies elsewhere, or the API refuses, fails, or answers something else.
        """
        try:
            url = self._base.join(reference)
            self._check(url)
            answer = self._client.get(str(url), self._headers, max_bytes=MAX_BYTES)
        except (FetchError, httpx.InvalidURL) as error:
            raise SourceError(f"the API of {self._base.host}: {error}") from error
        if answer.status in _REFUSALS:
            raise SourceError(
                f"the API of {self._base.host} answers {answer.status}: it doesn't take the token "
                "in the settings, or wants one"
            )
        if answer.status != HTTPStatus.OK:
            raise SourceError(f"the API of {self._base.host} answers {answer.status} at {url.path}")
        try:
            return shape.model_validate_json(answer.body)
        except ValidationError as error:
            raise SourceError(
                f"the API of {self._base.host} answers at {url.path} what can't be read: "
                f"{_first_fault(error)}"
            ) from error

    def _check(self, url: httpx.URL) -> None:
        if origin_of(url) != origin_of(self._base):
            raise FetchError(f"leads to another host, {url.host!r}: not followed")


def _first_fault(error: ValidationError) -> str:
    """Return what is wrong first, without the value, which may be anything."""
    fault = error.errors(include_input=False, include_url=False)[0]
    return f"{'.'.join(map(str, fault['loc'])) or 'the body'}: {fault['msg']}"
