import httpx
import pytest

from evals.patient_client import LONGEST_WAIT_SECONDS, MAX_TRIES, PatientClient

LOST = httpx.ReadError("the connection was lost")
NEVER_SENT = httpx.ConnectError("nobody is there")
OK = httpx.Response(200)


class Answers:
    """A server that gives set answers, and a clock that is slept on."""

    def __init__(self, *answers: httpx.Response | httpx.HTTPError) -> None:
        self.asked = 0
        self.waits: list[float] = []
        self._answers = list(answers)

    async def ask(self, *, is_repeatable: bool = True) -> httpx.Response:
        transport = httpx.MockTransport(self._answer)
        async with httpx.AsyncClient(transport=transport, base_url="http://api") as http:
            client = PatientClient(http, self._sleep)
            return await client.request("POST", "/v1/chat", is_repeatable=is_repeatable)

    def _answer(self, _: httpx.Request) -> httpx.Response:
        self.asked += 1
        answer = self._answers.pop(0)
        if isinstance(answer, httpx.HTTPError):
            raise answer
        return answer

    async def _sleep(self, seconds: float) -> None:
        self.waits.append(seconds)


def busy(status: int, retry_after: str | None = None) -> httpx.Response:
    return httpx.Response(status, headers={"retry-after": retry_after} if retry_after else {})


class TestPatientClient:
    @pytest.mark.parametrize("first", [LOST, NEVER_SENT, busy(429), busy(503)])
    async def test_asks_again_what_may_go_well_the_next_time(
        self, first: httpx.Response | httpx.HTTPError
    ) -> None:
        server = Answers(first, busy(503), OK)

        response = await server.ask()

        assert (response.status_code, server.waits) == (200, [0.5, 1.0])

    async def test_waits_as_long_as_it_is_asked_to(self) -> None:
        server = Answers(busy(429, "7"), OK)

        await server.ask()

        assert server.waits == [7.0]

    async def test_gives_up_after_three_tries(self) -> None:
        server = Answers(busy(503), busy(503), busy(503), OK)

        response = await server.ask()

        assert (response.status_code, server.asked) == (503, MAX_TRIES)

    async def test_lets_a_last_lost_connection_through(self) -> None:
        server = Answers(LOST, LOST, LOST, OK)

        with pytest.raises(httpx.ReadError):
            await server.ask()

    async def test_does_not_wait_for_longer_than_a_minute(self) -> None:
        server = Answers(busy(429, str(int(LONGEST_WAIT_SECONDS) + 1)), OK)

        response = await server.ask()

        assert (response.status_code, server.waits) == (429, [])

    @pytest.mark.parametrize("status", [400, 404, 500, 502])
    async def test_takes_another_error_as_it_is(self, status: int) -> None:
        server = Answers(busy(status), OK)

        response = await server.ask()

        assert (response.status_code, server.asked) == (status, 1)

    async def test_does_not_repeat_what_the_server_may_have_taken(self) -> None:
        server = Answers(LOST, OK)

        with pytest.raises(httpx.ReadError):
            await server.ask(is_repeatable=False)

        assert server.asked == 1

    async def test_repeats_what_never_reached_the_server(self) -> None:
        server = Answers(NEVER_SENT, busy(503), OK)

        response = await server.ask(is_repeatable=False)

        assert response.status_code == 200
