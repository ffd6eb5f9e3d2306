"""Every error that a client sees is a problem document (RFC 9457), and is made here."""

import time
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.schemas import Problem
from app.failure import Failure, describe
from knowledge_base.errors import CandorError

MEDIA_TYPE = "application/problem+json"
RESPONSES: dict[int | str, dict[str, Any]] = {
    "4XX": {"model": Problem, "description": "The request can't be served as it is."},
    "5XX": {"model": Problem, "description": "The server can't serve it now."},
}
_MALFORMED = "json_invalid"

_log = structlog.get_logger(__name__)


def problem_response(
    failure: Failure,
    *,
    errors: Sequence[Mapping[str, str]] = (),
    headers: Mapping[str, str] | None = None,
) -> JSONResponse:
    """Return the response that tells a client of a failure, field by field where they are known."""
    body = failure.problem()
    if errors:
        body["errors"] = errors
    return JSONResponse(_encodable(body), failure.status, headers, media_type=MEDIA_TYPE)


def handle_errors(application: FastAPI) -> None:
    """Make the application answer every foreseen error with a problem document."""
    application.add_exception_handler(CandorError, _on_candor_error)
    application.add_exception_handler(RequestValidationError, _on_invalid_request)
    application.add_exception_handler(HTTPException, _on_http_error)


class RequestLog:
    """Logs each request, without its query, and answers for errors that nobody foresaw."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began, statuses = time.perf_counter(), list[int]()

        async def watch(message: Message) -> None:
            if message["type"] == "http.response.start":
                statuses.append(int(message["status"]))
            await send(message)

        try:
            await self._app(scope, receive, watch)
        except Exception as error:
            failure = describe(error)
            if statuses:  # too late for another answer: the server cuts the connection
                raise
            await problem_response(failure)(scope, receive, watch)
        finally:
            _log.info(
                "request",
                method=scope["method"],
                path=scope["raw_path"].decode("ascii", "replace"),  # as sent: no control signs
                status=statuses[0] if statuses else None,
                duration_ms=round(1000 * (time.perf_counter() - began), 1),
            )


def _on_candor_error(_request: Request, error: Exception) -> JSONResponse:
    return problem_response(describe(error))


def _on_http_error(_request: Request, error: Exception) -> JSONResponse:
    status, detail, headers = HTTPStatus.INTERNAL_SERVER_ERROR, "", None
    if isinstance(error, HTTPException):
        status, detail, headers = HTTPStatus(error.status_code), error.detail, error.headers
    return problem_response(Failure(status, detail or status.description), headers=headers)


def _on_invalid_request(_request: Request, error: Exception) -> JSONResponse:
    found = error.errors() if isinstance(error, RequestValidationError) else ()
    if any(each["type"] == _MALFORMED for each in found):
        return problem_response(Failure(HTTPStatus.BAD_REQUEST, "The body is not valid JSON."))
    errors = [{"field": _field(each["loc"]), "detail": str(each["msg"])} for each in found]
    named = "; ".join(f"{each['field'] or 'the request'}: {each['detail']}" for each in errors)
    return problem_response(
        Failure(HTTPStatus.UNPROCESSABLE_ENTITY, f"The request can't be used. {named}."),
        errors=errors,
    )


def _field(location: Sequence[str | int]) -> str:
    _where, *path = location
    return ".".join(map(str, path))


def _encodable(value: object) -> Any:
    """Return `value` with lone surrogates, which a client may send and UTF-8 can't hold, as `?`."""
    if isinstance(value, str):
        return value.encode(errors="replace").decode()
    if isinstance(value, Mapping):
        return {key: _encodable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_encodable(item) for item in value]
    return value
