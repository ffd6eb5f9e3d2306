"""A collector behind a real socket: takes OTLP over gRPC and keeps the spans that arrive."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field

import grpc  # type: ignore[import-untyped] # it has no types
from opentelemetry.proto.collector.trace.v1 import trace_service_pb2 as messages
from opentelemetry.proto.collector.trace.v1 import trace_service_pb2_grpc as service
from opentelemetry.proto.trace.v1.trace_pb2 import Span


@dataclass
class Collector(service.TraceServiceServicer):
    """Where it listens, and what arrived."""

    endpoint: str = ""
    spans: list[Span] = field(default_factory=list)

    def Export(  # noqa: N802 — the protocol's name
        self, request: messages.ExportTraceServiceRequest, context: grpc.ServicerContext
    ) -> messages.ExportTraceServiceResponse:
        """Keep the spans of one export."""
        del context
        for resource in request.resource_spans:
            for scope in resource.scope_spans:
                self.spans.extend(scope.spans)
        return messages.ExportTraceServiceResponse()


@contextmanager
def a_collector() -> Iterator[Collector]:
    """A running collector on a free port."""
    collector = Collector()
    server = grpc.server(ThreadPoolExecutor(2))
    service.add_TraceServiceServicer_to_server(collector, server)  # type: ignore[no-untyped-call] # generated
    collector.endpoint = f"http://127.0.0.1:{server.add_insecure_port('127.0.0.1:0')}"
    server.start()
    try:
        yield collector
    finally:
        server.stop(None).wait()
