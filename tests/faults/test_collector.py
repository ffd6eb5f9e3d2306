"""Traces on their way out: they arrive at a collector, and one that is away disturbs nobody."""

import time
from pathlib import Path

from structlog.testing import capture_logs

from app.oversight import Oversight
from app.telemetry.traces import open_traces, step_span
from tests.fakes import ScriptedAssistant
from tests.live_server import a_sentence, an_answer, serving
from tests.otlp_collector import a_collector

TURN = "0123456789abcdef0123456789abcdef"
GIVEN_UP_SECONDS = 5
"""An export goes on for longer, with its pauses between tries, before it is given up."""


class TestOpenTraces:
    def test_sends_a_turns_spans_to_the_collector(self) -> None:
        with a_collector() as collector:
            traces = open_traces(collector.endpoint)
            trace = traces.begin(TURN)
            with trace.active(), step_span("search"):
                pass
            trace.end({"candor.outcome": "ANSWERED", "candor.cost_usd": 0.25})

            traces.close()

        assert [span.name for span in collector.spans] == ["search", "invoke_agent candor"]
        assert {span.trace_id.hex() for span in collector.spans} == {TURN}

    def test_holds_nobody_up_where_the_collector_is_away(self) -> None:
        traces = open_traces("http://127.0.0.1:9")
        started = time.monotonic()

        traces.begin(TURN).end({})

        assert time.monotonic() - started < GIVEN_UP_SECONDS


class TestAClientsTrace:
    async def test_goes_on_through_the_api_to_the_collector(self, tmp_path: Path) -> None:
        sentence = a_sentence()
        client = ("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7")
        headers = {"traceparent": f"00-{client[0]}-{client[1]}-01", "accept": "application/json"}
        with a_collector() as collector, capture_logs() as said:
            traces = open_traces(collector.endpoint)
            async with serving(
                ScriptedAssistant(sentence, an_answer(sentence)),
                tmp_path,
                oversight=Oversight(traces=traces),
            ) as api:
                asked = {"question": "Is shipping free?"}
                answered = await api.http.post("/v1/chat", json=asked, headers=headers)
            traces.close()

        turn = answered.json()["turn"]
        (root,) = (span for span in collector.spans if span.name == "invoke_agent candor")
        named = {one.key: one.value.string_value for one in root.attributes}
        assert {span.trace_id.hex() for span in collector.spans} == {client[0]}
        assert root.parent_span_id.hex() == client[1]
        assert named["candor.turn"] == turn != client[0]
        (ended,) = (one for one in said if one["event"] == "turn_ended")
        assert (ended["turn"], ended["trace_id"]) == (turn, client[0])
