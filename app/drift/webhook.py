"""Tells a webhook of an alarm, signed as the webhooks that Candor takes are."""

import json
import time
from collections.abc import Callable

import httpx
from pydantic import SecretStr

from app.drift.canaries import Alarm
from app.errors import DriftError

TRIES = 3
TIMEOUT_SECONDS = 10.0
_PAUSE_SECONDS = 1.0

Sign = Callable[[bytes, int, bytes], str]
"""Returns the signature of a body at a time under a secret: `app.api.signatures.sign`."""


class AlarmWebhook:
    """Posts alarms to one address."""

    def __init__(
        self,
        http: httpx.Client,
        url: str,
        secret: SecretStr | None,
        sign: Sign,
        *,
        header: str,
        now: Callable[[], float] = time.time,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._http = http
        self._url = url
        self._secret = secret
        self._sign = sign
        self._header = header
        self._now = now
        self._sleep = sleep

    def __call__(self, alarm: Alarm) -> None:
        """Post the alarm, without the answers that moved.

        Raises:
            DriftError: The address didn't take it, three times.
        """
        body = json.dumps(_body(alarm), ensure_ascii=False).encode()
        for attempt in range(TRIES):
            failed = self._failure(body)
            if failed is None:
                return
            if attempt < TRIES - 1:
                self._sleep(_PAUSE_SECONDS * 2**attempt)
        raise DriftError(f"the webhook didn't take alarm {alarm.id}: {failed}")

    def _failure(self, body: bytes) -> str | None:
        """Return why the address didn't take the body, None where it did."""
        headers = {"content-type": "application/json", **self._signed(body)}
        try:
            response = self._http.post(
                self._url, content=body, headers=headers, timeout=TIMEOUT_SECONDS
            )
        except httpx.HTTPError as error:
            return type(error).__name__
        return None if response.is_success else f"status {response.status_code}"

    def _signed(self, body: bytes) -> dict[str, str]:
        if self._secret is None:
            return {}
        now = int(self._now())
        signature = self._sign(self._secret.get_secret_value().encode(), now, body)
        return {self._header: f"t={now},v1={signature}"}


def _body(alarm: Alarm) -> dict[str, object]:
    return {
        "event": "canary_alarm",
        "alarm": alarm.id,
        "release": alarm.release,
        "at": alarm.at.isoformat(timespec="seconds"),
        "summary": alarm.summary,
        "signals": [one.value for one in alarm.compared.alarms],
        "new_models": list(alarm.compared.new_models),
        "cases": len(alarm.cases),
        "rollback": "candor release rollback",
    }
