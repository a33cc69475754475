# SPDX-License-Identifier: Apache-2.0
"""What a collector is sent, and the line of each call."""

import json
import os
import resource
import signal
import socket
import time

import grpc
import pytest

from support.access import bearer, issue, models, score, vigied
from support.collector import Collector, attributes
from support.raw_http2 import Connection, framed
from support.server import Server, free_port

TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"
PARENT = "00f067aa0ba902b7"


def traceparent(flags: str = "01") -> tuple:
    return ("traceparent", f"00-{TRACE}-{PARENT}-{flags}")


def send_two_parents(connection: Connection) -> None:
    """A call of whose two parents neither counts."""
    stream = connection.session.get_next_available_stream_id()
    connection.session.send_headers(stream, [
        (":method", "POST"), (":scheme", "https"), (":path", "/vigie.v1.ModelService/ListModels"),
        (":authority", "localhost"), ("content-type", "application/grpc"), ("te", "trailers"),
        traceparent(), traceparent()])
    connection.session.send_data(stream, framed(b""), end_stream=True)
    connection.flush()
    assert connection.receive(stream).status == 0


def credentials(certificates) -> grpc.ServerCredentials:
    pair = (certificates.server_key.read_bytes(), certificates.server.read_bytes())
    return grpc.ssl_server_credentials([pair])


@pytest.fixture(scope="module")
def collector(certificates):
    with Collector(credentials(certificates)) as running:
        yield running


@pytest.fixture(scope="module")
def server(certificates, collector, tmp_path_factory):
    headers = tmp_path_factory.mktemp("headers") / "headers"
    headers.write_text("# of the collector\nX-Api-Key: abc\n")
    with Server(
        certificates, "--otlp-endpoint", f"https://localhost:{collector.port}",
        "--otlp-ca", str(certificates.ca), "--otlp-headers", str(headers), "--otlp-interval", "1",
    ) as running:
        yield running


def test_calls_of_a_trace_are_spans(server, collector):
    with server.channel() as channel:
        began = time.time_ns()
        models(channel, metadata=(traceparent(), ("tracestate", "a=1"), ("tracestate", "b=2")))
        with pytest.raises(grpc.RpcError):
            score(channel, (traceparent(),), model="nothing")
        # No trace, one that is not kept, two of them, none that can be read.
        models(channel)
        models(channel, metadata=(traceparent("00"),))
        models(channel, metadata=(("traceparent", "00-abc"),))
        with pytest.raises(grpc.RpcError):
            channel.unary_unary("/no.Such/Method")(b"", metadata=(traceparent(),), timeout=20)
        ended = time.time_ns()
    with Connection(server) as connection:
        send_two_parents(connection)
    collector.wait(lambda: len(collector.spans) >= 3)
    assert len(collector.spans) == 3, [each.name for each in collector.spans]
    listed, scored, other = collector.spans
    assert listed.name == "vigie.v1.ModelService/ListModels"
    assert (listed.trace_id.hex(), listed.parent_span_id.hex()) == (TRACE, PARENT)
    assert len(listed.span_id) == 8 and len({span.span_id for span in collector.spans}) == 3
    assert listed.trace_state == "a=1,b=2"
    assert began <= listed.start_time_unix_nano <= listed.end_time_unix_nano <= ended
    assert listed.kind == listed.SPAN_KIND_SERVER and listed.flags == 0x301
    told = attributes(listed.attributes)
    assert told["rpc.system"] == "grpc" and told["rpc.grpc.status_code"] == 0
    assert told["rpc.service"] == "vigie.v1.ModelService" and told["rpc.method"] == "ListModels"
    assert told["network.peer.address"] == "127.0.0.1" and told["network.peer.port"] > 0
    assert not listed.status.code
    # What a client did wrong is no error of the server.
    assert attributes(scored.attributes)["rpc.grpc.status_code"] == 5 and not scored.status.code
    assert other.name == "other" and other.status.code == other.status.STATUS_CODE_ERROR


def test_the_collector_is_told_who_sends(server, collector):
    collector.wait(lambda: collector.metrics)
    resource = attributes(collector.metrics[-1].resource_metrics[0].resource.attributes)
    assert resource["service.name"] == "vigied" and resource["service.version"]
    assert resource["service.instance.id"] == f"{resource['host.name']}:{server.process.pid}"
    assert all(sent["x-api-key"] == "abc" for sent in collector.metadata)


def test_metrics_are_those_of_the_page(server, collector):
    with server.channel() as channel:
        for _ in range(7):
            models(channel)
    seen = len(collector.metrics)
    collector.wait(lambda: len(collector.metrics) >= seen + 2)
    families = {each.name: each for request in collector.metrics[-1:]
                for resource in request.resource_metrics
                for scope in resource.scope_metrics for each in scope.metrics}
    started = families["grpc_server_started_total"].sum
    assert started.is_monotonic
    assert started.aggregation_temporality == 2  # cumulative
    point = next(point for point in started.data_points
                 if attributes(point.attributes)["grpc_method"] == "ListModels")
    assert point.as_int >= 7
    assert abs(point.start_time_unix_nano - time.time_ns()) < 600e9
    assert abs(point.time_unix_nano - time.time_ns()) < 60e9
    times = next(point for point in families["grpc_server_handling_seconds"].histogram.data_points
                 if attributes(point.attributes)["grpc_method"] == "ListModels")
    assert sum(times.bucket_counts) == times.count >= 7
    assert len(times.bucket_counts) == len(times.explicit_bounds) + 1
    assert times.explicit_bounds[0] == 1e-05 and 0 < times.sum < 600
    assert families["grpc_server_handling_seconds"].unit == "s"
    assert families["vigie_serving"].gauge.data_points[0].as_double == 1
    assert families["process_resident_memory_bytes"].gauge.data_points[0].as_double > 1 << 20
    assert "vigie_block_wait_seconds" in families and "vigie_scoring_seconds_total" in families


def test_a_collector_that_is_away_holds_up_nothing(certificates):
    port = free_port()
    with Server(certificates, "--otlp-endpoint", f"https://localhost:{port}",
                "--otlp-ca", str(certificates.ca), "--otlp-interval", "1") as server:
        with server.channel() as channel:
            models(channel, metadata=(traceparent(),))
        ends = time.monotonic() + 20
        while "The collector takes no telemetry." not in server.log():
            assert time.monotonic() < ends
            time.sleep(0.05)
        with Collector(credentials(certificates), port) as collector:
            collector.refuses = grpc.StatusCode.UNAVAILABLE
            time.sleep(1)
            collector.refuses = None
            # The span of before is still there.
            collector.wait(lambda: len(collector.spans) == 1)
            collector.wait(lambda: collector.metrics)
            server.await_log("The collector takes telemetry again.")
            assert server.log().count("The collector takes no telemetry.") == 1
            # What a stop interrupts is sent first.
            with server.channel() as channel:
                models(channel, metadata=(traceparent(),))
            assert server.stop() == 0
            assert len(collector.spans) == 2


def test_a_collector_on_this_machine_needs_no_tls(certificates):
    with Collector() as collector, Server(
        certificates, "--otlp-endpoint", f"http://127.0.0.1:{collector.port}",
        "--otlp-interval", "1",
    ) as server:
        with server.channel() as channel:
            for _ in range(2_000):
                models(channel, metadata=(traceparent(),))
        # More than one push holds, and than one frame.
        collector.wait(lambda: len(collector.spans) == 2_000)
        assert len(collector.traces) > 3
        assert len({span.span_id for span in collector.spans}) == 2_000
        collector.wait(lambda: collector.metrics)


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_silent_collector_does_not_hold_up_the_end(certificates, scheme):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        endpoint = f"{scheme}://127.0.0.1:{silent.getsockname()[1]}"
        server = Server(certificates, "--otlp-endpoint", endpoint, "--otlp-interval", "1")
        with server.channel() as channel:
            models(channel, metadata=(traceparent(),))
        began = time.monotonic()
        assert server.stop() == 0
        # Three seconds for the last push.
        assert time.monotonic() - began < 10


def test_words_of_a_collector_command_no_terminal(certificates):
    with Collector() as collector:
        collector.words = "no\n\x1b[31mkey"
        collector.refuses = grpc.StatusCode.PERMISSION_DENIED
        with Server(certificates, "--otlp-endpoint", f"http://127.0.0.1:{collector.port}",
                    "--otlp-interval", "1") as server:
            ends = time.monotonic() + 20
            while "The collector refuses metrics." not in server.log():
                assert time.monotonic() < ends
                time.sleep(0.05)
            server.await_log("PERMISSION_DENIED: no")
            assert "\x1b" not in server.log()


def test_a_collector_that_wants_no_spans_gets_metrics(certificates):
    with Collector(credentials(certificates)) as collector:
        collector.refuses = grpc.StatusCode.UNIMPLEMENTED
        with Server(certificates, "--otlp-endpoint", f"https://localhost:{collector.port}",
                    "--otlp-ca", str(certificates.ca), "--otlp-interval", "1") as server:
            with server.channel() as channel:
                models(channel, metadata=(traceparent(),))
            ends = time.monotonic() + 20
            while "The collector refuses spans." not in server.log():
                assert time.monotonic() < ends
                time.sleep(0.05)
            collector.refuses = None
            collector.wait(lambda: collector.metrics)
            assert collector.spans == []


def lines(path) -> list[dict]:
    return [json.loads(line) for line in path.read_text().splitlines()]


def test_every_call_has_its_line(certificates, tmp_path):
    log, tokens = tmp_path / "calls.json", tmp_path / "tokens.json"
    token = issue(tokens, "crm")
    with Server(certificates, "--access-log", str(log), "--tokens", str(tokens)) as server:
        with server.channel() as channel:
            models(channel, metadata=(*bearer(token), traceparent("00")))
            for metadata in ((), bearer("nothing")):
                with pytest.raises(grpc.RpcError):
                    models(channel, metadata=metadata)
            with pytest.raises(grpc.RpcError):
                score(channel, bearer(token), model="nothing")
        os.rename(log, tmp_path / "old.json")
        server.process.send_signal(signal.SIGHUP)
        ends = time.monotonic() + 20
        while not log.exists():
            assert time.monotonic() < ends
            time.sleep(0.02)
        with server.channel() as channel:
            models(channel, metadata=bearer(token))
    assert log.stat().st_mode & 0o777 == 0o640
    calls = [line for line in lines(tmp_path / "old.json") if "Health" not in line["method"]]
    assert [line["code"] for line in calls] == [
        "OK", "UNAUTHENTICATED", "UNAUTHENTICATED", "NOT_FOUND"]
    assert calls[0]["method"] == "/vigie.v1.ModelService/ListModels"
    assert calls[0]["caller"] == "crm" and calls[0]["trace_id"] == TRACE
    assert calls[0]["parent_id"] == PARENT and calls[0]["duration_us"] > 0
    assert (calls[0]["received"], calls[0]["sent"]) == (1, 1)
    assert "caller" not in calls[1] and calls[1]["reason"] and calls[3]["reason"]
    assert calls[0]["peer"] == "127.0.0.1" and calls[0]["peer_port"] > 0
    assert token not in (tmp_path / "old.json").read_text()
    assert [line["method"] for line in lines(log)] == ["/vigie.v1.ModelService/ListModels"]


def test_a_full_disk_is_counted_and_lines_begin_anew(certificates, tmp_path):
    log, calls = tmp_path / "calls.json", 302
    with Server(certificates, "--access-log", str(log)) as server:
        with server.channel() as channel:
            models(channel)
            # Lines wait for others, for logGatherMilliseconds.
            time.sleep(0.2)
            started = len(lines(log))
            limit = (20_000, resource.RLIM_INFINITY)
            resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, limit)
            for _ in range(calls - 2):
                models(channel)
            assert log.stat().st_size == 20_000
            resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE,
                             (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
            for _ in range(2):
                models(channel)
    read, torn, dropped = 0, 0, 0
    for line in log.read_text().splitlines():
        try:
            found = json.loads(line)
        except json.JSONDecodeError:
            torn += 1
            continue
        read += "method" in found
        dropped += found.get("dropped", 0)
    assert dropped > 0 and torn <= 1
    assert read - started + dropped == calls


@pytest.mark.parametrize("arguments,words", [
    (("--access-log", "/nowhere/calls"), "the access log, cannot be opened"),
    (("--otlp-endpoint", "collector:4317"), "begins neither with https:// nor with http://"),
    (("--otlp-endpoint", "https://a:s3cret@collector"), "which is not shown here"),
    (("--otlp-endpoint", "https://localhost", "--otlp-headers", "/nowhere"), "/nowhere"),
])
def test_what_cannot_be_told_stops_the_start(certificates, arguments, words):
    done = vigied("serve", "--tls-cert", certificates.server, "--tls-key",
                  certificates.server_key, "--listen", "127.0.0.1:0", *arguments)
    assert done.returncode in (64, 73, 78) and words in done.stderr
    assert "s3cret" not in done.stderr + done.stdout
