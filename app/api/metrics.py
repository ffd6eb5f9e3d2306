"""`/metrics`, where Prometheus reads: only with the key that is set for it."""

import hmac
from http import HTTPStatus
from typing import Annotated

from fastapi import FastAPI, Header, Response
from pydantic import SecretStr

from app.api.problems import problem_response
from app.failure import Failure
from app.telemetry.metrics import CONTENT_TYPE, Metrics

PATH = "/metrics"

_REFUSED = Failure(
    HTTPStatus.UNAUTHORIZED,
    "This needs the metrics key: send it as `Authorization: Bearer <key>`.",
)


def add_metrics(application: FastAPI, key: SecretStr, metrics: Metrics) -> None:
    """Add the route to an application."""
    expected = f"Bearer {key.get_secret_value()}".encode()

    @application.get(PATH, include_in_schema=False)
    def read_metrics(authorization: Annotated[str, Header()] = "") -> Response:
        """Return all metrics in Prometheus's text format; 401 without the key."""
        # Compared as bytes: the time that it takes tells nothing of where two keys differ.
        if not hmac.compare_digest(authorization.encode("latin-1", "replace"), expected):
            return problem_response(_REFUSED, headers={"www-authenticate": "Bearer"})
        return Response(metrics.written(), media_type=CONTENT_TYPE)
