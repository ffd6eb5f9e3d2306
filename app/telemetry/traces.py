"""Traces: a span a turn, a step and a model call, with numbers and names and nobody's words.

The only home of OpenTelemetry. Names are those of its semantic conventions for generative AI where
they have one, `candor.…` else. A turn's id is its trace's id: who has one from a log line, a
receipt or the database has the other. Where the client has begun a trace, the turn goes on with
that, and names itself in it. Without an endpoint nothing here is more than a look-up.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from importlib.metadata import version
from typing import Protocol

from opentelemetry import context, trace
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import SpanProcessor, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.sdk.trace.id_generator import RandomIdGenerator
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

Attributes = Mapping[str, str | int | float | bool | None]

_TRACER: ContextVar[trace.Tracer | None] = ContextVar("candor_tracer", default=None)
_TRACE_ID: ContextVar[int | None] = ContextVar("candor_trace_id", default=None)
_CLIENTS_SPAN: ContextVar[trace.Span] = ContextVar(
    "candor_clients_span", default=trace.INVALID_SPAN
)
_PROPAGATOR = TraceContextTextMapPropagator()


class Span(Protocol):
    """A stretch of a turn's time."""

    def note(self, attributes: Attributes) -> None:
        """Add what is known by now; what is None is left out."""
        ...

    def fail(self, kind: str) -> None:
        """Mark it as failed, by the error's kind."""
        ...


class _NoSpan:
    def note(self, attributes: Attributes) -> None:
        del attributes

    def fail(self, kind: str) -> None:
        del kind


class _OtelSpan:
    def __init__(self, span: trace.Span) -> None:
        self._span = span

    def note(self, attributes: Attributes) -> None:
        known = {name: value for name, value in attributes.items() if value is not None}
        self._span.set_attributes(known)

    def fail(self, kind: str) -> None:
        self._span.set_attribute("error.type", kind)
        self._span.set_status(trace.StatusCode.ERROR)


_NO_SPAN = _NoSpan()


class TurnTrace(Protocol):
    """The trace of one turn, from its question to the last word in the store."""

    @property
    def id(self) -> str:
        """The trace's id, 32 hexadecimal characters: the turn's, or that of the client's trace."""
        ...

    @contextmanager
    def active(self) -> Iterator[None]:
        """Make the spans of the block, which must not span a `yield`, a part of it."""
        yield

    def end(self, attributes: Attributes, error: str | None = None) -> None:
        """End it with what became of the turn."""
        ...


class Traces(Protocol):
    """Begins the traces of turns."""

    def begin(self, turn: str) -> TurnTrace:
        """Begin the trace of a turn, whose id becomes its own, or go on with the client's."""
        ...

    def close(self) -> None:
        """Send what hasn't been sent."""
        ...


class NoTraces:
    """Traces nothing."""

    def begin(self, turn: str) -> TurnTrace:
        """Return a trace that nobody reads."""
        return _NoTrace(turn)

    def close(self) -> None:
        """Do nothing."""


class OtelTraces:
    """Traces turns with OpenTelemetry's SDK."""

    def __init__(self, processor: SpanProcessor) -> None:
        resource = Resource.create({"service.name": "candor", "service.version": version("candor")})
        self._provider = TracerProvider(resource=resource, id_generator=_TurnIds())
        self._provider.add_span_processor(processor)
        self._tracer = self._provider.get_tracer("candor", version("candor"))

    def begin(self, turn: str) -> TurnTrace:
        """Begin the trace of a turn; see `Traces`."""
        token = _TRACE_ID.set(int(turn, 16))
        try:
            root = self._tracer.start_span(
                "invoke_agent candor",
                context=trace.set_span_in_context(_CLIENTS_SPAN.get()),
                attributes={
                    "gen_ai.operation.name": "invoke_agent",
                    "gen_ai.agent.name": "candor",
                    "candor.turn": turn,
                },
            )
        finally:
            _TRACE_ID.reset(token)
        return _OtelTrace(self._tracer, root)

    def close(self) -> None:
        """Send what hasn't been sent."""
        self._provider.shutdown()


class _NoTrace:
    def __init__(self, turn: str) -> None:
        self.id = turn

    @contextmanager
    def active(self) -> Iterator[None]:
        yield

    def end(self, attributes: Attributes, error: str | None = None) -> None:
        del attributes, error


class _OtelTrace:
    def __init__(self, tracer: trace.Tracer, root: trace.Span) -> None:
        self._tracer = tracer
        self._root = root
        self.id = trace.format_trace_id(root.get_span_context().trace_id)

    @contextmanager
    def active(self) -> Iterator[None]:
        token = _TRACER.set(self._tracer)
        try:
            with trace.use_span(self._root, record_exception=False, set_status_on_exception=False):
                yield
        finally:
            _TRACER.reset(token)

    def end(self, attributes: Attributes, error: str | None = None) -> None:
        span = _OtelSpan(self._root)
        span.note(attributes)
        if error is not None:
            span.fail(error)
        self._root.end()


class _TurnIds(RandomIdGenerator):
    def generate_trace_id(self) -> int:
        """Return the number that the turn's id is in hexadecimal."""
        return _TRACE_ID.get() or super().generate_trace_id()


def open_traces(endpoint: str | None) -> Traces:
    """Return what traces turns to the collector at `endpoint` (OTLP over gRPC), if there is one."""
    if endpoint is None:
        return NoTraces()
    from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import (  # noqa: PLC0415 — only then
        OTLPSpanExporter,
    )

    exporter = OTLPSpanExporter(endpoint=endpoint, insecure=endpoint.startswith("http://"))
    return OtelTraces(BatchSpanProcessor(exporter))


@contextmanager
def continued(headers: Mapping[str, str]) -> Iterator[None]:
    """Let turns that are begun in the block go on with the trace of a request, if it has one.

    Its headers are `traceparent` and `tracestate` of W3C's Trace Context; those that aren't valid
    are as none.
    """
    if "traceparent" not in headers:
        yield
        return
    span = trace.get_current_span(_PROPAGATOR.extract(headers, context.Context()))
    token = _CLIENTS_SPAN.set(span)
    try:
        yield
    finally:
        _CLIENTS_SPAN.reset(token)


@contextmanager
def step_span(name: str) -> Iterator[Span]:
    """Time a step of the turn that is traced; the block must not span a `yield`."""
    tracer = _TRACER.get()
    if tracer is None:
        yield _NO_SPAN
        return
    span = tracer.start_span(name)
    token = context.attach(trace.set_span_in_context(span))
    try:
        yield _OtelSpan(span)
    finally:
        context.detach(token)
        span.end()


@contextmanager
def call_span(model: str) -> Iterator[Span]:
    """Time a call of a chat model, `provider:name`; the block may span a `yield`."""
    tracer = _TRACER.get()
    if tracer is None:
        yield _NO_SPAN
        return
    provider, _, name = model.partition(":")
    span = tracer.start_span(
        f"chat {name}",
        kind=trace.SpanKind.CLIENT,
        attributes={
            "gen_ai.operation.name": "chat",
            "gen_ai.provider.name": _PROVIDERS.get(provider, provider),
            "gen_ai.request.model": name,
        },
    )
    try:
        yield _OtelSpan(span)
    finally:
        span.end()


_PROVIDERS = {
    "azure_openai": "azure.ai.openai",
    "bedrock": "aws.bedrock",
    "google_genai": "gcp.gemini",
    "google_vertexai": "gcp.vertex_ai",
    "mistralai": "mistral_ai",
    "xai": "x_ai",
}
"""LangChain's names for providers, where the conventions have others."""
