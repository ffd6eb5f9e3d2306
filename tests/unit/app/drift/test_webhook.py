import json

import httpx
import pytest
from pydantic import SecretStr

from app.api.signatures import HEADER, Signatures, sign
from app.drift.canaries import Alarm
from app.drift.comparison import Compared, Signal
from app.drift.webhook import TRIES, AlarmWebhook
from app.errors import DriftError
from tests.drifting import NOW

SECRET = SecretStr("a secret of sixteen")
ALARM = Alarm(
    id="a1",
    look="a1",
    reference="r",
    release="r1-00000000",
    at=NOW,
    summary="length 4 → 9",
    compared=Compared((), (Signal.LENGTH,)),
    cases=(),
)


def a_webhook(answers: list[int | Exception], seen: list[httpx.Request]) -> AlarmWebhook:
    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        status = answers.pop(0)
        if isinstance(status, Exception):
            raise status
        return httpx.Response(status)

    http = httpx.Client(transport=httpx.MockTransport(answer))
    return AlarmWebhook(
        http,
        "http://hook.example/alarms",
        SECRET,
        sign,
        header=HEADER,
        now=lambda: 1000.0,
        sleep=lambda _: None,
    )


class TestAlarmWebhook:
    def test_posts_the_alarm_signed_as_candor_itself_would_take_it(self) -> None:
        seen: list[httpx.Request] = []

        a_webhook([204], seen)(ALARM)

        (request,) = seen
        Signatures(SECRET, lambda: 1000.0).accept(request.headers[HEADER], request.content)
        told = json.loads(request.content)
        assert (told["alarm"], told["signals"]) == ("a1", ["length"])
        assert told["rollback"] == "candor release rollback"

    def test_tries_again(self) -> None:
        seen: list[httpx.Request] = []

        a_webhook([500, httpx.ConnectError("no"), 200], seen)(ALARM)

        assert len(seen) == TRIES

    def test_says_that_nobody_took_it(self) -> None:
        with pytest.raises(DriftError, match="didn't take alarm a1: status 500"):
            a_webhook([500] * TRIES, [])(ALARM)
