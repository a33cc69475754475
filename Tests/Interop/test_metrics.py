# SPDX-License-Identifier: Apache-2.0
"""The page of metrics, read as Prometheus reads it."""

import http.client
import signal
import socket
import time

import grpc
import pytest
from prometheus_client.parser import text_string_to_metric_families

from support.access import models as list_models
from support.access import score
from support.http2_frames import HEADERS, Peer, block, headers
from support.server import Server, free_port
from vigie.v1 import scoring_service_pb2 as pb
from vigie.v1 import scoring_service_pb2_grpc


class Metered(Server):
    """A server with a page of metrics."""

    def __init__(self, certificates, *arguments: str) -> None:
        self.page_port = free_port()
        super().__init__(
            certificates, "--metrics-listen", f"127.0.0.1:{self.page_port}", *arguments)

    def get(self, path: str, method: str = "GET") -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.page_port, timeout=20)
        connection.request(method, path)
        answer = connection.getresponse()
        body = answer.read().decode()
        connection.close()
        return answer.status, body

    def metrics(self) -> dict:
        """Values by name and labels."""
        status, text = self.get("/metrics")
        assert status == 200
        found = {}
        for family in text_string_to_metric_families(text):
            assert family.documentation
            for sample in family.samples:
                key = (sample.name, tuple(sorted(sample.labels.items())))
                assert key not in found, key
                found[key] = sample.value
        return found


@pytest.fixture(scope="module")
def server(certificates):
    with Metered(certificates) as running:
        yield running


def one(found: dict, name: str, **labels: str) -> float:
    values = [value for (each, told), value in found.items()
              if each == name and set(labels.items()) <= set(told)]
    assert len(values) == 1, (name, labels, values)
    return values[0]


def test_calls_are_told_by_method_code_and_time(server):
    before = server.metrics()
    with server.channel() as channel:
        for _ in range(5):
            list_models(channel)
        with pytest.raises(grpc.RpcError):
            score(channel, model="nothing")
        with pytest.raises(grpc.RpcError):
            channel.unary_unary("/no.Such/Method")(b"", timeout=20)
    after = server.metrics()

    def grown(name: str, **labels: str) -> float:
        return one(after, name, **labels) - next(
            (value for (each, told), value in before.items()
             if each == name and set(labels.items()) <= set(told)), 0)

    listed = {"grpc_service": "vigie.v1.ModelService", "grpc_method": "ListModels"}
    assert grown("grpc_server_started_total", **listed) == 5
    assert grown("grpc_server_handled_total", **listed, grpc_code="OK") == 5
    assert grown("grpc_server_msg_received_total", **listed) == 5
    assert grown("grpc_server_msg_sent_total", **listed) == 5
    assert grown("grpc_server_handling_seconds_count", **listed) == 5
    assert 0 < grown("grpc_server_handling_seconds_sum", **listed) < 20
    rows = {"grpc_service": "vigie.v1.ScoringService", "grpc_method": "ScoreRows"}
    assert grown("grpc_server_handled_total", **rows, grpc_code="NotFound") == 1
    other = {"grpc_service": "other", "grpc_code": "Unimplemented"}
    assert grown("grpc_server_handled_total", **other) == 1
    assert grown("vigie_connections_accepted_total") >= 1
    assert one(after, "vigie_connections_max") == 10_000


def test_the_page_of_health_is_told_apart(certificates):
    with Metered(certificates) as server:
        for path, method, status in [("/healthz", "GET", "200"), ("/healthz?x=1", "GET", "200"),
                                     ("/healthz?", "HEAD", "200"), ("/healthz", "PUT", "405"),
                                     ("/healthzz", "GET", "405"), ("/health", "GET", "405")]:
            with Peer(server) as peer:
                peer.send(headers(1, block(path=path, method=method)))
                answer = peer.read(lambda each: each.kind == HEADERS)
                fields = peer.fields(answer)
                assert fields[":status"] == status, (path, method)
                if method == "HEAD":
                    assert answer.ends_stream and fields["content-length"] == "8"
        found = server.metrics()
        started = "grpc_server_started_total"
        assert one(found, started, grpc_service="http", grpc_method="healthz") == 4
        assert one(found, started, grpc_service="other") == 2


def test_where_rows_are_scored_is_told(certificates, models, models_directory):
    rows = models["second-large"].rows(20_000)
    with Metered(certificates, "--models", str(models_directory)) as server:
        header = pb.ScoreHeader(model="second-large")
        before = server.metrics()
        with server.channel() as channel:
            stub = scoring_service_pb2_grpc.ScoringServiceStub(channel)
            for values in (rows[:1], rows):
                block = pb.RowBlock(row_count=len(values), float_values=values.ravel())
                stub.ScoreRows(pb.ScoreRowsRequest(header=header, block=block), timeout=60)
        after = server.metrics()

    def grown(name: str, **labels: str) -> float:
        return one(after, name, **labels) - one(before, name, **labels)

    assert grown("vigie_rows_scored_total") == len(rows) + 1
    assert 0 < grown("vigie_scoring_seconds_total", thread="event_loop") < 10
    assert 0 < grown("vigie_scoring_seconds_total", thread="scoring") < 60
    assert grown("vigie_block_wait_seconds_count") == 1
    assert 0 < grown("vigie_block_wait_seconds_sum") < 60


def test_buckets_grow_and_end_with_the_count(server):
    with server.channel() as channel:
        list_models(channel)
    found = server.metrics()
    buckets = sorted(
        (float(dict(labels)["le"]), value) for (name, labels), value in found.items()
        if name == "grpc_server_handling_seconds_bucket"
        and dict(labels)["grpc_method"] == "ListModels")
    assert [value for _, value in buckets] == sorted(value for _, value in buckets)
    assert buckets[-1][0] == float("inf")
    assert buckets[-1][1] == one(
        found, "grpc_server_handling_seconds_count", grpc_method="ListModels")


def test_the_process_and_its_certificate_are_told(server):
    found = server.metrics()
    assert 10 < one(found, "process_open_fds") < one(found, "process_max_fds")
    assert one(found, "process_resident_memory_bytes") > 1 << 20
    assert abs(one(found, "process_start_time_seconds") - time.time()) < 600
    assert 0 < one(found, "vigie_certificate_end_seconds") - time.time() < 2 * 86_400 + 60
    assert one(found, "vigie_serving") == 1
    assert one(found, "vigie_model_info", default="1") == 1
    refused_before = one(found, "vigie_handshakes_refused_total")
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as plain:
        plain.sendall(b"GET / HTTP/1.1\r\n\r\n")
        plain.recv(1_000)
    ends = time.monotonic() + 20
    while one(server.metrics(), "vigie_handshakes_refused_total") != refused_before + 1:
        assert time.monotonic() < ends


def test_other_requests_are_answered_in_words(server):
    assert server.get("/") == (404, "There are /metrics and /healthz.\n")
    assert server.get("/metrics", "POST")[0] == 405
    assert server.get("/metrics", "HEAD") == (200, "")
    assert server.get("/healthz") == (200, "serving\n")
    assert server.get("/metrics?x=1")[0] == 200


def test_a_connection_may_ask_again(server):
    connection = http.client.HTTPConnection("127.0.0.1", server.page_port, timeout=20)
    for _ in range(3):
        connection.request("GET", "/metrics")
        assert connection.getresponse().read().startswith(b"# HELP")
    connection.close()


def test_who_asks_on_without_reading_is_cut(server):
    """A page is made for each request: thousands of them would take the thread for a minute."""
    with socket.create_connection(("127.0.0.1", server.page_port), timeout=20) as greedy:
        greedy.sendall(b"GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n" * 20_000)
        began = time.monotonic()
        assert server.get("/healthz")[0] == 200
        assert time.monotonic() - began < 5
        received = 0
        try:
            while taken := len(greedy.recv(1 << 20)):
                received += taken
        except ConnectionError:
            pass
    # A page or two.
    assert received < 1 << 20


def test_what_is_no_http_takes_nothing(server):
    for rubbish in (b"\x16\x03\x01", b"GET " + b"a" * 100_000, b"A" * 200_000, b"\0" * 1_000,
                    b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 50_000):
        with socket.create_connection(("127.0.0.1", server.page_port), timeout=20) as plain:
            try:
                plain.sendall(rubbish)
                plain.recv(1_000)
            except (ConnectionError, TimeoutError):
                pass
    assert server.get("/healthz")[0] == 200


def test_no_more_connections_than_may_be(server):
    held = [socket.create_connection(("127.0.0.1", server.page_port), timeout=20)
            for _ in range(64)]
    time.sleep(0.2)
    with socket.create_connection(("127.0.0.1", server.page_port), timeout=20) as one_more:
        one_more.sendall(b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n")
        try:
            assert one_more.recv(100) == b""
        except ConnectionError:
            pass
    for each in held:
        each.close()
    ends = time.monotonic() + 20
    while True:
        try:
            assert server.get("/healthz")[0] == 200
            break
        except (ConnectionError, http.client.HTTPException):
            assert time.monotonic() < ends


def test_a_port_that_is_taken_is_told(certificates, server):
    with pytest.raises(RuntimeError, match="choose another --metrics-listen"):
        Server(certificates, "--metrics-listen", f"127.0.0.1:{server.page_port}")


def test_metrics_end_with_the_server(certificates):
    with Metered(certificates) as running:
        running.process.send_signal(signal.SIGTERM)
        assert running.wait() == 0
        with pytest.raises(ConnectionError):
            running.get("/metrics")
