"""How the assistant runs, over the API."""

from collections.abc import AsyncGenerator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from app.answer import Outcome, Usage
from app.drift.canaries import Canaries
from app.drift.canary import Canary
from app.releases.store import Releases
from tests.drifting import a_pass, a_reference, an_observation
from tests.fakes import HashEmbedder, ScriptedAssistant
from tests.live_server import Api, a_sentence, an_answer, serving

KEY = "a key of sixteen characters"
TURNS = "/v1/admin/operations/turns"
ALARMS = "/v1/admin/operations/canary/alarms"


@pytest.fixture
def assistant() -> ScriptedAssistant:
    sentence = a_sentence()
    return ScriptedAssistant(sentence, an_answer(sentence))


@pytest.fixture
async def api(tmp_path: Path, assistant: ScriptedAssistant) -> AsyncGenerator[Api]:
    async with serving(assistant, tmp_path, admin_key=KEY) as running:
        running.http.headers["authorization"] = f"Bearer {KEY}"
        yield running


pytestmark = pytest.mark.usefixtures("within_a_day")


def today() -> str:
    return datetime.now(UTC).date().isoformat()


def raise_an_alarm(data_dir: Path) -> str:
    """Let the canary find the model changed, and return the alarm."""
    canaries, reference = Canaries(data_dir), a_reference()
    canaries.keep_reference(reference)
    canary = Canary(canaries, HashEmbedder(), Releases(data_dir), now=lambda: datetime.now(UTC))
    canary.look(reference, a_pass(change=lambda n: an_observation(n, "No.", holds=False)))
    return next(canaries.alarms()).id


async def asked_and_ended(api: Api, assistant: ScriptedAssistant, *outcomes: Outcome) -> None:
    """Ask one question for each outcome, so that it ends as that says."""
    for outcome in outcomes:
        assistant.script = (an_answer(outcome=outcome),)
        await api.ask()


class TestReadFigures:
    async def test_says_what_today_comes_to(self, api: Api) -> None:
        turn = (await api.ask()).json()["turn"]
        await api.http.post(f"/v1/turns/{turn}/feedback", json={"rating": "down"})
        await api.ask()

        told = (await api.http.get("/v1/admin/operations")).json()

        (day,) = told["days"]
        assert (day["day"], day["turns"], day["outcomes"]) == (today(), 2, {"ANSWERED": 2})
        assert day["disliked"]["value"] == 0.5
        assert day["disliked"]["n"] == 2
        assert told["moved"] == told["scores"] == told["serving"] == []

    async def test_says_what_of_the_budgets_is_used_up(self, tmp_path: Path) -> None:
        usage = Usage("openai:x", 120, 30, cost_usd=0.01)
        sentence = a_sentence()
        assistant = ScriptedAssistant(usage, sentence, an_answer(sentence))
        async with serving(
            assistant,
            tmp_path,
            admin_key=KEY,
            budget_request_usd=0.1,
            budget_key_usd=1,
            budget_day_usd=2,
        ) as api:
            await api.ask()
            asked = {"authorization": f"Bearer {KEY}"}

            told = (await api.http.get("/v1/admin/operations", headers=asked)).json()

        assert told["budgets"] == [
            {"key": None, "spent_usd": 0.01, "limit_usd": 2},
            {"key": "anonymous", "spent_usd": 0.01, "limit_usd": 1},
        ]

    async def test_is_empty_before_the_first_question(self, api: Api) -> None:
        assert (await api.http.get("/v1/admin/operations")).json()["days"] == []

    @pytest.mark.parametrize("days", ["0", "367", "many"])
    async def test_says_what_is_wrong_with_the_days(self, api: Api, days: str) -> None:
        refused = await api.http.get("/v1/admin/operations", params={"days": days})

        assert refused.status_code == 422
        assert refused.headers["content-type"] == "application/problem+json"
        assert "days" in refused.text

    async def test_wants_the_key(self, api: Api) -> None:
        refused = await api.http.get("/v1/admin/operations", headers={"authorization": "Bearer x"})

        assert refused.status_code == 401


class TestFindTurns:
    async def test_names_those_behind_a_number(self, api: Api) -> None:
        disliked = (await api.ask()).json()
        await api.http.post(f"/v1/turns/{disliked['turn']}/feedback", json={"rating": "down"})
        await api.ask()

        found = (await api.http.get(TURNS, params={"day": today(), "signal": "disliked"})).json()
        every = (await api.http.get(TURNS, params={"day": today()})).json()

        assert [one["conversation"] for one in found] == [disliked["conversation"]]
        assert len(every) == 2
        assert "question" not in found[0]

    @pytest.mark.parametrize("outcome", [*Outcome])
    async def test_finds_each_outcome(
        self, api: Api, assistant: ScriptedAssistant, outcome: Outcome
    ) -> None:
        await asked_and_ended(api, assistant, *Outcome)

        found = (await api.http.get(TURNS, params={"outcome": outcome.value})).json()

        assert [one["outcome"] for one in found] == [outcome.value]

    async def test_finds_what_failed_and_what_was_abstained_from(
        self, api: Api, assistant: ScriptedAssistant
    ) -> None:
        await asked_and_ended(api, assistant, Outcome.ANSWERED, Outcome.ABSTAINED)
        assistant.script = (RuntimeError("no"),)
        await api.ask()

        failed = (await api.http.get(TURNS, params={"outcome": "FAILED"})).json()
        same = (await api.http.get(TURNS, params={"signal": "failed"})).json()
        abstained = (await api.http.get(TURNS, params={"signal": "abstained"})).json()

        assert [one["outcome"] for one in failed] == ["FAILED"]
        assert same == failed
        assert [one["outcome"] for one in abstained] == ["ABSTAINED"]

    async def test_finds_those_of_a_release_and_those_of_none(
        self, api: Api, assistant: ScriptedAssistant
    ) -> None:
        assistant.script = (replace(an_answer(), release="r1-1a2b3c4d"),)
        released = (await api.ask()).json()["turn"]
        assistant.script = (an_answer(),)
        unreleased = (await api.ask()).json()["turn"]

        of_one = (await api.http.get(TURNS, params={"release": "r1-1a2b3c4d"})).json()
        of_none = (await api.http.get(TURNS, params={"release": "none"})).json()

        assert [one["turn"] for one in of_one] == [released]
        assert [one["turn"] for one in of_none] == [unreleased]

    async def test_finds_as_many_as_the_number_says(
        self, api: Api, assistant: ScriptedAssistant
    ) -> None:
        await asked_and_ended(api, assistant, *Outcome, Outcome.BLOCKED, Outcome.HANDED_OFF)

        (day,) = (await api.http.get("/v1/admin/operations")).json()["days"]
        found = {
            name: len((await api.http.get(TURNS, params={"outcome": name})).json())
            for name in day["outcomes"]
        }

        assert found == day["outcomes"]
        assert (found["BLOCKED"], found["HANDED_OFF"]) == (2, 2)

    @pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
    async def test_finds_none_of_a_day_on_which_nobody_can_have_asked(
        self, api: Api, day: str
    ) -> None:
        found = await api.http.get(TURNS, params={"day": day})

        assert (found.status_code, found.json()) == (200, [])

    @pytest.mark.parametrize(
        "asked",
        [
            {"day": ""},
            {"day": "yesterday"},
            {"days": "0"},
            {"day": "2026-11-01", "signal": "mood"},
            {"outcome": "answered"},
            {"release": "r" * 65},
            {"limit": "201"},
        ],
    )
    async def test_says_what_is_wrong(self, api: Api, asked: dict[str, str]) -> None:
        refused = await api.http.get(TURNS, params=asked)

        assert refused.status_code == 422
        assert refused.headers["content-type"] == "application/problem+json"


class TestReadCanary:
    async def test_says_that_there_is_no_reference(self, api: Api) -> None:
        told = (await api.http.get("/v1/admin/operations/canary")).json()

        assert (told["reference"], told["looks"], told["frozen"]) == (None, [], None)

    async def test_shows_an_alarm_side_by_side(self, api: Api, tmp_path: Path) -> None:
        raise_an_alarm(tmp_path)

        told = (await api.http.get("/v1/admin/operations/canary")).json()

        (alarm,) = told["alarms"]
        assert (alarm["cases"][0]["before"], alarm["cases"][0]["now"]) == (
            "Refunds take 5 days.",
            "No.",
        )
        assert alarm["alarm"] in told["frozen"]
        assert told["looks"][0]["number"] == 1


class TestCloseAlarm:
    async def test_keeps_who_closed_it_and_why(self, api: Api, tmp_path: Path) -> None:
        alarm = raise_an_alarm(tmp_path)

        closed = await close(api, alarm, " The provider took it back. ")

        kept = Canaries(tmp_path).alarm(alarm)
        assert closed.status_code == 200
        assert (kept.closed_by, kept.why) == ("admin page", "The provider took it back.")
        told = (await api.http.get("/v1/admin/operations/canary")).json()["alarms"][0]
        assert told == closed.json()
        assert told["why"] == kept.why

    async def test_leaves_promotion_frozen(self, api: Api, tmp_path: Path) -> None:
        alarm = raise_an_alarm(tmp_path)

        await close(api, alarm, "The provider took it back.")

        assert Releases(tmp_path).frozen() is not None

    async def test_is_refused_where_it_is_closed_already(self, api: Api, tmp_path: Path) -> None:
        alarm = raise_an_alarm(tmp_path)
        await close(api, alarm, "The first reason.")

        refused = await close(api, alarm, "The second one.")

        assert refused.status_code == 409
        assert refused.headers["content-type"] == "application/problem+json"
        assert Canaries(tmp_path).alarm(alarm).why == "The first reason."

    @pytest.mark.parametrize("name", ["20200101T000000000000Z", "..", "%00", "%2e%2e%2freference"])
    async def test_is_refused_where_there_is_no_such_alarm(
        self, api: Api, tmp_path: Path, name: str
    ) -> None:
        raise_an_alarm(tmp_path)

        refused = await close(api, name, "Seen.")

        assert refused.status_code == 404
        assert refused.headers["content-type"] == "application/problem+json"

    @pytest.mark.parametrize(
        "body",
        [
            b"",
            b"{",
            b"{}",
            b'{"why": ""}',
            b'{"why": "  "}',
            b'{"why": 1}',
            b'{"why": "\\ud800"}',
            b'{"why": "x", "who": "me"}',
            b'{"why": "' + b"x" * 1001 + b'"}',
        ],
    )
    async def test_says_what_is_wrong_with_the_reason(
        self, api: Api, tmp_path: Path, body: bytes
    ) -> None:
        alarm = raise_an_alarm(tmp_path)

        refused = await api.http.post(
            f"{ALARMS}/{alarm}/close", content=body, headers={"content-type": "application/json"}
        )

        assert refused.status_code in {400, 422}
        assert refused.headers["content-type"] == "application/problem+json"
        assert Canaries(tmp_path).alarm(alarm).closed is None

    async def test_wants_the_key(self, api: Api, tmp_path: Path) -> None:
        alarm = raise_an_alarm(tmp_path)

        for headers in ({"authorization": "Bearer x"}, {"authorization": ""}):
            refused = await api.http.post(
                f"{ALARMS}/{alarm}/close", json={"why": "Seen."}, headers=headers
            )
            assert refused.status_code == 401

        assert Canaries(tmp_path).alarm(alarm).closed is None


async def close(api: Api, alarm: str, why: str) -> httpx.Response:
    return await api.http.post(f"{ALARMS}/{alarm}/close", json={"why": why})
