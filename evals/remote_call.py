"""One call of the API that is measured: its answer read, or an error that says what went wrong."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import TypeVar

import httpx
from pydantic import BaseModel, ValidationError

from app.api.schemas import Problem
from evals.errors import RemoteError
from evals.patient_client import PatientClient

Body = TypeVar("Body", bound=BaseModel)


async def sent(
    client: PatientClient,
    method: str,
    path: str,
    body: type[Body],
    *,
    parameters: Mapping[str, str] | None = None,
    content: object = None,
    is_repeatable: bool = True,
) -> Body:
    """Return the body of an answer; see `PatientClient.request`.

    Raises:
        RemoteError: The API can't be reached, refused, or isn't Candor's.
    """
    response = await answered(
        client, method, path, parameters=parameters, content=content, is_repeatable=is_repeatable
    )
    try:
        if response.status_code == HTTPStatus.OK:
            return body.model_validate_json(response.content)
        detail = Problem.model_validate_json(response.content).detail
    except ValidationError:
        detail = "with something that isn't Candor's"
    raise RemoteError(f"the API answered {response.status_code}: {detail}")


async def answered(
    client: PatientClient,
    method: str,
    path: str,
    *,
    parameters: Mapping[str, str] | None = None,
    content: object = None,
    is_repeatable: bool = True,
) -> httpx.Response:
    """Return an answer of whatever status.

    Raises:
        RemoteError: The API can't be reached.
    """
    try:
        return await client.request(
            method, path, parameters=parameters, content=content, is_repeatable=is_repeatable
        )
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        address = public_address(str(client.http.base_url))
        raise RemoteError(
            f"the API at {address} can't be reached ({type(error).__name__}): "
            "check --url, and that it runs"
        ) from error


def public_address(url: str) -> str:
    """Return an address without user, password and query, which may be secret."""
    parsed = httpx.URL(url)
    return str(parsed.copy_with(username=None, password=None, query=None, fragment=None))
