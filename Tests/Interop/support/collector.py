# SPDX-License-Identifier: Apache-2.0
"""A collector of telemetry, made of the generated code that OpenTelemetry publishes."""

import threading
from concurrent import futures

import grpc
from opentelemetry.proto.collector.metrics.v1 import (
    metrics_service_pb2, metrics_service_pb2_grpc)
from opentelemetry.proto.collector.trace.v1 import trace_service_pb2, trace_service_pb2_grpc


class Collector(
    trace_service_pb2_grpc.TraceServiceServicer, metrics_service_pb2_grpc.MetricsServiceServicer
):
    """Keeps what it is sent. A context manager."""

    def __init__(self, credentials: grpc.ServerCredentials | None = None, port: int = 0) -> None:
        self.traces: list = []
        self.metrics: list = []
        self.metadata: list[dict[str, str]] = []
        self.refuses: grpc.StatusCode | None = None
        self.words = "not now"
        self.changed = threading.Condition()
        self._server = grpc.server(
            futures.ThreadPoolExecutor(4), options=[("grpc.so_reuseport", 0)])
        trace_service_pb2_grpc.add_TraceServiceServicer_to_server(self, self._server)
        metrics_service_pb2_grpc.add_MetricsServiceServicer_to_server(self, self._server)
        address = f"127.0.0.1:{port}"
        self.port = (self._server.add_secure_port(address, credentials) if credentials
                     else self._server.add_insecure_port(address))
        self._server.start()

    def __enter__(self) -> "Collector":
        return self

    def __exit__(self, *_: object) -> None:
        self._server.stop(None).wait()

    def Export(self, request, context):  # noqa: N802, the name is gRPC's
        """Both services call their one method so."""
        if self.refuses:
            context.abort(self.refuses, self.words)
        is_trace = isinstance(request, trace_service_pb2.ExportTraceServiceRequest)
        with self.changed:
            (self.traces if is_trace else self.metrics).append(request)
            self.metadata.append({str(key): str(value)
                                  for key, value in context.invocation_metadata()})
            self.changed.notify_all()
        return (trace_service_pb2.ExportTraceServiceResponse() if is_trace
                else metrics_service_pb2.ExportMetricsServiceResponse())

    def wait(self, condition, seconds: float = 30) -> None:
        """Waits until something that was sent makes the condition true."""
        with self.changed:
            assert self.changed.wait_for(condition, seconds)

    @property
    def spans(self) -> list:
        return [span for request in self.traces for resource in request.resource_spans
                for scope in resource.scope_spans for span in scope.spans]


def attributes(pairs) -> dict[str, object]:
    """Attributes as a dictionary."""
    return {pair.key: getattr(pair.value, pair.value.WhichOneof("value")) for pair in pairs}
