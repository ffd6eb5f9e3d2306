"""What of a turn is traced: every step and call with its numbers, and nobody's words."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.semconv._incubating.attributes import gen_ai_attributes
from pydantic import SecretStr

from app.answering.chat_model import build_chat_model_answerer
from app.assistant import Assistant
from app.grounding.gate import Gate
from app.library import OpenGeneration
from app.live_turn import TurnTimes
from app.oversight import Oversight
from app.price import Price
from app.releases.pointer import Serving as ServingReleases
from app.served_assistant import ServedAssistant
from app.settings import AppSettings
from app.store.database import open_database
from app.store.sql_conversations import SqlConversations
from app.telemetry.traces import OtelTraces, call_span, continued, open_traces, step_span
from app.turns import Turns
from knowledge_base.scope import Scopes
from tests.builders import CANARY, a_passage
from tests.fakes import FixedLibrary, FixedOpening, FixedSearch
from tests.openai_server import Behaviour, an_openai_server, cuts, replies

REFUNDS = a_passage("Refunds take 5 days, except for gift cards. Shipping is free over 75 USD.")
QUESTION = "Zanzibar? Is shipping free for jo@mail.example?"
PRICE = Price(prompt=1, cached=0.5, completion=4, as_of=date(2026, 11, 1))


async def traced(behaviour: Behaviour, folder: Path) -> tuple[str, list[ReadableSpan]]:
    """Return the id of a turn, and the spans that it left."""
    exporter = InMemorySpanExporter()
    store = SqlConversations(open_database(folder))
    with an_openai_server(behaviour) as server:
        settings = AppSettings(
            model="openai:gpt",
            model_base_url=server.base_url,
            model_api_key=SecretStr("sk-secret"),
            model_max_retries=0,
            prices={"openai:gpt": PRICE},
        )
        answerer = build_chat_model_answerer(settings, CANARY)
        opened = OpenGeneration("g1", FixedSearch([REFUNDS]), Scopes([]), answerer, release="r1")
        assistant = Assistant(
            library=FixedLibrary(opened),
            gate=Gate(),
            guardrails=(),
            contact="help@shop.example",
            today=lambda: date(2026, 11, 1),
        )
        oversight = Oversight(traces=OtelTraces(SimpleSpanProcessor(exporter)))
        served = ServedAssistant(ServingReleases, FixedOpening(assistant))
        turns = Turns(
            served, store, times=TurnTimes(5), now=lambda: datetime.now(UTC), oversight=oversight
        )
        started = await turns.start(QUESTION, client="shop")
        _ = [event async for event in turns.follow(started.id)]
        await turns.close()
    store.close()
    return started.id, list(exporter.get_finished_spans())


def attributes_of(spans: list[ReadableSpan], name: str) -> dict[str, object]:
    (span,) = (one for one in spans if one.name == name)
    return dict(span.attributes or {})


class TestATracedTurn:
    async def test_has_a_span_for_each_step_and_call_in_the_trace_of_its_id(
        self, tmp_path: Path
    ) -> None:
        turn, spans = await traced(replies("Shipping is free over 75 USD [1]."), tmp_path)

        names = {span.name for span in spans}
        assert names == {
            "invoke_agent candor", "guard", "mask", "rewrite", "search", "decide", "draft",
            "chat gpt", "gate",
        }  # fmt: skip
        assert {f"{span.context.trace_id:032x}" for span in spans if span.context} == {turn}
        (root,) = (span for span in spans if span.parent is None)
        assert root.name == "invoke_agent candor"

    async def test_tells_what_it_took_and_what_came_out(self, tmp_path: Path) -> None:
        _, spans = await traced(replies("Shipping is free over 75 USD [1]."), tmp_path)

        root, call = attributes_of(spans, "invoke_agent candor"), attributes_of(spans, "chat gpt")
        cost = (20 * 1 + 100 * 0.5 + 30 * 4) / 1e6
        assert root["candor.outcome"] == "ANSWERED"
        assert root["candor.cost_usd"] == call["candor.cost_usd"] == pytest.approx(cost)
        assert root["gen_ai.usage.input_tokens"] == call["gen_ai.usage.input_tokens"] == 120
        assert call["gen_ai.usage.output_tokens"] == 30
        assert call["gen_ai.usage.cache_read.input_tokens"] == 100
        assert (root["candor.release"], root["gen_ai.data_source.id"]) == ("r1", "g1")
        assert root["gen_ai.prompt.name"] == AppSettings().answer_prompt
        assert (root["candor.verdicts.supported"], root["candor.sentences.released"]) == (1, 1)
        assert (call["gen_ai.provider.name"], call["gen_ai.request.model"]) == ("openai", "gpt")

    async def test_tells_of_a_call_that_failed(self, tmp_path: Path) -> None:
        _, spans = await traced(cuts("Shipping"), tmp_path)

        root, call = attributes_of(spans, "invoke_agent candor"), attributes_of(spans, "chat gpt")
        assert (root["candor.outcome"], root["error.type"]) == ("FAILED", "failed")
        assert (call["candor.call.ending"], call["error.type"]) == ("failed", "AnswererError")
        assert call["candor.cost_estimated"] is True

    async def test_holds_nobodys_words_and_no_key(self, tmp_path: Path) -> None:
        _, spans = await traced(replies("Refunds take 2 days [1]."), tmp_path)

        written = " ".join(span.to_json() for span in spans)
        for word in ("Zanzibar", "jo@mail", "Refunds take", "gift cards", "sk-secret"):
            assert word not in written

    async def test_names_things_as_the_conventions_do(self, tmp_path: Path) -> None:
        _, spans = await traced(replies("Shipping is free over 75 USD [1]."), tmp_path)

        known = {getattr(gen_ai_attributes, name) for name in dir(gen_ai_attributes)
                 if name.startswith("GEN_AI_")}  # fmt: skip
        used = {name for span in spans for name in span.attributes or {} if "gen_ai" in name}
        assert used <= known


class TestContinued:
    CLIENTS = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"

    def begun(self, traceparent: str) -> tuple[str, ReadableSpan]:
        """Return the id that a turn's trace says it has, and its first span."""
        exporter = InMemorySpanExporter()
        traces = OtelTraces(SimpleSpanProcessor(exporter))
        with continued({"traceparent": traceparent, "tracestate": "vendor=1"}):
            trace = traces.begin("a" * 32)
        trace.end({})
        (span,) = exporter.get_finished_spans()
        return trace.id, span

    def test_goes_on_with_the_clients_trace_and_names_the_turn(self) -> None:
        told, span = self.begun(self.CLIENTS)

        assert span.context is not None
        assert span.parent is not None
        assert told == f"{span.context.trace_id:032x}" == "4bf92f3577b34da6a3ce929d0e0e4736"
        assert f"{span.parent.span_id:016x}" == "00f067aa0ba902b7"
        assert dict(span.context.trace_state) == {"vendor": "1"}
        assert (span.attributes or {})["candor.turn"] == "a" * 32

    @pytest.mark.parametrize(
        "traceparent",
        [
            "",
            "nonsense",
            "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
            "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
            "00-" + "4" * 100_000,
        ],
    )
    def test_begins_with_the_turn_where_there_is_none(self, traceparent: str) -> None:
        told, span = self.begun(traceparent)

        assert span.context is not None
        assert (told, span.parent) == ("a" * 32, None)
        assert span.context.trace_id == int("a" * 32, 16)

    def test_holds_for_the_block_alone(self) -> None:
        with continued({"traceparent": self.CLIENTS}):
            pass

        told, span = self.begun("")

        assert (told, span.parent) == ("a" * 32, None)


class TestWithoutACollector:
    def test_nothing_is_traced(self) -> None:
        trace = open_traces(None).begin("a" * 32)

        with trace.active(), step_span("search") as step, call_span("openai:gpt") as call:
            step.note({"candor.outcome": "ANSWERED"})
            call.fail("Error")
        trace.end({})

        assert step is call
