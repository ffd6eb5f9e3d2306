"""What a request's body may be: JSON, and not too long; checked while it is read."""

from http import HTTPStatus

from fastapi.exceptions import HTTPException
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.problems import problem_response
from app.failure import Failure

_JSON = "application/json"


class BodyLimits:
    """Refuses bodies that are no JSON (415) or longer than `max_bytes` (413)."""

    def __init__(self, app: ASGIApp, max_bytes: int) -> None:
        self._app = app
        self._max_bytes = max_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        refusal = self._refusal(Headers(scope=scope))
        if refusal is not None:
            await problem_response(refusal)(scope, receive, send)
            return
        await self._app(scope, self._counting(receive), send)

    def _refusal(self, headers: Headers) -> Failure | None:
        declared = headers.get("content-length", "0")
        if declared.isdecimal() and int(declared) > self._max_bytes:
            return self._too_long()
        has_body = declared != "0" or "transfer-encoding" in headers
        media_type = headers.get("content-type", "").partition(";")[0].strip().lower()
        if has_body and media_type != _JSON:
            return Failure(
                HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
                f"The body must be JSON: send it with `content-type: {_JSON}`.",
            )
        return None

    def _counting(self, receive: Receive) -> Receive:
        taken = 0

        async def counted() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > self._max_bytes:
                too_long = self._too_long()
                raise HTTPException(too_long.status, too_long.detail)
            return message

        return counted

    def _too_long(self) -> Failure:
        return Failure(
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
            f"The body is too long: at most {self._max_bytes} bytes are accepted.",
        )
