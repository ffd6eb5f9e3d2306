"""Calls to the API and what comes of them: a parsed body, a refusal, or nobody there."""

from typing import TypeVar

import httpx
from pydantic import BaseModel, ValidationError

from app.api.schemas import Problem

TIMEOUT = httpx.Timeout(10, read=60)

Body = TypeVar("Body", bound=BaseModel)


class ApiAwayError(Exception):
    """The API can't be reached."""


class ApiProblemError(Exception):
    """The API refused, and said why."""

    def __init__(self, detail: str, status: int) -> None:
        super().__init__(detail)
        self.status = status
        """HTTP status."""


def send(http: httpx.Client, method: str, path: str, **options: object) -> httpx.Response:
    """Return the API's response, whatever it is.

    Raises:
        ApiAwayError: The API can't be reached.
    """
    try:
        return http.request(method, path, **options)  # type: ignore[arg-type] # httpx's own
    except httpx.TransportError as error:
        raise ApiAwayError from error


def parsed(body: type[Body], response: httpx.Response) -> Body:
    """Return the body of a response.

    Raises:
        ApiProblemError: The API refused.
    """
    return body.model_validate_json(checked(response).content)


def checked(response: httpx.Response) -> httpx.Response:
    """Return the response where the API did what was asked.

    Raises:
        ApiProblemError: The API refused.
    """
    if response.is_success:
        return response
    response.read()
    try:
        detail = Problem.model_validate_json(response.content).detail
    except ValidationError:
        detail = f"the API answered {response.status_code}"
    raise ApiProblemError(detail, response.status_code)
