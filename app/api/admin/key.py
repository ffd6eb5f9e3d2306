"""The key to the content editor's routes; without it, none of them does or tells anything."""

import hmac
from http import HTTPStatus

from pydantic import SecretStr
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from app.api.problems import problem_response
from app.failure import Failure

ADMIN = "/v1/admin"

_SCHEME = "bearer"
_REFUSED = Failure(
    HTTPStatus.UNAUTHORIZED, "This needs the admin key: send it as `Authorization: Bearer <key>`."
)


class AdminKey:
    """Refuses what is below `/v1/admin` without the key (401), before anything else looks at it."""

    def __init__(self, app: ASGIApp, key: SecretStr) -> None:
        self._app = app
        self._key = key.get_secret_value().encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if _is_guarded(scope) and not self._opens(Headers(scope=scope).get("authorization", "")):
            refusal = problem_response(_REFUSED, headers={"www-authenticate": "Bearer"})
            await refusal(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _opens(self, authorization: str) -> bool:
        scheme, _, given = authorization.partition(" ")
        # Compared as bytes: the time that it takes tells nothing of where two keys differ.
        is_same = hmac.compare_digest(given.strip().encode("latin-1"), self._key)
        return is_same and scheme.lower() == _SCHEME


def _is_guarded(scope: Scope) -> bool:
    if scope["type"] == "lifespan":
        return False
    path = str(scope["path"])
    return path == ADMIN or path.startswith(f"{ADMIN}/")
